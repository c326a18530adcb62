"""Whom each sentence names: persons with their bodies, remembered for what refers to them."""

from __future__ import annotations

from collections.abc import Container, Mapping

from stance.claims.discourse import Discourse
from stance.claims.holders import Here, holders, is_camp
from stance.claims.mentioned import is_subject, proper_name, refers, words_of
from stance.claims.people import SCORES, Holder, Person
from stance.claims.reference_words import (
    CONVEYING,
    FEELINGS,
    HEADING,
    MEETING,
    NATIONAL,
    OFFICES,
    ORGANS,
    TITLES,
)
from stance.claims.sources import Source, noun_phrase
from stance.types import Mention, Span


class Introductions:
    """Tells a discourse whom the sentences name, and knows the person of each mention."""

    def __init__(
        self, said: Discourse, states: Container[str], nouns: Mapping[str, frozenset[str]]
    ) -> None:
        self._said = said
        self._states = states
        self._nouns = nouns
        self._met: dict[Span, Person] = {}

    def read(self, here: Here, *, quoted: bool) -> None:
        """Remember whom a sentence names; one that is wholly quoted tells persons only."""
        for mention in here.mentions:
            if refers(mention, here):
                continue
            index = here.head(mention)
            subject = index is not None and is_subject(here.parse, index)
            if mention.via == "title" or mention.person is not None:
                self._meet(mention, here, subject=subject, quoted=quoted)
            elif mention.actor is not None and not quoted:
                nouns = {*words_of(mention, here), *self._nouns.get(mention.actor, ())}
                acting = subject and mention.acts
                self._said.see(mention.span.start, mention.actor, subject=acting, nouns=nouns)
            elif is_camp(mention) and subject and not quoted:
                self._said.see(mention.span.start, None, subject=True)
        if not quoted:
            self._office_holders(here)
            self._organs(here)
            self._introduce(here)
            self._group(here)

    def holder(self, mention: Mention) -> Holder | None:
        """The holder that a mention names, None where it names neither person nor body."""
        person = self._met.get(mention.span)
        if person is not None:
            score = 1.0 if mention.actor is not None else person.score
            actor = mention.actor or person.actor
            return Holder(actor, mention.person or person.name, mention.span, score, person)
        if mention.actor is None:
            return None
        score = SCORES["reference" if mention.via == "description" else "name"]
        return Holder(mention.actor, mention.person, mention.span, score)

    def _meet(self, mention: Mention, here: Here, *, subject: bool, quoted: bool) -> None:
        """Remember the person of a mention, with the body that the text gives or suggests."""
        nouns = words_of(mention, here)
        actor, score = mention.actor or self._body_behind(mention, here), 1.0
        known = self._said.named(mention.person) if mention.person else None
        homeless = actor is None and (known is None or known.actor is None)
        if homeless and not quoted and nouns & NATIONAL and "opposition" not in nouns:
            actor, score = self._home(here, mention, subject=subject)
        person = self._said.person(mention.person, actor, nouns & TITLES)
        if homeless:
            person.score = score
        self._met[mention.span] = person
        if not quoted:
            named = self._nouns.get(mention.actor or "", ())
            self._said.see(mention.span.start, person.actor, person, subject=subject, nouns=named)

    def _body_behind(self, mention: Mention, here: Here) -> str | None:
        """The body of an office.

        "Joshua Harris, a deputy secretary at the State Department", "the party's leader, Ana Ruiz"
        """
        head = here.head(mention)
        if mention.person is None or head is None:
            return None
        for child in here.parse.having(head, "poss"):
            owner = here.at(child)
            if owner is not None and owner.actor not in self._states:
                return owner.actor
        for office in here.parse.having(head, "appos"):
            if here.parse.words[office].lower in OFFICES:
                bodies = here.within(here.parse.left[office], here.parse.right[office])
                if bodies:
                    return bodies[-1].actor if len({b.actor for b in bodies}) == 1 else None
        return None

    def _home(self, here: Here, mention: Mention, *, subject: bool) -> tuple[str | None, float]:
        """The state of an office that is named without one, and how sure that is.

        The one whose feelings it conveys, the first that acts before it in the sentence, else one
        of the sentences before.
        """
        conveyed = self._conveyed(here, mention)
        if conveyed is not None:
            return conveyed, SCORES["reference"]
        before = [
            one
            for one in here.mentions
            if one.span.end <= mention.span.start
            and one.actor in self._states
            and one.acts
            and one.via != "pronoun"
        ]
        if before and (subject or len({one.actor for one in before}) == 1):
            return before[0].actor, SCORES["reference"]
        alone = self._said.only(mention.span.start, self._states)
        if alone is not None:
            return alone, SCORES["inferred"]
        guess = self._said.it(mention.span.start, self._states) if subject else None
        return guess, SCORES["guess"]

    def _conveyed(self, here: Here, mention: Mention) -> str | None:
        """ "Minister Ana Ruiz expressed Peru's gratitude": who conveys it is of that state."""
        parse, head = here.parse, here.head(mention)
        if head is None or parse.words[head].dep != "nsubj":
            return None
        verb = parse.words[head].head
        if parse.words[verb].lemma not in CONVEYING:
            return None
        for what in parse.having(verb, "dobj"):
            if parse.words[what].lemma not in FEELINGS:
                continue
            for owner in parse.having(what, "poss"):
                state = here.at(owner)
                if state is not None and state.actor in self._states:
                    return state.actor
        return None

    def _office_holders(self, here: Here) -> None:
        """ "The minister did not budge": a subject to whom "he" may go back, whoever that is."""
        parse = here.parse
        for index, word in enumerate(parse.words):
            person = word.lower in NATIONAL & OFFICES and word.dep in ("nsubj", "nsubjpass")
            if not person or here.at(index) is not None:
                continue
            if not any(parse.words[child].lower == "the" for child in parse.children[index]):
                continue
            known = self._said.titled(word.lower, word.start)
            if known is None:
                home = self._said.only(word.start, self._states, acting=True)
                known = self._said.person(None, home, [word.lower])
            self._said.see(word.start, known.actor, known, subject=True)

    def _organs(self, here: Here) -> None:
        """ "The Supreme Council urged …": a subject to which "it" goes back, known or not.

        Without it "it" would be whoever else the sentence names: "On ties with Morocco, …".
        """
        for index, word in enumerate(here.parse.words):
            if word.lower in ORGANS and word.dep in ("nsubj", "nsubjpass") and not here.at(index):
                known = self._said.described(word.lower, word.start)
                self._said.see(word.start, known, subject=True)

    def _introduce(self, here: Here) -> None:
        """ "Pekka Rautio, who heads Finland's trade ministry": a name with its body behind it."""
        parse = here.parse
        for verb, word in enumerate(parse.words):
            if word.dep != "relcl" or word.lemma not in HEADING:
                continue
            head = word.head
            bodies = here.within(parse.left[verb], parse.right[verb])
            if parse.words[head].pos == "PROPN" and here.at(head) is None and bodies:
                name = proper_name(parse, head)
                if len(name.split()) > 1 and bodies[0].actor is not None:
                    person = self._said.person(name, bodies[0].actor, ())
                    self._said.see(parse.words[head].start, person.actor, person, subject=True)

    def _group(self, here: Here) -> None:
        """Remember who is named together: "the kings of Bahrain and Jordan", two that meet."""
        parse = here.parse
        for index, word in enumerate(parse.words):
            if word.dep in ("nsubj", "nsubjpass"):
                source = Source(*noun_phrase(parse, index), index, "subject")
                named = [one.actor for one in holders(source, here) if one.actor is not None]
                self._said.group(named, word.start)
        who = [self.holder(one) for one in here.mentions if one.acts and not refers(one, here)]
        acting = {one.actor for one in who if one is not None}
        states = [actor for actor in acting if actor in self._states]
        if len(states) == 2 and any(word.lemma.lower() in MEETING for word in parse.words):
            place = min(one.span.start for one in who if one is not None and one.actor in states)
            self._said.pair(sorted(actor for actor in states if actor is not None), place)
