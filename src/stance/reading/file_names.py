"""What the name of a file says of its text: "KAZ_79_2024.txt" is a speech of Kazakhstan."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

import msgspec

from stance.errors import ConfigError
from stance.tables import read_toml
from stance.types import Meta

_FIELDS = {
    "actor": r"(?P<actor>[A-Za-z0-9-]+)",
    "year": r"(?P<year>[12]\d{3})",
    "date": r"(?P<date>[12]\d{3}-\d\d-\d\d)",
    "session": r"\d+",
    "any": r"[^_]+",
}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileNames:
    """Patterns for the names of files, without their ending; the first that fits counts.

    `actors` are the ids that a name can hold: "ABC_1_2020" is no speech, for ABC is no actor.
    """

    patterns: tuple[re.Pattern[str], ...]
    actors: Container[str]

    @classmethod
    def of(cls, patterns: Iterable[str], actors: Container[str]) -> FileNames:
        """Patterns as they are written, such as `{actor}_{session}_{year}`.

        Raises:
            ConfigError: one has an unknown or a repeated field.
        """
        return cls(tuple(_compiled(pattern) for pattern in patterns), actors)

    @classmethod
    def read(cls, path: Path, actors: Container[str]) -> FileNames:
        """The patterns of a file, such as `configs/reading/file_names.toml`.

        Raises:
            ConfigError: the file is malformed, or a pattern is.
        """
        return cls.of(read_toml(path, _File).patterns, actors)

    def meta(self, path: str) -> Meta:
        """What the name of a file says: the speaker, and the date or the year."""
        name = PurePath(path.removesuffix(".gz")).stem
        for pattern in self.patterns:
            match = pattern.fullmatch(name)
            said = match.groupdict() if match else {}
            actor = said.get("actor")
            if match and (actor is None or actor in self.actors):
                return Meta(speaker=actor, date=said.get("date") or said.get("year"))
        return Meta()


def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w*)\}", pattern)
    fields = parts[1::2]
    for field in fields:
        if field not in _FIELDS or (field != "any" and fields.count(field) > 1):
            raise ConfigError(
                f"file name pattern {pattern!r}: {{{field}}} is unknown or there twice; "
                f"allowed are {', '.join(f'{{{name}}}' for name in _FIELDS)}"
            )
    return re.compile(
        "".join(_FIELDS[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))
    )
