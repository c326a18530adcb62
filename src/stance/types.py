"""The core types: frozen, slotted, checked at construction.

Every offset is half-open and counts Unicode code points of `Document.text`, from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ActorKind = Literal["state", "organisation", "party", "person"]
Via = Literal["name", "title", "demonym", "capital", "pronoun", "description"]
Voice = Literal["own", "reported", "author"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["asserted", "hypothetical", "demanded"]
Time = Literal["present", "past"]
Side = Literal["supports", "opposes"]

PERSON = "person:"
"""What the id of a person begins with who speaks for no body that the text tells; then the name."""

OPEN = "open"
"""The holder of a claim whose source could not be resolved: shown as such, never guessed."""

NEUTRAL = "neutral"
"""The label of an actor or claim for which no stance holds; never scored as a stance itself."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: code points `start` to `end`, half-open."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a document beside its text; `speaker` is an actor's id."""

    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    speaker: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text that is never edited, so that every offset stays good.

    `sha256` is that of the file's bytes where the file is one document, else (a row of a table, a
    text made in memory) that of the text in UTF-8. `format` and `encoding` say how the bytes were
    read; `warnings` are lines for the user: what was repaired, or should not be trusted.
    """

    id: str
    text: str
    sha256: str
    meta: Meta = Meta()
    format: str = "text"
    encoding: str | None = None
    warnings: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str, id: str = "text", meta: Meta | None = None) -> Document:
        """A document made in memory."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(id, text, digest, meta or Meta())


@dataclass(frozen=True, slots=True)
class Sentence:
    """The `index`-th sentence of a document, from 0; white space at its ends is not part of it."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """A state (ISO 3166-1 alpha-3), organisation, party or person that can hold a stance.

    `parent` is the body it is an organ of; `first_year` and `last_year` bound a past state.
    """

    id: str
    name: str
    kind: ActorKind
    parent: str | None = None
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text speaks of an actor; `actor` is None where it stays unresolved.

    `via` says by which means the actor was found, `person` names who speaks for it, and `acts`
    whether the phrase can be the subject of a deed: "Rabat" in "Rabat said" and "the Moroccan
    minister" can; "Moroccan" in "the Moroccan plan" cannot. `score` is in 0 to 1.
    """

    span: Span
    sentence: int
    actor: str | None
    via: Via
    score: float = 1.0
    person: str | None = None
    acts: bool = True

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"a mention's score lies in 0 to 1, got {self.score}")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain "who says it": the source's span, the person, the body."""

    source: Span | None
    person: str | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that one actor holds, with the words that say so.

    `document` is the text's digest. `mention` is where the text names the holder, None where a
    quotation or speech stands without it. `attribution` runs from the holder outwards; empty means
    that the author asserts it. `content` are the spans that carry what is held, in the order of
    the text. `confidence` in 0 to 1 is how surely the source is the holder: 1 for a name, less with
    each step from it (see `claims.reference`). `tentative`: no cue says that anything is held,
    or it points to another sentence ("took the same line"); the claim is kept only where the model
    finds that it takes a side. `echoed`: the content is what another clause says, to which the cue
    only points ("as did Chile"). `supported`: what the cue, or one within the content, says that
    the holder supports, where it says no more than that (see `claims.gists`).
    """

    document: str
    holder: str
    mention: Span | None
    attribution: tuple[Attribution, ...]
    cue: Span | None
    content: tuple[Span, ...]
    sentences: tuple[int, ...]
    quoted: bool = False
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    time: Time = "present"
    confidence: float = 1.0
    tentative: bool = False
    echoed: bool = False
    supported: tuple[tuple[Span, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.content or not self.sentences:
            raise ValueError("a claim needs at least one content span and one sentence")

    @property
    def id(self) -> str:
        """A hash of the text's digest, the holder and the spans: the same in every run."""
        cue = self.cue or self.content[0]
        parts = [self.document, self.holder, f"{cue.start}-{cue.end}"]
        parts += [f"{span.start}-{span.end}" for span in self.content]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @property
    def voice(self) -> Voice:
        """`own`: the holder alone says it; `reported`: another does of the holder; else `author`.

        What A says that B has said is `reported`: it reaches the reader in A's words.
        """
        if not self.attribution:
            return "author"
        return "own" if all(map(self.is_own, self.attribution)) else "reported"

    def is_own(self, link: Attribution) -> bool:
        """Whether a link of the attribution is the holder's own."""
        return self.holder in (link.actor, f"{PERSON}{link.person}")


@dataclass(frozen=True, slots=True)
class Label:
    """One stance of an issue with the sentences that would state it, `{actor}` in each.

    A claim takes the stance when it entails *any one* of `supports`; it rejects the stance when
    it entails any one of `opposes`. `terms`: words without which no claim is about this label.
    `never_supports` and `never_opposes`: the ids of actors that do not take that side by what they
    are, whatever a text may seem to say: Morocco does not reject Moroccan sovereignty. `rivals`:
    names of what the other side wants recognised; to deny them that is no rejection.
    """

    id: str
    short: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    terms: tuple[str, ...] = ()
    never_supports: tuple[str, ...] = ()
    never_opposes: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    def never(self, side: Side) -> tuple[str, ...]:
        """The actors that do not take a side."""
        return self.never_supports if side == "supports" else self.never_opposes


