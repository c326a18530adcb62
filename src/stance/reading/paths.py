"""The paths of a call → the files to read, in the order in which they were given."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

from stance.errors import DocumentError
from stance.reading.formats import SUFFIXES
from stance.reading.problem import shown

STDIN = "-"
"""The path that means standard input; a file of that name is reached as `./-`."""


def find_documents(
    paths: Sequence[str | os.PathLike[str]],
) -> Iterator[str | DocumentError]:
    """Expand `paths` into one path for each file; nothing is opened but folders.

    A file stands for itself, `-` for standard input, a pattern (`*`, `?`, `[…]`, `**`) that is no
    file for what it matches, a folder for its files whose names end as
    `formats.SUFFIXES` say, recursively and sorted by name within each folder. Hidden entries are
    left out; a link to a folder is followed, yet no folder is read twice, so a loop of links
    ends. A path keeps the folder as it was given: `texts/` yields `texts/a/b.txt`.

    Yields:
        a path, or a `DocumentError` for what cannot be read: a folder without texts, a closed
        folder, `-` for the second time. A missing file is found when it is read.
    """
    if isinstance(paths, (str, os.PathLike)):  # a lone path would be taken letter by letter
        paths = [paths]
    used_stdin = False
    for given in [os.fspath(path) for path in paths]:
        if given == STDIN and used_stdin:
            yield DocumentError("stdin: '-' is given twice; standard input can be read only once")
        elif given and os.path.isdir(given):
            yield from _texts_in(given)
        elif glob.has_magic(given) and not os.path.lexists(given):
            yield from _matching(given)
        else:
            yield given
        used_stdin = used_stdin or given == STDIN


def _matching(pattern: str) -> Iterator[str | DocumentError]:
    """What a pattern stands for, sorted: files, and the texts of folders."""
    found = sorted(glob.iglob(pattern, recursive=True))
    if not found:
        yield DocumentError(
            f"{shown(pattern)}: nothing matches; `*` stands for any name, `**` for any folders"
        )
    given: set[str] = set()
    for path in found:
        if not os.path.isdir(path):
            items: Iterator[str | DocumentError] = iter([path])
        elif pattern.endswith("**"):  # which matches the files below as well
            continue
        else:
            items = _texts_in(path)
        for item in items:  # `**/*` matches a folder and what is in it
            if str(item) not in given:
                given.add(str(item))
                yield item


def _texts_in(folder: str) -> Iterator[str | DocumentError]:
    """The texts in and below `folder`; at least one item, if only an error."""
    empty = True
    visited: set[tuple[int, int]] = set()
    waiting = [folder.rstrip("/") or "/"]
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            empty = False
            yield path
            continue
        try:
            stat = os.stat(path)
            if (stat.st_dev, stat.st_ino) in visited:
                continue
            visited.add((stat.st_dev, stat.st_ino))
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            empty = False
            yield DocumentError(f"{shown(path)}: the folder cannot be read ({error.strerror})")
            continue
        # A stack takes the last first: reversed order keeps a folder's texts where it stands.
        waiting += [
            inner
            for name in names
            if not name.startswith(".") and _is_wanted(inner := f"{path.rstrip('/')}/{name}")
        ]
    if empty:
        yield DocumentError(
            f"{shown(folder)}: a folder without texts; files that end in .txt, .md, .html, .jsonl, "
            ".csv or .parquet are read, hidden ones not"
        )


def _is_wanted(path: str) -> bool:
    """A folder, a file of a known suffix, or a broken link to one, which is reported.

    Pipes and devices are left out: to open one could wait for ever.
    """
    if os.path.isdir(path):
        return True
    return path.lower().endswith(SUFFIXES) and (os.path.isfile(path) or not os.path.exists(path))
