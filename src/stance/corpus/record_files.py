"""Files of `stance predict --format json`, counted as a results folder is.

A file notes neither which documents hold words of the issue nor sketches; where its records hold
their texts (`--with-text`), the sketches are made of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from stance.corpus.groups import sketch
from stance.corpus.results import Item, Recorded, Results
from stance.errors import CallError
from stance.output.records import decoded


def recorded(path: Path) -> Recorded:
    """The results at a path: a folder of `stance run`, a file of records, a folder of such files.

    Raises:
        CallError: a folder holds none; a file is looked at when it is read.
    """
    if path.is_file():
        return RecordFiles([path])
    results = Results(path)
    if path.is_dir() and results.record() is None:
        files = sorted(path.glob("parts/*.jsonl")) or sorted(path.glob("*.jsonl"))
        if files:
            return RecordFiles(files)
    if results.record() is None:
        raise _nothing(path)
    return results


def _nothing(path: Path) -> CallError:
    return CallError(
        f"{path}: holds no results; stance run and stance predict --format json write them"
    )


class RecordFiles:
    """Records of files of JSON Lines, in their order; all are of one issue."""

    knows_terms = False

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)

    def issue(self) -> tuple[str, str]:
        """The id of the issue.

        Raises:
            CallError: the files hold no results, or damaged ones, or those of several issues.
        """
        for found in self._read():
            return found["issue"], found["issue"]
        raise _nothing(self._paths[0])

    def sketched(self) -> bool:
        """Whether every record holds its text."""
        return all(found["document"].get("text") is not None for found in self._read())

    def items(self) -> Iterator[Item]:
        """All documents; the sketch is "" where the text is not held."""
        for document in (found["document"] for found in self._read()):
            text = document.get("text")
            yield Item(document["id"], document["sha256"], sketch=sketch(text) if text else "")

    def records(self) -> Iterator[tuple[Item, dict[str, Any]]]:
        """All documents with their records."""
        for found in self._read():
            yield Item(found["document"]["id"], found["document"]["sha256"]), found

    def _read(self) -> Iterator[dict[str, Any]]:
        """The records as they are written, checked.

        Raises:
            CallError: a line is no record, or of another issue than the first.
        """
        issue = None
        for where, line in self._lines():
            checked = decoded(where, line)
            if issue not in (None, checked.issue):
                raise CallError(
                    f"{where}: is of the issue {checked.issue!r}, those before it of {issue!r}; "
                    "count one issue at a time"
                )
            issue = checked.issue
            yield json.loads(line)

    def _lines(self) -> Iterator[tuple[str, bytes]]:
        for path in self._paths:
            try:
                with path.open("rb") as stream:
                    for number, line in enumerate(stream, start=1):
                        if line.strip():
                            yield f"{path}:{number}", line
            except OSError as error:
                raise CallError(f"{path}: cannot be read ({error.strerror})") from None
