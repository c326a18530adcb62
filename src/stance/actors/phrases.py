"""A name with its office, body or person: "Kazakhstan's foreign minister, Murat Nurtleu"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from stance.actors.gazetteer import Hit
from stance.actors.names import listed_person, person_at, text_of, touches
from stance.actors.peoples import is_people
from stance.actors.residents import resident
from stance.actors.words import (
    DETERMINERS,
    GOVERNING,
    INSTITUTIONS,
    MODIFIERS,
    OFFICES,
    PARTICLES,
    PARTY_OFFICES,
    POSSESSIVES,
    PREPOSITIONS,
    TITLES,
)
from stance.person_names import NOT_NAMES, PAPERS
from stance.tokens import Token, words
from stance.types import Via

_HEADS = OFFICES | INSTITUTIONS
_PORTFOLIO = words(
    """
    Foreign Affairs Defence Defense State Interior Cooperation Staff Justice Trade Finance
    Economy Abroad Community National Administration Security International Relations
    African European Integration Near Eastern External Assistant Deputy Prime Federal
    Supreme Royal Armed
    """
)
_NO_SURNAMES = _HEADS | {word.lower() for word in TITLES | NOT_NAMES}
_NO_PORTFOLIO = PREPOSITIONS | DETERMINERS
_GIVEN_NAMES = words("Chad Jordan Georgia Israel Sofia Victoria Paris Florence Sydney Kingston")
_SPEAKING = words("official officials diplomat diplomats")
_GIVEN = words("support backing endorsement approval recognition praise criticism opposition")
"""What a capital gives: "backing from Oslo" is its government's."""

_MONTHS = words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun")
_PERSONAL = frozenset({"UNENVOY", "UNSG"})
"""Bodies of one person: a name beside them is the holder's."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that speaks of an actor: tokens `first` to `last`, both inclusive.

    `actor` is None for a person whose body the text has not told. `head` is its noun in lower
    case ("minister"), where it has one; `acts` is explained at `Mention`.
    """

    first: int
    last: int
    actor: str | None
    via: Via
    person: str | None
    acts: bool
    head: str | None = None


def phrases(
    tokens: Sequence[Token], hits: Sequence[Hit], others: Container[int] = ()
) -> list[Phrase]:
    """The phrases that the names of a sentence belong to, left to right, none overlapping.

    `others` are the tokens of groups that are not their state (see `actors.domestic`).
    """
    taken = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    taken |= {at for at in range(len(tokens)) if at in others}
    inside = {hit.first for hit in hits if hit.name.home is not None}
    inside |= {at for at in range(len(tokens)) if at in others}
    found: list[Phrase] = []
    for hit in hits:
        if found and hit.first <= found[-1].last:
            continue
        if _is_given_name(tokens, hit):
            continue
        phrase = _forward(tokens, hit, taken)
        if hit.last + 1 in inside and hit.name.home is None:
            phrase = replace(phrase, acts=False)  # "US Republicans"
        if phrase.via == "demonym" and hit.name.home is not None:
            continue
        phrase = _office_before(tokens, phrase, taken)
        phrase = _name_before(tokens, phrase, taken)
        if hit.name.via == "capital" and phrase.head is None and _is_place(tokens, hit):
            officials = _officials(tokens, hit) or _residents(tokens, hit, hits, taken)
            if officials is None:
                continue
            phrase = officials
        found.append(_person_before(tokens, phrase, taken))
        speaker = _speaker_for(tokens, hit, taken)
        if speaker is not None:
            found.append(speaker)
    return _merged(found)


def title_end(tokens: Sequence[Token], at: int, taken: set[int]) -> int:
    """Where a title without a state ends ("Secretary of State" in front of a name), else `at`."""
    end, office = at, False
    while end < len(tokens) and end not in taken:
        token = tokens[end]
        if token.is_capitalised and token.lower in OFFICES:
            office = True
        elif not (
            token.text in _PORTFOLIO
            or token.text in TITLES
            or (office and token.lower in {"of", "for", "and", "the"})
        ):
            break
        office = office or token.text in TITLES
        end += 1
    return end if office else at


