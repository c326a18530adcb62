"""Documents → a results folder: cut into parts, and what is there already is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from stance.corpus.results import Corpus, Item, Results
from stance.corpus.work import Outcome
from stance.corpus.workers import Job
from stance.errors import CallError, DocumentError
from stance.types import Document


class Engine(Protocol):
    """Parts → their outcomes, in any order."""

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[int, list[Outcome]]]: ...


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `of` machines that share a corpus: it makes each `of`-th part, `index` from 1."""

    index: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """A shard from `I/N`.

        Raises:
            CallError: it is none.
        """
        left, _, right = text.partition("/")
        if left.isdecimal() and right.isdecimal() and 1 <= int(left) <= int(right):
            return cls(int(left), int(right))
        raise CallError(f"--shard {text}: a shard is I/N with 1 <= I <= N, such as 2/8")

    def makes(self, part: int) -> bool:
        """Whether a part is this shard's."""
        return part % self.of == self.index - 1


@dataclass(frozen=True, slots=True)
class Done:
    """What has just been done, for a progress bar: a part, or one that was there already."""

    documents: int
    claims: int
    about: int
    failed: int
    kept: bool


def run(
    found: Iterable[Document | DocumentError],
    results: Results,
    engine: Engine,
    *,
    part_size: int,
    shard: Shard | None = None,
    update: bool = False,
    seen: Callable[[Done], None] = lambda done: None,
) -> Corpus:
    """Read documents in parts of `part_size` and write each part; see `Results` for the files.

    A part that is there is left as it is where its documents are the same; `update` makes those
    anew whose documents changed or failed, keeping what is still right in them.

    Raises:
        CallError: a part holds other documents than now and `update` is not asked for; or a file
            cannot be written.
    """
    plan = _Plan(results, shard or Shard(), update, seen)
    for number, outcomes in engine(plan.jobs(found, part_size)):
        plan.write(number, outcomes)
    corpus = Corpus(plan.parts, plan.documents)
    beyond = [number for number in results.numbers() if number >= corpus.parts]
    if beyond and not update:
        raise CallError(
            f"{results.folder}: holds part {beyond[0]} of a corpus that was longer, now there are "
            f"{corpus.parts} parts; --update drops what is gone"
        )
    results.finish(corpus)
    return corpus


class _Plan:
    """Which documents of which parts are to be read, and what of each part is known."""

    def __init__(
        self, results: Results, shard: Shard, update: bool, seen: Callable[[Done], None]
    ) -> None:
        self._results = results
        self._shard = shard
        self._update = update
        self._seen = seen
        self._known: dict[int, list[Outcome | None]] = {}
        self.parts = 0
        self.documents = 0

    def jobs(self, found: Iterable[Document | DocumentError], size: int) -> Iterator[Job]:
        """The parts with documents to read, and only those of their documents."""
        stream = iter(found)
        while part := list(islice(stream, size)):
            number = self.parts
            self.parts += 1
            self.documents += len(part)
            if not self._shard.makes(number):
                continue
            known = self._outcomes(number, part)
            wanted = [
                one
                for one, outcome in zip(part, known, strict=True)
                if outcome is None and isinstance(one, Document)
            ]
            if None not in known and self._stands(number, known):
                self._report(known, kept=True)
                continue
            if not self._update:
                self._check_same(number, part, known)
            self._known[number] = known
            if wanted:
                yield number, wanted
            else:
                self.write(number, [])

    def write(self, number: int, made: Sequence[Outcome]) -> None:
        """Write a part from what was known of it and what was made now."""
        fresh = iter(made)
        outcomes = [one if one is not None else next(fresh) for one in self._known.pop(number)]
        lines = [one.line for one in outcomes if not one.item.failed]
        self._results.write(number, [one.item for one in outcomes], lines)
        self._report(outcomes, kept=False)

    def _outcomes(
        self, number: int, part: Sequence[Document | DocumentError]
    ) -> list[Outcome | None]:
        """What is known already of each document of a part: unreadable, or in the results."""
        there: dict[tuple[str, str], Outcome] = {}
        if self._results.has(number):
            lines = iter(self._results.lines(number))
            for item in self._results.part(number).items:
                line = "" if item.failed else next(lines)
                if not (item.failed and self._update):
                    there[item.id, item.sha256] = Outcome(item, line, about=bool(item.sketch))
        return [
            Outcome(_unreadable(one), "")
            if isinstance(one, DocumentError)
            else there.get((one.id, one.sha256))
            for one in part
        ]

    def _check_same(
        self,
        number: int,
        part: Sequence[Document | DocumentError],
        known: Sequence[Outcome | None],
    ) -> None:
        """
        Raises:
            CallError: the part is there, made from other documents.
        """
        if not self._results.has(number):
            return
        was = self._results.part(number).items
        now = [None if one is None else one.item for one in known]
        ids = [one.id if isinstance(one, Document) else _unreadable(one).id for one in part]
        new = [id for id, item in zip(ids, now, strict=True) if item not in was]
        gone = [item.id for item in was if item not in now]
        raise CallError(
            f"{self._results.folder}: part {number} was made from other documents "
            f"({[*new, *gone, *ids][0]} is new, changed or gone); --update reads again what "
            "changed or failed"
        )

    def _stands(self, number: int, known: Sequence[Outcome | None]) -> bool:
        items = tuple(outcome.item for outcome in known if outcome is not None)
        return self._results.has(number) and self._results.part(number).items == items

    def _report(self, outcomes: Sequence[Outcome | None], *, kept: bool) -> None:
        whole = [one for one in outcomes if one is not None]
        self._seen(
            Done(
                documents=len(whole),
                claims=sum(one.claims for one in whole),
                about=sum(one.about for one in whole),
                failed=sum(bool(one.item.failed) for one in whole),
                kept=kept,
            )
        )


def _unreadable(error: DocumentError) -> Item:
    name, _, reason = str(error).partition(": ")
    return Item(name, failed=reason or name)
