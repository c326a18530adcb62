"""Gold labels: one JSON object a line, stand-off; every problem of a file is found at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from stance.errors import LabelError
from stance.measure.lines import decoded, refuse
from stance.types import NEUTRAL, Modality, Polarity, Time


class GoldSpan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A stretch of the labelled text: code points, half-open, from 0."""

    start: int
    end: int


class GoldStance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an actor takes (`labels`, or `neutral` alone) and rejects (`opposes`).

    `open` holds the labels on which two careful readers may differ: they are not scored.
    `evidence` may say where the text shows a label that is taken or rejected.
    """

    labels: tuple[str, ...]
    opposes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    evidence: dict[str, tuple[GoldSpan, ...]] = {}

    def takes(self, label: str) -> bool:
        """Whether the actor supports this label."""
        return label in self.labels

    def rejects(self, label: str) -> bool:
        """Whether the actor opposes this label."""
        return label in self.opposes


class GoldClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One claim of one holder (see `Claim`).

    `speaker` is who says it, None for the author; `pronoun` says that the source is one.
    """

    holder: str
    source: GoldSpan | None
    person: str | None
    speaker: str | None
    cue: GoldSpan | None
    content: tuple[GoldSpan, ...]
    quoted: bool
    pronoun: bool
    polarity: Polarity
    modality: Modality
    time: Time
    labels: tuple[str, ...]
    opposes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def stance(self) -> GoldStance:
        """What this claim alone says of its holder."""
        return GoldStance(self.labels, self.opposes, self.open)

    @property
    def voice(self) -> Literal["own", "reported", "author"]:
        """As `Claim.voice`."""
        if self.speaker is None:
            return "author"
        return "own" if self.speaker == self.holder else "reported"


class GoldText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The labels of one text: a whole document, or the passage `start` to `end` of one.

    `sha256` is that of the document's bytes, `text_sha256` that of the labelled text in UTF-8,
    and `length` its number of code points; offsets of claims and sentences count from its
    beginning. `actors` lists every actor that the text mentions; `claims` and `sentences` are
    None where only stances are labelled.
    """

    document: str
    sha256: str
    text_sha256: str
    length: int
    actors: dict[str, GoldStance]
    start: int | None = None
    end: int | None = None
    speaker: str | None = None
    year: int | None = None
    stratum: str | None = None
    claims: tuple[GoldClaim, ...] | None = None
    sentences: tuple[GoldSpan, ...] | None = None
    annotator: str | None = None
    note: str | None = None

    @property
    def id(self) -> str:
        """The document, with the offsets of the passage where it is one."""
        return self.document if self.start is None else f"{self.document}#{self.start}-{self.end}"

    @property
    def cluster(self) -> str:
        """What is drawn as one in a bootstrap: the state that speaks, else the document."""
        return self.speaker or self.document


_NO_LABELS = "check the path, or finish a document in `stance review`: its labels are written then"


def read_gold(path: Path, labels: Sequence[str], actors: Collection[str]) -> list[GoldText]:
    """Read a file of gold labels and check each line.

    Args:
        path: JSON Lines, one `GoldText` a line; blank lines are passed over.
        labels: the ids of the issue's labels, without `neutral`.
        actors: all ids of actors that are known.

    Raises:
        LabelError: the file cannot be read, or a line is malformed; its text lists the problems
            of all lines with their numbers.
    """
    texts: list[GoldText] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, text in decoded(path, GoldText, _NO_LABELS):
        if isinstance(text, str):
            problems.append(f"{path}:{number}: {text}")
            continue
        problems += [f"{path}:{number}: {what}" for what in problems_of(text, labels, actors)]
        if text.text_sha256 in seen:
            problems.append(
                f"{path}:{number}: {text.id} is labelled in line {seen[text.text_sha256]} already; "
                "keep one"
            )
        seen.setdefault(text.text_sha256, number)
        texts.append(text)
    refuse(problems)
    if not texts:
        raise LabelError(f"{path}: holds no labels; it needs one JSON object a line")
    return texts


def problems_of(text: GoldText, labels: Sequence[str], actors: Collection[str]) -> Iterator[str]:
    """What is wrong with one line, each as one phrase that says what is allowed."""
    if (text.start is None) != (text.end is None):
        yield "`start` and `end` go together; give both for a passage, none for a whole document"
    elif text.start is not None and text.end is not None and not 0 <= text.start < text.end:
        yield f"the passage runs from {text.start} to {text.end}; it needs 0 <= start < end"
    elif text.start is not None and text.end is not None and text.end - text.start != text.length:
        yield f"`length` is {text.length}, the passage has {text.end - text.start} characters"
    if text.speaker is not None and text.speaker not in actors:
        yield f"there is no actor {text.speaker!r} (the speaker)"
    for actor, stance in text.actors.items():
        if actor not in actors:
            yield f"there is no actor {actor!r}"
        yield from (f"{actor}: {what}" for what in _stance_problems(stance, labels))
        spans = [span for proofs in stance.evidence.values() for span in proofs]
        yield from (f"{actor}: {what}" for what in _span_problems(spans, text.length))
        for label in sorted(set(stance.evidence) - ({*stance.labels, *stance.opposes} - {NEUTRAL})):
            yield f"{actor}: evidence of {label!r}, which it neither takes nor rejects"
    for index, claim in enumerate(text.claims or ()):
        where = f"claim {index}"
        if claim.holder not in text.actors:
            yield f"{where}: its holder {claim.holder!r} is not listed in `actors`"
        if claim.speaker is not None and claim.speaker not in actors:
            yield f"{where}: there is no actor {claim.speaker!r} (who says it)"
        if not claim.content:
            yield f"{where}: has no content; give at least one span"
        yield from (f"{where}: {what}" for what in _stance_problems(claim.stance, labels))
        spans = [*claim.content, *(span for span in (claim.source, claim.cue) if span)]
        yield from (f"{where}: {what}" for what in _span_problems(spans, text.length))
    yield from _span_problems(text.sentences or (), text.length)


def _stance_problems(stance: GoldStance, labels: Sequence[str]) -> Iterator[str]:
    allowed = ", ".join(labels)
    for name, values in (("opposes", stance.opposes), ("open", stance.open)):
        for value in values:
            if value not in labels:
                yield f"{value!r} is no label for `{name}`; allowed: {allowed}"
    for value in stance.labels:
        if value not in labels and value != NEUTRAL:
            yield f"{value!r} is no label; allowed: {allowed}, {NEUTRAL}"
    if not stance.labels:
        yield f"`labels` is empty; say {NEUTRAL!r}"
    if NEUTRAL in stance.labels and len(stance.labels) > 1:
        yield f"{NEUTRAL!r} stands beside another label; it stands alone"
    for value in set(stance.labels) & set(stance.opposes):
        yield f"both supports and opposes {value!r}; one of them"


def _span_problems(spans: Sequence[GoldSpan], length: int) -> Iterator[str]:
    for span in spans:
        if not 0 <= span.start < span.end <= length:
            yield (
                f"the span {span.start} to {span.end} lies outside the text of {length} characters"
            )
