"""Records of the output contract, read back: typed, and refused in one line where they are damaged.

Fields that no reader here needs are passed over, so results of later versions stay readable.
"""

from __future__ import annotations

import json

import msgspec

from stance.errors import CallError
from stance.output.contract import SCHEMA_VERSION
from stance.types import Modality, Polarity, Time


class SavedSpan(msgspec.Struct, frozen=True):
    """A stretch of the document's text: code points, half-open, from 0. `text` is what it says."""

    start: int
    end: int
    text: str = ""


class SavedSentence(msgspec.Struct, frozen=True):
    """A sentence; `text` is "" where no claim stands in it and the text was not asked for."""

    index: int
    start: int
    end: int
    text: str = ""


class SavedLink(msgspec.Struct, frozen=True):
    """Who says a claim: one link of its attribution, from the holder outwards."""

    source: SavedSpan | None = None
    person: str | None = None
    actor: str | None = None


class _Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Probabilities by label, and what the decision made of them when the results were written.

    `open` are labels on which a person who reviewed it left open which side is taken.
    """

    scores: dict[str, float]
    opposes: dict[str, float]
    labels: tuple[str, ...]
    opposed: tuple[str, ...]
    uncertain: bool
    open: tuple[str, ...] = ()


class SavedClaim(_Judged, frozen=True, kw_only=True):
    """A claim, as in the contract; `voice` is own, reported or author."""

    id: str
    holder: str
    sentences: tuple[int, ...]
    attribution: tuple[SavedLink, ...]
    cue: SavedSpan | None
    content: tuple[SavedSpan, ...]
    voice: str
    quoted: bool
    polarity: Polarity
    modality: Modality
    time: Time
    mention: SavedSpan | None = None
    confidence: float = 1.0


class SavedActor(_Judged, frozen=True, kw_only=True):
    """An actor of one document with its stances; `claims` are ids of its claims."""

    id: str
    name: str
    kind: str
    claims: tuple[str, ...]
    mentions: int


class SavedDocument(msgspec.Struct, frozen=True):
    """Which document it is; `text` is None unless the results were written with it."""

    id: str
    sha256: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    speaker: str | None = None
    language: str | None = None
    format: str | None = None
    text: str | None = None


class SavedModel(msgspec.Struct, frozen=True):
    """The model that read it."""

    name: str
    sha256: str


class SavedText(msgspec.Struct, frozen=True):
    """All that one record says of one document; `reviewed`: a person's labels stand in it."""

    schema: int
    document: SavedDocument
    issue: str
    model: SavedModel
    version: str
    sentences: tuple[SavedSentence, ...]
    claims: tuple[SavedClaim, ...]
    actors: tuple[SavedActor, ...]
    unresolved: tuple[SavedSpan, ...] = ()
    warnings: tuple[str, ...] = ()
    configuration: str = ""
    reviewed: bool = False

    def claim(self, id: str) -> SavedClaim:
        """The claim with this id, which stands in the record."""
        return next(claim for claim in self.claims if claim.id == id)


def decoded(where: str, line: bytes | str) -> SavedText:
    """The record of one line; `where` says where it stands.

    Raises:
        CallError: it is no record, or of another version.
    """
    try:
        found = _text(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        if _is_labels(line):
            path = where.rpartition(":")[0] or where
            raise CallError(
                f"{path}: is a file of labels, not of results; name the results, then the labels:  "
                f"RESULTS --labels {path}"
            ) from None
        raise CallError(
            f"{where}: is no result of stance ({error}); `stance predict --format json` writes them"
        ) from None
    if found.schema != SCHEMA_VERSION:
        raise CallError(
            f"{where}: follows version {found.schema} of the results, this program reads version "
            f"{SCHEMA_VERSION}; predict again"
        )
    return found


class _Labels(msgspec.Struct):
    """What tells a line of labels from results."""

    text_sha256: str
    actors: dict[str, msgspec.Raw]


def _is_labels(line: bytes | str) -> bool:
    try:
        msgspec.json.decode(line, type=_Labels)
    except (msgspec.MsgspecError, ValueError):
        return False
    return True


def _text(line: bytes | str) -> SavedText:
    try:
        return msgspec.json.decode(line, type=SavedText)
    except msgspec.DecodeError:
        # An escaped half of a surrogate pair, which only JSON's own rules allow: one "?" for each.
        whole = json.dumps(json.loads(line), ensure_ascii=False).encode("utf-8", "replace")
        return msgspec.json.decode(whole, type=SavedText)
