"""Analyses built by hand, on invented texts about an invented dispute: the Salt Coast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stance.types import (
    Actor,
    ActorStance,
    Analysis,
    Attribution,
    Band,
    Claim,
    Decision,
    Document,
    Fingerprint,
    Issue,
    Label,
    Mention,
    Meta,
    Sentence,
    Span,
    StanceScore,
)

SOVEREIGNTY = "supports_sovereignty"
UN = "supports_un_process"

ISSUE = Issue(
    id="salt_coast",
    title="The Salt Coast",
    labels=(
        Label(SOVEREIGNTY, "sovereignty", ("{actor} backs Norland.",), ("{actor} rejects it.",)),
        Label(UN, "UN process", ("{actor} backs the UN.",), ("{actor} rejects the UN.",)),
    ),
    terms=("Salt Coast",),
)

ACTORS = {
    "AST": Actor("AST", "Astoria", "state"),
    "BEL": Actor("BEL", "Belmark", "state"),
    "COR": Actor("COR", "Corvia", "state"),
    "DUN": Actor("DUN", "Dunmore", "state"),
    "NOR": Actor("NOR", "Norland", "state"),
    "UN": Actor("UN", "United Nations", "organisation"),
}

TEXT = (
    "Astoria's minister Ina Roth said her country “fully backs Norland's rule over the Salt "
    "Coast”. "
    "She also welcomed the efforts of the UN envoy. "
    "Belmark called that rule an occupation.\n\n"
    "According to Norland, Corvia stands behind the plan. "
    "Dunmore hosted the talks, and the other side left early."
)


@dataclass(frozen=True)
class Said:
    """One claim to build: `content` and `source` are phrases of the text."""

    holder: str
    content: str | Sequence[str]
    scores: Mapping[str, tuple[float, float]]
    source: str | None = None
    person: str | None = None
    by: str | None = None
    cue: str | None = None
    quoted: bool = False


SAID = (
    Said(
        "AST",
        "fully backs Norland's rule over the Salt Coast",
        {SOVEREIGNTY: (0.97, 0.01), UN: (0.04, 0.02)},
        source="Astoria's minister Ina Roth",
        person="Ina Roth",
        by="AST",
        cue="said",
        quoted=True,
    ),
    Said("AST", "the efforts of the UN envoy", {SOVEREIGNTY: (0.03, 0.01), UN: (0.88123456, 0.02)}),
    Said("BEL", "called that rule an occupation", {SOVEREIGNTY: (0.01, 0.91), UN: (0.05, 0.03)}),
    Said(
        "COR",
        "stands behind the plan",
        {SOVEREIGNTY: (0.55, 0.02)},
        source="Norland",
        by="NOR",
        cue="According to",
    ),
)


def find(text: str, phrase: str, start: int = 0) -> Span:
    """The first place of `phrase` in `text`; ValueError where there is none."""
    at = text.index(phrase, start)
    return Span(at, at + len(phrase))


def analysis(
    text: str = TEXT,
    said: Iterable[Said] = SAID,
    *,
    neutral: Sequence[str] = ("NOR", "DUN"),
    unresolved: Sequence[str] = ("the other side",),
    id: str = "coast.txt",
    meta: Meta | None = None,
    actors: Mapping[str, Actor] = ACTORS,
    issue: Issue = ISSUE,
    warnings: tuple[str, ...] = (),
) -> Analysis:
    """An analysis of `text`; an actor's score is its highest, sentences end at a full stop."""
    document = Document.from_text(text, id, meta)
    ends = re.finditer(r"\S.*?(?:[.!?][”]?[.]?(?=\s|$)|$)", text, re.DOTALL)
    spans = [Span(match.start(), match.end()) for match in ends]
    sentences = tuple(Sentence(index, span) for index, span in enumerate(spans))
    claims: list[Claim] = []
    scores: list[StanceScore] = []
    held: dict[str, list[str]] = {}
    for one in said:
        phrases = [one.content] if isinstance(one.content, str) else one.content
        content = tuple(find(text, phrase) for phrase in phrases)
        source = find(text, one.source) if one.source else None
        claim = Claim(
            document=document.sha256,
            holder=one.holder,
            mention=find(text, name) if (name := actors[one.holder].name) in text else None,
            attribution=(Attribution(source, one.person, one.by),) if one.source else (),
            cue=find(text, one.cue) if one.cue else None,
            content=content,
            sentences=tuple(
                sorted({i for i, s in enumerate(spans) for span in content if s.overlaps(span)})
            ),
            quoted=one.quoted,
        )
        claims.append(claim)
        held.setdefault(one.holder, []).append(claim.id)
        scores += [
            StanceScore(claim.id, label, score, opposed, score, opposed, 0, 0)
            for label, (score, opposed) in one.scores.items()
        ]
    stances = []
    for actor in [*held, *neutral]:
        own = [score for score in scores if score.claim in held.get(actor, ())]
        best = {s.label: s for s in sorted(own, key=lambda s: s.score)}
        stances.append(
            ActorStance(
                actor=actors[actor],
                scores={label: score.score for label, score in best.items()},
                opposes={label: max(s.opposed for s in own if s.label == label) for label in best},
                claims=tuple(held.get(actor, ())),
                evidence={label: score.claim for label, score in best.items()},
                mentions=1 + len(held.get(actor, ())),
            )
        )
    thresholds = {label.id: Band.around(0.5) for label in issue.labels}
    return Analysis(
        document=document,
        issue=issue,
        sentences=sentences,
        mentions=tuple(
            Mention(find(text, phrase), 0, None, "description") for phrase in unresolved
        ),
        claims=tuple(claims),
        scores=tuple(scores),
        actors=tuple(stances),
        decision=Decision(thresholds, thresholds),
        fingerprint=Fingerprint("0.1.0", "tiny-nli", "ab" * 32, "cd" * 32),
        warnings=warnings,
    )
