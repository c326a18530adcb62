"""The words after which a stop ends no sentence: data, beside what sentencex knows."""

from __future__ import annotations

from pathlib import Path

import msgspec

from stance.tables import read_toml


class Exceptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See `configs/sentences/en.toml` for what each list means; all in lower case."""

    titles: frozenset[str]
    numbered: frozenset[str]
    inner: frozenset[str]
    after_hours: frozenset[str]
    counted: frozenset[str]


def read_exceptions(path: Path) -> Exceptions:
    """Read such a table.

    Raises:
        ConfigError: the file is missing, malformed, or has an unknown key.
    """
    return read_toml(path, Exceptions)
