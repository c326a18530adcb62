"""What a page shows, as values: texts, who takes which side in them, and the claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stance.desk.report.passages import Segment
from stance.output.records import SavedModel
from stance.types import Side


@dataclass(frozen=True, slots=True)
class Take:
    """A side that is taken of a label, with its probability."""

    label: str
    side: Side
    probability: float
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A document; `date` is "" or begins as ISO 8601 does: year, year-month or year-month-day.

    `reviewed`: a person has reviewed it, and what the page says of it is what the person decided.
    """

    name: str
    title: str
    outlet: str
    date: str
    speaker: str
    warnings: tuple[str, ...]
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A claim of `actor` in the `text`-th document (from 0); `near`: a side was nearly taken."""

    actor: str
    text: int
    takes: tuple[Take, ...]
    near: bool
    voice: str
    said: str
    notes: tuple[str, ...]
    segments: tuple[Segment, ...]

    @property
    def surest(self) -> float:
        """The highest probability of a side; 0 where none is taken."""
        return max((take.probability for take in self.takes), default=0.0)

    @property
    def uncertain(self) -> bool:
        """Whether every side that is taken is uncertain."""
        return bool(self.takes) and all(take.uncertain for take in self.takes)


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor takes in the `text`-th document; `open`: a reviewer left open what."""

    actor: str
    text: int
    takes: tuple[Take, ...]
    near: bool
    open: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What some of the results were made with, and how many documents."""

    model: SavedModel
    version: str
    configuration: str
    documents: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of a page. `names` and `kinds` are by the actor's id, `unclear` counts open sources.

    `folder` is that of all documents, and no part of the names that are shown.
    """

    issue: str
    folder: str
    labels: tuple[str, ...]
    runs: tuple[Run, ...]
    texts: tuple[Text, ...]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    positions: tuple[Position, ...]
    claims: tuple[Held, ...]
    unclear: Mapping[str, int]
