"""The formats of `stance predict --format`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TextIO

from stance.errors import CallError
from stance.output import jsonl, rows, table
from stance.types import Analysis

Writer = Callable[[Iterable[Analysis], TextIO], None]
"""Writes each analysis as it comes, so that a long run can be read while it goes on."""

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {"table": table.write, "json": jsonl.write, "csv": rows.write}
)


def writer(name: str, *, with_text: bool = False) -> Writer:
    """The writer of a format; `with_text` asks for the documents' text in the result.

    Raises:
        CallError: there is no such format, or it has no place for the text.
    """
    if name not in FORMATS:
        raise CallError(f"--format {name}: there is no such format; allowed: {', '.join(FORMATS)}")
    if not with_text:
        return FORMATS[name]
    if name != "json":
        raise CallError(
            f"--with-text: --format {name} has no place for the text; use --format json"
        )
    return partial(jsonl.write, with_text=True)
