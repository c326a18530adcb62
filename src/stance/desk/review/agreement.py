"""How far two annotators agree: on the documents that both have finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stance.errors import need
from stance.measure.gold import GoldStance, GoldText


@dataclass(frozen=True, slots=True)
class Difference:
    """An actor that two annotators see otherwise; `label` is None where one alone lists it."""

    sha256: str
    actor: str
    label: str | None
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha (nominal) over `cases`; None where all cases have one value."""

    value: float | None
    cases: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two annotators: alpha over all labels, and for each; a case is an actor and a label.

    A case in which one of them says `either` is not counted; `open` says how many. `both` actors
    are listed by both, of `either` that one of them lists.
    """

    one: str
    other: str
    documents: int
    both: int
    either: int
    open: int
    all: Alpha
    labels: Mapping[str, Alpha]
    differences: tuple[Difference, ...]


Case = tuple[str, str, str]
"""The SHA-256 of the text, the actor and the label."""


def agreement(
    one: tuple[str, Mapping[str, GoldText]],
    other: tuple[str, Mapping[str, GoldText]],
    labels: Sequence[str],
) -> Agreement:
    """How far two annotators agree; each is a name and lines of labels by text."""
    (name, mine), (other_name, theirs) = one, other
    shared = [sha256 for sha256 in mine if sha256 in theirs]
    cases: dict[Case, tuple[str, str]] = {}
    differences: list[Difference] = []
    both = either = unsure = 0
    for sha256 in shared:
        first, second = mine[sha256].actors, theirs[sha256].actors
        both += len(first.keys() & second.keys())
        either += len(first.keys() | second.keys())
        differences += _listed_by_one(sha256, first, second)
        for actor in first:
            for label in labels if actor in second else ():
                pair = _said(first[actor], label), _said(second[actor], label)
                if pair[0] != pair[1]:
                    differences.append(Difference(sha256, actor, label, *pair))
                if "either" in pair:
                    unsure += 1
                else:
                    cases[sha256, actor, label] = pair
    return Agreement(
        one=name,
        other=other_name,
        documents=len(shared),
        both=both,
        either=either,
        open=unsure,
        all=_alpha(cases.items()),
        labels={
            label: _alpha((case, pair) for case, pair in cases.items() if case[2] == label)
            for label in labels
        },
        differences=tuple(differences),
    )


def _said(stance: GoldStance, label: str) -> str:
    if label in stance.open:
        return "either"
    if stance.takes(label):
        return "supports"
    return "opposes" if stance.rejects(label) else "neither"


def _listed_by_one(
    sha256: str, first: Mapping[str, GoldStance], second: Mapping[str, GoldStance]
) -> Iterator[Difference]:
    for actor in sorted(first.keys() ^ second.keys()):
        words = ("listed", "not listed") if actor in first else ("not listed", "listed")
        yield Difference(sha256, actor, None, *words)


def _alpha(cases: Iterable[tuple[Case, tuple[str, str]]]) -> Alpha:
    known = list(cases)
    if len({value for _, pair in known for value in pair}) < 2:
        return Alpha(None, len(known))
    task = need("nltk.metrics.agreement", "desk").AnnotationTask(
        [
            (coder, "\0".join(case), value)
            for case, pair in known
            for coder, value in zip(("one", "other"), pair, strict=True)
        ]
    )
    return Alpha(float(task.alpha()), len(known))
