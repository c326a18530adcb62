"""Sentences and mentions → claims: who holds what, in whose words."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from stance.claims import status
from stance.claims.assertions import Assertion, assertions
from stance.claims.attributions import Attributed, attributions
from stance.claims.bystanders import bystanders
from stance.claims.cues import Cues
from stance.claims.echoes import echoes
from stance.claims.gists import supported
from stance.claims.holders import Here, holders
from stance.claims.holdings import Holdings
from stance.claims.lending import lends
from stance.claims.names import stand_ins
from stance.claims.people import Holder
from stance.claims.reference import Resolver
from stance.claims.relation import Relation
from stance.claims.resolving import quoting, resolved
from stance.claims.speeches import with_whole_clauses
from stance.claims.verbs import base_of
from stance.claims.works import works
from stance.headlines import eased
from stance.quotations import Quoted, quotations
from stance.steps import Parser
from stance.syntax import Parse
from stance.types import (
    OPEN,
    PERSON,
    Attribution,
    Claim,
    Document,
    Mention,
    Modality,
    Sentence,
    Span,
)

LEAST = 0.5
"""Least confidence with which a source is given to a holder (see LOG.md for the curve)."""

LONGEST = 3_000
"""Characters beyond which a sentence is no prose (a list, a table, marks) and is not parsed."""


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
        prose = [one for one in sentences if one.span.end - one.span.start <= LONGEST]
        easing = eased(document, sentences)
        names = [
            stand_ins(document.text, by_sentence.get(one.index, ()), one, easing.get(one.index, {}))
            for one in prose
        ]
        parses = [one for one in self._parser(document, prose, names) if one.words]
        quoted = Quoted(quotations(document.text))
        found = attributions(parses, quoted, self._cues)
        here = {
            parse.sentence: Here(parse, by_sentence.get(parse.sentence, ())) for parse in parses
        }
        found += list(echoes(parses, quoted, found, here))
        resolver = Resolver(document.meta.speaker, self._states, self._nouns)
        around = quoting(found)
        held = Holdings(found, resolved(found, here, around, resolver), around, self._cues)
        made = list(_Reading(document, held, here, quoted).claims())
        if document.meta.speaker is not None:
            made = with_whole_clauses(made, here, document.meta.speaker)
            made = [one for one in made if not _only_lends(one, here, document.meta.speaker)]
        beside: dict[int, list[Claim]] = {}
        for claim in made:
            for index in claim.sentences:
                beside.setdefault(index, []).append(claim)
        for index, one in here.items():
            said, before = beside.get(index, ()), here.get(index - 1)
            made += works(document, one, self._cues, self._states, said, before)
        made += bystanders(document, prose, by_sentence, made, self._states, self._cues)
        claims = {claim.id: claim for claim in made}
        return tuple(sorted(claims.values(), key=lambda claim: (claim.content[0], claim.holder)))


class _Reading:
    """The attributions of one document, with their holders, on their way to claims."""

    def __init__(
        self, document: Document, held: Holdings, here: Mapping[int, Here], quoted: Quoted
    ) -> None:
        self._document = document
        self._quoted = quoted
        self._speaker = document.meta.speaker
        self._held = held
        self._here = here

    def claims(self) -> Iterator[Claim]:
        """The claims of all attributions, those of one sentence in its order."""
        for number, one in enumerate(self._held.found):
            if self._held.is_left_out(number):
                continue
            for holder in self._held.held[number]:
                who = holder.actor or _person(holder)
                if who is not None:
                    sure = holder.score >= LEAST
                    yield self._claim(number, one, holder, who if sure else OPEN)
            if self._held.is_open(number):
                yield self._claim(number, one, _nobody(one), OPEN)
        if self._speaker is not None:
            yield from self._speech(self._speaker)
        else:
            yield from self._asserted()

    def _asserted(self) -> Iterator[Claim]:
        """What the author says of actors without a cue: tentative claims."""
        cued: dict[int, set[int]] = {}
        for one in self._held.found:
            first, last = one.relation.cue
            cued.setdefault(one.parse.sentence, set()).update(range(first, last + 1))
        for sentence, here in self._here.items():
            for asserted in assertions(here, self._quoted, cued.get(sentence, ())):
                for mention in holders(asserted.source, here):
                    if mention.actor is not None and mention.via != "pronoun" and mention.acts:
                        yield self._assertion(here, asserted, mention, mention.actor)

    def _assertion(self, here: Here, one: Assertion, mention: Mention, actor: str) -> Claim:
        parse = here.parse
        relation = Relation(
            "verb", "says", one.source, one.verb, (one.verb, one.verb), ((one.first, one.last),)
        )
        return Claim(
            self._document.sha256,
            actor,
            mention.span,
            (),
            None,
            (parse.span(one.first, one.last),),
            (parse.sentence,),
            polarity=(
                "negated" if status.turns_round(parse, one.verb, self._held.cues) else "affirmed"
            ),
            modality=status.modality(parse, relation, self._held.cues),
            time=status.time(parse, relation),
            tentative=True,
        )

    def _speech(self, speaker: str) -> Iterator[Claim]:
        """The sentences of a speech that the speaker asserts without a cue.

        Not those whose main clause is another's, nor those in which the speaker has a claim.
        """
        spoken = {
            part.sentence
            for number, one in enumerate(self._held.found)
            for part in one.parts
            if (speaker in self._held.actors(number) and one.outer is None)
            or self._held.is_others(number, speaker)
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

    def _claim(self, number: int, one: Attributed, holder: Holder, actor: str) -> Claim:
        relation = one.relation
        if relation.build == "quotation":
            return self._plain(one, holder, actor)
        origin = number if one.shares is None else one.shares
        parse = self._held.found[origin].parse
        deciding, cues = self._deciding(origin, self._held.found[origin]), self._held.cues
        return Claim(
            self._document.sha256,
            actor,
            holder.span,
            self._attribution(number, one, holder),
            one.parse.span(*relation.cue),
            tuple(span for part in one.parts for span in part.content),
            tuple(part.sentence for part in one.parts),
            quoted=one.parts[0].quoted,
            polarity=status.polarity(parse, deciding, cues),
            modality=self._modality(one, parse, deciding),
            time=status.time(parse, deciding),
            confidence=holder.score,
            tentative=parse is not one.parse,
            echoed=one.shares is not None,
            supported=tuple(supported(self._held, number)),
        )

    def _modality(self, one: Attributed, parse: Parse, deciding: Relation) -> Modality:
        """The modality of what is said; an echo may have its own: "Chile would do so too"."""
        own: Modality = "asserted"
        if one.shares is not None:
            own = status.modality(one.parse, one.relation, self._held.cues)
        return own if own != "asserted" else status.modality(parse, deciding, self._held.cues)

    def _plain(self, one: Attributed, holder: Holder, actor: str) -> Claim:
        """The claim of a quotation that has no cue."""
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

    def _deciding(self, number: int, one: Attributed) -> Relation:
        """The relation that tells polarity and time: "backs" in "Spain said that it backs"."""
        deciding = one.relation
        if one.relation.kind == "says":
            for other in self._held.inner(number):
                if self._held.says_it_all(number, other) and self._held.repeats(other):
                    deciding = self._held.found[other].relation
        return deciding

    def _attribution(self, number: int, one: Attributed, holder: Holder) -> tuple[Attribution, ...]:
        """Who says it, from the holder outwards."""
        links: list[Attribution] = []
        said = one if one.shares is None else self._held.found[one.shares]
        if not _is_attitude(said, self._held.cues):
            links.append(Attribution(holder.span, holder.person, holder.actor))
        outer = one.outer
        while outer is not None:
            for around in self._held.held[outer][:1]:
                if all(link.source != around.span for link in links):
                    links.append(Attribution(around.span, around.person, around.actor))
            outer = self._held.found[outer].outer
        if self._speaker is not None and all(link.actor != self._speaker for link in links):
            links.append(Attribution(None, None, self._speaker))
        return tuple(links)


def _only_lends(claim: Claim, here: Mapping[int, Here], speaker: str) -> bool:
    """Whether a speaker only says that troops are lent."""
    sentence = claim.sentences[0]
    return claim.holder == speaker and sentence in here and lends(here[sentence].parse)


def _is_attitude(one: Attributed, cues: Cues) -> bool:
    """Whether the cue tells what the holder thinks or does, not that it says so."""
    if one.relation.build in ("deed", "adjective"):
        return True
    if one.relation.build == "noun":
        return one.relation.kind in ("supports", "opposes")
    return base_of(one.parse, one.relation.at, cues) in cues.attitudes


def _nobody(one: Attributed) -> Holder:
    """The holder of what somebody says whom nothing resolved."""
    source = one.relation.source
    assert source is not None
    return Holder(None, None, one.parse.span(source.first, source.last), 0.0)


def _person(holder: Holder) -> str | None:
    """The id of a person whose body is unknown; None for one whose name is not."""
    name = holder.person
    return f"{PERSON}{name}" if name is not None and " " in name else None
