"""Opening files: gzip, standard input, files that change."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import problem, read_all, read_document
from stance.reading.source import Source
from stance.types import Document

TEXT = "The envoy met friends at the café.\n"
DAMAGED = "its gzip data is cut off or damaged; get the file again"


def put(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def stdin_is(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz", "a.txt", "a"])
def test_gzip_is_unpacked_whatever_its_name(name: str, tmp_path: Path) -> None:
    data = gzip.compress(TEXT.encode())
    document = read_document(put(tmp_path, name, data))
    assert (document.text, document.format) == (TEXT, "text")
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_several_gzip_members_are_one_text(tmp_path: Path) -> None:
    data = gzip.compress(b"One. ") + gzip.compress(b"Two.") + b"\0" * 20
    document = read_document(put(tmp_path, "a.txt.gz", data))
    assert document.text == "One. Two."
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (gzip.compress(TEXT.encode() * 50)[:-9], DAMAGED),
        (gzip.compress(TEXT.encode() * 50)[:40], DAMAGED),
        (gzip.compress(TEXT.encode())[:-8] + b"\1" * 8, DAMAGED),
        (gzip.compress(TEXT.encode()) + b"more", DAMAGED),
        (b"\x1f\x8b", DAMAGED),
        (TEXT.encode(), "ends in .gz but holds no gzip data; pack it again or rename it"),
        (b"", "is empty; a document needs some text"),
        (gzip.compress(b""), "is empty; a document needs some text"),
        (
            gzip.compress(gzip.compress(TEXT.encode())),
            "is a gzip archive in a gzip archive, not a text; "
            "stance reads plain text, best saved as UTF-8",
        ),
    ],
)
def test_bad_gzip_is_one_line(data: bytes, line: str, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt.gz", data)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert str(caught.value) == f"{path}: {line}"


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.csv.gz"])
def test_a_gzip_bomb_does_not_fill_the_memory(name: str, tmp_path: Path) -> None:
    packer = io.BytesIO()
    with gzip.GzipFile(fileobj=packer, mode="wb", compresslevel=1) as file:
        file.write(b"text\n" if "csv" in name else b"")
        for _ in range(200):
            file.write(b" " * 1_000_000)
    path = put(tmp_path, name, packer.getvalue())
    tracemalloc.start()
    try:
        (error,) = read_all([path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(error, DocumentError) and "20 MB" in str(error)
    assert peak < 5 * problem.MAX_BYTES


@pytest.mark.parametrize("damage", ["written to", "replaced", "deleted"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_file_that_changes_while_it_is_read(
    name: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {"a.txt": TEXT, "a.jsonl": '{"text": "One."}\n', "a.csv": "text\nOne.\n"}[name]
    path = put(tmp_path, name, content.encode())
    check = Source.check_unchanged

    def changed_before(source: Source) -> None:
        if damage == "written to":
            with path.open("ab") as file:
                file.write(b"x")
        elif damage == "replaced":
            twin = put(tmp_path, "twin", path.read_bytes())
            os.utime(twin, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
            twin.replace(path)
        else:
            path.unlink()
        check(source)

    monkeypatch.setattr(Source, "check_unchanged", changed_before)
    *documents, error = read_all([path])
    assert [one.text for one in documents if isinstance(one, Document)] == (
        [] if name == "a.txt" else ["One."]
    )
    line = "changed while it was read; wait until it is written, then run again"
    assert str(error) == f"{path}: {line}"


def test_a_pipe_is_read_once_and_not_compared(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")

    def write() -> None:
        with (tmp_path / "pipe.jsonl").open("wb") as file:
            for word in (b"One", b"Two"):
                file.write(b'{"text": "' + word + b'."}\n')
                file.flush()

    writer = threading.Thread(target=write)
    writer.start()
    found = list(read_all([tmp_path / "pipe.jsonl"]))
    writer.join()
    assert [item.text for item in found if isinstance(item, Document)] == ["One.", "Two."]
    assert len(found) == 2


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_is_sniffed(pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<!doctype html><title>Plan</title><p>Corvia backs the plan, said its envoy today.</p>"
    for data, format, text in [
        (TEXT.encode(), "text", TEXT),
        (page, "html", "Corvia backs the plan, said its envoy today."),
    ]:
        stdin_is(monkeypatch, pack(data))  # type: ignore[operator]
        (document,) = read_all(["-"])
        assert isinstance(document, Document)
        assert (document.id, document.format, document.text) == ("stdin", format, text)


def test_a_format_that_is_given_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin_is(monkeypatch, b'{"text": "One."}\n{"text": 1}\n')
    document, error = read_all(["-"], format="jsonl")
    assert isinstance(document, Document) and document.id == "stdin:1"
    assert str(error).startswith("stdin:2: its text is a number; ")
    path = put(tmp_path, "a.csv", b"text\nOne.\n")
    assert read_document(path, format="text").text == "text\nOne.\n"


def test_parquet_is_not_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, format in ((b"PAR1" + b"x" * 20, None), (b"x", "parquet")):
        stdin_is(monkeypatch, data)
        (error,) = read_all(["-"], format=format)
        assert str(error).startswith("stdin: Parquet is read from a file only, ")


def test_without_a_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    (error,) = read_all(["-"])
    assert str(error) == "stdin: there is no standard input; name a file instead"


def test_a_device_that_fails_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    path = put(tmp_path, "a.txt", TEXT.encode())
    monkeypatch.setattr(Source, "read", fails)
    (error,) = read_all([path])
    assert str(error) == f"{path}: cannot be read (Input/output error); check the path"
