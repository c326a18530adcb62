"""The straight line from a document to its analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from stance.actors.table import ActorTable
from stance.claims.cues import Cues
from stance.claims.gists import gists
from stance.claims.premises import premises
from stance.nli.asking import ONCE, Asking, answered
from stance.nli.calibration import Curves
from stance.nli.contexts import Contexts
from stance.nli.hypotheses import Questions
from stance.nli.stances import actor_stances, claim_scores, held
from stance.reading.language import foreign, identified
from stance.steps import ClaimFinder, MentionFinder, NliModel, Segmenter
from stance.types import (
    OPEN,
    Analysis,
    Claim,
    Decision,
    Document,
    Fingerprint,
    Issue,
    Mention,
    NliProbs,
    Pair,
    Sentence,
    Span,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A document before the model: its claims, each with its premises and their spans.

    `gists` are what claims come to that say only that something is supported, likewise.
    `open_sources` are the sources that nothing resolved.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    premises: Mapping[str, tuple[tuple[str, Span], ...]]
    open_sources: tuple[Span, ...]
    gists: Mapping[str, tuple[tuple[str, Span], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Documents → claims; every step can be another that fits its seam."""

    table: ActorTable
    cues: Cues
    segment: Segmenter
    find_mentions: MentionFinder
    find_claims: ClaimFinder

    def __call__(self, document: Document, contexts: Contexts | None = None) -> Claimed:
        """The claims of a document and what a model would read of each, by the claim's id.

        With `contexts` only the sentences near a term of the issue are parsed and reported; a
        text without any is not even cut into sentences.
        """
        if contexts is not None and not contexts.concern(document):
            return Claimed(document, (), (), (), {}, ())
        sentences = self.segment(document)
        runs = (sentences,) if contexts is None else contexts.of(document, sentences).near()
        read = tuple(sentence for run in runs for sentence in run)
        mentions = tuple(one for run in runs for one in self.find_mentions(document, run))
        found = self.find_claims(document, read, mentions)
        claims = tuple(claim for claim in found if claim.holder != OPEN)
        open_sources = {
            claim.mention for claim in found if claim.holder == OPEN and claim.mention is not None
        }
        made = {
            claim.id: tuple(
                premises(document, sentences, claim, self.table.named(claim.holder), self.cues)
            )
            for claim in claims
        }
        plain = {
            claim.id: tuple(gists(document.text, claim, self.table.named(claim.holder)))
            for claim in claims
            if claim.supported
        }
        sources = tuple(sorted(open_sources))
        return Claimed(document, sentences, mentions, claims, made, sources, plain)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Documents → analyses. Made by `stance.load`; every step can be another that fits its seam."""

    issue: Issue
    reader: ClaimReader
    questions: Questions
    nli: NliModel
    curves: Curves
    decision: Decision
    fingerprint: Fingerprint
    languages: frozenset[str] = frozenset({"en"})
    """What the rules and the model read; another language is read with a warning."""
    losses: tuple[str, ...] = ()
    """What this pipeline does worse than it could, and why: lines for the user."""
    asking: Asking = ONCE
    gate: bool = False
    """Whether what no term of the issue is near is passed over before it is parsed."""

    @property
    def table(self) -> ActorTable:
        """The actors that are known."""
        return self.reader.table

    def __call__(self, document: Document | str) -> Analysis:
        """Analyse one document, or a text, whose language is then identified."""
        one = identified(Document.from_text(document)) if isinstance(document, str) else document
        return next(self.many([one]))

    def many(self, documents: Iterable[Document], at_once: int = 32) -> Iterator[Analysis]:
        """Analyse documents in their order; the pairs of `at_once` of them are scored together."""
        stream = iter(documents)
        while group := list(islice(stream, at_once)):
            read = [self._read(document) for document in group]
            pairs = [pair for one in read for pair in one.pairs]
            answers = dict(answered(pairs, self.nli, self.asking))
            for one in read:
                asked = [pair for pair in one.pairs if pair in answers]
                yield self._conclude(one, asked, [answers[pair] for pair in asked])

    def asked(self, document: Document) -> list[tuple[Pair, NliProbs]]:
        """All that the model is asked about a document, and its answers: one for each wording."""
        return answered(self._read(document).pairs, self.nli, self.asking)

    def _read(self, document: Document) -> _Read:
        claimed = self.reader(document, self.questions.contexts if self.gate else None)
        pairs = self.questions(
            document,
            claimed.sentences,
            claimed.claims,
            name=lambda actor: self.table.named(actor).name,
            premises=lambda claim: claimed.premises[claim.id],
            gists=lambda claim: claimed.gists.get(claim.id, ()),
        )
        return _Read(claimed, pairs)

    def _conclude(self, one: _Read, pairs: Sequence[Pair], probs: Sequence[NliProbs]) -> Analysis:
        read = one.claimed
        scores = claim_scores(read.claims, pairs, probs, self.curves)
        claims = held(read.claims, scores, self.decision)
        kept = {claim.id for claim in claims}
        scores = tuple(score for score in scores if score.claim in kept)
        actors = actor_stances(self.issue, read.mentions, claims, scores, self.table.named)
        return Analysis(
            document=read.document,
            issue=self.issue,
            sentences=read.sentences,
            mentions=read.mentions,
            claims=claims,
            scores=scores,
            actors=actors,
            decision=self.decision,
            fingerprint=self.fingerprint,
            warnings=self._warnings(read.document),
            open_sources=read.open_sources,
        )

    def foreign(self, document: Document) -> str | None:
        """What is wrong with the language of a document; None where it is read or not known."""
        language = document.meta.language
        if language is None or language in self.languages:
            return None
        return foreign(language, self.languages)

    def _warnings(self, document: Document) -> tuple[str, ...]:
        wrong = self.foreign(document)
        return (
            document.warnings
            if wrong is None
            else (*document.warnings, f"{wrong}; do not trust the stances")
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """A document with all that the model is to be asked about it."""

    claimed: Claimed
    pairs: tuple[Pair, ...]
