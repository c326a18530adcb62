"""What a model folder is: the files, and a manifest that says what each file must hash to.

Ours:          stance-model.json  model-int8.onnx  tokenizer.json  config.json  [model.safetensors]
Hugging Face:  config.json  model.safetensors  tokenizer.json
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from stance.errors import ModelError
from stance.nli.asking import Asking
from stance.nli.calibration import Calibration
from stance.nli.labels import CLASSES

MANIFEST = "stance-model.json"
ONNX = "model-int8.onnx"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"
WEIGHTS = "model.safetensors"

NEEDED = (ONNX, TOKENIZER, CONFIG)
"""Without these there is no prediction; the half-precision weights may be absent from a wheel."""

HUGGING_FACE = (CONFIG, WEIGHTS, TOKENIZER)

Attention = Literal["full", "one-way"]
"""How premise and hypothesis look at each other: see `stance.nli.packed` for one-way."""

_DESCRIBES = ("README.md", "metrics.json")
"""Files about the model: a corrected word in the card must not disable it, so none is hashed."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`stance-model.json`; `files` and `created` are filled in when it is written.

    `hopeless` and `reread` say how it is asked (see `stance.nli.asking.Asking`).
    `calibration` is by issue, side and label (see `stance.nli.calibration`).
    """

    name: str
    base: str
    created: str = ""
    files: dict[str, str] = {}
    labels: tuple[str, ...] = CLASSES
    max_tokens: int = 256
    attention: Attention = "full"
    hopeless: float = 0.0
    reread: float = 1.0
    calibration: Calibration = {}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder of ours whose files were found whole.

    `files` maps names to SHA-256 sums; `pad_id` is the token that fills a batch up.
    """

    path: Path
    name: str
    base: str
    created: str
    labels: tuple[str, ...]
    max_tokens: int
    attention: Attention
    asking: Asking
    pad_id: int
    files: Mapping[str, str]
    calibration: Calibration

    @property
    def sha256(self) -> str:
        """Hash of all that decides a prediction: the needed files, the labels, the length limit,
        the attention, how it is asked, the curves."""
        parts = [*(self.files[name] for name in NEEDED), *self.labels, str(self.max_tokens)]
        parts += [self.attention, repr(self.asking), repr(sorted(self.calibration.items()))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def read_folder(path: Path) -> ModelFolder:
    """Read a folder of ours, hashing every file of it that is there.

    Raises:
        ModelError: the folder is of another kind, a needed file is missing, or a file was altered.
    """
    if not (path / MANIFEST).is_file():
        raise unrecognised(path)
    where = path / MANIFEST
    manifest = _manifest(where)
    for name in NEEDED:
        if name not in manifest.files:
            raise ModelError(f"{where}: its files do not name {name}; fetch the model folder again")
    for name, expected in manifest.files.items():
        if Path(name).name != name:
            raise ModelError(f"{where}: {name!r} is no plain file name; files lie in the folder")
        _check(path / name, expected, needed=name in NEEDED)
    settings = _settings(path / CONFIG)
    longest = settings.get("max_position_embeddings") or 8192
    if not 16 <= manifest.max_tokens <= longest:
        raise ModelError(
            f"{where}: max_tokens is {manifest.max_tokens}; the model allows 16 to {longest}"
        )
    return ModelFolder(
        path=path,
        name=manifest.name,
        base=manifest.base,
        created=manifest.created,
        labels=manifest.labels,
        max_tokens=manifest.max_tokens,
        attention=manifest.attention,
        asking=Asking(manifest.hopeless, manifest.reread),
        pad_id=settings.get("pad_token_id") or 0,
        files=manifest.files,
        calibration=manifest.calibration,
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `stance-model.json` over the files that stand in `folder` now, whole or not at all."""
    full = msgspec.structs.replace(
        manifest,
        files=file_hashes(folder),
        created=manifest.created or datetime.now(UTC).date().isoformat(),
    )
    _write(folder, full)


def _write(folder: Path, manifest: Manifest) -> None:
    fresh = folder / f"{MANIFEST}.new"
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    fresh.replace(folder / MANIFEST)


def _manifest(where: Path) -> Manifest:
    try:
        return msgspec.json.decode(where.read_bytes(), type=Manifest)
    except (msgspec.DecodeError, OSError) as error:
        raise ModelError(f"{where}: {error}; fetch the model folder again") from None


def store_calibration(folder: Path, calibration: Calibration) -> None:
    """Write curves into the manifest; those of other issues stay.

    Raises:
        ModelError: the folder is none of ours.
    """
    if not (folder / MANIFEST).is_file():
        raise unrecognised(folder)
    manifest = _manifest(folder / MANIFEST)
    stored = {**manifest.calibration, **calibration}
    _write(folder, msgspec.structs.replace(manifest, calibration=stored))


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the model in `folder`, by name; not of its card."""
    left_out = (MANIFEST, *_DESCRIBES)
    return {
        path.name: _sha256(path)
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in left_out and path.suffix != ".new"
    }


def is_hugging_face(path: Path) -> bool:
    """Whether the folder has the layout of the hub: such a model runs on torch."""
    sharded = (path / f"{WEIGHTS}.index.json").is_file()
    return all((path / name).is_file() or (name == WEIGHTS and sharded) for name in HUGGING_FACE)


def unrecognised(path: Path) -> ModelError:
    """The error for a folder that is not what was asked for; it says what is missing."""
    if not path.is_dir():
        return ModelError(f"{path}: there is no such folder")
    if is_hugging_face(path):
        return ModelError(
            f"{path}: a Hugging Face folder, without {MANIFEST}; it can only be read with torch"
        )
    layouts = (
        (f"a stance model ({MANIFEST})", (MANIFEST, *NEEDED)),
        ("Hugging Face", HUGGING_FACE),
    )
    lacks = "; ".join(
        f"for {kind} it lacks " + ", ".join(name for name in layout if not (path / name).is_file())
        for kind, layout in layouts
    )
    return ModelError(f"{path}: holds no model that stance knows: {lacks}")


def _check(path: Path, expected: str, *, needed: bool) -> None:
    if not path.is_file():
        if needed:
            raise ModelError(f"{path}: is missing; fetch the model folder again")
        return
    actual = _sha256(path)
    if actual != expected.lower():
        raise ModelError(
            f"{path}: its SHA-256 begins {actual[:12]}, {MANIFEST} says {expected[:12]}: the file "
            "was altered or is of another version; fetch the model folder again"
        )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise ModelError(f"{path}: cannot be read ({reason})") from None


def _settings(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise ModelError(f"{path}: {error}; fetch the model folder again") from None
