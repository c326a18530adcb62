"""Who takes which side in how many documents: the rows of the matrix, and the periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stance.desk.report.held import Gathered, Position, Take
from stance.measure.intervals import wilson
from stance.types import Side

SIDES: tuple[Side, ...] = ("supports", "opposes")

_PERIODS = 24
"""No more periods than this stand on the axis of time, so that a step is chosen by it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A side that an actor takes in `documents`, of them `uncertain` ones, from `outlets`."""

    documents: int
    mean: float
    highest: float
    uncertain: int
    outlets: int

    @property
    def all_uncertain(self) -> bool:
        """Whether no document of them is certain."""
        return self.uncertain == self.documents


@dataclass(frozen=True, slots=True)
class Row:
    """An actor with what it takes, by label and side; it is named in `of` documents.

    `documents` and `outlets` count those in which it takes any side.
    """

    actor: str
    of: int
    documents: int
    outlets: int
    cells: Mapping[tuple[str, Side], Cell]

    @property
    def highest(self) -> float:
        """The highest probability of any side."""
        return max(cell.highest for cell in self.cells.values())

    def both(self, label: str) -> bool:
        """Whether it supports the label in some claims and opposes it in others."""
        return all((label, side) in self.cells for side in SIDES)


@dataclass(frozen=True, slots=True)
class Bystander:
    """An actor that takes no side; in `near` of the `of` documents it nearly does.

    In `open` of them a reviewer left open whether it does.
    """

    actor: str
    of: int
    near: int
    open: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """Documents from a time that take a side of a label: `documents` of `of`, by `actors`.

    `place` counts periods from year 0, so that a gap in time is a gap between places.
    """

    place: int
    name: str
    label: str
    side: Side
    documents: int
    of: int
    actors: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share."""
        return wilson(self.documents, self.of)


def rows_of(gathered: Gathered) -> tuple[Row, ...]:
    """All actors that take a side, from the most documents; then by probability and name."""
    found: dict[str, list[tuple[int, Take]]] = defaultdict(list)
    of: dict[str, int] = defaultdict(int)
    for position in gathered.positions:
        of[position.actor] += 1
        for take in position.takes:
            found[position.actor].append((position.text, take))
    rows = []
    for actor, takes in found.items():
        cells: dict[tuple[str, Side], list[tuple[int, Take]]] = defaultdict(list)
        for text, take in takes:
            cells[take.label, take.side].append((text, take))
        texts = [text for text, _ in takes]
        rows.append(
            Row(
                actor,
                of[actor],
                len(set(texts)),
                _outlets(gathered, texts),
                {
                    (label, side): _cell(gathered, cells[label, side])
                    for label in gathered.labels
                    for side in SIDES
                    if (label, side) in cells
                },
            )
        )
    names = gathered.names
    return tuple(sorted(rows, key=lambda row: (-row.documents, -row.highest, names[row.actor])))


def bystanders_of(gathered: Gathered) -> tuple[Bystander, ...]:
    """All actors that take no side in any document, from the most documents; then by name."""
    siding = {position.actor for position in gathered.positions if position.takes}
    counts: dict[str, list[Position]] = defaultdict(list)
    for position in gathered.positions:
        if position.actor not in siding:
            counts[position.actor].append(position)
    found = [
        Bystander(actor, len(all_), sum(one.near for one in all_), sum(one.open for one in all_))
        for actor, all_ in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.of, gathered.names[one.actor])))


def periods_of(gathered: Gathered) -> tuple[Period, ...]:
    """By time, label and side; () where fewer than two times are known.

    The step is a month, a year, five years, ten or more, as fits the dates; a month only where
    every date has one. `of` counts the dated documents in which any actor is named.
    """
    dates = {
        position.text: gathered.texts[position.text].date
        for position in gathered.positions
        if gathered.texts[position.text].date
    }
    step = _step(tuple(dates.values()))
    times = {text: _place(date, step) for text, date in dates.items()}
    of: dict[int, int] = defaultdict(int)
    for time in times.values():
        of[time] += 1
    if len(of) < 2:
        return ()
    texts: dict[tuple[int, str, Side], set[int]] = defaultdict(set)
    actors: dict[tuple[int, str, Side], set[str]] = defaultdict(set)
    for position in gathered.positions:
        for take in position.takes if position.text in times else ():
            key = (times[position.text], take.label, take.side)
            texts[key].add(position.text)
            actors[key].add(position.actor)
    return tuple(
        Period(time, _name(time, step), label, side, len(texts[key]), of[time], len(actors[key]))
        for time in sorted(of)
        for label in gathered.labels
        for side in SIDES
        for key in ((time, label, side),)
    )


_MONTH = 0
"""The step of a month; others count years."""


def _step(dates: Sequence[str]) -> int:
    months = {_place(date, _MONTH) for date in dates if len(date) >= 7}
    if months and all(len(date) >= 7 for date in dates) and max(months) - min(months) < _PERIODS:
        return _MONTH
    years = [int(date[:4]) for date in dates]
    spread = max(years, default=0) - min(years, default=0)
    return next((step for step in (1, 5, 10, 25, 50, 100) if spread < _PERIODS * step), 1000)


def _place(date: str, step: int) -> int:
    year = int(date[:4])
    return year * 12 + int(date[5:7]) - 1 if step == _MONTH else year // step


def _name(place: int, step: int) -> str:
    if step == _MONTH:
        return f"{place // 12:04}-{place % 12 + 1:02}"
    start = place * step
    return f"{start:04}" if step == 1 else f"{start:04}–{start + step - 1:04}"


def _cell(gathered: Gathered, found: Sequence[tuple[int, Take]]) -> Cell:
    values = [take.probability for _, take in found]
    return Cell(
        documents=len(found),
        mean=sum(values) / len(values),
        highest=max(values),
        uncertain=sum(take.uncertain for _, take in found),
        outlets=_outlets(gathered, [text for text, _ in found]),
    )


def _outlets(gathered: Gathered, texts: Sequence[int]) -> int:
    return len({gathered.texts[text].outlet for text in texts} - {""})
