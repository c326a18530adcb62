"""Labelled texts → what an NLI model learns from: premises, hypotheses, and what is true.

A premise is what the pipeline would read of a claim. What an actor takes holds for the premises
with its evidence; of its other premises nothing is known for that label, so nothing is learnt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stance.issues import term_pattern
from stance.measure.gold import GoldText
from stance.nli.contexts import Contexts
from stance.nli.labels import CLASSES
from stance.pipeline import ClaimReader, Pipeline
from stance.types import NEUTRAL, Document, Issue, Side, Span

ENTAILED, UNRELATED, CONTRADICTED = (CLASSES.index(name) for name in CLASSES)


@dataclass(frozen=True, slots=True)
class Known:
    """What one actor takes and rejects in a text, and where the text says so, by label."""

    takes: frozenset[str]
    rejects: frozenset[str]
    open: frozenset[str]
    evidence: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with what is known of its actors, by id."""

    document: Document
    actors: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Question:
    """One side of one label about one actor: its wordings hold together or not at all.

    `truth` is the class of a plain statement of that side: entailment where the actor takes it,
    contradiction where it takes the other, neutral where it takes neither.
    """

    label: str
    side: Side
    hypotheses: tuple[str, ...]
    truth: int


@dataclass(frozen=True, slots=True)
class Example:
    """A premise with all that is known of one actor in it."""

    text: str
    issue: str
    premise: str
    actor: str
    questions: tuple[Question, ...]


def labelled(texts: Iterable[tuple[Document, GoldText]]) -> Iterator[Labelled]:
    """Documents with their gold, in the same order.

    Evidence is what the gold names as such, else the content of the claims that hold a label. Of a
    label without either it is not known where it is said, so nothing is learnt of it.
    """
    for document, text in texts:
        actors: dict[str, Known] = {}
        for actor, stance in text.actors.items():
            evidence: dict[str, tuple[Span, ...]] = {
                label: tuple(Span(one.start, one.end) for one in spans)
                for label, spans in stance.evidence.items()
                if spans
            }
            for claim in text.claims or ():
                for label in (*claim.labels, *claim.opposes) if claim.holder == actor else ():
                    spans = tuple(Span(one.start, one.end) for one in claim.content)
                    evidence[label] = (*evidence.get(label, ()), *spans)
            takes = frozenset(stance.labels) - {NEUTRAL}
            rejects = frozenset(stance.opposes)
            nowhere = (takes | rejects) - set(evidence)
            actors[actor] = Known(takes, rejects, frozenset(stance.open) | nowhere, evidence)
        yield Labelled(document, actors)


def found_by(one: Labelled, gold: GoldText, pipeline: Pipeline) -> Labelled:
    """A text in which the model has found the evidence that its labels do not name.

    Of a label without evidence it is the content of the actor's claim that the model scores
    highest for it; where the actor has no claim, nothing is learnt of it, as before.
    """
    lacking = {
        actor: [
            label
            for label in sorted((set(stance.labels) - {NEUTRAL}) | set(stance.opposes))
            if label not in one.actors[actor].evidence and label not in stance.open
        ]
        for actor, stance in gold.actors.items()
    }
    if not any(lacking.values()):
        return one
    analysis = pipeline(one.document)
    holders = {claim.id: claim for claim in analysis.claims}
    actors = dict(one.actors)
    for actor, labels in lacking.items():
        for label in labels:
            rejects = label in gold.actors[actor].opposes
            scored = [
                (score.raw_opposed if rejects else score.raw, holders[score.claim])
                for score in analysis.scores
                if score.label == label and holders[score.claim].holder == actor
            ]
            if scored:
                best = max(scored, key=lambda pair: pair[0])[1]
                known = actors[actor]
                actors[actor] = replace(
                    known,
                    open=known.open - {label},
                    evidence={**known.evidence, label: best.content},
                )
    return replace(one, actors=actors)


