"""The straight line from a document to its analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from stance.actors.table import ActorTable
from stance.claims.cues import Cues
from stance.claims.premises import premises
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
class Pipeline:
    """Documents → analyses. Made by `stance.load`; every step can be another that fits its seam."""

    issue: Issue
    table: ActorTable
    cues: Cues
    segment: Segmenter
    find_mentions: MentionFinder
    find_claims: ClaimFinder
    questions: Questions
    nli: NliModel
    decision: Decision
    fingerprint: Fingerprint
    languages: frozenset[str] = frozenset({"en"})
    """What the rules and the model read; another language is read with a warning."""
    losses: tuple[str, ...] = ()
    """What this pipeline does worse than it could, and why: lines for the user."""

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
            probs = iter(self.nli([(pair.premise, pair.hypothesis) for pair in pairs]))
            for one in read:
                yield self._conclude(one, [next(probs) for _ in one.pairs])

    def asked(self, document: Document) -> list[tuple[Pair, NliProbs]]:
        """All that the model is asked about a document, and its answers: one for each wording."""
        pairs = self._read(document).pairs
        answers = self.nli([(pair.premise, pair.hypothesis) for pair in pairs])
        return list(zip(pairs, answers, strict=True))

    def _read(self, document: Document) -> _Read:
        sentences = self.segment(document)
        mentions = self.find_mentions(document, sentences)
        found = self.find_claims(document, sentences, mentions)
        claims = tuple(claim for claim in found if claim.holder != OPEN)
        open_sources = sorted(
            {claim.mention for claim in found if claim.holder == OPEN and claim.mention is not None}
        )
        pairs = self.questions(
            document,
            sentences,
            claims,
            name=lambda actor: self.table.named(actor).name,
            premises=lambda claim: premises(
                document, sentences, claim, self.table.named(claim.holder), self.cues
            ),
        )
        return _Read(document, sentences, mentions, claims, pairs, tuple(open_sources))

    def _conclude(self, read: _Read, probs: Sequence[NliProbs]) -> Analysis:
        scores = claim_scores(read.claims, read.pairs, probs)
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
            warnings=(*read.document.warnings, *self._foreign(read.document)),
            open_sources=read.open_sources,
        )

    def _foreign(self, document: Document) -> tuple[str, ...]:
        """A warning for a document in a language that is not read."""
        language = document.meta.language
        if language is None or language in self.languages:
            return ()
        return (f"{foreign(language, self.languages)}; do not trust the stances",)


@dataclass(frozen=True, slots=True)
class _Read:
    """A document with all that is known of it before the model is asked."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    open_sources: tuple[Span, ...]
