"""Sentences and mentions → claims: who holds what, in whose words."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from stance.claims import status
from stance.claims.attributions import Attributed, attributions
from stance.claims.cues import Cues
from stance.claims.holders import Here, adjacent
from stance.claims.names import stand_ins
from stance.claims.reference import Holder, Resolver
from stance.steps import Parser
from stance.types import OPEN, PERSON, Attribution, Claim, Document, Mention, Sentence, Span

LEAST = 0.5
"""Least confidence with which a source is given to a holder (see LOG.md for the curve)."""


class ParsedClaims:
    """Finds claims in parsed sentences (a `steps.ClaimFinder`)."""

    def __init__(
        self,
        cues: Cues,
        parser: Parser,
        states: Container[str],
        nouns: Mapping[str, frozenset[str]],
    ) -> None:
        """`states` are the ids of the actors that are states: "both countries" are two of them.

        `nouns` are those by which a text may later speak of an actor: "the kingdom".
        """
        self._nouns = nouns
        self._cues = cues
        self._parser = parser
        self._states = states

    def __call__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Claim, ...]:
        """All claims, sorted by their first content span."""
        by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_sentence.setdefault(mention.sentence, []).append(mention)
        names = [stand_ins(document.text, by_sentence.get(one.index, ()), one) for one in sentences]
        parses = [one for one in self._parser(document, sentences, names) if one.words]
        found = attributions(document, parses, self._cues)
        here = {
            parse.sentence: Here(parse, by_sentence.get(parse.sentence, ())) for parse in parses
        }
        resolver = Resolver(document.meta.speaker, self._states, self._nouns)
        reading = _Reading(document, found, here, self._cues, resolver)
        claims = {claim.id: claim for claim in reading.claims()}
        return tuple(sorted(claims.values(), key=lambda claim: (claim.content[0], claim.holder)))


class _Reading:
    """The attributions of one document on their way to claims."""

    def __init__(
        self,
        document: Document,
        found: Sequence[Attributed],
        here: dict[int, Here],
        cues: Cues,
        resolver: Resolver,
    ) -> None:
        self._resolver = resolver
        self._document = document
        self._found = found
        self._here = here
        self._cues = cues
        self._held: list[list[Holder]] = [[] for _ in found]
        self._around: dict[int, int] = {}
        self._resolve()

    def claims(self) -> Iterator[Claim]:
        """The claims of all attributions, those of one sentence in its order."""
        for number, one in enumerate(self._found):
            if one.relation.kind == "thanks" or self._only_reports(number) or self._repeats(number):
                continue
            if self._is_asked(number):
                continue
            for holder in self._held[number]:
                who = holder.actor or _person(holder)
                if who is not None:
                    sure = holder.score >= LEAST
                    yield self._claim(number, one, holder, who if sure else OPEN)
            if not self._held[number] and self._is_open(one):
                yield self._claim(number, one, _nobody(one), OPEN)
        if self._document.meta.speaker is not None:
            yield from self._speech(self._document.meta.speaker)

    def _speech(self, speaker: str) -> Iterator[Claim]:
        """The sentences of a speech that the speaker asserts without a cue.

        Not those whose main clause is another's, nor those in which the speaker has a claim.
        """
        spoken = {
            part.sentence
            for number, one in enumerate(self._found)
            for part in one.parts
            if (speaker in self._actors(number) and one.outer is None)
            or self._is_others(number, speaker)
        }
        for sentence, here in self._here.items():
            words = [word for word in here.parse.words if not word.is_mark]
            if sentence in spoken or not any(word.pos in ("VERB", "AUX") for word in words):
                continue
            first = words[0] if not words[0].text.isdigit() else words[min(1, len(words) - 1)]
            yield Claim(
                self._document.sha256,
                speaker,
                None,
                (Attribution(None, None, speaker),),
                None,
                (Span(first.start, words[-1].end),),
                (sentence,),
                modality="hypothetical" if first.lower == "if" else "asserted",
            )

    def _is_others(self, number: int, speaker: str) -> bool:
        """Whether a sentence only reports what another actor holds."""
        one = self._found[number]
        others = self._actors(number) - {speaker, None}
        root = any(
            one.parse.words[at].dep == "ROOT"
            for at in range(one.relation.cue[0], one.relation.cue[1] + 1)
        )
        return bool(others) and (root or one.relation.build == "quotation")

    def _resolve(self) -> None:
        """Find the holders of all attributions, in the order of the text.

        What stands in a quotation is resolved last in its sentence: its "we" is who speaks.
        """
        resolver = self._resolver
        by_sentence: dict[int, list[int]] = {}
        around = self._around
        for number, one in enumerate(self._found):
            by_sentence.setdefault(one.parse.sentence, []).append(number)
            for part in one.parts:
                if part.quoted and not one.inside:
                    around[part.sentence] = number
        continued = {
            part.sentence
            for one in self._found
            for part in one.parts
            if part.sentence != one.parse.sentence or one.relation.build == "quotation"
        }
        for sentence, here in self._here.items():
            numbers = by_sentence.get(sentence, [])
            whole = sentence in continued
            resolver.open(here, quoted=whole)
            for inside in (False, True):
                for number in numbers:
                    one = self._found[number]
                    if one.inside != inside:
                        continue
                    if one.relation.build == "quotation":
                        behind = self._here.get(one.parts[-1].sentence + 1)
                        place = one.parts[0].content[0].start
                        self._held[number] = resolver.heard(place, behind)
                        resolver.spoke(self._held[number])
                        continue
                    source = one.relation.source or adjacent(here, one.relation.cue[0])
                    if source is None:
                        continue
                    speaking = None
                    if inside:
                        owner = around.get(sentence)
                        speaking = self._held[owner] if owner is not None else []
                    self._held[number] = resolver.resolve(source, here, speaking)
                    if not inside:
                        resolver.spoke(self._held[number])

    def _is_open(self, one: Attributed) -> bool:
        """Whether somebody certain is meant whom nothing resolved: "they", "the minister"."""
        source, parse = one.relation.source, one.parse
        if source is None or one.inside or one.outer is not None:
            return False
        first = parse.words[source.first]
        return first.lower in ("the", "this", "his", "its") or parse.words[source.head].tag == "PRP"

    def _inner(self, number: int) -> list[int]:
        return [other for other, one in enumerate(self._found) if one.outer == number]

    def _actors(self, number: int) -> set[str | None]:
        return {one.actor or one.person for one in self._held[number]}

    def _only_reports(self, number: int) -> bool:
        """Whether all that A says is that B holds something: a claim of B, not of A.

        What A says that B *ought* to hold is A's own claim.
        """
        one = self._found[number]
        if one.relation.build == "deed":  # "joined the states that back the plan"
            return any(self._actors(other) == self._actors(number) for other in self._inner(number))
        if one.relation.kind != "says":
            return False
        return any(
            self._is_main(one, self._found[other])
            and self._actors(other) - {None}
            and self._actors(other) != self._actors(number)
            and status.modality(one.parse, self._found[other].relation, self._cues) != "demanded"
            for other in self._inner(number)
        )

    def _is_asked(self, number: int) -> bool:
        """Whether a position is only what another says that its holder ought to take."""
        one = self._found[number]
        outer = one.outer
        if outer is None or self._actors(outer) == self._actors(number):
            return False
        return status.duty(one.parse, one.relation)

    def _repeats(self, number: int) -> bool:
        """Whether a claim only repeats the one around it, of the same holder.

        "Spain said that it backs the plan" is one claim, and so is all that a quotation says of
        its speaker.
        """
        outer = self._found[number].outer
        while outer is not None:
            same = self._held[outer] and self._actors(outer) == self._actors(number)
            if same and self._found[outer].relation.build != "deed":
                return True
            outer = self._found[outer].outer
        owner = self._around.get(self._found[number].parse.sentence)
        return (
            self._found[number].inside
            and owner is not None
            and self._actors(owner) == self._actors(number)
        )

    def _is_main(self, outer: Attributed, inner: Attributed) -> bool:
        """Whether the inner cue is the main verb of what the outer one says."""
        parse = outer.parse
        at = inner.relation.at
        while parse.words[at].dep in ("xcomp", "dobj", "acomp", "pcomp", "pobj", "prep"):
            if parse.words[at].head == outer.relation.at:
                return True
            at = parse.words[at].head
        if outer.relation.build in ("according", "colon", "quotation"):
            return parse.words[at].dep in ("ROOT", "ccomp")
        around = parse.words[outer.relation.at].head
        return parse.words[at].head == outer.relation.at or around == at

    def _claim(self, number: int, one: Attributed, holder: Holder, actor: str) -> Claim:
        relation, parse = one.relation, one.parse
        if relation.build == "quotation":
            return self._plain(one, holder, actor)
        deciding, within = relation, parse
        for other in self._inner(number):
            says = one.relation.kind == "says"
            if says and self._is_main(one, self._found[other]) and self._repeats(other):
                deciding = self._found[other].relation
        return Claim(
            self._document.sha256,
            actor,
            holder.span,
            self._attribution(number, holder),
            parse.span(*relation.cue),
            tuple(span for part in one.parts for span in part.content),
            tuple(part.sentence for part in one.parts),
            quoted=one.parts[0].quoted,
            polarity=status.polarity(within, deciding, self._cues),
            modality=status.modality(within, deciding, self._cues),
            time=status.time(within, deciding),
            confidence=holder.score,
        )

    def _plain(self, one: Attributed, holder: Holder, actor: str) -> Claim:
        return Claim(
            self._document.sha256,
            actor,
            None,
            (Attribution(holder.span, holder.person, holder.actor),),
            None,
            tuple(span for part in one.parts for span in part.content),
            tuple(part.sentence for part in one.parts),
            quoted=True,
            confidence=holder.score,
        )

    def _is_attitude(self, one: Attributed) -> bool:
        """Whether the cue tells what the holder thinks or does, not that it says so."""
        if one.relation.build in ("deed", "adjective"):
            return True
        word = one.parse.words[one.relation.at]
        if one.relation.build == "noun":
            return one.relation.kind in ("supports", "opposes")
        return self._cues.base(word.lower, word.lemma) in self._cues.attitudes

    def _attribution(self, number: int, holder: Holder) -> tuple[Attribution, ...]:
        """Who says it, from the holder outwards."""
        one = self._found[number]
        links: list[Attribution] = []
        if not self._is_attitude(one):
            links.append(Attribution(holder.span, holder.person, holder.actor))
        outer = one.outer
        while outer is not None:
            for around in self._held[outer][:1]:
                if all(link.source != around.span for link in links):
                    links.append(Attribution(around.span, around.person, around.actor))
            outer = self._found[outer].outer
        speaker = self._document.meta.speaker
        if speaker is not None and all(link.actor != speaker for link in links):
            links.append(Attribution(None, None, speaker))
        return tuple(links)


def _nobody(one: Attributed) -> Holder:
    source = one.relation.source
    assert source is not None
    return Holder(None, None, one.parse.span(source.first, source.last), 0.0)


def _person(holder: Holder) -> str | None:
    """The id of a person whose body is unknown; None for one whose name is not."""
    name = holder.person
    return f"{PERSON}{name}" if name is not None and " " in name else None
