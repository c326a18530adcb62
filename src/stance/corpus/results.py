"""A results folder: what stands in it, and that all of it is whole.

    run.json               what decides the results; another model or issue is never mixed in
    parts/part-00000.jsonl the records of a part's documents, as `stance predict --format json`
    parts/part-00000.json  its documents, whole and failed, and the hash of its records
    corpus.json            how many parts and documents there are, once all were seen
    failures.jsonl         the documents that failed, with the reason

A part is there once its `.json` is: that is written last, and each file under another name first.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from stance.errors import CallError

T = TypeVar("T")


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document of a part: its id and hash, or why it failed.

    `sketch` tells near-duplicates (see `groups`); "" for a text without any term of the issue.
    """

    id: str
    sha256: str = ""
    failed: str = ""
    sketch: str = ""


class Part(msgspec.Struct, frozen=True):
    """A finished part: its documents in their order, and the SHA-256 of its records."""

    items: tuple[Item, ...]
    sha256: str


class Corpus(msgspec.Struct, frozen=True):
    """How much there is in all."""

    parts: int
    documents: int


class RunRecord(msgspec.Struct, frozen=True):
    """What decides the results of a run; equal records may stand in one folder."""

    version: str
    configuration: str
    issue: str
    model: str
    model_sha256: str
    decision: str
    options: dict[str, Any]
    part_size: int


class Recorded(Protocol):
    """Records that can be counted: those of a results folder, or of files (`record_files`)."""

    @property
    def knows_terms(self) -> bool:
        """Whether a sketch of "" says that a text holds no term of the issue."""

    def issue(self) -> tuple[str, str]:
        """The id of the issue, and the name or path by which it was called, as far as known."""

    def sketched(self) -> bool:
        """Whether near-duplicates can be told."""

    def items(self) -> Iterator[Item]:
        """The documents, with their sketches where these are known."""

    def records(self) -> Iterator[tuple[Item, dict[str, Any]]]:
        """All documents that did not fail, with their records."""


class Results:
    """The files of one results folder."""

    knows_terms = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parts = folder / "parts"

    def begin(self, record: RunRecord) -> None:
        """Make the folder, or see that it was made in the same way.

        Raises:
            CallError: it holds other results, or something else.
        """
        known = self.record()
        if known is not None:
            _same(self.folder, known, record)
        elif self.folder.exists() and (not self.folder.is_dir() or self._holds_others()):
            raise CallError(
                f"{self.folder}: is there already and holds no results of stance; name a new folder"
            )
        try:
            self._parts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CallError(f"{self.folder}: cannot be made ({error.strerror})") from None
        if known is None:
            _write(self.folder / "run.json", _json(record))

    def _holds_others(self) -> bool:
        """Whether anything stands there but the beginning of a run that was stopped at once."""
        mine = {self._parts.name, "run.json.fresh"}
        return any(path.name not in mine for path in self.folder.iterdir()) or any(
            self._parts.glob("*")
        )

    def record(self) -> RunRecord | None:
        """What decided the results of the folder; None where there are none.

        Raises:
            CallError: `run.json` is damaged.
        """
        return _read(self.folder / "run.json", RunRecord)

    def made_by(self) -> RunRecord:
        """What decided the results of the folder.

        Raises:
            CallError: it holds none, or `run.json` is damaged.
        """
        record = self.record()
        if record is None:
            raise CallError(f"{self.folder}: holds no results; stance run writes them")
        return record

    def corpus(self) -> Corpus | None:
        """How much there is in all; None while not all was seen."""
        return _read(self.folder / "corpus.json", Corpus)

    def finish(self, corpus: Corpus) -> None:
        """Note how much there is in all, list what failed, and drop parts of a longer corpus."""
        for number in self.numbers():
            if number >= corpus.parts:
                self._note(number).unlink()
                self._records(number).unlink(missing_ok=True)
        lines = [
            json.dumps({"part": number, "document": item.id, "reason": item.failed})
            for number in self.numbers()
            for item in self.part(number).items
            if item.failed
        ]
        _write(self.folder / "failures.jsonl", "".join(f"{line}\n" for line in lines))
        _write(self.folder / "corpus.json", _json(corpus))

    def numbers(self) -> list[int]:
        """The parts that are there, ascending."""
        return sorted(int(path.stem.removeprefix("part-")) for path in self._parts.glob("*.json"))

    def has(self, number: int) -> bool:
        """Whether a part is there."""
        return self._note(number).exists()

    def part(self, number: int) -> Part:
        """The note of a part that is there.

        Raises:
            CallError: it is damaged.
        """
        found = _read(self._note(number), Part)
        if found is None:
            raise CallError(f"{self._note(number)}: is missing")
        return found

    def lines(self, number: int) -> list[str]:
        """The records of a part, one line of JSON for each document that did not fail.

        Raises:
            CallError: they are not what the part's note says.
        """
        path = self._records(number)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            data = b""
        if hashlib.sha256(data).hexdigest() != self.part(number).sha256:
            raise CallError(
                f"{path}: is not what was written; delete {self._note(number)} and run again"
            )
        return data.decode("utf-8").split("\n")[:-1]  # other line ends may stand in a record

    def issue(self) -> tuple[str, str]:
        """The id of the issue, and how the call named it.

        Raises:
            CallError: the folder holds no results, or `run.json` is damaged.
        """
        record = self.made_by()
        return record.issue, str(record.options.get("issue", record.issue))

    def sketched(self) -> bool:
        """Whether near-duplicates can be told: a run always notes sketches."""
        return True

    def items(self) -> Iterator[Item]:
        """All documents, those that failed too."""
        for number in self.numbers():
            yield from self.part(number).items

    def records(self) -> Iterator[tuple[Item, dict[str, Any]]]:
        """All documents that did not fail, with their records, in the order of the corpus."""
        for number in self.numbers():
            whole = [item for item in self.part(number).items if not item.failed]
            for item, line in zip(whole, self.lines(number), strict=True):
                yield item, json.loads(line)

    def write(self, number: int, items: Sequence[Item], lines: Sequence[str]) -> None:
        """Write a part; `lines` are those of the items that did not fail.

        Raises:
            CallError: the disk is full, or may not be written.
        """
        data = "".join(f"{line}\n" for line in lines)
        part = Part(tuple(items), hashlib.sha256(data.encode("utf-8")).hexdigest())
        (self.folder / "corpus.json").unlink(missing_ok=True)  # until all is seen again
        self._note(number).unlink(missing_ok=True)
        _write(self._records(number), data)
        _write(self._note(number), _json(part))

    def _note(self, number: int) -> Path:
        return self._parts / f"part-{number:05}.json"

    def _records(self, number: int) -> Path:
        return self._parts / f"part-{number:05}.jsonl"


