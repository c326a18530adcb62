"""Actor tables: the names under which texts speak of states, organisations and parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    home: str | None = None
    shared: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    first_year: int | None = msgspec.field(default=None, name="from")
    last_year: int | None = msgspec.field(default=None, name="to")


class _Home(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    words: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    actor: tuple[_Row, ...]
    home: tuple[_Home, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one actor, and by which means it speaks of the actor.

    `home` is the state, or the parliament, of a party; a `shared` name is the party's only where
    the text speaks of that home.
    """

    text: str
    actor: Actor
    via: Via
    home: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ActorTable:
    """All actors by id, all their names, and the nouns of a later reference ("the kingdom").

    `home_words` are the words by which texts speak of the politics of a home: "Storting" → NOR.
    """

    actors: dict[str, Actor]
    names: tuple[Name, ...]
    nouns: dict[str, frozenset[str]]
    home_words: dict[str, str] = field(default_factory=dict)

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
        "organisations and parties a short constant (UN, POLISARIO, ESP_PSOE)"
    )


def read_actors(paths: Sequence[Path]) -> ActorTable:
    """Read actor tables, such as all of `configs/actors/`.

    Raises:
        ConfigError: a file is malformed, an id stands twice, or a parent or home is unknown.
    """
    actors: dict[str, Actor] = {}
    names: list[Name] = []
    nouns: dict[str, frozenset[str]] = {}
    homes: dict[str, str] = {}
    home_words: dict[str, str] = {}
    for path in paths:
        table = read_toml(path, _Table)
        home_words |= {word: home.id for home in table.home for word in home.words}
        for row in table.actor:
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
            if row.home is not None:
                homes[row.id] = row.home
            names += [Name(text, actor, via, row.home) for via, texts in kinds for text in texts]
            shared: tuple[tuple[Via, tuple[str, ...]], ...] = (
                ("name", row.shared),
                ("demonym", row.members),
            )
            names += [
                Name(text, actor, via, row.home, True) for via, texts in shared for text in texts
            ]
    _known_homes(homes, home_words, actors)
    for actor in actors.values():
        if actor.parent is not None and actor.parent not in actors:
            raise ConfigError(
                f"actor {actor.id!r} names the parent {actor.parent!r}, which no table has"
            )
    return ActorTable(actors, tuple(names), nouns, home_words)


def _known_homes(
    homes: dict[str, str], home_words: dict[str, str], actors: dict[str, Actor]
) -> None:
    for id, home in homes.items():
        if home not in actors:
            raise ConfigError(f"actor {id!r} names the home {home!r}, which no table has")
    for home in home_words.values():
        if home not in actors:
            raise ConfigError(f"words are given for the home {home!r}, which no table has")
