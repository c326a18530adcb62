"""JSON lines: one object on one line for each document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from stance.output.contract import to_record
from stance.output.visible import takes
from stance.types import Analysis

_ESCAPED = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")
"""Legal in JSON as they are, but the first three end a line for many readers (`str.splitlines`),
and a lone surrogate cannot be encoded."""


def write(analyses: Iterable[Analysis], stream: TextIO, *, with_text: bool = False) -> None:
    """Write each analysis as it comes; `with_text` adds the documents' and sentences' text.

    A stream that cannot hold every character (a Windows code page) gets them as escapes, so
    nothing is lost.

    Raises:
        ValueError: a score is not a number.
    """
    ensure_ascii = not takes(stream)
    for analysis in analyses:
        record = to_record(analysis, with_text=with_text)
        line = json.dumps(record, ensure_ascii=ensure_ascii, allow_nan=False)
        stream.write(_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n")


def write_file(analyses: Iterable[Analysis], path: Path) -> None:
    """Write a file of results, to a temporary name first; its folder is made where it is missing.

    Raises:
        OSError: the file cannot be written.
        ValueError: a score is not a number.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".part")
    with fresh.open("w", encoding="utf-8", newline="") as stream:
        write(analyses, stream)
    fresh.replace(path)
