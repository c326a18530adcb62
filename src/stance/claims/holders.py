"""The source of a relation → the mentions of those who hold it."""

from __future__ import annotations

from collections.abc import Iterable

from stance.claims.sources import Source
from stance.syntax import Parse
from stance.tokens import words
from stance.types import Mention, Span

_LISTING = words("such including like among as notably namely")
_BELONGING = words("of from by")
_BODIES = words("group grouping bloc alliance coalition trio quartet forum caucus")
_HAVING_MEMBERS = words("include comprise unite count assemble gather")
_MADE_UP = words("make compose consist comprise form")
_SPEAKING = words("speak talk intervene take")
_LIKEWISE = words("like alongside")
_NOUNS = ("NOUN", "PROPN", "PRON")
_TOGETHER = words("along together")
_EVENTS = words(
    """
    summit meeting session conference talk talks visit ceremony forum congress council workshop
    gathering event debate round tour seminar
    """
)
_GROUPS = words(
    """
    country countries state states nation nations government governments capital capitals power
    powers minister ministers leader leaders delegation delegations member members party parties
    side sides ally allies partner partners representative representatives president presidents
    body bodies ambassador ambassadors envoy envoys
    """
)


def is_camp(mention: Mention) -> bool:
    """Whether a mention is of a party or camp that no table knows: "the opposition"."""
    return mention.actor is None and mention.person is None and mention.via == "description"


class Here:
    """The mentions of one sentence, found by the words that they cover."""

    def __init__(self, parse: Parse, mentions: Iterable[Mention]) -> None:
        self.parse = parse
        self.mentions = tuple(mentions)
        self._at: dict[int, Mention] = {}
        for mention in self.mentions:
            for index, word in enumerate(parse.words):
                if mention.span.overlaps(Span(word.start, word.end)):
                    self._at[index] = mention

    def at(self, index: int) -> Mention | None:
        """The mention that covers a word."""
        return self._at.get(index)

    def head(self, mention: Mention) -> int | None:
        """The word of a mention on which the others hang."""
        covered = [index for index, one in self._at.items() if one is mention]
        for index in covered:
            if self.parse.words[index].head not in covered:
                return index
        return covered[-1] if covered else None

    def within(self, first: int, last: int) -> list[Mention]:
        """The mentions of a stretch of words, each once, in order."""
        found: list[Mention] = []
        for index in range(first, last + 1):
            mention = self._at.get(index)
            if mention is not None and (not found or found[-1] is not mention):
                found.append(mention)
        return found


def holders(source: Source, here: Here, *, named: bool = False) -> list[Mention]:
    """The mentions of those who are the source: one, or all of a list.

    "Kenya's foreign minister" is Kenya's; "the US, Germany and Spain" are three; "countries such
    as Chad and Gabon" are those that are listed; "a statement by the Kenyan ministry" is Kenya's.
    Empty where the source names nobody. `named`: an actor that merely stands in the phrase is none
    of them ("its ambassador to Belgium").
    """
    heads = [source.head, *here.parse.coordinated(source.head, *_NOUNS)]
    heads += _companions(here.parse, source)
    if source.role == "beside":
        return [one for one in here.within(source.first, source.last) if one.acts]
    found: list[Mention] = []
    for head in heads:
        for mention in _of(head, source, here, single=len(heads) == 1 and not named):
            if mention not in found:
                found.append(mention)
    return found


def _companions(parse: Parse, source: Source) -> list[int]:
    """Those who do it too: "Peru, along with Chile,", "Peru, joined by Chile,", "Like Chile, Peru".

    Only in front of the verb: "backed the plan alongside Chile" may say where somebody stood.
    """
    if source.role != "subject" or parse.words[source.head].dep != "nsubj":
        return []
    verb = parse.words[source.head].head
    found: list[int] = []
    for child in (*parse.children[source.head], *parse.having(verb, "prep")):
        if child > verb:
            continue
        leads = parse.words[child].lower in _LIKEWISE or (
            parse.words[child].lower == "with" and (parse.words[child - 1].lower in _TOGETHER)
        )
        if parse.words[child].lower in _TOGETHER:
            inner = [k for k in parse.having(child, "prep") if parse.words[k].lower == "with"]
        elif parse.words[child].dep == "acl" and parse.words[child].lower == "joined":
            inner = parse.having(child, "agent")
        else:
            inner = [child] if leads else []
        for preposition in inner:
            for noun in parse.having(preposition, "pobj"):
                found += [noun, *parse.coordinated(noun, *_NOUNS)]
    return found + _represented(parse, source.head, verb)


def _represented(parse: Parse, head: int, verb: int) -> list[int]:
    """Those for whom it is said: "Peru, speaking on behalf of the Rio Group,"."""
    beside = parse.having(verb, "prep")
    for one in (*parse.having(head, "acl"), *parse.having(verb, "advcl")):
        if parse.words[one].lemma in _SPEAKING:
            beside += parse.having(one, "prep")
    found: list[int] = []
    for on in (one for one in beside if one < verb and parse.words[one].lower == "on"):
        for behalf in parse.having(on, "pobj"):
            if parse.words[behalf].lower != "behalf":
                continue
            for of in parse.having(behalf, "prep"):
                for noun in parse.having(of, "pobj"):
                    found += [noun, *parse.coordinated(noun, *_NOUNS)]
    return found


