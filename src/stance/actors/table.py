"""Actor tables: the names under which texts speak of states, organisations and parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from stance.errors import ConfigError
from stance.tables import read_toml
from stance.types import PERSON, Actor, ActorKind, Via


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    kind: Literal["state", "organisation", "party"]
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    first_year: int | None = msgspec.field(default=None, name="from")
    last_year: int | None = msgspec.field(default=None, name="to")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    actor: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one actor, and by which means it speaks of the actor."""

    text: str
    actor: Actor
    via: Via


@dataclass(frozen=True, slots=True)
class ActorTable:
    """All actors by id, all their names, and the nouns of a later reference ("the kingdom")."""

    actors: dict[str, Actor]
    names: tuple[Name, ...]
    nouns: dict[str, frozenset[str]]

    def named(self, id: str) -> Actor:
        """The actor with this id, or the person whom it names (see `types.PERSON`).

        Raises:
            KeyError: neither.
        """
        if id.startswith(PERSON):
            return Actor(id, id.removeprefix(PERSON), "person")
        return self.actors[id]

    def known(self, id: str) -> Actor:
        """The actor with this id.

        Raises:
            ConfigError: there is none; the text says how ids look.
        """
        try:
            return self.actors[id]
        except KeyError:
            raise ConfigError(unknown_actor(id)) from None


def unknown_actor(id: str) -> str:
    """One line that says how the ids of actors look."""
    return (
        f"there is no actor {id!r}; states have their ISO 3166-1 alpha-3 code (KAZ), "
        "organisations and parties a short constant (UN, AU, POLISARIO)"
    )


def read_actors(paths: Sequence[Path]) -> ActorTable:
    """Read actor tables, such as all of `configs/actors/`.

    Raises:
        ConfigError: a file is malformed, an id stands twice, or a parent is unknown.
    """
    actors: dict[str, Actor] = {}
    names: list[Name] = []
    nouns: dict[str, frozenset[str]] = {}
    for path in paths:
        for row in read_toml(path, _Table).actor:
            if row.id in actors:
                raise ConfigError(f"{path}: actor {row.id!r} stands twice; ids are unique")
            kind: ActorKind = row.kind
            actor = Actor(row.id, row.name, kind, row.parent, row.first_year, row.last_year)
            actors[row.id] = actor
            nouns[row.id] = frozenset(row.nouns)
            kinds: tuple[tuple[Via, tuple[str, ...]], ...] = (
                ("name", (row.name, *row.aliases, *row.metonyms)),
                ("demonym", row.demonyms),
                ("capital", row.capitals),
            )
            names += [Name(text, actor, via) for via, texts in kinds for text in texts]
    for actor in actors.values():
        if actor.parent is not None and actor.parent not in actors:
            raise ConfigError(
                f"actor {actor.id!r} names the parent {actor.parent!r}, which no table has"
            )
    return ActorTable(actors, tuple(names), nouns)
