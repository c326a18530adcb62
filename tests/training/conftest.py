"""A tiny BERT, made on the spot: two layers with fixed weights, and its WordPiece tokenizer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stance.nli.folder import Manifest, write_manifest

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = """
peru chile kenya japan ghana togo spain france oman qatar the a an of and not backs rejects wants
plan harbour quay boat sea port envoy vote talks peace war coast fish salt road bridge tower north
south old new big small says asks opens closes on in at with without
""".split()  # noqa: SIM905
MARKS = [".", ","]

MakeBert = Callable[..., Any]
"""Settings that differ from the tiny ones → a BERT classifier, the same every time."""


class OneWay(NamedTuple):
    """The folder of a one-way model, and the float model that it was made from."""

    folder: Path
    model: Any


@pytest.fixture(scope="session")
def tokenizer_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = {word: at for at, word in enumerate([*SPECIAL, *WORDS, *MARKS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture(scope="session")
def encoder(tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an encoder without a head."""
    import torch
    import transformers

    folder = tmp_path_factory.mktemp("encoder")
    (folder / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    torch.manual_seed(1)
    transformers.BertModel(transformers.BertConfig(**TINY)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def make_bert() -> MakeBert:
    def make(**changes: Any) -> Any:
        import torch
        import transformers

        torch.manual_seed(5)
        settings = transformers.BertConfig(**{**TINY, "num_labels": 3, **changes})
        return transformers.BertForSequenceClassification(settings).eval()

    return make


@pytest.fixture(scope="session")
def one_way(
    make_bert: MakeBert, tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> OneWay:
    from stance.training.export import export_onnx, save_half

    folder, model = tmp_path_factory.mktemp("tiny"), make_bert(initializer_range=0.2)
    save_half(model, folder, tokenizer_file.parent)
    export_onnx(model, folder, "one-way")
    write_manifest(
        folder, Manifest(name="tiny", base="made up", max_tokens=160, attention="one-way")
    )
    return OneWay(folder, model)


TINY = {
    "vocab_size": len(SPECIAL) + len(WORDS) + len(MARKS),
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 192,
}
