"""Sentences → mentions: names, offices and persons, then references."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from stance.actors.datelines import Lead, lead
from stance.actors.domestic import as_phrases, groups
from stance.actors.gazetteer import Gazetteer, Hit
from stance.actors.homes import Homes
from stance.actors.names import listed_person, person_at, text_of
from stance.actors.persons import WellKnown, key
from stance.actors.phrases import Phrase, has_office_after, phrases, title_end
from stance.actors.reference import Reader
from stance.actors.table import ActorTable
from stance.actors.titles import presented_at
from stance.actors.words import INSTITUTIONS, OFFICES, PREPOSITIONS
from stance.headlines import as_prose, eased
from stance.tokens import Token, span_of, tokenise
from stance.types import Document, Mention, Sentence

_SCORES = {"name": 1.0, "title": 0.95, "demonym": 0.9, "capital": 0.85}
_REFERENCE_SCORES = {"pronoun": 0.75, "description": 0.8}


class Guards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases that hold a state's name and do not speak of it (`configs/actors/guards.toml`)."""

    phrases: tuple[str, ...]


class RuleMentions:
    """Finds the mentions of a document by actor tables and rules (a `steps.MentionFinder`)."""

    def __init__(self, table: ActorTable, guards: Guards, persons: WellKnown) -> None:
        self._gazetteer = Gazetteer(table, guards.phrases)
        self._homes = Homes(table.home_words)
        self._nouns = table.nouns
        self._persons = persons

    def __call__(self, document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """All mentions, sorted by span; each lies inside one sentence."""
        year = _year(document.meta.date)
        written = [tokenise(document.text, sentence) for sentence in sentences]
        easing = eased(document, sentences)
        rows = [
            as_prose(row, easing.get(sentence.index, {}))
            for row, sentence in zip(written, sentences, strict=True)
        ]
        hits = self._homes.settle(rows, [self._gazetteer.find(row, year) for row in written])
        named = [_named(row, found) for row, found in zip(rows, hits, strict=True)]
        well_known = self._persons.of(year)
        titled = [_with_people(row, found, {}) for row, found in zip(rows, named, strict=True)]
        known = _people(titled, well_known)
        opening = lead(written, hits)
        if opening is not None:
            known |= _at_home(opening, rows, titled, known)
        reader = Reader(self._nouns, document.meta.speaker)
        return tuple(
            _mention(row, sentence, phrase)
            for row, sentence, found in zip(rows, sentences, named, strict=True)
            for phrase in reader.read(row, _with_people(row, found, known))
        )


def _named(row: Sequence[Token], hits: Sequence[Hit]) -> list[Phrase]:
    """The phrases of the names of a sentence, and the groups inside a state that have none."""
    others = groups(row, hits)
    inside = {at for one in others for at in range(one.first, one.last + 1)}
    found = [*phrases(row, hits, inside), *as_phrases(others)]
    return sorted(found, key=lambda phrase: phrase.first)


def _year(date: str | None) -> int | None:
    match = re.search(r"\b(1[89]|20)\d\d\b", date or "")
    return int(match.group()) if match else None


def _at_home(
    lead: Lead,
    rows: Sequence[Sequence[Token]],
    titled: Sequence[Sequence[Phrase]],
    known: Mapping[str, tuple[str, str | None]],
) -> dict[str, tuple[str, str | None]]:
    """The names of the office holder with whom a report from the own capital opens."""
    for phrase in titled[lead.row]:
        if phrase.person is None or phrase.actor is not None:
            continue
        if lead.begins_with(rows[lead.row], phrase.first, phrase.last):
            names = _names(phrase.person)
            return {name: (known[name][0], lead.actor) for name in names if known[name][1] is None}
    return {}


def _people(
    named: Sequence[Sequence[Phrase]], well_known: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str | None]]:
    """Names and surnames of persons with an office → (full name, actor).

    A surname of two bodies, or a person whom the text gives two, is nobody's. What the text says
    of a person goes before what is well known.
    """
    bodies: dict[str, set[str | None]] = {}
    fulls: dict[str, str] = {}
    for found in named:
        for phrase in found:
            if phrase.person:
                for name in _names(phrase.person):
                    bodies.setdefault(name, set()).update({phrase.actor} - {None})
                    fulls[name] = max(fulls.get(name, ""), phrase.person, key=len)
    people: dict[str, tuple[str, str | None]] = dict(well_known)
    for name, actors in bodies.items():
        if actors:
            people[name] = fulls[name], next(iter(actors)) if len(actors) == 1 else None
        else:
            people[name] = fulls[name], people.get(key(fulls[name]), ("", None))[1]
    return people


