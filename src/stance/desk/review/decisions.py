"""What a person decides about a document: one small type for each, as the journal keeps them."""

from __future__ import annotations

from typing import Literal

import msgspec

from stance.measure.gold import GoldSpan, GoldText
from stance.types import Modality, Polarity, Time

Value = Literal["supports", "opposes", "neither", "either"]
"""What a claim or an actor says to one label; `either`: two careful readers may differ."""


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A claim as it stands now. Spans count code points of the text, half-open, from 0.

    `values` has every label of the issue. `own`: the holder says it itself; else `speaker` does,
    None for the author. `scores` holds, by label, the probabilities of support and of rejection.
    `looked`: the person has decided on it; `gone`: it was a wrong one.
    """

    key: str
    holder: str
    content: tuple[GoldSpan, ...]
    values: dict[str, Value]
    source: GoldSpan | None = None
    cue: GoldSpan | None = None
    person: str | None = None
    speaker: str | None = None
    own: bool = False
    quoted: bool = False
    pronoun: bool = False
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    time: Time = "present"
    scores: dict[str, tuple[float, float]] = {}
    uncertain: bool = False
    looked: bool = False
    changed: bool = False
    added: bool = False
    gone: bool = False


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """An actor of the document: `values` are those labels that do not follow from its claims."""

    listed: bool = True
    looked: bool = False
    values: dict[str, Value] = {}


class _Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """Base of all decisions; `kind` names the type."""


class Begin(_Decision, frozen=True, tag="begin", omit_defaults=True):
    """What the work begins with, kept whole, so that other results later change nothing of it.

    `gold` is the line of labels that was there already, if it began with one.
    """

    claims: tuple[Claim, ...]
    actors: dict[str, Row]
    note: str = ""
    gold: GoldText | None = None


class Accept(_Decision, frozen=True, tag="accept"):
    """These claims and actors are right as they are."""

    claims: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


class Label(_Decision, frozen=True, tag="label"):
    """What a claim says to some labels."""

    claim: str
    values: dict[str, Value]


class Holder(_Decision, frozen=True, tag="holder"):
    """Whose claim it is."""

    claim: str
    actor: str


class Words(_Decision, frozen=True, tag="words"):
    """Which words of the text are the claim."""

    claim: str
    content: tuple[GoldSpan, ...]


class Delete(_Decision, frozen=True, tag="delete"):
    """A claim is none (`gone`), or is one after all."""

    claim: str
    gone: bool


class Add(_Decision, frozen=True, tag="add"):
    """A claim that was missed; `key` and `quoted` are filled in by the server."""

    holder: str
    content: tuple[GoldSpan, ...]
    values: dict[str, Value]
    key: str = ""
    quoted: bool = False


class Stance(_Decision, frozen=True, tag="stance"):
    """What an actor says to some labels, whatever its claims say; None: as its claims say."""

    actor: str
    values: dict[str, Value | None]


class List(_Decision, frozen=True, tag="list"):
    """Whether the text speaks of an actor."""

    actor: str
    listed: bool


class Note(_Decision, frozen=True, tag="note"):
    """A remark on the document, kept in its line of labels."""

    text: str


class Finish(_Decision, frozen=True, tag="finish", omit_defaults=True):
    """The document is done; claims that were not looked at are right. `gold` is its line."""

    gold: GoldText | None = None


class Reopen(_Decision, frozen=True, tag="reopen"):
    """The document is not done after all: its line is taken out until it is finished again."""


class Undo(_Decision, frozen=True, tag="undo"):
    """The last decision that stands is taken back."""


class Redo(_Decision, frozen=True, tag="redo"):
    """The last decision that was taken back stands again."""


Change = (
    Accept | Label | Holder | Words | Delete | Add | Stance | List | Note | Finish | Reopen
)  # fmt: skip
"""What changes the state of a document."""

Decision = Begin | Change | Undo | Redo
"""All that the journal holds."""

Asked = Change | Undo | Redo
"""What the page may ask for."""
