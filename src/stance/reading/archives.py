"""The texts within a tar or zip archive, one after the other; nothing is unpacked to the disk."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from stance.reading.formats import SUFFIXES
from stance.reading.problem import Problem
from stance.reading.source import Source, Stream

_DAMAGES = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError,
)  # fmt: skip

Member = tuple[str, BinaryIO | Problem]
"""A name within the archive with its content, to be read before the next is asked for."""


def members(source: Source, kind: str) -> Iterator[Member]:
    """The members of an archive that may be texts, in its order.

    Those are the files with a suffix of `formats.SUFFIXES`; hidden ones are left out.

    Raises:
        Problem: it is no archive of that kind, is damaged, or holds no text.
    """
    found = _of_tar(source) if kind == "tar" else _of_zip(source)
    empty = True
    for name, content in found:
        empty = False
        yield name, content
    if empty:
        raise Problem("an archive without texts; see the README for the endings that are read")


def _wanted(name: str) -> bool:
    parts = name.split("/")
    return name.lower().endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)


def _of_tar(source: Source) -> Iterator[Member]:
    with (
        _damage_named(),
        tarfile.open(fileobj=source.content, mode="r|", errors="backslashreplace") as archive,
    ):
        for one in archive:
            archive.members = []  # type: ignore[attr-defined]  # it would remember millions
            content = archive.extractfile(one) if one.isreg() else None
            name = one.name.removeprefix("./")
            if content is not None and _wanted(name):
                yield name, _guarded(content)


def _of_zip(source: Source) -> Iterator[Member]:
    if source.packed or not source.is_file:
        raise Problem("a zip is read from a file only, not packed nor from standard input")
    with _damage_named(), zipfile.ZipFile(source.stored) as archive:
        for one in archive.infolist():
            if one.is_dir() or not _wanted(one.filename):
                continue
            if one.flag_bits & 1:
                yield one.filename, Problem("is encrypted; unpack it first")
                continue
            try:
                with _damage_named():
                    content = archive.open(one)
            except Problem as problem:
                yield one.filename, problem
                continue
            with content:
                yield one.filename, _guarded(content)


class _Guarded:
    """A member that is read by others: a damage in it is its own problem."""

    def __init__(self, content: Stream) -> None:
        self._content = content

    def read1(self, size: int) -> bytes:
        with _damage_named():
            return self._content.read1(size)


def _guarded(content: object) -> BinaryIO:
    return cast(BinaryIO, _Guarded(cast(Stream, content)))


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except _DAMAGES:
        raise Problem("is damaged or no such archive; get the file again") from None
