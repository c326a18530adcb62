"""Which model answers: the one that ships, one of `models/`, or any Hugging Face NLI model."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stance.errors import ModelError
from stance.nli.asking import ONCE, Asking
from stance.nli.calibration import Calibration
from stance.nli.folder import MANIFEST, ModelFolder, read_folder
from stance.shipped import shipped
from stance.steps import NliModel

DEFAULT_MODEL = "stance-minilm"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model that is ready to answer, how it is asked, and its calibration."""

    nli: NliModel
    calibration: Calibration = field(default_factory=dict)
    asking: Asking = ONCE


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
        return Chosen(OnnxNli(own, threads=threads), own.calibration, own.asking)
    if name is None:
        raise ModelError(
            f"the model that ships is missing: {shipped('models', DEFAULT_MODEL)}; "
            "install stance again, or name a model with --model"
        )
    from stance.nli.torch_model import TorchNli

    return Chosen(TorchNli(str(folder) if folder is not None else name, threads=threads))


def own_folder(name: str | None) -> ModelFolder:
    """The folder of a model of ours, by name or path; None is the one that ships.

    Raises:
        ModelError: there is no such folder, or it holds no model of ours.
    """
    folder = _folder(name or DEFAULT_MODEL)
    if folder is None:
        raise ModelError(f"{name or DEFAULT_MODEL}: there is no model of that name in models/")
    return read_folder(folder)


def _folder(name: str) -> Path | None:
    places = [Path(name), Path("models", name), shipped("models", name)]
    return next((place for place in places if place.is_dir()), None)