def has_office_after(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Whether a name of two words or more is followed by ", (the) foreign minister"."""
    at = last + 1
    if last == first or at >= len(tokens) or tokens[at].text != ",":
        return False
    for token in tokens[at + 1 : at + 7]:
        if token.lower in OFFICES:
            return True
        if token.lower not in MODIFIERS | DETERMINERS | {"who", "is", "now", "was"}:
            return False
    return False


def _forward(tokens: Sequence[Token], hit: Hit, taken: set[int]) -> Phrase:
    """The phrase from a name onwards: possessive, office or body, person."""
    at = hit.last + 1
    possessive = False
    if at < len(tokens) and tokens[at].lower == "'":
        possessive = True
        at += 2 if at + 1 < len(tokens) and tokens[at + 1].lower == "s" else 1
    party = hit.name.home is not None
    head = _head(tokens, at, taken, _HEADS | PARTY_OFFICES if party else _HEADS)
    actor = hit.name.actor.id
    if head is None:
        bare = hit.name.via != "demonym" or (party is False and is_people(tokens, hit))
        bare = bare and not possessive and not _modifies(tokens, at)
        end, person = hit.last, None
        if actor in _PERSONAL:
            end, person = _person_after(tokens, _skip_territory(tokens, at), taken, hit.last)
        return Phrase(hit.first, end, actor, hit.name.via, person, bare)
    end = _portfolio_end(tokens, head, taken)
    last, person = _person_after(tokens, end + 1, taken, end)
    noun = tokens[head].lower
    if hit.name.home is not None and _governs(tokens, at, head):
        actor = hit.name.home
    via: Via = "title" if noun in OFFICES or person else "description"
    return Phrase(hit.first, last, actor, via, person, True, noun)


def _speaker_for(tokens: Sequence[Token], hit: Hit, taken: set[int]) -> Phrase | None:
    """Who speaks for a party in a debate: "For the Conservatives, Lord Ashby welcomed it."."""
    before = [token.lower for token in tokens[: hit.first]]
    comma = hit.last + 1
    if hit.name.home is None or before not in (["for"], ["for", "the"]):
        return None
    if comma >= len(tokens) or tokens[comma].text != ",":
        return None
    run = person_at(tokens, comma + 1, taken)
    if run is None or (run[1] == run[0] == comma + 1):
        return None
    return Phrase(comma + 1, run[1], hit.name.actor.id, "title", text_of(tokens, *run), True)


def _governs(tokens: Sequence[Token], at: int, head: int) -> bool:
    """Whether an office is of the government ("the Labour foreign secretary"), not its shadow."""
    lower = [token.lower for token in tokens[at : head + 1]]
    if "shadow" in lower:
        return False
    return lower[-1] in GOVERNING or lower[-2:] == ["foreign", "secretary"]


def _head(
    tokens: Sequence[Token], at: int, taken: set[int], heads: frozenset[str] = _HEADS
) -> int | None:
    """The last office or body noun of the run of modifiers that begins at `at`."""
    head: int | None = None
    portfolio = 2 if at > 0 and tokens[at - 1].lower in {"s", "'"} else 1
    for index in range(at, min(at + 10, len(tokens))):
        token = tokens[index]
        word = token.lower
        if index in taken:
            break
        if word in heads:
            if word in MODIFIERS and head is not None:
                continue
            head = index
        elif not (
            word in MODIFIERS
            or token.is_capitalised
            or (token.text == "-" and touches(tokens, index))
            or (head is not None and word in {"and", "of", "for", "the", "in", "charge"})
            or (head is None and _before_office(tokens, index, portfolio))
        ) or (head is not None and token.is_capitalised and token.text not in _PORTFOLIO):
            break
    return head


def _before_office(tokens: Sequence[Token], at: int, most: int) -> bool:
    """Whether a word is the portfolio of an office: "climate" in "Tuvalu's climate minister"."""
    for index in range(at, min(at + most, len(tokens) - 1)):
        if not tokens[index].text.islower() or tokens[index].lower in _NO_PORTFOLIO:
            return False
        if tokens[index + 1].lower in OFFICES:
            return True
    return False


def _portfolio_end(tokens: Sequence[Token], head: int, taken: set[int]) -> int:
    """Where "Minister of Foreign Affairs" or "Minister for Trade" ends."""
    end = head
    for index in range(head + 1, min(head + 10, len(tokens))):
        token = tokens[index]
        if index in taken:
            break
        if token.text in _PORTFOLIO:
            end = index
        elif token.lower not in {"of", "for", "and", "the"}:
            break
    return end


def _person_after(
    tokens: Sequence[Token], at: int, taken: set[int], otherwise: int
) -> tuple[int, str | None]:
    """The person named at `at`, a comma allowed before: (last token of the phrase, name)."""
    comma = at < len(tokens) and tokens[at].text == ","
    found = person_at(tokens, at + 1 if comma else at, taken)
    if found is None or (comma and found[1] == found[0]):
        found = listed_person(tokens, at, taken) if _is_portfolio(tokens, at, otherwise) else None
    if found is None:
        return otherwise, None
    return found[1], text_of(tokens, *found)


def _is_portfolio(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether a portfolio goes on at token `at`: "Minister of Foreign Affairs" | ", European …"."""
    goes_on = at < len(tokens) and tokens[at].text in (",", "and")
    return goes_on and tokens[last].text in _PORTFOLIO


def _office_before(tokens: Sequence[Token], phrase: Phrase, taken: set[int]) -> Phrase:
    """Extend to the left over "foreign minister of", and to the person who may follow."""
    at = phrase.first - 1
    if at >= 0 and tokens[at].lower == "the":
        at -= 1
    if at < 0 or tokens[at].lower not in {"of", "for"} or _is_of_party(tokens, phrase, taken):
        return phrase
    if tokens[at - 1].lower == "and":  # "the Secretary-General and for Mali": of two things
        return phrase
    head = None
    for index in range(at - 1, max(-1, at - 10), -1):
        token = tokens[index]
        if index in taken:
            break
        if token.lower in _HEADS:
            head = index
        elif not (
            token.lower in MODIFIERS
            or token.text in _PORTFOLIO
            or token.lower in {"of", "for", "and", "the", "in", "charge"}
        ):
            break
    if head is None:
        return phrase
    first = head
    while first > 0 and first - 1 not in taken and tokens[first - 1].lower in MODIFIERS:
        first -= 1
    last, person = phrase.last, phrase.person
    if person is None:
        last, person = _person_after(tokens, phrase.last + 1, taken, phrase.last)
    noun = tokens[head].lower
    via: Via = "title" if noun in OFFICES else "description"
    return Phrase(first, last, phrase.actor, via, person, True, noun)


def _is_of_party(tokens: Sequence[Token], phrase: Phrase, taken: set[int]) -> bool:
    """Whether a state begins the name of a party or camp, whose leader is not the state's.

    "Leader of the Spanish opposition", "of Norway's Labour Party", "of the Spanish Workers' Party".
    """
    end = phrase.last + 1
    if not phrase.acts and (end in taken or _owns(tokens, end) in taken):
        return True
    while (
        phrase.via == "demonym"
        and end < len(tokens)
        and (tokens[end].is_capitalised or tokens[end].lower == "'")
    ):
        if tokens[end].text == "Party":
            return True
        end += 1
    return False


def _owns(tokens: Sequence[Token], at: int) -> int:
    """The token behind a possessive that begins at a token, -1 where none does."""
    words = [token.lower for token in tokens[at : at + 2]]
    if words[:1] != ["'"]:
        return -1
    return at + 2 if words[1:] == ["s"] else at + 1


def _name_before(tokens: Sequence[Token], phrase: Phrase, taken: set[int]) -> Phrase:
    """Take in "Prime Minister Ilse Brandvold" in front of "of Norway"."""
    at = phrase.first - 1
    if phrase.via != "name" or phrase.head is not None or at < 2 or tokens[at].lower != "of":
        return phrase
    start = at
    while (
        start > 0
        and start - 1 not in taken
        and (
            tokens[start - 1].is_capitalised
            or tokens[start - 1].text in "-'’"
            or tokens[start - 1].lower in PARTICLES
        )
    ):
        start -= 1
    name = title_end(tokens, start, taken)
    found = person_at(tokens, name, taken) if name < at else None
    if found is None or found[1] != at - 1 or (name == start and found[1] == found[0]):
        return phrase
    return Phrase(start, phrase.last, phrase.actor, "title", text_of(tokens, *found), True)


def _person_before(tokens: Sequence[Token], phrase: Phrase, taken: set[int]) -> Phrase:
    """Take in a name in front: "Taro Kono, the foreign minister of Japan"."""
    if phrase.person is not None or not (phrase.via == "title" or phrase.actor in _PERSONAL):
        return phrase
    at = phrase.first - 1
    while at >= 0 and (
        tokens[at].lower in DETERMINERS or tokens[at].lower in {"who", "is", "now", "also", "was"}
    ):
        at -= 1
    if at < 1 or tokens[at].text != ",":
        return phrase
    start = at
    while start > 0 and (
        (tokens[start - 1].is_capitalised and start - 1 not in taken)
        or tokens[start - 1].lower in PARTICLES
        or tokens[start - 1].text in "-'’"
    ):
        start -= 1
    found = person_at(tokens, start, taken) if start < at else None
    if found is None or found[1] != at - 1 or tokens[found[0]].lower in PREPOSITIONS:
        return phrase
    return replace(phrase, first=start, person=text_of(tokens, *found))


def _merged(found: Sequence[Phrase]) -> list[Phrase]:
    """Drop what a longer neighbour has taken in."""
    kept: list[Phrase] = []
    for phrase in found:
        if kept and phrase.first <= kept[-1].last:
            if phrase.last - phrase.first > kept[-1].last - kept[-1].first:
                kept[-1] = phrase
            continue
        kept.append(phrase)
    return kept


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name is only part of a compound: "Morocco-proposed", "Blinken-Bourita"."""
    return at < len(tokens) and tokens[at].text in "-–/" and touches(tokens, at)


def _is_place(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether a capital names where something is rather than who acts."""
    before = tokens[hit.first - 1].lower if hit.first else ""
    after = tokens[hit.last + 1].text if hit.last + 1 < len(tokens) else ""
    if after in {"'", "’"}:
        return False
    if after in PAPERS:
        return True
    following = tokens[hit.last + 2].text if hit.last + 2 < len(tokens) else ""
    dated = following[:1].isdigit() or following[:3] in _MONTHS
    shouted = tokens[hit.first].text.isupper() and len(tokens[hit.first].text) > 3
    dated = dated or (shouted and after == ",")
    dateline = hit.first == 0 and (after in {"-", "–", "—", ":", "("} or (after == "," and dated))
    earlier = tokens[hit.first - 2].lower if hit.first > 1 else ""
    if (before == "from" and earlier in _GIVEN) or (before == "to" and earlier == "according"):
        return False
    return before in {"in", "at", "near", "from", "via", "outside", "to", "around"} or dateline


def _is_given_name(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether the name of a state is a person's first name: "Chad Whitfield", "Jordan Meyers"."""
    if hit.first != hit.last or tokens[hit.first].text not in _GIVEN_NAMES:
        return False
    after = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    return (
        after is not None
        and after.text.isalpha()
        and after.text.istitle()
        and after.lower not in _NO_SURNAMES
    )


def _officials(tokens: Sequence[Token], hit: Hit) -> Phrase | None:
    """ "officials in Colombo", "a diplomat from Cairo": who speaks for that state."""
    at = hit.first - 2
    if at < 0:
        return None
    noun, joined = tokens[at].lower, tokens[at + 1].lower
    if not (noun in _SPEAKING and joined in {"in", "from"}) and not (
        noun in OFFICES and joined == "from"
    ):
        return None
    if at and (tokens[at - 1].is_capitalised or tokens[at - 1].lower in {"s", *POSSESSIVES}):
        return None
    return Phrase(at, hit.last, hit.name.actor.id, "description", None, True, noun)


def _residents(
    tokens: Sequence[Token], hit: Hit, hits: Sequence[Hit], taken: set[int]
) -> Phrase | None:
    """ "In Madrid, the foreign ministry": the ministry, as that of the state."""
    found = resident(tokens, hit, hits, taken)
    if found is None:
        return None
    first, last, noun = found
    via: Via = "title" if noun in OFFICES else "description"
    return Phrase(first, last, hit.name.actor.id, via, None, True, noun)


def _skip_territory(tokens: Sequence[Token], at: int) -> int:
    """Pass over "for (the) Western Sahara" after an envoy's title."""
    words = [token.lower for token in tokens[at : at + 4]]
    for ahead in (
        ["for", "the", "western", "sahara"],
        ["for", "western", "sahara"],
        ["for", "the", "sahara"],
    ):
        if words[: len(ahead)] == ahead:
            return at + len(ahead)
    return at