def _names(person: str) -> tuple[str, ...]:
    """The whole name and the surname, a king's number not being one."""
    surname = person.split()[-1]
    return (key(person),) if set(surname) <= set("IVX") else (key(person), key(surname))


def _with_people(
    row: Sequence[Token], found: Sequence[Phrase], known: dict[str, tuple[str, str | None]]
) -> list[Phrase]:
    """Add the later mentions of known persons, and titled persons whom nothing resolves."""
    taken = {at for phrase in found for at in range(phrase.first, phrase.last + 1)}
    added: list[Phrase] = []
    at = 0
    while at < len(row):
        presented = presented_at(row, at, taken)
        if presented is not None:
            full = text_of(row, presented.name, presented.last)
            actor = known.get(key(full), (full, None))[1]
            added.append(Phrase(presented.first, presented.last, actor, "title", full, True))
            at = presented.last + 1
            continue
        if at in taken or not row[at].is_capitalised or row[at].lower in PREPOSITIONS:
            at += 1
            continue
        name = title_end(row, at, taken)
        titled = name > at
        run = person_at(row, name, taken)
        charged = _in_charge(row, at, name, found, taken) if titled and run is None else None
        if charged is not None and charged.person and charged.actor is None:
            charged = replace(charged, actor=known.get(key(charged.person), ("", None))[1])
        if charged is not None:
            found = [one for one in found if not charged.first <= one.first <= charged.last]
            added.append(charged)
            at = charged.last + 1
            continue
        if run is None:
            at = name + 1
            continue
        first, last = run
        titled = titled or first > name
        phrase = _known_person(row, at, first, last, known)
        if phrase is None and ((titled and last >= first) or has_office_after(row, last, first)):
            full = text_of(row, first, last)
            phrase = Phrase(at, last, None, "title", full, True)
        if phrase is not None:
            added.append(_with_body(row, phrase, taken))
            at = added[-1].last + 1
        else:
            at = first + 1
    return sorted([*found, *added], key=lambda phrase: phrase.first)


def _in_charge(
    row: Sequence[Token], at: int, end: int, found: Sequence[Phrase], taken: set[int]
) -> Phrase | None:
    """ "Minister of Foreign Affairs, African Cooperation and Moroccan Expatriates, Ana Ruiz".

    Who is in charge of a state's people abroad, or is minister "of Peru", is that state's.
    """
    run = listed_person(row, end, taken) if end < len(row) and row[end].text == "," else None
    if run is None:
        return None
    inside = [one for one in found if at <= one.first <= run[1]]
    states = {one.actor for one in inside if one.via == "demonym" or _is_of(row, one.first)}
    full = text_of(row, *run)
    actor = states.pop() if len(states) == 1 else None
    return Phrase(at, run[1], actor, "title", full, True, "minister")


def _is_of(row: Sequence[Token], at: int) -> bool:
    """Whether "of" stands before a name, an article passed over."""
    before = [token.lower for token in row[max(0, at - 2) : at]]
    return before[-1:] == ["of"] or before == ["of", "the"]


def _known_person(
    row: Sequence[Token],
    at: int,
    first: int,
    last: int,
    known: dict[str, tuple[str, str | None]],
) -> Phrase | None:
    text = _text(row, first, last)
    for name in (text, row[last].text):
        if name in known:
            full, actor = known[name]
            return Phrase(at, last, actor, "title", full, True)
    for end in range(last - 1, first - 1, -1):
        if row[end].text in known:
            full, actor = known[row[end].text]
            return Phrase(at, end, actor, "title", full, True)
    return None


def _text(row: Sequence[Token], first: int, last: int) -> str:
    """The words of a name, without marks."""
    return " ".join(token.text for token in row[first : last + 1] if token.is_word)


def _with_body(row: Sequence[Token], phrase: Phrase, taken: set[int]) -> Phrase:
    """ "Harris's diplomatic mission" acts; "Harris's visit" does not."""
    at = phrase.last + 1
    if at >= len(row) or row[at].lower != "'":
        return phrase
    at += 2 if at + 1 < len(row) and row[at + 1].lower == "s" else 1
    for index in range(at, min(at + 3, len(row))):
        if index in taken:
            break
        if row[index].lower in INSTITUTIONS | OFFICES:
            return replace(phrase, last=index, via="description", head=row[index].lower)
    return replace(phrase, acts=False)


def _mention(row: Sequence[Token], sentence: Sentence, phrase: Phrase) -> Mention:
    span = span_of(row[phrase.first : phrase.last + 1])
    scores = _REFERENCE_SCORES if phrase.via in _REFERENCE_SCORES else _SCORES
    return Mention(
        span,
        sentence.index,
        phrase.actor,
        phrase.via,
        scores[phrase.via],
        phrase.person,
        phrase.acts,
    )
