"""A path → its bytes: opened, unpacked where they are gzip, and watched for changes."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol, cast

from stance.reading import problem
from stance.reading.formats import GZIP, HEAD
from stance.reading.paths import STDIN
from stance.reading.problem import Problem, megabytes


class Stream(Protocol):
    """What can be read piece by piece: `read1` gives at most `size` bytes, none at the end."""

    def read1(self, size: int, /) -> bytes: ...


class Source:
    """An open file: `stored` is what stands on the disk, `content` what it unpacks to.

    Both are one stream, so only one of them can be read. `head` is the beginning of the content,
    which can be looked at before; `packed` says that the file is gzip, by its first two bytes.
    `watched` is a file on the disk, which may change while it is read.
    """

    def __init__(self, stored: BinaryIO, path: str, *, watched: bool = True) -> None:
        self.stored = stored
        self._path = path
        self._before = _state(os.fstat(stored.fileno())) if watched else None
        self._ahead = _Ahead(cast(Stream, stored), len(GZIP))
        self.packed = self._ahead.head == GZIP
        if path.lower().endswith(".gz") and self._ahead.head and not self.packed:
            raise Problem("ends in .gz but holds no gzip data; pack it again or rename it")
        inner = io.BufferedReader(self._ahead)
        content = _Ahead(_Unpacked(inner) if self.packed else inner, HEAD)
        self.head = content.head
        self.content = io.BufferedReader(content)

    @property
    def is_file(self) -> bool:
        """Whether it is a file on the disk, and no pipe that can be read only once."""
        return self._before is not None

    def read(self) -> tuple[bytes, str]:
        """The whole content of one document, and the SHA-256 of the bytes as they are stored.

        Raises:
            Problem: it is larger than `MAX_BYTES`, damaged, or changed while it was read.
        """
        data = self.content.read(problem.MAX_BYTES + 1)
        if len(data) > problem.MAX_BYTES:
            raise Problem(
                f"is larger than {megabytes(problem.MAX_BYTES)}, the most for one document; "
                "split it into its documents"
            )
        self.check_unchanged()
        return data, self._ahead.digest.hexdigest()

    def check_unchanged(self) -> None:
        """Raise a Problem where the file on the disk is not what it was when it was opened."""
        if self._before is None:
            return
        try:
            same = self._before == _state(os.stat(self._path))
        except OSError:  # it is gone
            same = False
        if not same:
            raise Problem("changed while it was read; wait until it is written, then run again")


@contextmanager
def opened(path: str) -> Iterator[Source]:
    """Open a file, or standard input for `-`.

    Raises:
        Problem: it is missing, may not be read, is a folder, or fails while it is read.
    """
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise Problem("there is no standard input; name a file instead")
            yield Source(sys.stdin.buffer, path, watched=False)
        else:
            with _open(path) as file:
                yield Source(file, path)
    except FileNotFoundError:
        raise Problem("there is no such file or folder; check the path") from None
    except PermissionError:
        raise Problem("you may not read it; change its rights") from None
    except IsADirectoryError:
        raise Problem("is a folder; name a file in it") from None
    except OSError as error:
        raise Problem(f"cannot be read ({error.strerror}); check the path") from None


def _open(path: str) -> BinaryIO:
    try:
        return open(path, "rb")
    except ValueError:  # a zero byte or a lone surrogate: no system takes these in a path
        raise Problem("is no possible path; check its characters") from None


def _state(found: os.stat_result) -> tuple[int, ...] | None:
    """What changes when a file is written or replaced; None for a pipe or a device."""
    if not stat.S_ISREG(found.st_mode):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


class _Ahead(io.RawIOBase):
    """A stream whose first `size` bytes, `head`, are known before it is read.

    `digest` is of all that was read. A problem within the head is kept until what stands before
    it has been read.
    """

    def __init__(self, inner: Stream, size: int) -> None:
        self._inner = inner
        self._problem: Problem | None = None
        self.digest = hashlib.sha256()
        head = b""
        try:
            while len(head) < size and (more := self._take(size - len(head))):
                head += more
        except Problem as found:
            self._problem = found
        self.head = self._waiting = head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data, self._waiting = self._waiting[: len(buffer)], self._waiting[len(buffer) :]
        if not data:
            if self._problem:
                raise self._problem
            data = self._take(len(buffer))
        buffer[: len(data)] = data
        self.digest.update(data)
        return len(data)

    def _take(self, size: int) -> bytes:
        return self._inner.read1(size)


class _Unpacked:
    """The content of a gzip stream; all that stands before a damage is given."""

    def __init__(self, packed: Stream) -> None:
        self._inner = gzip.GzipFile(fileobj=cast(BinaryIO, packed))

    def read1(self, size: int) -> bytes:
        try:
            return self._inner.read1(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Problem("its gzip data is cut off or damaged; get the file again") from None
