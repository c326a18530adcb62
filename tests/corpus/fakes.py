"""A corpus about a harbour, and an engine that reads it in this process and can be killed."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from stance.corpus.groups import sketch
from stance.corpus.results import Item, Results, RunRecord
from stance.corpus.work import Outcome, failure
from stance.corpus.workers import Job
from stance.types import Document

RECORD = RunRecord(
    version="1",
    configuration="c",
    issue="harbour",
    model="fake",
    model_sha256="0" * 64,
    decision="d",
    options={"issue": "harbour", "threshold": None, "gate": True},
    part_size=2,
)


class Killed(BaseException):
    """What ends a run in the middle: nobody catches it."""


class Fake:
    """Reads documents; `asked` are the ids of all that it was given.

    Before part `dies` (counted from 0 as they come) it is killed; documents whose id is in `bad`
    fail; `backwards` gives the parts in the opposite order.
    """

    def __init__(
        self, dies: int | None = None, bad: Container[str] = (), *, backwards: bool = False
    ) -> None:
        self.asked: list[str] = []
        self._dies = dies
        self._bad = bad
        self._backwards = backwards

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[int, list[Outcome]]]:
        for number, (part, documents) in enumerate(
            reversed(list(jobs)) if self._backwards else jobs
        ):
            if number == self._dies:
                raise Killed
            self.asked += [one.id for one in documents]
            yield part, [self._read(one) for one in documents]

    def _read(self, one: Document) -> Outcome:
        if one.id in self._bad:
            return failure(one, "the reader\nfell asleep")
        about = "harbour" in one.text
        item = Item(one.id, one.sha256, sketch=sketch(one.text) if about else "")
        line = json.dumps({"document": {"id": one.id}, "text": one.text}, ensure_ascii=False)
        return Outcome(item, line, claims=1, about=about)


def corpus(count: int) -> list[Document]:
    """Short texts, every other one about the harbour."""
    return [document(f"{at}.txt", f"Text {at} é\u2028\x85.{' The harbour.' * (at % 2)}")
            for at in range(count)]  # fmt: skip


def document(id: str, text: str) -> Document:
    return Document.from_text(text, id)


def results(folder: Path, record: RunRecord = RECORD) -> Results:
    """A results folder, begun."""
    found = Results(folder)
    found.begin(record)
    return found


def files(folder: Path) -> dict[str, bytes]:
    """All that stands in a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def failures(folder: Path) -> Sequence[tuple[int, str, str]]:
    """What the list of failures says: part, document, reason."""
    lines = (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    return [tuple(json.loads(line).values()) for line in lines]
