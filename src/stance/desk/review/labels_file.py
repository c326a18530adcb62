"""The labels of one annotator: a file that is read, kept, and written whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from stance.desk.review.files import write_whole
from stance.errors import CallError, LabelError
from stance.measure.gold import GoldText, read_gold

_NAME = re.compile(r"\w[\w .-]{0,39}")


def checked_name(annotator: str) -> str:
    """The name of an annotator, which is part of a file's name.

    Raises:
        CallError: it cannot be.
    """
    name = unicodedata.normalize("NFC", annotator).strip()
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise CallError(
            f"the annotator is {annotator!r}; a name has 1 to 40 letters, digits, spaces, . _ -"
        )
    return name


def path_of(labels: Path, annotator: str, first: str) -> Path:
    """Where an annotator's labels stand: the first one's in `labels`, the others' beside it.

    `labels.jsonl` is the first one's, `labels.ben.jsonl` that of Ben; each is a file for
    `stance train`, which takes a text only once.
    """
    if annotator == first:
        return labels
    return labels.with_name(f"{labels.stem}.{annotator}{labels.suffix}")


def others_beside(labels: Path) -> dict[str, Path]:
    """Files beside `labels` that are named as those of other annotators, by name."""
    found: dict[str, Path] = {}
    for path in sorted(labels.parent.glob("*")) if labels.suffix else ():
        name = path.name.removeprefix(f"{labels.stem}.").removesuffix(labels.suffix)
        if (
            path.name == f"{labels.stem}.{name}{labels.suffix}"
            and _NAME.fullmatch(name)
            and path.is_file()
        ):
            found[unicodedata.normalize("NFC", name)] = path
    return found


class LabelsFile:
    """The lines of a file by the SHA-256 of their text, in their order.

    A line that is not touched keeps its bytes.
    """

    def __init__(self, path: Path, labels: Sequence[str], actors: Collection[str]) -> None:
        """Read `path`, which may be missing or empty.

        Raises:
            LabelError: a line is malformed, or a text stands twice.
        """
        self.path = path
        self.texts: dict[str, GoldText] = {}
        self._lines: dict[str, bytes] = {}
        try:
            raw = [line for line in path.read_bytes().splitlines() if line.strip()]
        except FileNotFoundError:
            raw = []
        except OSError as error:
            raise LabelError(f"{path}: cannot be read ({error.strerror})") from None
        if raw:
            for line, text in zip(raw, read_gold(path, labels, actors), strict=True):
                self.texts[text.text_sha256] = text
                self._lines[text.text_sha256] = line

    def put(self, changes: Mapping[str, GoldText | None]) -> None:
        """Set the lines of these texts, or take them out (None), and write the file.

        Raises:
            OSError: it cannot be written; on the disk it is as it was.
        """
        for text_sha256, text in changes.items():
            if self.texts.get(text_sha256) == text:
                continue
            if text is None:
                del self.texts[text_sha256], self._lines[text_sha256]
            else:
                self.texts[text_sha256] = text
                self._lines[text_sha256] = msgspec.json.encode(text)
        write_whole(self.path, b"".join(line + b"\n" for line in self._lines.values()))
