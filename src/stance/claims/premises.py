"""A claim as sentences that name its holder: what the NLI model reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stance.claims.cues import Cues
from stance.tokens import flat, words
from stance.types import Actor, Claim, Document, Sentence, Span

_BEHIND_NOUNS = words(
    """
    for to of on about against over with in towards toward at as regarding concerning that among by
    from behind whether
    """
)
"""What leads from a noun to what it is about: "support the plan" is said with a verb."""


def premises(
    document: Document, sentences: Sequence[Sentence], claim: Claim, actor: Actor, cues: Cues
) -> list[tuple[str, Span]]:
    """The premises of a claim, one for each of its sentences, and the span each was made from.

    The holder is called by its name, so that "his country" or "the embassy" needs no guess by
    the model: "Kazakhstan expressed its support …", "Japan says: …" for a quotation or a speech,
    "Spain expresses its support for …" where a noun says it. What a quotation says in its further
    sentences is read sentence by sentence: "Japan says: …". A speaker's own claim is read with the
    whole sentence around it. Idioms of refusal stand in plain words (`Cues.plain`).
    """
    found = _as_written(document, sentences, claim, actor, cues)
    return [(cues.plain(premise), span) for premise, span in found]


def _as_written(
    document: Document, sentences: Sequence[Sentence], claim: Claim, actor: Actor, cues: Cues
) -> list[tuple[str, Span]]:
    """The premises in the words of the text."""
    if claim.holder == document.meta.speaker:
        spans = [sentences[index].span for index in claim.sentences]
        return [(f"{actor.name} says: {flat(span.of(document.text))}", span) for span in spans]
    if claim.cue is not None and _is_work(claim, claim.cue.of(document.text), cues):
        return [(_done(document.text, claim, actor, cues), claim.content[0])]
    if claim.echoed:
        return [(_echoed(document.text, claim, actor), claim.content[0])]
    made: list[tuple[str, Span]] = []
    home = claim.cue or claim.content[0]
    for index in claim.sentences:
        sentence = sentences[index].span
        content = tuple(span for span in claim.content if sentence.covers(span))
        if sentence.covers(home):
            made.append(_with_cue(document.text, claim, content or claim.content, actor, cues))
        elif content:
            window = Span(content[0].start, content[-1].end)
            made.append((f"{actor.name} says: {flat(window.of(document.text))}", window))
    return made


def _with_cue(
    text: str, claim: Claim, content: tuple[Span, ...], actor: Actor, cues: Cues
) -> tuple[str, Span]:
    spans = [*content, *([claim.cue] if claim.cue else [])]
    window = Span(min(span.start for span in spans), max(span.end for span in spans))
    if claim.mention is None:
        return f"{actor.name} says: {flat(window.of(text))}", window
    if claim.cue is not None and _is_noun(content, claim.cue, text, cues):
        said = " ".join(flat(span.of(text)) for span in content)
        does = "expresses" if claim.polarity == "affirmed" else "does not express"
        return f"{actor.name} {does} its {claim.cue.of(text).lower()} {said}.", window
    if claim.cue is not None and _names_the_speaker(text, claim, claim.cue):
        return f"{actor.name} {flat(' '.join(span.of(text) for span in content))}.", window
    if not window.overlaps(claim.mention):
        joined = Span(min(window.start, claim.mention.start), max(window.end, claim.mention.end))
        window = joined
    before = text[window.start : claim.mention.start] if window.start < claim.mention.start else ""
    after = text[claim.mention.end : window.end] if claim.mention.end < window.end else ""
    after = _without_elder(text, claim, spans, after)
    if "," in claim.mention.of(text):  # the apposition goes, and the comma that closes it
        after = after.lstrip().removeprefix(",")
    if actor.kind == "state":  # "the Kingdom of" is gone, and its article with it
        before = re.sub(r"(?<!\w)the\s+$", "", before, flags=re.IGNORECASE)
    return f"{flat(before + ' ' + actor.name + ' ' + after).rstrip('.')}.", window


def _names_the_speaker(text: str, claim: Claim, cue: Span) -> bool:
    """ "According to the Chilean side, Ana Ruiz | stressed …": the source took in the subject."""
    assert claim.mention is not None
    by = cue.of(text).lower().startswith("according")
    person = claim.attribution[0].person if claim.attribution else None
    return by and person is not None and "," in claim.mention.of(text)


def _without_elder(text: str, claim: Claim, spans: Sequence[Span], after: str) -> str:
    """What follows a holder, without what else it did before: "Peru[ deplored it,] rejected …".

    What only describes the holder stays: ", which has long hosted the rebels,".
    """
    assert claim.mention is not None
    first = min(span.start for span in spans)
    between = text[claim.mention.end : first]
    if claim.polarity == "negated" or not re.match(r"\s+\w.*(?:,|\sand)\s+$", between, re.DOTALL):
        return after
    return f" {after[len(between) :]}"


def _is_work(claim: Claim, cue: str, cues: Cues) -> bool:
    """Whether a claim is of what a noun says is the holder's own (`stance.claims.works`)."""
    own = cue.lower() in cues.works and any(
        claim.cue is not None and span.covers(claim.cue) for span in claim.content
    )
    return own or cue.lower() in cues.acts


def _done(text: str, claim: Claim, actor: Actor, cues: Cues) -> str:
    """What the holder does: "Japan proposes the initiative for peace", "Japan adopts the text"."""
    assert claim.cue is not None
    noun = claim.cue.of(text).lower()
    said = flat(" ".join(span.of(text) for span in claim.content))
    if noun in cues.works:
        return f"{actor.name} {cues.works[noun]} the {said}."
    return f"{actor.name} {cues.acts[noun]} {said.removeprefix('of ')}."


def _echoed(text: str, claim: Claim, actor: Actor) -> str:
    """What another clause says, with the holder as its subject: "Chile did open a consulate"."""
    predicate = flat(claim.content[0].of(text)).rstrip(".")
    if re.match(r"to\s", predicate):
        predicate = f"did{predicate[2:]}"
    elif re.match(r"\w+ing\b", predicate):
        predicate = f"was {predicate}"
    return f"{actor.name} {predicate}."


def _is_noun(content: tuple[Span, ...], cue: Span, text: str, cues: Cues) -> bool:
    """Whether the cue is a noun: a verb would be part of the content, or have it as its object."""
    inside = any(span.covers(cue) for span in content)
    first = content[0].of(text).split()[0].lower()
    behind = content[0].start < cue.start or first in _BEHIND_NOUNS
    return not inside and behind and cue.of(text).lower() in cues.nouns
