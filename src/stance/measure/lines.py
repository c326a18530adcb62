"""JSON Lines of labels or predictions: read with their numbers, refused with all problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from stance.errors import LabelError

Record = TypeVar("Record")

SHOWN = 20
"""How many problems of a file are listed; the rest is counted."""


def decoded(
    path: Path, kind: type[Record], advice: str | None = None
) -> Iterator[tuple[int, Record | str]]:
    """The line number, from 1, and the record of each line that is not blank, or what is wrong.

    `advice` says what to do where there is no such file.

    Raises:
        LabelError: the file cannot be read.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        mend = f"; {advice}" if advice and isinstance(error, FileNotFoundError) else ""
        raise LabelError(f"{path}: cannot be read ({error.strerror}){mend}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield number, str(error).replace(" - at `$", " at `")


def refuse(problems: Sequence[str]) -> None:
    """Raise a LabelError with a line for each of `problems`, if there are any."""
    if problems:
        more = [f"… and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
        raise LabelError("\n".join([*problems[:SHOWN], *more]))
