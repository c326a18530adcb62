"""Saved results → records: those of `stance predict --format json` and of `stance run`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.corpus.results import Results
from stance.errors import CallError
from stance.output.records import SavedText, decoded
from stance.reading import read_all
from stance.types import Document, Meta


@dataclass(frozen=True, slots=True)
class Saved:
    """Results on disk: a folder of `stance run`, or a file of JSON Lines.

    Iterating reads them as a stream, as often as wanted, in the order in which they were written.
    """

    path: Path

    def __iter__(self) -> Iterator[SavedText]:
        """The records, one for each document.

        Raises:
            CallError: there are no results, or they are damaged; a file names the line.
        """
        for where, line in self._lines():
            yield decoded(where, line)

    def _lines(self) -> Iterator[tuple[str, bytes | str]]:
        if self.path.is_dir():
            results = Results(self.path)
            results.made_by()
            for number in results.numbers():
                for index, line in enumerate(results.lines(number), start=1):
                    yield f"{self.path}, part {number}, record {index}", line
            return
        try:
            with self.path.open("rb") as stream:
                for index, row in enumerate(stream, start=1):
                    if row.strip():
                        yield f"{self.path}:{index}", row
        except OSError as error:
            raise CallError(
                f"{self.path}: cannot be read ({error.strerror}); name a folder of `stance run` or "
                "a file of `stance predict --format json`"
            ) from None


def texts_of(saved: Saved, paths: Sequence[str] = ()) -> Iterator[tuple[SavedText, str]]:
    """Each record with the text of its document: its own, or that of a file among `paths`.

    `paths` are what `stance predict` takes (files, folders, tables, archives); a document is
    known by its SHA-256, whatever its name. The texts of `paths` are held in memory, and only
    those that a record lacks.

    Raises:
        CallError: a text is found nowhere.
    """
    wanted = {one.document.sha256 for one in saved if one.document.text is None}
    found: dict[str, str] = {}
    for document in read_all(paths, Meta()) if wanted and paths else ():
        if isinstance(document, Document) and document.sha256 in wanted:
            found[document.sha256] = document.text
    for one in saved:
        text = one.document.text
        if text is None:
            text = found.get(one.document.sha256)
        if text is None:
            raise CallError(
                f"{saved.path}: holds no text of {one.document.id}; name where the texts are "
                "(--texts FOLDER), or predict again with --with-text"
            )
        yield one, text


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, by which labels know what was labelled."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
