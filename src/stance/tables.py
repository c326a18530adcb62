"""TOML files into checked, frozen tables: one line for every mistake, with file and key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from stance.errors import ConfigError

Table = TypeVar("Table")


def read_toml(path: Path, kind: type[Table]) -> Table:
    """Read `path` as a table of type `kind` (a frozen `msgspec.Struct` that forbids unknown keys).

    Raises:
        ConfigError: the file is missing, is no TOML, has an unknown key, lacks a key, or holds a
            value of another type.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text; TOML files are") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        message = str(error).replace("Object contains", "has").replace(" - at `$", " at `")
        raise ConfigError(f"{path}: {message}") from None
