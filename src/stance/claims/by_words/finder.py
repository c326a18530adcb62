"""Sentences and mentions → claims: who holds what, in whose words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stance.claims.by_words.grammar import demanding, hypothetical, negated, past
from stance.claims.by_words.subjects import Deed, Placed, deeds, place
from stance.claims.cues import Cues
from stance.tokens import OPENING_QUOTES, QUOTES, Token, span_of, tokenise
from stance.types import (
    Attribution,
    Claim,
    Document,
    Mention,
    Modality,
    Polarity,
    Sentence,
    Span,
)

_RELATIVES = frozenset({"which", "whose", "who", "whom", "where"})
_COORDINATORS = frozenset(["and", "but", "while", "whereas", "although", "though"])


@dataclass(slots=True)
class _Quoting:
    """Whether a quotation is open across sentences, and who was speaking last."""

    open: bool = False
    source: Placed | None = None


class RuleClaims:
    """Finds claims by rules over words and mentions (a `steps.ClaimFinder`)."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def __call__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Claim, ...]:
        """All claims, sorted by their first content span."""
        quoting = _Quoting()
        claims: dict[str, Claim] = {}
        for sentence in sentences:
            here = [mention for mention in mentions if mention.sentence == sentence.index]
            for claim in self._sentence(document, sentence, here, quoting):
                claims.setdefault(claim.id, claim)
        return tuple(sorted(claims.values(), key=lambda claim: (claim.content[0], claim.holder)))

    def _sentence(
        self,
        document: Document,
        sentence: Sentence,
        mentions: Sequence[Mention],
        quoting: _Quoting,
    ) -> Iterator[Claim]:
        tokens = tokenise(document.text, sentence)
        if not tokens:
            return
        inside, quoting.open = _quoted(tokens, quoting.open)
        placed = place(tokens, mentions)
        found = deeds(tokens, placed, self._cues)
        outer = [deed for deed in found if deed.first not in inside]
        speech = _Reading(document, sentence, tokens, inside, found, self._cues)
        yield from speech.claims()
        sources = [deed for deed in outer if deed.role in {"subject", "inverted", "source"}]
        words = [index for index, token in enumerate(tokens) if token.is_word]
        all_quoted = bool(words) and all(index in inside for index in words)
        if all_quoted and not sources and quoting.source is not None:
            yield from speech.quotation(quoting.source)
        elif sources:
            quoting.source = sources[-1].actors[0] if len(sources[-1].actors) == 1 else None
        if not all_quoted and document.meta.speaker is not None:
            yield from speech.speaker(sources)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sentence as the rules see it."""

    document: Document
    sentence: Sentence
    tokens: Sequence[Token]
    inside: frozenset[int]
    found: Sequence[Deed]
    cues: Cues

    def claims(self) -> Iterator[Claim]:
        """The claims that deeds of the sentence make."""
        for number, deed in enumerate(self.found):
            if self.kind(deed) == "thanks" or self._only_reports(number):
                continue
            content, last = self._content(number)
            if not content:
                continue
            for actor in deed.actors:
                if actor.mention.actor is not None:
                    yield self._claim(deed, actor, content, self._attribution(number, actor), last)

    def quotation(self, source: Placed) -> Iterator[Claim]:
        """A sentence that is wholly quoted, from the source named before."""
        if source.mention.actor is not None:
            link = Attribution(source.mention.span, source.mention.person, source.mention.actor)
            yield self._plain(source.mention.actor, (link,), True)

    def speaker(self, sources: Sequence[Deed]) -> Iterator[Claim]:
        """A sentence of a speech in which nobody else acts: the speaker holds it.

        Where the speaker acts in a part of it, that part makes a claim of its own, and this is
        one more when it says more.
        """
        speaker = self.document.meta.speaker
        others = [
            one
            for deed in sources
            for one in deed.actors
            if one.mention.actor not in {None, speaker} and not self._modal(deed)
        ]
        acted = max((deed.last - deed.first for deed in sources), default=0)
        covered = [self._end(number) for number in range(len(self.found))]
        whole = bool(sources) and max(covered, default=0) >= len(self.tokens) - 2 - acted
        if speaker is not None and not others and not whole:
            yield self._plain(speaker, (Attribution(None, None, speaker),), False)

    def kind(self, deed: Deed) -> str | None:
        """The kind of a deed's cue."""
        word = self.tokens[deed.cue].lower
        return self.cues.nouns.get(word) if deed.role == "owner" else self.cues.verbs.get(word)

    def _plain(self, holder: str, links: tuple[Attribution, ...], quoted: bool) -> Claim:
        words = [token.lower for token in self.tokens]
        return Claim(
            self.document.sha256,
            holder,
            None,
            links,
            None,
            (self.sentence.span,),
            (self.sentence.index,),
            quoted=quoted,
            modality="hypothetical" if words[0] == "if" else "asserted",
        )

    def _only_reports(self, number: int) -> bool:
        """Whether all that A says is that B does something: a claim of B, not of A.

        What A says that B *ought* to do is A's own claim.
        """
        deed = self.found[number]
        if self.kind(deed) != "says" or deed.role not in {"subject", "nested"}:
            return False
        for other in self.found[number + 1 :]:
            gap = self.tokens[deed.cue + 1 : other.first]
            if other.role == "nested" and len(gap) <= 4 and not self._modal(other):
                same = {one.mention.actor for one in other.actors}
                return same != {one.mention.actor for one in deed.actors}
        return False

    def _modal(self, deed: Deed) -> bool:
        words = [token.lower for token in self.tokens[deed.last + 1 : deed.cue + 1]]
        return demanding(words) or hypothetical(words)

    def _content(self, number: int) -> tuple[tuple[Span, ...], int]:
        """The content spans of a deed, and the index of its last token."""
        deed, tokens = self.found[number], self.tokens
        last = self._end(number)
        if deed.role == "owner":
            start = deed.cue + 1 if deed.cue > deed.last else deed.last + 1
            return _span(tokens, start, last), last
        if deed.role in {"inverted", "source"}:
            front = _span(tokens, self._front(number), deed.opening - 1)
            return front + _span(tokens, deed.last + 1, last), last
        if deed.role == "agent":
            return _span(tokens, self._front(number), deed.cue), last
        if deed.role == "relative":
            return _span(tokens, deed.verb, self._relative_end(deed, last)), last
        after = _span(tokens, deed.verb, last)
        fronted = deed.role == "subject" and tokens[deed.opening].lower not in _RELATIVES
        front = _span(tokens, self._front(number), deed.opening) if fronted else ()
        said_before = self.kind(deed) == "says" and last - deed.cue < 7 and deed.opening >= 4
        if said_before and tokens[deed.opening].text in "," + QUOTES:
            return front, last
        return front + after, last

    def _front(self, number: int) -> int:
        """Where the clause of a deed begins: after the deed before it, or after a semicolon."""
        deed = self.found[number]
        first = deed.first
        if any(token.text in QUOTES for token in self.tokens[max(0, deed.opening - 1) : first]):
            return 0
        for index in range(deed.opening - 1, -1, -1):
            if self.tokens[index].text in ";":
                return index + 1
        if number and self.found[number - 1].role in {"subject", "nested"}:
            return min(first, deed.opening)
        return 0

    def _end(self, number: int) -> int:
        """The last token of a deed's clause: before the next main clause with its own subject."""
        deed = self.found[number]
        last = len(self.tokens) - 1
        for index in range(deed.last + 1, len(self.tokens)):
            if self.tokens[index].text == ";" and index not in self.inside:
                last = index - 1
                break
        for other in self.found[number + 1 :]:
            opening = other.opening
            listed = any(token.text == ":" for token in self.tokens[deed.cue : max(opening, 0)])
            coordinate = self.tokens[opening].lower in _COORDINATORS and not listed
            if other.role == "subject" and deed.last < opening <= last and coordinate:
                last = opening - 1
                break
        while last > deed.last and not self.tokens[last].is_word:
            last -= 1
        return last

    def _relative_end(self, deed: Deed, last: int) -> int:
        """The last token of a relative clause: before the comma that closes it."""
        for index in range(deed.verb + 3, last):
            if self.tokens[index].text == "," and index not in self.inside:
                return index - 1
        return last

    def _attribution(self, number: int, actor: Placed) -> tuple[Attribution, ...]:
        """Who says it, from the holder outwards."""
        deed = self.found[number]
        links: list[Attribution] = []
        if self.kind(deed) in {"says", "demands", "denies"} or deed.role in {"inverted", "source"}:
            links.append(_link(actor))
        outer = self._outer(number)
        if outer is not None and outer.mention.span != actor.mention.span:
            links.append(_link(outer))
        speaker = self.document.meta.speaker
        if speaker is not None and all(link.actor != speaker for link in links):
            links.append(Attribution(None, None, speaker))
        return tuple(links)

    def _outer(self, number: int) -> Placed | None:
        """The source in whose words a deed stands: "A said that B …", "B …, A said"."""
        deed = self.found[number]
        for at, other in enumerate(self.found):
            if at == number or len(other.actors) != 1 or self.kind(other) != "says":
                continue
            nested = deed.role in {"nested", "owner"} and other.cue < deed.first
            final = other.role in {"inverted", "source"} or (
                other.role == "subject"
                and other.first > deed.cue
                and self.tokens[other.opening].text in "," + QUOTES
                and len(self.tokens) - other.cue < 12
            )
            if (at < number and nested and other.role != "owner") or (at > number and final):
                return other.actors[0]
        return None

    def _claim(
        self,
        deed: Deed,
        actor: Placed,
        content: tuple[Span, ...],
        attribution: tuple[Attribution, ...],
        last: int,
    ) -> Claim:
        tokens = self.tokens
        group = [token.lower for token in tokens[min(deed.last + 1, deed.cue) : deed.cue + 1]]
        opening = [tokens[deed.opening].lower] if deed.opening >= 0 else []
        denied = any(self.cues.verbs.get(word) == "denies" for word in group)
        polarity: Polarity = "negated" if negated(group) or denied else "affirmed"
        modality: Modality = "asserted"
        if hypothetical(group + opening):
            modality = "hypothetical"
        elif demanding(group):
            modality = "demanded"
        clause = [token.lower for token in tokens[deed.first : last + 1]]
        assert actor.mention.actor is not None
        return Claim(
            self.document.sha256,
            actor.mention.actor,
            actor.mention.span,
            attribution,
            span_of([tokens[deed.cue]]),
            content,
            (self.sentence.index,),
            quoted=any(
                index in self.inside
                for index, token in enumerate(tokens)
                if any(span.start <= token.start < span.end for span in content)
            ),
            polarity=polarity,
            modality=modality,
            time="past" if past(clause) else "present",
        )


def _link(placed: Placed) -> Attribution:
    return Attribution(placed.mention.span, placed.mention.person, placed.mention.actor)


def _span(tokens: Sequence[Token], first: int, last: int) -> tuple[Span, ...]:
    """The span of tokens `first` to `last` without marks at its ends; empty where none is left."""
    while first <= last and not tokens[first].is_word:
        first += 1
    while last >= first and not tokens[last].is_word:
        last -= 1
    return (Span(tokens[first].start, tokens[last].end),) if first <= last else ()


def _quoted(tokens: Sequence[Token], open_: bool) -> tuple[frozenset[int], bool]:
    """The tokens inside quotation marks, and whether a quotation is still open at the end."""
    inside: set[int] = set()
    for index, token in enumerate(tokens):
        if token.text in QUOTES:
            open_ = not open_ if token.text == '"' else token.text in OPENING_QUOTES
        elif open_:
            inside.add(index)
    return frozenset(inside), open_
