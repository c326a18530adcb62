"""Results → who backs and rejects what in how many documents, and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stance.corpus.groups import story_of
from stance.corpus.results import Recorded
from stance.errors import CallError
from stance.issues import label_shorts
from stance.types import Side

_YEAR = re.compile(r"\d{4}")
PERIODS = {"year": 1, "decade": 10}

CLEAR = 0.7
"""The least probability of a side that a change of sides is made of."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One actor takes (or rejects) one label in one document; `text` is where it is surest."""

    document: str
    year: int | None
    actor: str
    label: str
    side: Side
    probability: float
    uncertain: bool
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """How often one actor takes one side: in `documents` of the `of` that name it."""

    actor: str
    name: str
    label: str
    side: Side
    documents: int
    of: int
    probability: float
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Period:
    """How often a side is taken by anybody: in `documents` of the `of` about the issue."""

    start: int
    label: str
    side: Side
    documents: int
    of: int
    actors: int


@dataclass(frozen=True, slots=True)
class Change:
    """An actor that took one side of a label and later the other; each at its surest."""

    actor: str
    label: str
    before: Taken
    after: Taken


@dataclass(frozen=True, slots=True)
class Summary:
    """What a corpus says; rows from the most documents, periods and changes by time.

    `doubtful` are the assertions that disagree most with the rest of what is known of their actor,
    the most doubtful first. `duplicates` are documents that were left out as copies of a story.
    `about` counts those with words of the issue, None where that is not known; `shorts` names the
    labels of the issue and of all rows for people: "UN process".
    """

    issue: str
    documents: int
    about: int | None
    duplicates: int
    step: int
    rows: tuple[Row, ...]
    periods: tuple[Period, ...]
    changes: tuple[Change, ...]
    doubtful: tuple[Taken, ...]
    shorts: Mapping[str, str]


def summarise(results: Recorded, *, by: str = "decade", each_story_once: bool = False) -> Summary:
    """Count the records of a results folder, or of files.

    Raises:
        CallError: `by` is no period, there are no results or damaged ones, or copies of a story are
            to be left out of a file that holds no texts.
    """
    if by not in PERIODS:
        raise CallError(f"--by {by}: allowed is {', '.join(PERIODS)}")
    issue, called = results.issue()
    if each_story_once and not results.sketched():
        raise CallError(
            "--each-story-once: the results hold no texts, by which copies are known; predict "
            "again with --with-text, or make them with stance run"
        )
    stories = story_of(results) if each_story_once else {}
    names: dict[str, str] = {}
    naming: dict[str, int] = defaultdict(int)
    years: dict[int, int] = defaultdict(int)
    taken: list[Taken] = []
    documents = about = duplicates = 0
    step = PERIODS[by]
    for item, found in results.records():
        if stories.get(item.id, item.id) != item.id:
            duplicates += 1
            continue
        documents += 1
        if results.knows_terms and not item.sketch:
            continue
        about += 1
        year = year_of(found)
        if year is not None:
            years[year // step * step] += 1
        for actor in found["actors"]:
            names[actor["id"]] = actor["name"]
            naming[actor["id"]] += 1
        taken += taken_in(found, year)
    return Summary(
        issue,
        documents,
        about if results.knows_terms else None,
        duplicates,
        step,
        tuple(_rows(taken, names, naming)),
        tuple(_periods(taken, years, step)),
        tuple(_changes(taken)),
        tuple(_doubtful(taken)[:5]),
        label_shorts(issue, called, {one.label for one in taken}),
    )


def year_of(found: Mapping[str, Any]) -> int | None:
    """The year of the record of one document."""
    date = _YEAR.match(found["document"]["date"] or "")
    return int(date[0]) if date else None


def taken_in(found: Mapping[str, Any], year: int | None) -> Iterator[Taken]:
    """All sides that the record of one document asserts."""
    for actor in found["actors"]:
        sides: tuple[tuple[Side, str, str], ...] = (
            ("supports", "labels", "scores"),
            ("opposes", "opposed", "opposes"),
        )
        for side, labels, scores in sides:
            for label in actor[labels]:
                if label in actor[scores]:
                    yield Taken(
                        found["document"]["id"],
                        year,
                        actor["id"],
                        label,
                        side,
                        actor[scores][label],
                        actor["uncertain"],
                        _surest(found["claims"], actor["id"], label, scores),
                    )


def _surest(claims: Sequence[Mapping[str, Any]], actor: str, label: str, scores: str) -> str:
    own = [one for one in claims if one["holder"] == actor and label in one[scores]]
    if not own:
        return ""
    best = max(own, key=lambda one: one[scores][label])
    return " … ".join(" ".join(span["text"].split()) for span in best["content"])


def _rows(
    taken: Sequence[Taken], names: Mapping[str, str], naming: Mapping[str, int]
) -> Iterator[Row]:
    cells: dict[tuple[str, str, Side], list[Taken]] = defaultdict(list)
    for one in taken:
        cells[one.actor, one.label, one.side].append(one)
    for (actor, label, side), found in sorted(cells.items(), key=lambda cell: -len(cell[1])):
        dated = [one.year for one in found if one.year is not None]
        yield Row(
            actor,
            names[actor],
            label,
            side,
            len(found),
            naming[actor],
            sum(one.probability for one in found) / len(found),
            min(dated, default=None),
            max(dated, default=None),
        )


def _periods(taken: Sequence[Taken], years: Mapping[int, int], step: int) -> Iterator[Period]:
    cells: dict[tuple[int, str, Side], list[Taken]] = defaultdict(list)
    for one in taken:
        if one.year is not None:
            cells[one.year // step * step, one.label, one.side].append(one)
    for (start, label, side), found in sorted(cells.items()):
        documents = len({one.document for one in found})
        actors = len({one.actor for one in found})
        yield Period(start, label, side, documents, years[start], actors)


def _changes(taken: Sequence[Taken]) -> Iterator[Change]:
    """Who took one side only and then the other only; those between which the years lie apart.

    Only what has a probability of `CLEAR` or more counts: one weak reading would hide a change, or
    make one.
    """
    cells: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for one in taken:
        if one.year is not None and one.probability >= CLEAR:
            cells[one.actor, one.label].append(one)
    for (actor, label), found in sorted(cells.items()):
        by_side = {
            side: [one for one in found if one.side == side] for side in ("supports", "opposes")
        }
        for old, new in (("supports", "opposes"), ("opposes", "supports")):
            before, after = by_side[old], by_side[new]
            if before and after and max(_years(before)) < min(_years(after)):
                yield Change(actor, label, max(before, key=_sure), max(after, key=_sure))


def _years(found: Sequence[Taken]) -> list[int]:
    return [one.year for one in found if one.year is not None]


def _sure(one: Taken) -> float:
    return one.probability


def _doubtful(taken: Sequence[Taken]) -> list[Taken]:
    """Assertions that most others of the same actor and label contradict, then the least sure."""
    sides: dict[tuple[str, str], dict[Side, int]] = defaultdict(
        lambda: {"supports": 0, "opposes": 0}
    )
    for one in taken:
        sides[one.actor, one.label][one.side] += 1

    def against(one: Taken) -> float:
        counts = sides[one.actor, one.label]
        other: Side = "opposes" if one.side == "supports" else "supports"
        return counts[other] / (counts["supports"] + counts["opposes"])

    return sorted(taken, key=lambda one: (-against(one), one.probability, one.document, one.actor))
