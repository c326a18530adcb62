"""Where `stance train` finds the text of a line of labels: a file in the folder of the labels.

A document whose file stands in that folder is named by its path from there. Of any other the file
is copied into a folder beside the labels (`labels.texts`); where the file is not at hand, or is a
table or an archive of documents, its text is written there as a `.txt` file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from stance.desk.review.files import write_whole
from stance.desk.saved import text_sha256
from stance.errors import DocumentError
from stance.output.records import SavedDocument
from stance.reading import read_document
from stance.reading.problem import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Placed:
    """The `document` of a line of labels, and the SHA-256 of the bytes of that file."""

    document: str
    sha256: str


def placed(document: SavedDocument, text: str, texts: Sequence[str], labels: Path) -> Placed:
    """Where the text is found from the folder of `labels`; it is written there if need be.

    `texts` are the paths that were named with `--texts`.

    Raises:
        OSError: it cannot be written.
    """
    home = labels.parent.resolve()
    for path in _candidates(document, texts):
        data = _data(path, document, text)
        if data is None:
            continue
        resolved = path.resolve()
        if resolved.is_relative_to(home) and _plain(str(resolved.relative_to(home))):
            return Placed(resolved.relative_to(home).as_posix(), document.sha256)
        copy = _copy(labels, document, path.suffix.lower(), data)
        if _data(copy, document, text) is not None:
            return _named(copy, labels, document.sha256)
    data = text.encode("utf-8")
    copy = _copy(labels, document, ".txt", data)
    return _named(copy, labels, hashlib.sha256(data).hexdigest())


def _candidates(document: SavedDocument, texts: Sequence[str]) -> Iterator[Path]:
    """Where the document's file may stand: as it was named, or in one of `texts`."""
    yield Path(document.id)
    for given in map(Path, texts):
        yield given
        yield given / document.id
        yield given / PurePath(document.id).name


def _data(path: Path, document: SavedDocument, text: str) -> bytes | None:
    """The bytes of the file, if they are the document and are read as the same text."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != document.sha256:
            return None
        return data if read_document(path).text == text else None
    except (OSError, DocumentError):
        return None


def _copy(labels: Path, document: SavedDocument, suffix: str, data: bytes) -> Path:
    folder = labels.with_name(f"{labels.stem}.texts")
    folder.mkdir(exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9]+", "-", PurePath(document.id).stem).strip("-")[:60]
    # The hash of the bytes tells texts of one name apart.
    path = folder / f"{name or 'text'}-{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    return path


def _named(path: Path, labels: Path, sha256: str) -> Placed:
    return Placed(path.relative_to(labels.parent).as_posix(), sha256)


def _plain(path: str) -> bool:
    """Whether a path can be written in JSON."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_known_to_evaluate(document: SavedDocument, text: str, place: Placed) -> bool:
    """Whether `stance evaluate` knows these results by the line: by either of its hashes."""
    return document.sha256 in (place.sha256, text_sha256(text))
