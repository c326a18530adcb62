"""Which model answers: the one that ships, one of `models/`, or any Hugging Face NLI model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stance.errors import ModelError
from stance.nli.folder import MANIFEST, read_folder
from stance.shipped import shipped
from stance.steps import NliModel

DEFAULT_MODEL = "nli-minilm"

Thresholds = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Issue id → side ("supports", "opposes") → label → threshold."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model that is ready to answer, and the thresholds that were chosen for it."""

    nli: NliModel
    thresholds: Thresholds = field(default_factory=dict)


def choose_model(name: str | None, threads: int) -> Chosen:
    """Load the model that `name` means.

    None is the model that ships. A name may be a folder in `models/` of the working folder or of
    the installation, the path of a folder, or a name on the Hugging Face hub.

    Raises:
        ModelError: the folder is incomplete, altered, or holds no NLI model.
        MissingExtraError: it is a Hugging Face model and the extra `train` is not installed.
    """
    folder = _folder(name or DEFAULT_MODEL)
    if folder is not None and (name is None or (folder / MANIFEST).is_file()):
        from stance.nli.onnx import OnnxNli

        own = read_folder(folder)
        return Chosen(OnnxNli(own, threads=threads), own.thresholds)
    if name is None:
        raise ModelError(
            f"the model that ships is missing: {shipped('models', DEFAULT_MODEL)}; "
            "install stance again, or name a model with --model"
        )
    from stance.nli.torch_model import TorchNli

    return Chosen(TorchNli(str(folder) if folder is not None else name, threads=threads))


def _folder(name: str) -> Path | None:
    places = [Path(name), Path("models", name), shipped("models", name)]
    return next((place for place in places if place.is_dir()), None)
