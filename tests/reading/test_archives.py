"""Texts within archives: streamed in their order, each damage its own line, the rest read."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import Columns, FileNames, problem, read_all
from stance.types import Document, Meta

TEXT = "The envoy met friends at the café.\n"
PROSE = " ".join(f"Word {number} of a long speech on the harbour." for number in range(900))
DAMAGED = "is damaged or no such archive; get the file again"
NAMES = ["x.tar", "x.tar.gz", "x.tgz", "X.TGZ", "x.zip"]

Files = Mapping[str, str | bytes]


def content(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def tarred(files: Files) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, text in files.items():
            head = tarfile.TarInfo(name)
            head.size = len(content(text))
            archive.addfile(head, io.BytesIO(content(text)))
    return stream.getvalue()


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, content(text))
    return stream.getvalue()


def packed(name: str, files: Files) -> bytes:
    """An archive of the kind that its name tells."""
    if name.endswith(".zip"):
        return zipped(files)
    data = tarred(files)
    return data if name.endswith(".tar") else gzip.compress(data)


def put(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def found(folder: Path, name: str, data: bytes) -> list[tuple[str, str]]:
    """What an archive gives: ids within it with their texts, or complaints."""
    path = put(folder, name, data)
    told: list[tuple[str, str]] = []
    for one in read_all([path]):
        if isinstance(one, Document):
            told.append((one.id.removeprefix(f"{path}/"), one.text))
        else:
            place, _, reason = str(one).partition(": ")
            told.append((place.removeprefix(str(path)).removeprefix("/"), reason))
    return told


@pytest.mark.parametrize("name", NAMES)
def test_the_texts_of_an_archive_are_read_in_its_order(name: str, tmp_path: Path) -> None:
    files = {"b.txt": TEXT, "one/two/a.md": "# Plan\n\nA quay.", "one/c.txt.gz": b"", "x.pdf": b"%"}
    files["one/c.txt.gz"] = gzip.compress(TEXT.encode())
    documents = found(tmp_path, name, packed(name, files))
    assert [id for id, _ in documents] == ["b.txt", "one/two/a.md", "one/c.txt.gz"]
    assert [text for _, text in documents][::2] == [TEXT, TEXT]


@pytest.mark.parametrize("name", NAMES)
def test_a_member_is_read_like_the_file_itself(name: str, tmp_path: Path) -> None:
    alone = put(tmp_path, "KEN_79_2024.txt", TEXT.encode())
    patterns = FileNames.of(["{actor}_{session}_{year}"], ["KEN"])
    files = {"in/KEN_79_2024.txt": TEXT}
    path = put(tmp_path, name, packed(name, files))
    meta = Meta(outlet="Gazette")
    (one,) = read_all([alone], meta, names=patterns)
    (inner,) = read_all([path], meta, names=patterns)
    assert isinstance(one, Document) and isinstance(inner, Document)
    assert inner.id == f"{path}/in/KEN_79_2024.txt"
    assert replace(inner, id=one.id) == one
    assert (inner.meta.speaker, inner.meta.outlet) == ("KEN", "Gazette")


@pytest.mark.parametrize("name", NAMES)
def test_a_table_in_an_archive_gives_its_rows(name: str, tmp_path: Path) -> None:
    row = '{"body": "Four.", "day": null}\n'
    files = {"a.csv": "body,day\nOne.,2024-05-01\n,\nThree.,\n", "b.jsonl": row}
    path = put(tmp_path, name, packed(name, files))
    rows = list(read_all([path], columns=Columns.parse(["text=body", "date=day"])))
    texts = [one.text for one in rows if isinstance(one, Document)]
    assert texts == ["One.", "Three.", "Four."]
    assert isinstance(rows[0], Document) and rows[0].meta.date == "2024-05-01"
    assert rows[0].id == f"{path}/a.csv:2"
    assert isinstance(rows[1], DocumentError) and f"{path}/a.csv:3: " in str(rows[1])


@pytest.mark.parametrize("name", NAMES)
def test_hidden_members_are_left_out(name: str, tmp_path: Path) -> None:
    files = {"__MACOSX/._a.txt": TEXT, ".git/a.txt": TEXT, "a/.b.txt": TEXT, "a/b.txt": TEXT}
    assert found(tmp_path, name, packed(name, files)) == [("a/b.txt", TEXT)]


def test_only_files_of_a_tar_are_read_whatever_they_are_called(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("d.txt", tarfile.DIRTYPE), ("l.txt", tarfile.SYMTYPE)):
            head = tarfile.TarInfo(name)
            head.type, head.linkname = kind, "/etc/hostname"
            archive.addfile(head)
        head = tarfile.TarInfo("./a/b.txt")
        head.size = len(TEXT.encode())
        archive.addfile(head, io.BytesIO(TEXT.encode()))
    assert found(tmp_path, "x.tar", stream.getvalue()) == [("a/b.txt", TEXT)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("files", [{}, {"a.pdf": b"%PDF", ".a.txt": TEXT}])
def test_an_archive_without_texts_is_a_problem(name: str, files: Files, tmp_path: Path) -> None:
    ((place, reason),) = found(tmp_path, name, packed(name, files))
    assert place == "" and reason.startswith("an archive without texts; ")


@pytest.mark.parametrize("name", ["x.tar", "x.tgz", "x.zip"])
@pytest.mark.parametrize("data", [b"", b"nothing of that kind " * 60])
def test_what_is_no_archive_is_a_problem(name: str, data: bytes, tmp_path: Path) -> None:
    assert found(tmp_path, name, data) == [("", DAMAGED)]


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz"])
def test_of_an_archive_that_is_cut_off_the_beginning_is_read(name: str, tmp_path: Path) -> None:
    whole = tarred({"a.txt": TEXT, "b.csv": "text\n" + "One.\n" * 9, "c.txt": PROSE})
    cut = whole[: whole.index(PROSE.encode()) + 5000]
    data = cut if name == "x.tar" else gzip.compress(whole)[:-900]
    told = found(tmp_path, name, data)
    assert [place for place, _ in told[:10]] == ["a.txt", *(f"b.csv:{at}" for at in range(2, 11))]
    (member, reason), (archive, again) = told[10:]
    assert (member, archive) == ("c.txt", "")
    assert "damaged" in reason and "damaged" in again


def test_the_rows_before_a_damage_are_read(tmp_path: Path) -> None:
    rows = "".join(f"Row {number} of many.\n" for number in range(2000))
    whole = tarred({"a.csv": f"text\n{rows}"})
    told = found(tmp_path, "x.tar", whole[: whole.index(b"Row 1500")])
    *texts, member, archive = [text for _, text in told]
    assert texts and texts == [f"Row {number} of many." for number in range(len(texts))]
    assert member.startswith("after line ") and DAMAGED in member and archive == DAMAGED


def flipped(data: bytes, mark: bytes, by: int = 0) -> bytes:
    """The same with one byte changed, `by` bytes after the first `mark`."""
    at = data.index(mark) + by
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize("damage", ["sum", "header", "stream", "method"])
def test_a_damaged_member_of_a_zip_does_not_stop_the_others(damage: str, tmp_path: Path) -> None:
    method = zipfile.ZIP_STORED if damage == "sum" else zipfile.ZIP_DEFLATED
    data = zipped({"a.txt": TEXT, "b.txt": PROSE, "c.csv": "text\nOne.\n"}, method)
    at = data.index(b"b.txt")
    if damage == "sum":
        data = flipped(data, b"Word 500 of")
    elif damage == "header":
        data = flipped(data, b"b.txt", -30)
    elif damage == "stream":
        data = data[: at + 5] + b"\xff" * 40 + data[at + 45 :]
    else:  # one that nobody knows
        listed = data.rindex(b"b.txt")
        data = data[: listed - 36] + b"\x63\0" + data[listed - 34 :]
    told = found(tmp_path, "x.zip", data)
    assert told == [("a.txt", TEXT), ("b.txt", DAMAGED), ("c.csv:2", "One.")]


def test_a_member_that_is_no_text_does_not_stop_the_others(tmp_path: Path) -> None:
    files = {"a.txt": b"", "b.txt": b"\0\1\2\xff" * 90, "c.txt": TEXT, "d.csv": "body\nOne.\n"}
    empty, binary, good, table = found(tmp_path, "x.tar", tarred(files))
    assert good == ("c.txt", TEXT)
    assert empty[0] == "a.txt" and "empty" in empty[1]
    assert binary[0] == "b.txt" and "binary" in binary[1]
    assert table[0].startswith("d.csv") and "text" in table[1]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    data[data.index(b"PK\1\2") + 8] |= 1  # of the list at the end
    told = found(tmp_path, "x.zip", bytes(data))
    assert told == [("a.txt", "is encrypted; unpack it first"), ("b.txt", TEXT)]


def test_a_packed_zip_is_refused(tmp_path: Path) -> None:
    ((place, reason),) = found(tmp_path, "x.zip", gzip.compress(zipped({"a.txt": TEXT})))
    assert place == "" and reason.startswith("a zip is read from a file only")


def test_a_member_has_the_bounds_of_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problem, "MAX_BYTES", 1000)
    for name in ("x.tgz", "x.zip"):
        long, short = found(tmp_path, name, packed(name, {"a.txt": PROSE, "b.txt": TEXT}))
        assert long[0] == "a.txt" and "is larger than" in long[1]
        assert short == ("b.txt", TEXT)


def test_an_archive_that_changes_while_it_is_read_is_reported(tmp_path: Path) -> None:
    path = put(tmp_path, "x.tar", tarred({"a.txt": TEXT}))
    stream = read_all([path])
    assert isinstance(next(stream), Document)
    put(tmp_path, "y.tar", tarred({"a.txt": PROSE})).replace(path)
    (problem,) = stream
    reason = "changed while it was read; wait until it is written, then run again"
    assert str(problem) == f"{path}: {reason}"


def test_nothing_is_unpacked_to_the_disk_and_members_come_one_by_one(tmp_path: Path) -> None:
    path = put(tmp_path, "x.tar", tarred({f"{at}.txt": TEXT for at in range(5)}))
    stream = read_all([path])
    assert [one.id for one in (next(stream), next(stream)) if isinstance(one, Document)] == [
        f"{path}/0.txt",
        f"{path}/1.txt",
    ]
    assert [one.name for one in tmp_path.iterdir()] == ["x.tar"]


def test_a_format_that_is_told_reads_the_archive_as_one_document(tmp_path: Path) -> None:
    (one,) = read_all([put(tmp_path, "x.tar", TEXT.encode())], format="text")
    assert isinstance(one, Document) and one.text == TEXT


def test_a_bad_name_in_an_archive_is_shown_safely(tmp_path: Path) -> None:
    ((place, _),) = found(tmp_path, "x.tar", tarred({"a\x1b[2J.txt": b""}))
    assert place == r"a\x1b[2J.txt"
