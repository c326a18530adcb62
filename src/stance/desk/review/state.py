"""A document as decided so far: each decision gives a new state, so that any can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec

from stance.desk.review import decisions as d
from stance.desk.review.decisions import Claim, Row, Value
from stance.measure.gold import GoldText

LONGEST_NOTE = 20_000
"""Characters of a note."""

Item = TypeVar("Item", Claim, Row)


class Refused(Exception):
    """A decision that cannot be: its text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class State:
    """Claims by key in the order of the text, actors by id, and whether the document is done.

    `gold` is its line of labels where it is; `origin` the line that the work began with.
    """

    claims: Mapping[str, Claim]
    actors: Mapping[str, Row]
    note: str = ""
    finished: bool = False
    gold: GoldText | None = None
    origin: GoldText | None = None

    @classmethod
    def of(cls, begin: d.Begin) -> State:
        """The state in which the work begins: done, if it begins with labels."""
        claims = {claim.key: claim for claim in begin.claims}
        return cls(claims, begin.actors, begin.note, begin.gold is not None, begin.gold, begin.gold)

    @property
    def left(self) -> int:
        """How many claims were not looked at."""
        return sum(not claim.looked and not claim.gone for claim in self.claims.values())

    @property
    def uncertain(self) -> int:
        """How many of those that are left are uncertain."""
        return sum(
            claim.uncertain and not claim.looked and not claim.gone
            for claim in self.claims.values()
        )

    def holders(self) -> dict[str, list[Claim]]:
        """The claims that stand, by holder."""
        held: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            if not claim.gone:
                held.setdefault(claim.holder, []).append(claim)
        return held

    def listed(self) -> list[str]:
        """The actors of the document: those that hold a claim, and those that it mentions."""
        held = self.holders()
        return [*held, *(id for id, row in self.actors.items() if row.listed and id not in held)]


def stances(state: State, labels: tuple[str, ...]) -> dict[str, dict[str, Value]]:
    """What each listed actor says to each label, as decided or else as its claims say."""
    held = state.holders()
    found: dict[str, dict[str, Value]] = {}
    for actor in state.listed():
        values = state.actors.get(actor, Row()).values
        claims = held.get(actor, [])
        found[actor] = {label: values.get(label) or said(claims, label) for label in labels}
    return found


def said(claims: list[Claim], label: str) -> Value:
    """What claims of one actor say to a label together.

    One plain statement is enough; support in one and rejection in another leave it open.
    """
    values = {claim.values[label] for claim in claims}
    if {"supports", "opposes"} <= values:
        return "either"
    order: tuple[Value, ...] = ("supports", "opposes", "either")
    return next((value for value in order if value in values), "neither")


@dataclass(slots=True)
class History:
    """All that was decided about one document by one annotator, and what it came to.

    `revision` counts the lines of the journal; `command` is the last one that was carried out;
    `lines` are all lines of labels that it came to at some time.
    """

    begin: d.Begin
    done: list[d.Change] = field(default_factory=list)
    undone: list[d.Change] = field(default_factory=list)
    revision: int = 0
    command: str = ""
    lines: list[GoldText] = field(default_factory=list)
    state: State = field(init=False)

    def __post_init__(self) -> None:
        self.state = State.of(self.begin)

    def copy(self) -> History:
        """The same, to be changed apart."""
        other = replace(
            self, done=list(self.done), undone=list(self.undone), lines=list(self.lines)
        )
        other.state = self.state
        return other

    def take(self, decision: d.Decision, command: str = "") -> None:
        """Carry out a decision.

        Raises:
            Refused: it cannot be; nothing is changed.
        """
        if isinstance(decision, d.Begin):
            self.begin, self.state = decision, State.of(decision)
            self.done.clear()
            self.undone.clear()
        elif isinstance(decision, d.Undo):
            if not self.done:
                raise Refused("there is nothing to undo in this document")
            self.undone.append(self.done.pop())
            self.state = State.of(self.begin)
            for earlier in self.done:
                self.state = applied(self.state, earlier)
        elif isinstance(decision, d.Redo):
            if not self.undone:
                raise Refused("there is nothing to do again in this document")
            self.state = applied(self.state, self.undone[-1])
            self.done.append(self.undone.pop())
        else:
            self.state = applied(self.state, decision)
            self.done.append(decision)
            self.undone.clear()
        self.revision += 1
        self.command = command
        if self.state.gold is not None and self.state.gold not in self.lines:
            self.lines.append(self.state.gold)