def examples(texts: Iterable[Labelled], issue: Issue, reader: ClaimReader) -> Iterator[Example]:
    """The examples of texts, in their order: claims as the pipeline reads them.

    A premise is asked about its holder and about every labelled actor that it names. Claims far
    from any term of the issue are left out, for they are never asked about; a labelled text that
    has none is read as if its title had one.
    """
    contexts = Contexts(issue)
    for text in texts:
        read = reader(text.document)
        every = frozenset(sentence.index for sentence in read.sentences)
        relevant = contexts.of(text.document, read.sentences).relevant or every
        seen: set[tuple[str, str]] = set()
        found = [
            (premise, window, claim.holder)
            for claim in read.claims
            if not relevant.isdisjoint(claim.sentences)
            for premise, window in read.premises[claim.id]
        ]
        for premise, window, holder in found:
            for actor, known in text.actors.items():
                name = reader.table.named(actor).name
                if (actor == holder or _names(premise, name)) and (premise, actor) not in seen:
                    seen.add((premise, actor))
                    questions = tuple(_questions(issue, name, known, window))
                    if questions:
                        shown, _ = contexts.titled(premise)
                        yield Example(text.document.id, issue.id, shown, name, questions)


def elsewhere(one: Example, issue: Issue, *, empty: bool, titled: bool) -> Example | None:
    """The premise of another issue, or none at all, asked about this issue: it says nothing of it.

    It keeps the title of its own issue where it has one. `titled` puts this issue's title before
    it, as before a sentence on another matter in a text about this issue. None where the premise
    has a term of this issue.
    """
    if not empty and term_pattern((*issue.terms, *issue.more_terms), issue.exceptions).search(
        one.premise
    ):
        return None
    premise = "" if empty else one.premise
    shown = Contexts(issue).titled(premise)[0] if titled else premise
    nothing = Known(frozenset(), frozenset(), frozenset(), {})
    questions = tuple(_questions(issue, one.actor, nothing, Span(0, 1)))
    return Example(one.text, issue.id, shown, one.actor, questions)


def _names(premise: str, name: str) -> bool:
    return re.search(_whole(name), premise) is not None


def _whole(name: str) -> str:
    """The name, but not inside another: "Guinea" is not in "Guinea-Bissau"."""
    apart = "".join(f"(?<!{one} )" for one in ("Equatorial", "New", "South", "North", "East"))
    return rf"(?<![\w-]){apart}{re.escape(name)}(?![\w-])"


def _questions(issue: Issue, name: str, known: Known, window: Span) -> Iterator[Question]:
    for label in issue.labels:
        if label.id in known.open:
            continue
        here = any(window.overlaps(span) for span in known.evidence.get(label.id, ()))
        takes, rejects = label.id in known.takes, label.id in known.rejects
        sides: tuple[tuple[Side, tuple[str, ...], bool, bool], ...] = (
            ("supports", label.supports, takes, rejects),
            ("opposes", label.opposes, rejects, takes),
        )
        for side, wordings, yes, no in sides:
            if yes and not here:
                continue
            truth = ENTAILED if yes else CONTRADICTED if no and here else UNRELATED
            hypotheses = tuple(one.replace("{actor}", name) for one in wordings)
            yield Question(label.id, side, hypotheses, truth)


def statements(issue: Issue, names: Sequence[str], chance: random.Random) -> Iterator[Example]:
    """The wordings of an issue as plain statements of some actor: each proves its own side."""
    for label in issue.labels:
        for wordings, takes in ((label.supports, True), (label.opposes, False)):
            known = Known(
                frozenset({label.id} if takes else ()),
                frozenset(() if takes else {label.id}),
                frozenset(other.id for other in issue.labels) - {label.id},
                {label.id: (Span(0, 1),)},
            )
            for wording in wordings:
                every = " ".join((*label.supports, *label.opposes))
                strangers = [name for name in names if not _names(every, name)]
                name = chance.choice(strangers)
                premise = wording.replace("{actor}", name)
                questions = tuple(_questions(issue, name, known, Span(0, 1)))
                yield Example("", issue.id, premise, name, questions)


def swapped(one: Example, names: Sequence[str], chance: random.Random) -> Example | None:
    """The same with another state in the place of its actor.

    None where the premise does not name it, and where a wording names it a second time: a party to
    the dispute cannot be put in another's place.
    """
    party = any(
        len(re.findall(_whole(one.actor), text)) > 1
        for question in one.questions
        for text in question.hypotheses
    )
    if party or not _names(one.premise, one.actor):
        return None
    said = [one.premise, *(text for q in one.questions for text in q.hypotheses)]
    other = chance.choice([name for name in names if not any(name in text for text in said)])
    return replace(
        one,
        premise=re.sub(_whole(one.actor), lambda _: other, one.premise),
        actor=other,
        questions=tuple(
            replace(
                question,
                hypotheses=tuple(
                    re.sub(_whole(one.actor), lambda _: other, text, count=1)
                    for text in question.hypotheses
                ),
            )
            for question in one.questions
        ),
    )
