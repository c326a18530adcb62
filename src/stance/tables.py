"""TOML files into checked, frozen tables: one line for every mistake, with file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import inspect

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
        if message.startswith("Object missing"):
            message = next(_lacking(raw, inspect.type_info(kind)), message)
        raise ConfigError(f"{path}: {message}") from None


def _lacking(raw: object, kind: inspect.Type, where: str = "") -> Iterator[str]:
    """For each table of `raw` that lacks keys: which, all that it needs, and what to add."""
    if isinstance(kind, inspect.VarTupleType) and isinstance(raw, list):
        for number, item in enumerate(raw, start=1):
            known = item.get("id") if isinstance(item, dict) else None
            name = repr(known) if isinstance(known, str) else number
            yield from _lacking(item, kind.item_type, f"{where} {name}")
    elif isinstance(kind, inspect.StructType) and isinstance(raw, dict):
        needed = [field for field in kind.fields if field.required]
        missing = [field for field in needed if field.encode_name not in raw]
        if missing:
            are = "are" if len(missing) > 1 else "is"
            said = f"{_keys(missing)} {are} missing; needed are {_keys(needed)}"
            lines = ", ".join(map(_line, missing))
            at = "" if where or lines.startswith("[") else " at the top"
            yield f"{f'{where}: ' if where else ''}{said}: add{at}  {lines}"
        for field in kind.fields:
            if field.encode_name in raw:
                inner = f"{where} {field.encode_name}".lstrip()
                yield from _lacking(raw[field.encode_name], field.type, inner)


def _keys(fields: Sequence[inspect.Field]) -> str:
    return ", ".join(f"`{field.encode_name}`" for field in fields)


def _line(field: inspect.Field) -> str:
    """How a key is written."""
    name, kind = field.encode_name, field.type
    if isinstance(kind, inspect.StructType):
        return f"[{name}]"
    if not isinstance(kind, inspect.VarTupleType):
        return f'{name} = "…"' if isinstance(kind, inspect.StrType) else f"{name} = …"
    if isinstance(kind.item_type, inspect.StructType):
        return f"[[{name}]]"
    return f'{name} = ["…"]' if isinstance(kind.item_type, inspect.StrType) else f"{name} = […]"