def applied(state: State, decision: d.Change) -> State:
    """The state after a decision.

    Raises:
        Refused: the decision names what is not there, or the document is done.
    """
    if isinstance(decision, d.Reopen):
        if not state.finished:
            raise Refused("the document is open already")
        return replace(state, finished=False, gold=None)
    if state.finished:
        raise Refused("the document is finished; reopen it (r) to change it")
    match decision:
        case d.Accept(keys, actors):
            looked = {key: _one(state.claims, key, looked=True) for key in keys}
            rows = {id: _row(state, id, looked=True) for id in actors}
            return replace(
                state, claims={**state.claims, **looked}, actors={**state.actors, **rows}
            )
        case d.Label(claim, values):
            known = _claim(state.claims, claim).values
            _check(values, known)
            return _with(state, claim, values={**known, **values})
        case d.Holder(claim, actor):
            return _with(state, claim, holder=actor)
        case d.Words(claim, content):
            return _with(state, claim, content=content)
        case d.Delete(claim, gone):
            one = _one(state.claims, claim, gone=gone, looked=True)
            return replace(state, claims={**state.claims, claim: one})
        case d.Add(holder, content, values, key, quoted):
            if key in state.claims:
                raise Refused("this claim is there already")
            new = Claim(
                key=key, holder=holder, content=content, values=values, own=True, quoted=quoted,
                looked=True, added=True,
            )  # fmt: skip
            return replace(state, claims=_in_order({**state.claims, key: new}))
        case d.Stance(actor, changed):
            now = {**_known_row(state, actor).values, **changed}
            kept = {label: value for label, value in now.items() if value is not None}
            row = _row(state, actor, values=kept, looked=True)
            return replace(state, actors={**state.actors, actor: row})
        case d.List(actor, listed):
            if not listed and actor in state.holders():
                raise Refused("it holds a claim; give the claim to another or delete it first")
            row = Row(listed=listed, looked=True)
            return replace(state, actors={**state.actors, actor: row})
        case d.Note(text):
            if len(text) > LONGEST_NOTE:
                raise Refused(f"a note has at most {LONGEST_NOTE:,} characters")
            return replace(state, note=text)
        case d.Finish(gold):
            claims = {
                key: claim if claim.looked else msgspec.structs.replace(claim, looked=True)
                for key, claim in state.claims.items()
            }
            return replace(state, claims=claims, finished=True, gold=gold)
    raise AssertionError(decision)  # the union above is all there is


def _with(state: State, key: str, **changes: object) -> State:
    one = _one(state.claims, key, looked=True, changed=True, **changes)
    claims = {**state.claims, key: one}
    return replace(state, claims=_in_order(claims) if "content" in changes else claims)


def _in_order(claims: Mapping[str, Claim]) -> dict[str, Claim]:
    return dict(sorted(claims.items(), key=lambda item: item[1].content))


def _one(claims: Mapping[str, Claim], key: str, **changes: object) -> Claim:
    return msgspec.structs.replace(_claim(claims, key), **changes)


def _claim(claims: Mapping[str, Claim], key: str) -> Claim:
    if key not in claims:
        raise Refused("there is no such claim in this document any more")
    return claims[key]


def _known_row(state: State, actor: str) -> Row:
    if actor not in state.actors and actor not in state.holders():
        raise Refused("there is no such actor in this document any more")
    return state.actors.get(actor, Row())


def _row(state: State, actor: str, **changes: object) -> Row:
    return msgspec.structs.replace(_known_row(state, actor), **changes)


def _check(values: Mapping[str, Value], known: Mapping[str, Value]) -> None:
    for label in values:
        if label not in known:
            raise Refused(f"the issue has no label {label!r}")
