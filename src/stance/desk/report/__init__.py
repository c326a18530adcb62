"""Results → one page to read: offline, printable, with every passage behind every figure."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from stance.desk.report.attribution import short
from stance.desk.saved import Saved
from stance.errors import CallError


def write_report(saved: Saved, out: Path, *, title: str | None = None) -> int:
    """Write the page of `saved` to `out`, whole or not at all; the same results, the same bytes.

    Returns:
        The number of documents.

    Raises:
        CallError: there are no results, they are damaged or on several issues, or `out` cannot be
            written.
        MissingExtraError: the extra `desk` is not installed.
    """
    from stance.desk.report.gathered import gather
    from stance.desk.report.origin import run_notes
    from stance.desk.report.page import render

    gathered = gather(saved)
    page = render(
        gathered, run_notes(saved, gathered.folder), source=short(saved.path.name), title=title
    )
    _write(out, page)
    return len(gathered.texts)


def _write(path: Path, page: str) -> None:
    fresh = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(page)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise CallError(
            f"{path}: cannot be written ({error.strerror}); name another file with --out"
        ) from None
