"""Annotations as Label Studio exports them (JSON) → typed tasks with their marks.

Of each task `data` and `annotations` are read, of each annotation `result` and `completed_by`
(a number, or with user details an object); everything else is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from stance.desk.exports.label_config import ACTORS, FIELDS, LABELS, STATUS_FIELD
from stance.errors import LabelError
from stance.output.characters import code_points


class Value(msgspec.Struct, frozen=True):
    """What one result says; `text` is that of the mark, or the entries of a field."""

    start: int | None = None
    end: int | None = None
    text: str | tuple[str, ...] | None = None
    labels: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()

    def entries(self) -> tuple[str, ...]:
        """What was written into a field."""
        text = (self.text,) if isinstance(self.text, str) else self.text or ()
        return tuple(one.strip() for one in text if one.strip())


class Result(msgspec.Struct, frozen=True):
    """A mark, a field of a mark or of the text, or a relation between two marks."""

    id: str = ""
    type: str = ""
    from_name: str = ""
    value: Value = Value()
    from_id: str = ""
    to_id: str = ""


class User(msgspec.Struct, frozen=True):
    """An annotator, where the export has user details."""

    id: int | None = None
    email: str = ""


class Annotation(msgspec.Struct, frozen=True):
    """What one annotator made of one task."""

    result: tuple[Result, ...] = ()
    completed_by: int | str | User | None = None
    was_cancelled: bool = False

    @property
    def annotator(self) -> str | None:
        """The annotator's address, or number."""
        who = self.completed_by
        if isinstance(who, User):
            return who.email or (None if who.id is None else str(who.id))
        return None if who is None else str(who)


class Data(msgspec.Struct, frozen=True):
    """What `label_tasks.task_of` wrote of the document."""

    text: str
    document: str
    sha256: str
    text_sha256: str
    length: int
    date: str | None = None
    speaker: str | None = None


class AnnotatedTask(msgspec.Struct, frozen=True):
    """A task with its annotations."""

    data: Data
    annotations: tuple[Annotation, ...] = ()
    id: int | str | None = None


@dataclass(slots=True)
class Marked:
    """A marked stretch of the text: code points, half-open, from 0."""

    start: int
    end: int
    text: str | None
    labels: tuple[str, ...]
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    status: set[str] = field(default_factory=set)


def read_tasks(path: Path) -> list[AnnotatedTask]:
    """The tasks of a file.

    Raises:
        LabelError: it cannot be read, or was not exported as JSON from tasks of ours.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[AnnotatedTask])
    except OSError as error:
        raise LabelError(f"{path}: cannot be read ({error.strerror})") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LabelError(
            f"{path}: holds no annotations of `stance export --format label-studio` ({error}); "
            "export them from Label Studio as JSON (not JSON-MIN)"
        ) from None


def marks_of(annotation: Annotation, text: str) -> dict[str, Marked]:
    """The marks of an annotation by id, with their fields.

    Raises:
        ValueError: a mark does not cover the words that it is said to cover.
    """
    marks: dict[str, Marked] = {}
    for one in annotation.result:
        value = one.value
        if one.from_name == LABELS and value.start is not None and value.end is not None:
            words = value.text if isinstance(value.text, str) else None
            marks[one.id] = Marked(value.start, value.end, words, value.labels)
    for one in annotation.result:
        if one.id in marks and one.from_name in FIELDS:
            marks[one.id].fields[one.from_name] = one.value.entries()
        elif one.id in marks and one.from_name == STATUS_FIELD:
            marks[one.id].status.update(map(str, one.value.choices))
    place = _counted(list(marks.values()), text)
    for mark in marks.values():
        mark.start, mark.end = place(mark.start), place(mark.end)
    return marks


def listed_actors(annotation: Annotation) -> tuple[str, ...]:
    """The entries of the field that lists the actors of the text."""
    return tuple(
        entry
        for one in annotation.result
        if one.from_name == ACTORS
        for entry in one.value.entries()
    )


def ties_of(annotation: Annotation) -> list[tuple[str, str]]:
    """The ids of the marks that relations join."""
    return [(one.from_id, one.to_id) for one in annotation.result if one.type == "relation"]


def _counted(marks: Sequence[Marked], text: str) -> Callable[[int], int]:
    """From the offsets of the marks to code points: what they cover says how they were counted."""

    def same(offset: int) -> int:
        return offset

    for place in (same, code_points(text)):
        if all(_covers(mark, text, place) for mark in marks):
            return place
    wrong = next(mark for mark in marks if not _covers(mark, text, same))
    raise ValueError(
        f"the mark {wrong.start} to {wrong.end} covers {text[wrong.start : wrong.end][:40]!r}, but "
        f"was made on {(wrong.text or '')[:40]!r}; the text was changed in Label Studio"
    )


def _covers(mark: Marked, text: str, place: Callable[[int], int]) -> bool:
    if mark.text is None:
        return True
    return _bare(text[place(mark.start) : place(mark.end)]) == _bare(mark.text)


def _bare(text: str) -> str:
    """Without white space: Label Studio writes a line end as a backslash and an n."""
    return re.sub(r"\\n?|\s", "", text)
