"""Persons whom texts name without a word of who they are (`configs/actors/persons.toml`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from stance.errors import ConfigError
from stance.tables import read_toml

_WORDS = re.compile(r"\w+")


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    actor: str
    aliases: tuple[str, ...] = ()
    first_year: int | None = msgspec.field(default=None, name="from")
    last_year: int | None = msgspec.field(default=None, name="to")


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class WellKnown:
    """Whom a name alone names, and for whom that person speaks."""

    rows: tuple[_Row, ...] = ()

    def of(self, year: int | None) -> Mapping[str, tuple[str, str]]:
        """The persons of a year by each of their names (as `key` writes it): name and actor.

        Without a year, those who have the office today.
        """
        return {
            form: (row.name, row.actor)
            for row in self.rows
            if _holds(row, year)
            for text in (row.name, *row.aliases)
            for form in (key(text), key(_plain(text)))
        }


def key(name: str) -> str:
    """A person's name as it is looked up: its words, without marks."""
    return " ".join(_WORDS.findall(name))


def read_persons(path: Path, actors: Container[str]) -> WellKnown:
    """Read a file of well-known persons; `actors` are the ids of the actor tables.

    Raises:
        ConfigError: the file is malformed, or a person speaks for an unknown actor.
    """
    rows = read_toml(path, _File).person
    for row in rows:
        if row.actor not in actors:
            raise ConfigError(
                f"{path}: {row.name!r} speaks for {row.actor!r}, which no table has as an actor"
            )
    return WellKnown(rows)


def _holds(row: _Row, year: int | None) -> bool:
    if year is None:
        return row.last_year is None
    first, last = row.first_year, row.last_year
    return (first is None or first <= year) and (last is None or year <= last)


def _plain(text: str) -> str:
    """A text without accents."""
    split = unicodedata.normalize("NFD", text)
    return "".join(char for char in split if not unicodedata.combining(char))
