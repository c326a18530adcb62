"""A corpus about a harbour; an engine that can be killed; a worker without weights or parser."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from stance.claims.by_words.finder import RuleClaims
from stance.corpus.groups import sketch
from stance.corpus.options import Options
from stance.corpus.results import Item, Results, RunRecord
from stance.corpus.work import Outcome, Worker, failure
from stance.corpus.workers import Job
from stance.nli.choose import Chosen
from stance.types import Document, NliProbs

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

ISSUE = """
id = "harbour"
title = "The harbour"
terms = ["harbour"]

[[label]]
id = "plan"
short = "plan"
supports = ["{actor} supports the plan."]
opposes = ["{actor} rejects the plan."]
"""
KENYA = "The harbour is old. Kenya supports the plan.\n"
PERU = "The harbour is old. Peru rejects the plan.\n"
FAR = "It rained all day, and the boats of Togo did not come in.\n"


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


class SameVerb:
    """Sure that who supports or rejects the plan does so; a text with "mayhem" is too much."""

    name = "fake"
    sha256 = "0" * 64

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        return [self._one(*pair) for pair in pairs]

    def _one(self, premise: str, hypothesis: str) -> NliProbs:
        if "mayhem" in premise:
            raise RuntimeError("it broke\ndown")
        same = any(verb in premise and verb in hypothesis for verb in ("support", "reject"))
        return NliProbs(0.9, 0.05, 0.05) if same else NliProbs(0.02, 0.9, 0.08)


def tiny(options: Options, threads: int) -> Worker:
    """A worker that asks `SameVerb` and finds claims by words."""
    parts = {
        "choose_model": lambda name, threads: Chosen(SameVerb()),
        "claim_finder": lambda cues, table: (RuleClaims(cues), ()),
    }
    with patch.multiple("stance.build", **parts):
        return Worker(options, threads)