def _of(head: int, source: Source, here: Here, *, single: bool) -> list[Mention]:
    """The mentions that a noun of a source stands for: by itself, its owner, or those it lists.

    `single`: where nothing else tells, the only actor in the phrase of the source will do.
    """
    mention = here.at(head)
    if mention is not None and is_camp(mention):
        return _listed(head, here) or _apposed(head, here) or [mention]
    if mention is not None and (mention.acts or source.role in ("owner", "agent")):
        return [mention]
    found = _listed(head, here) or _owners(head, source, here)
    if found:
        return found
    if mention is not None and mention.via != "demonym":
        return [mention]
    found = _belonging(head, here)
    if found or not single:
        return found
    within = [
        one
        for one in here.within(source.first, source.last)
        if one.acts and not _is_aside(here, one, head)
    ]
    return within if len(within) == 1 else []


def _apposed(head: int, here: Here) -> list[Mention]:
    """ "Spain's main opposition party, the PP,": who is named behind a camp."""
    behind = [here.at(child) for child in here.parse.having(head, "appos")]
    return [one for one in behind if one is not None]


def _is_aside(here: Here, mention: Mention, head: int) -> bool:
    """Whether a mention stands in a clause of the phrase, or is where an event takes place.

    "The summit held in Kuwait", "the talks in Malta" are no deed of Kuwait or Malta.
    """
    parse, at = here.parse, here.head(mention)
    if at is None:
        return False
    event = parse.words[head].lemma.lower() in _EVENTS
    while at != head:
        word = parse.words[at]
        if word.dep in ("acl", "relcl") or (event and word.lower in ("in", "at")):
            return True
        if word.head == at:
            return False
        at = word.head
    return False


def _owners(head: int, source: Source, here: Here) -> list[Mention]:
    """ "Kenya's minister", "the Kenyan ministry", "the minister, Kenya's Raychelle Omamo"."""
    parse = here.parse
    for child in parse.children[head]:
        dep, owner = parse.words[child].dep, here.at(child)
        if owner is not None and dep in ("poss", "compound", "nmod", "amod", "appos"):
            return [owner]
        if dep == "appos":
            named = _of(child, source, here, single=False)
            if named:
                return named
    return []


def _belonging(head: int, here: Here) -> list[Mention]:
    """ "The government of Kenya", "a statement by Chad and Gabon"."""
    parse = here.parse
    for child in parse.having(head, "prep"):
        if parse.words[child].lower in _BELONGING:
            for noun in parse.having(child, "pobj"):
                inner = [here.at(one) for one in (noun, *parse.coordinated(noun, *_NOUNS))]
                named = [one for one in inner if one is not None]
                if named:
                    return named
    return []


def _listed(head: int, here: Here) -> list[Mention]:
    """ "several countries such as X, Y and Z", "three states: X, Y and Z"."""
    parse = here.parse
    if parse.words[head].lower in _BODIES:
        return _members(head, here)
    if parse.words[head].lower not in _GROUPS:
        return []
    found: list[Mention] = []
    for child in parse.having(head, "prep", "appos"):
        word = parse.words[child]
        if word.dep == "prep" and word.lower not in _LISTING:
            continue
        inside = sorted(parse.subtree(child))
        found += here.within(inside[0], inside[-1])
    return found or _among_them(here)


def _members(head: int, here: Here) -> list[Mention]:
    """ "The Group, which includes X and Y", "a bloc made up of X and Y", "a trio: X, Y and Z"."""
    parse = here.parse
    found: list[Mention] = []
    for child in parse.having(head, "relcl", "acl", "appos", "prep"):
        word = parse.words[child]
        lists = word.dep == "appos" or (
            word.lemma.lower() in _HAVING_MEMBERS and not parse.having(child, "neg", "aux")
        )
        made = word.dep == "acl" and word.lemma in _MADE_UP
        if lists or made or (word.dep == "prep" and word.lower in _LISTING):
            found += here.within(child, parse.right[child])
    return found


def _among_them(here: Here) -> list[Mention]:
    """ "More than 110 states endorsed the plan, among them X and Y"."""
    lower = [word.lower for word in here.parse.words]
    if "them" not in lower:
        return []
    at = lower.index("them")
    return here.within(at, len(lower) - 1) if at and lower[at - 1] == "among" else []


def _before_aside(parse: Parse, comma: int) -> int:
    """The word in front of an adverbial between commas: "Spain, in a joint letter, conveyed"."""
    opening = next((k for k in range(comma - 1, 0, -1) if parse.words[k].text == ","), 0)
    aside = parse.words[opening + 1 : comma]
    adverbial = aside and (aside[0].pos in ("ADP", "SCONJ", "ADV") or aside[0].tag == "VBG")
    finite = any(word.tag in ("VBD", "VBZ", "VBP", "MD") for word in aside)
    return opening - 1 if opening and adverbial and not finite else comma


def adjacent(here: Here, first: int) -> Source | None:
    """The actors right in front of a verb whose subject the parser has missed.

    `first` is the first word of the verb group; a list ("Timor-Leste and Mozambique") is taken
    whole. None where something else stands there.
    """
    parse = here.parse
    at = first - 1
    while at >= 0 and parse.words[at].pos == "ADV":
        at -= 1
    if at > 0 and parse.words[at].text == ",":
        at = _before_aside(parse, at)
    mention = here.at(at) if at >= 0 else None
    if mention is None or not mention.acts:
        return None
    start = at
    while start > 0:
        before = here.at(start - 1)
        joined = parse.words[start - 1].lower in ("and", ",", "the", "-")
        if before is not mention and not joined and not (before is not None and before.acts):
            break
        start -= 1
    while here.at(start) is None:
        start += 1
    return Source(start, at, at, "beside")
