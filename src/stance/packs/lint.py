"""What is wrong with an issue pack: found by its words, by texts, and by the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stance.issues import term_pattern
from stance.packs.start import placeholders, topic
from stance.steps import NliModel
from stance.types import Issue, Label, Side

_ACTOR = "Kenya"
"""Stands for the actor; any state will do."""

_YES = 0.5
_APART = 0.2
_NAMED = 5
"""Terms of a list that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Where it is in the pack, and what to do; `advice` may be passed over."""

    where: str
    what: str
    advice: bool = False

    def __str__(self) -> str:
        return f"{'advice: ' if self.advice else ''}{self.where}: {self.what}"


def by_start(issue: Issue) -> Iterator[Problem]:
    """What still stands as `stance issues new` wrote it."""
    for label in issue.labels:
        if (label.supports, label.opposes) == placeholders(issue.id):
            first, *rest = (*label.supports, *label.opposes)
            yield Problem(
                f"label {label.id!r}",
                f"still holds the sentences that stance issues new wrote ({first!r} and "
                f"{len(rest)} more); say in your own words what supports and what rejects it",
            )
            if issue.terms == (topic(issue.id),):
                yield Problem(
                    "the issue",
                    f"`terms` still holds only {issue.terms[0]!r}, as stance issues new wrote it; "
                    "add the words by which texts speak of the issue",
                )


def by_words(issue: Issue) -> Iterator[Problem]:
    """Wordings that no passage could lead to, since the terms would pass it over."""
    about = term_pattern((*issue.terms, *issue.more_terms), issue.exceptions)
    for label in issue.labels:
        asked = term_pattern(label.terms) if label.terms else None
        reachable = any(about.search(text) for _, _, text in _wordings(label))
        if not reachable:
            yield Problem(
                f"label {label.id!r}",
                "no wording holds any of the issue's terms: a passage in such words would never "
                "be looked at; add its words to `terms`",
            )
        for side, number, text in _wordings(label):
            if asked is not None and not asked.search(text):
                yield Problem(
                    f"label {label.id!r}, wording {number} of `{side}`",
                    "holds none of the label's own terms: a passage in its words would not be "
                    f"asked about; add a word of it to the label's `terms`: {text!r}",
                )


def by_texts(issue: Issue, texts: Sequence[str]) -> Iterator[Problem]:
    """Terms that none of `texts` holds."""
    lists = [
        ("the issue", (*issue.terms, *issue.more_terms)),
        *((f"label {x.id!r}", x.terms) for x in issue.labels),
    ]
    for where, terms in lists:
        unseen = [
            term for term in terms if not any(term_pattern((term,)).search(one) for one in texts)
        ]
        if unseen:
            yield Problem(where, _unseen(unseen, len(texts)), advice=True)


def _unseen(terms: Sequence[str], texts: int) -> str:
    """Terms that match nowhere; of many, some."""
    many = len(terms) > _NAMED
    names = ", ".join(repr(term) for term in terms[: _NAMED if many else None])
    found = "1 term matches" if len(terms) == 1 else f"{len(terms)} terms match"
    where = "the one text" if texts == 1 else f"any of the {texts} texts"
    return f"{found} nothing in {where}{', among them' if many else ':'} {names}"


def by_model(issue: Issue, nli: NliModel) -> Iterator[Problem]:
    """Wordings that the model cannot tell from their opposites.

    The wordings of a label are read as statements: a wording should be entailed by itself rather
    than by those of the other side. (Not by the others of its own side: "opened a consulate" does
    not follow from "recognises", and need not.)
    """
    for label in issue.labels:
        stated = {
            side: [text for other, _, text in _wordings(label) if other == side]
            for side in ("supports", "opposes")
        }
        for side, number, text in _wordings(label):
            other = "opposes" if side == "supports" else "supports"
            itself, *opposite = nli([(one, text) for one in (text, *stated[other])])
            alike = itself.entailment
            against = [one.entailment for one in opposite]
            worst = max(range(len(against)), key=against.__getitem__)
            where = f"label {label.id!r}, wording {number} of `{side}`"
            if against[worst] >= _YES:
                yield Problem(
                    where,
                    f"the model takes it to follow from its opposite {stated[other][worst]!r} "
                    f"({against[worst]:.2f}); say it in other words: {text!r}",
                    advice=True,
                )
            elif alike - against[worst] < _APART:
                yield Problem(
                    where,
                    "the model scores it about the same for and against "
                    f"({alike:.2f} and {against[worst]:.2f}); say it in plainer words: {text!r}",
                    advice=True,
                )


def _wordings(label: Label) -> Iterator[tuple[Side, int, str]]:
    """Side, number from 1, and the wording with an actor's name."""
    sides: tuple[tuple[Side, tuple[str, ...]], ...] = (
        ("supports", label.supports),
        ("opposes", label.opposes),
    )
    for side, wordings in sides:
        for number, wording in enumerate(wordings, start=1):
            yield side, number, wording.replace("{actor}", _ACTOR)