def merge(out: Path, folders: Sequence[Path]) -> Corpus:
    """Put the parts of several shards together in a new folder.

    Raises:
        CallError: the shards were made in different ways, of different corpora, or lack parts.
    """
    found = [Results(folder) for folder in folders]
    records = [one.record() for one in found]
    corpora = [one.corpus() for one in found]
    for folder, record, corpus in zip(folders, records, corpora, strict=True):
        if record is None or corpus is None:
            raise CallError(f"{folder}: holds no finished results; run it to its end first")
        assert records[0] is not None
        _same(folder, record, records[0], str(folders[0]), "merge what was made in one way")
        if corpus != corpora[0]:
            raise CallError(f"{folder}: was made of another corpus than {folders[0]}")
    assert records[0] is not None and corpora[0] is not None
    holding = {number: one for one in found for number in one.numbers()}
    missing = sorted(set(range(corpora[0].parts)) - set(holding))
    if missing:
        raise CallError(f"part {missing[0]} (of {corpora[0].parts}) stands in none of the folders")
    results = Results(out)
    results.begin(records[0])
    for number, one in sorted(holding.items()):
        results.write(number, one.part(number).items, one.lines(number))
    results.finish(corpora[0])
    return corpora[0]


def _same(
    folder: Path,
    known: RunRecord,
    wanted: RunRecord,
    other: str = "this call",
    advice: str = "name a new folder, or call as before",
) -> None:
    was, now = _flat(known), _flat(wanted)
    changed = [name for name in was | now if was.get(name) != now.get(name)]
    if changed:
        name = changed[0]
        raise CallError(
            f"{folder}: its results were made with {name} {_short(was.get(name))}, {other} "
            f"has {_short(now.get(name))}; {advice}"
        )


def _flat(record: RunRecord) -> dict[str, Any]:
    """What a record says, by name; the options of the call first, for they explain the rest."""
    rest: dict[str, Any] = msgspec.to_builtins(record)
    return {f"option {name}": value for name, value in rest.pop("options").items()} | rest


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode("utf-8") + "\n"


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: is damaged ({error}); delete it and run again") from None


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".fresh")
    try:
        with fresh.open("w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise CallError(
            f"{path}: cannot be written ({error.strerror}); mend that and run again: what is done "
            "is kept"
        ) from None
