"""Which model answers: the one that ships, one of `models/`, or any Hugging Face NLI model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from stance.errors import ModelError
from stance.nli.asking import ONCE, Asking
from stance.nli.calibration import Calibration
from stance.nli.folder import MANIFEST, ModelFolder, read_folder
from stance.shipped import shipped
from stance.steps import NliModel

DEFAULT_MODEL = "stance-minilm"

_HUB = re.compile(r"(?!models/)[A-Za-z0-9][\w.-]*/[\w.-]+")
"""A name on the Hugging Face hub; `models/NAME` would be a folder of ours."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model that is ready to answer, how it is asked, and its calibration."""

    nli: NliModel
    calibration: Calibration = field(default_factory=dict)
    asking: Asking = ONCE


def choose_model(name: str | None, threads: int) -> Chosen:
    """Load the model that `name` means.

    None is the model that ships. A name may be a folder in `models/` of the working folder or of
    the installation, the path of a folder, or a name on the Hugging Face hub, which has two
    parts: ORGANISATION/NAME. No other name is looked for on the network.

    Raises:
        ModelError: there is no such model, or its folder is incomplete, altered, or holds no NLI
            model.
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
    if folder is None and not _HUB.fullmatch(name):
        raise _absent(name)
    from stance.nli.torch_model import TorchNli

    return Chosen(TorchNli(str(folder) if folder is not None else name, threads=threads))


def own_folder(name: str | None) -> ModelFolder:
    """The folder of a model of ours, by name or path; None is the one that ships.

    Raises:
        ModelError: there is no such folder, or it holds no model of ours.
    """
    folder = _folder(name or DEFAULT_MODEL)
    if folder is None:
        raise _absent(name or DEFAULT_MODEL)
    return read_folder(folder)


def _absent(name: str) -> ModelError:
    folders = (Path("models"), shipped("models"))
    found = {path.parent.name for folder in folders for path in folder.glob(f"*/{MANIFEST}")}
    there = f"there are {', '.join(sorted(found))}" if found else "models/ holds none"
    return ModelError(
        f"there is no model {name!r}; {there}; a folder is named by its path, a model of Hugging "
        "Face is written ORGANISATION/NAME"
    )


def _folder(name: str) -> Path | None:
    places = [Path(name), Path("models", name), shipped("models", name)]
    return next((place for place in places if place.is_dir()), None)
