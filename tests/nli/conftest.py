"""A tiny NLI model, made on the spot: a two-layer BERT with random weights and sixty words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stance.nli.folder import Manifest, read_folder, write_manifest
from stance.nli.labels import CLASSES
from stance.nli.onnx import OnnxNli

TEXT = (
    "the a of in on to and not is was we they he she it king minister envoy state council party "
    "plan talks vote border river coast desert harbour road peace war law right old new great "
    "small north south east west backs rejects wants says told asked signed left met welcomed "
    "moon green red early late"
)
WORDS = TEXT.split()

PAIRS = [
    ("the king backs the plan", "he wants peace"),
    ("the envoy met the minister in the old harbour and they signed a new law", "they met"),
    ("war", "peace"),
    ("the council rejects the vote on the north border", "the council backs the vote"),
    ("she told the party to not welcome the great plan of the south", "she wants a plan"),
    ("it was late", "it was not early and the moon was red on the river and the west road"),
]


class Made(NamedTuple):
    """The folder, and the float model that it was made from."""

    folder: Path
    model: Any
    base: Path


def tokenizer_json() -> str:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, "##s", "##ed"]
    vocabulary = {word: index for index, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return str(tokenizer.to_str())


def write_base(folder: Path) -> Path:
    """A folder with the tokenizer alone."""
    folder.mkdir()
    (folder / "tokenizer.json").write_text(tokenizer_json(), encoding="utf-8")
    settings = {"model_max_length": 64, "tokenizer_class": "PreTrainedTokenizerFast"}
    settings |= {"pad_token": "[PAD]", "unk_token": "[UNK]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def settings_of(kind: str, labels: tuple[str, ...] = CLASSES, **more: Any) -> Any:
    """A tiny configuration of an architecture, its weights wide enough for results to differ."""
    from transformers import AutoConfig

    return AutoConfig.for_model(
        kind,
        **{
            "vocab_size": len(WORDS) + 6,
            "hidden_size": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "intermediate_size": 64,
            "max_position_embeddings": 64,
            "initializer_range": 0.3,
            "pad_token_id": 0,
            "id2label": dict(enumerate(labels)),
            "label2id": {name: index for index, name in enumerate(labels)},
            **more,
        },
    )


def make_model(kind: str = "bert", labels: tuple[str, ...] = CLASSES, **more: Any) -> Any:
    """A classifier with random weights, the same every time."""
    import torch
    from transformers import AutoModelForSequenceClassification

    torch.manual_seed(5)
    settings = settings_of(kind, labels, **more)
    return AutoModelForSequenceClassification.from_config(settings).eval()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    from stance.training.export import export_onnx, save_half

    root = tmp_path_factory.mktemp("nli")
    base, folder, model = write_base(root / "base"), root / "tiny", make_model()
    folder.mkdir()
    save_half(model, folder, base)
    export_onnx(model, folder)
    write_manifest(folder, Manifest(name="tiny", base="made up", max_tokens=40))
    return Made(folder, model, base)


@pytest.fixture(scope="session")
def onnx_nli(made: Made) -> OnnxNli:
    return OnnxNli(read_folder(made.folder), threads=1)


@pytest.fixture
def copied(made: Made, tmp_path: Path) -> Path:
    """A copy of the model folder, to be spoilt."""
    shutil.copytree(made.folder, tmp_path / "tiny")
    return tmp_path / "tiny"
