"""Names from the actor tables, found in a sentence: the longest first, case respected."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stance.actors.table import ActorTable, Name
from stance.tokens import Token, normal

_WORDS = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name over the tokens `first` to `last` (inclusive indices into the sentence's tokens).

    `owners` are all who may be meant where several share the name (see `actors.homes`).
    """

    first: int
    last: int
    name: Name
    owners: tuple[Name, ...] = ()


class Gazetteer:
    """Looks names up token by token in a table keyed by their first word."""

    def __init__(self, table: ActorTable, guards: Iterable[str] = ()) -> None:
        entries: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in table.names:
            entries[_key(name.text)].append(name)
        self._entries = dict(entries)
        for guard in guards:
            self._entries.setdefault(_key(guard), [])
        self._longest: dict[str, int] = defaultdict(int)
        for key in self._entries:
            self._longest[key[0]] = max(self._longest[key[0]], len(key))

    def find(self, tokens: Sequence[Token], year: int | None) -> list[Hit]:
        """All names in a sentence, from left to right, none overlapping.

        `year` (of the document, if known) chooses the owner of a name that states have shared.
        """
        words = [normal(token.text) for token in tokens]
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            for size in range(min(self._longest.get(words[at], 0), len(words) - at), 0, -1):
                owners = self._entries.get(tuple(words[at : at + size]))
                if owners is not None:
                    if owners:
                        hits.append(_hit(at, at + size - 1, owners, year))
                    at += size
                    break
            else:
                at += 1
        return hits


def _key(text: str) -> tuple[str, ...]:
    return tuple(normal(word) for word in _WORDS.findall(text))


def _hit(first: int, last: int, owners: Sequence[Name], year: int | None) -> Hit:
    """A name that is one actor's in every text, else one that its sharers' homes must settle."""
    own = [name for name in owners if not name.shared]
    if own:
        return Hit(first, last, _owner(own, year))
    return Hit(first, last, owners[0], tuple(owners))


def _owner(names: Sequence[Name], year: int | None) -> Name:
    """The actor that bore the name in `year`; without a year, the one that bears it today."""
    if year is not None:
        for name in names:
            first, last = name.actor.first_year, name.actor.last_year
            if (first is None or first <= year) and (last is None or year <= last):
                return name
    return next((name for name in names if name.actor.last_year is None), names[-1])