@dataclass(frozen=True, slots=True)
class Issue:
    """A question on which actors take sides; `terms` are the words by which texts name it.

    `more_terms` do so only in a text that holds one of `terms` ("autonomy"); `exceptions` are
    phrases that hold a term and speak of something else ("sub-Saharan").
    """

    id: str
    title: str
    labels: tuple[Label, ...]
    terms: tuple[str, ...]
    more_terms: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One question to the NLI model, and where it came from.

    `wording` counts from 0 within the label's wordings of that `side`; `window` are the spans of
    the text that the premise was built from. `second` is the same premise with the issue's title
    before it, or without where `premise` has it: for a second reading.
    """

    claim: str
    label: str
    side: Side
    wording: int
    premise: str
    hypothesis: str
    window: tuple[Span, ...]
    second: str


@dataclass(frozen=True, slots=True)
class NliProbs:
    """Probabilities of the three classes, by name; they sum to 1.

    A two-class model gives `neutral` 0 and puts "not entailment" into `contradiction`.
    `truncated` says that the premise was too long and was read in windows.
    """

    entailment: float
    neutral: float
    contradiction: float
    truncated: bool = False

    def __post_init__(self) -> None:
        total = self.entailment + self.neutral + self.contradiction
        if not abs(total - 1.0) < 1e-3:
            raise ValueError(f"class probabilities must sum to 1, got {total}")


@dataclass(frozen=True, slots=True)
class StanceScore:
    """How surely a claim takes (`score`) and rejects (`opposed`) one stance, each in 0 to 1.

    `raw` and `raw_opposed` are what the model said; `score` and `opposed` are what counts of it,
    after the claim's polarity and modality and the rule that one claim does not hold both sides
    (see `nli.stances.claim_scores`). `wording` and `opposed_wording` are the wordings that gave
    the two, from 0.
    """

    claim: str
    label: str
    raw: float
    raw_opposed: float
    score: float
    opposed: float
    wording: int
    opposed_wording: int
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A stance is asserted from the score `at`, and uncertain from `low` up to `high`.

    `at` may lie above 1: then it is never asserted.
    """

    low: float
    at: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.at <= self.high:
            raise ValueError(
                f"a band needs low <= at <= high, got {self.low}, {self.at}, {self.high}"
            )

    @classmethod
    def around(cls, threshold: float, reach: float = 0.1) -> Band:
        """The same reach on both sides of a threshold."""
        return cls(threshold - reach, threshold, threshold + reach)


@dataclass(frozen=True, slots=True)
class Decision:
    """From scores to labels: a band for each label and side.

    Labels are always derived from scores by a decision, never stored apart from it, so another
    threshold needs no second run of the model.
    """

    supports: Mapping[str, Band]
    opposes: Mapping[str, Band]

    def labels(self, scores: Mapping[str, float]) -> tuple[str, ...]:
        """The stances whose score reaches the threshold, or `neutral` alone."""
        held = tuple(label for label, score in scores.items() if score >= self.supports[label].at)
        return held or (NEUTRAL,)

    def opposed(self, opposes: Mapping[str, float]) -> tuple[str, ...]:
        """The stances that are rejected."""
        return tuple(label for label, score in opposes.items() if score >= self.opposes[label].at)

    def uncertain(self, scores: Mapping[str, float], opposes: Mapping[str, float]) -> bool:
        """Whether any score lies within the band of its label."""
        return any(
            bands[label].low <= value < bands[label].high
            for values, bands in ((scores, self.supports), (opposes, self.opposes))
            for label, value in values.items()
        )


@dataclass(frozen=True, slots=True)
class ActorStance:
    """An actor's stance in one document: scores per label, and the claims that gave them.

    `evidence` maps each label to the id of the claim with the strongest score for it.
    """

    actor: Actor
    scores: Mapping[str, float]
    opposes: Mapping[str, float]
    claims: tuple[str, ...]
    evidence: Mapping[str, str]
    mentions: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What the result depends on: the package's version, the model, and a configuration hash."""

    version: str
    model: str
    model_sha256: str
    configuration: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one document; every cross-reference is checked.

    `open_sources` are who says something and could not be resolved ("they", "the minister").
    """

    document: Document
    issue: Issue
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    scores: tuple[StanceScore, ...]
    actors: tuple[ActorStance, ...]
    decision: Decision
    fingerprint: Fingerprint
    warnings: tuple[str, ...] = field(default=())
    open_sources: tuple[Span, ...] = field(default=())

    def __post_init__(self) -> None:
        claims = {claim.id for claim in self.claims}
        labels = {label.id for label in self.issue.labels}
        length = len(self.document.text)
        problems = [
            *(
                f"score of unknown claim {score.claim}"
                for score in self.scores
                if score.claim not in claims
            ),
            *(
                f"score of unknown label {score.label}"
                for score in self.scores
                if score.label not in labels
            ),
            *(
                f"stance of {stance.actor.id} cites unknown claim {claim}"
                for stance in self.actors
                for claim in stance.claims
                if claim not in claims
            ),
            *(
                f"claim {claim.id} names sentence {index} of {len(self.sentences)}"
                for claim in self.claims
                for index in claim.sentences
                if not 0 <= index < len(self.sentences)
            ),
            *(
                f"span {span.start} to {span.end} ends after the text ({length})"
                for claim in self.claims
                for span in claim.content
                if span.end > length
            ),
        ]
        if problems:
            raise ValueError("; ".join(problems))

    def claim(self, id: str) -> Claim:
        """The claim with this id; KeyError where there is none."""
        for claim in self.claims:
            if claim.id == id:
                return claim
        raise KeyError(id)
