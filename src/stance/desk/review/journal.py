"""The journal beside the labels: one line for each decision, only ever added to.

A decision is on the disk before it is answered, so what was answered is never lost. What a crash
leaves of a last line was never answered: it is set aside, and `torn` says so.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from stance.desk.review.decisions import Decision
from stance.desk.review.files import sync_folder
from stance.desk.review.lock import locked
from stance.errors import CallError


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One decision of one annotator on one document.

    `document` is the SHA-256 of its text in UTF-8, `seq` counts from 1 over all, `at` is the time
    in UTC, `command` tells the same request sent twice.
    """

    seq: int
    at: str
    annotator: str
    document: str
    decision: Decision
    command: str = ""


class NotSaved(Exception):
    """A decision could not be written; nothing was changed."""


class Journal:
    """An open journal, closed to other processes until `close`."""

    def __init__(self, path: Path) -> None:
        """Open or make the journal at `path`, and read `entries`.

        Raises:
            CallError: it cannot be opened, another process has it, or it is damaged.
        """
        self.path = path
        self.torn: str | None = None
        self._failed = False
        made = not path.exists()
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._handle = os.open(path, flags, 0o644)
        except OSError as error:
            raise CallError(
                f"{path}: cannot be opened ({error.strerror}); it stands beside the labels: choose "
                "--labels in a folder that you may write"
            ) from None
        try:
            if not locked(self._handle):
                raise CallError(
                    f"{path}: another `stance review` works on these labels; use its page, or end "
                    "it (Ctrl-C) first"
                )
            if made:
                sync_folder(path.parent)
            self.entries = self._read()
        except BaseException:
            os.close(self._handle)
            raise
        self._seq = self.entries[-1].seq if self.entries else 0

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let another process have it."""
        os.close(self._handle)

    def append(
        self, at: str, annotator: str, document: str, decisions: Sequence[Decision], command: str
    ) -> None:
        """Write decisions of one request, all or none, and wait until they are on the disk.

        Raises:
            NotSaved: the disk is full or fails; the journal is as before.
        """
        if self._failed:
            raise NotSaved("the journal could not be written before; start stance review again")
        lines = []
        for seq, decision in enumerate(decisions, start=self._seq + 1):
            lines.append(
                msgspec.json.encode(Entry(seq, at, annotator, document, decision, command)) + b"\n"
            )
        size = os.fstat(self._handle).st_size
        try:
            _write(self._handle, b"".join(lines))
        except OSError as error:
            self._take_back(size)
            raise NotSaved(f"{self.path}: cannot be written ({error.strerror})") from None
        try:
            os.fsync(self._handle)
        except OSError as error:
            self._failed = True  # nobody knows now what the disk holds
            raise NotSaved(f"{self.path}: the disk fails ({error.strerror})") from None
        self._seq += len(lines)

    def _take_back(self, size: int) -> None:
        try:
            os.ftruncate(self._handle, size)
        except OSError:
            self._failed = True  # half a line stands there: nothing may follow it

    def _read(self) -> list[Entry]:
        data = b"".join(iter(lambda: os.read(self._handle, 1 << 20), b""))
        *lines, rest = data.split(b"\n")
        entries: list[Entry] = []
        for number, line in enumerate(lines, start=1):
            try:
                entries.append(msgspec.json.decode(line, type=Entry))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise CallError(
                    f"{self.path}:{number}: is damaged ({error}); put back a copy of the file, or "
                    "move it away to begin anew from the labels"
                ) from None
        if rest:
            self._set_aside(len(data) - len(rest), rest)
        return entries

    def _set_aside(self, at: int, line: bytes) -> None:
        aside = self.path.with_name(f"{self.path.name}.torn")
        with aside.open("ab") as stream:
            stream.write(line + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.ftruncate(self._handle, at)
        os.fsync(self._handle)
        self.torn = (
            f"{self.path}: the last line was cut off when the program was stopped; that decision "
            f"was never confirmed; what is left of it is in {aside.name}"
        )


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
