"""Names and offices as the parser reads them: common words that it knows well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stance.syntax import StandIn
from stance.types import Mention, Sentence, Span

_BODIES = ("Russia", "France", "Japan", "Germany", "Britain", "Canada")
_PEOPLE = ("Obama", "Putin", "Merkel")
_ADJECTIVE = "Russian"
_ARTICLE = re.compile(r"\b(?:the|a|an|his|her|its|their|another|one)\s+$", re.IGNORECASE)
_CLOSING = re.compile(r"\s*,")


def stand_ins(
    text: str, mentions: Sequence[Mention], sentence: Sentence, easing: Mapping[int, str]
) -> list[StandIn]:
    """For each name of a sentence the word that is parsed instead, sorted.

    A state or body is read as "Russia", the next one as "France", with its article; who speaks
    for one as "Obama"; a demonym in front of a noun as "Russian". Pronouns and descriptions stay
    as they are. What is said of an actor so never depends on how its name is spelt. `easing` are
    the words of a headline that prose would write otherwise, by their start.
    """
    found: list[StandIn] = []
    for mention in sorted(mentions, key=lambda one: one.span):
        if mention.via in ("pronoun", "description"):
            continue
        start = mention.span.start
        if mention.via == "demonym" and not mention.acts:
            word = _ADJECTIVE
        elif mention.via == "title" or mention.person is not None:
            word = _PEOPLE[len(found) % len(_PEOPLE)]
        else:
            word = _BODIES[len(found) % len(_BODIES)]
        if word != _ADJECTIVE:
            article = _ARTICLE.search(text, sentence.span.start, start)
            start = article.start() if article else start
        end = mention.span.end
        closing = _CLOSING.match(text, end, sentence.span.end)
        if "," in mention.span.of(text) and closing:  # the comma that ends the apposition
            end = closing.end()
        if not found or found[-1][0].end <= start:
            found.append((Span(start, end), word))
    others = [(Span(start, start + len(word)), word) for start, word in easing.items()]
    free = [one for one in others if not any(one[0].overlaps(span) for span, _ in found)]
    return sorted(found + free)
