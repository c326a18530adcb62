"""Bytes of a plain text to a document: every encoding, every refusal, not a character changed."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stance.errors import CallError, DocumentError
from stance.reading import problem, read_all, read_document
from stance.types import Document, Meta

TEXT = "The envoy “of Corvia” met 𝄞 friends at the café.\n"


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "it.txt"
    path.write_bytes(data)
    return read_document(str(path))


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, data)
    line = str(caught.value)
    assert line.startswith(f"{tmp_path}/it.txt: ") and "\n" not in line
    return line.removeprefix(f"{tmp_path}/it.txt: ")


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("utf-16", b"", "utf-16"),
        ("utf-32", b"", "utf-32"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-32-be", b"\0\0\xfe\xff", "utf-32"),
    ],
)
def test_unicode_with_or_without_a_mark(codec: str, mark: bytes, name: str, tmp_path: Path) -> None:
    data = mark + TEXT.encode(codec)
    document = read(tmp_path, data)
    assert document.text == TEXT
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.format, document.encoding, document.warnings) == ("text", name, ())


def test_the_text_is_never_edited(tmp_path: Path) -> None:
    text = " \t\ufeffa\r\nb\rc\n\n\u2028e\u0301 é\x0c\x1a\u202e \ufffd \n"
    assert read(tmp_path, text.encode()).text == text
    # A second mark is a character of the text.
    assert read(tmp_path, b"\xef\xbb\xbf\xef\xbb\xbfa").text == "\ufeffa"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("The minister said “Norland's plan” is the basis — for now.", "cp1252"),
        ("It cost £5 million and €3 million, said the envoy.", "cp1252"),
        ("El ministro español reiteró la posición de España sobre la costa.", "latin-1"),
        ("“Yes.”", "cp1252"),
        ("café", "latin-1"),
        ("Ministers met on Monday to discuss the coast. " * 400 + "Laâyoune", "cp1252"),
    ],
)
def test_western_text_is_windows_1252(text: str, codec: str, tmp_path: Path) -> None:
    document = read(tmp_path, text.encode(codec))
    assert document.text == text
    assert document.encoding == "windows-1252"
    assert document.warnings == ("read as windows-1252, not UTF-8",)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Министр заявил, что страна поддерживает переговоры под эгидой организации.", "cp1251"),
        ("Министр заявил, что страна поддерживает переговоры под эгидой организации.", "koi8_r"),
        ("قال وزير الخارجية إن بلاده تدعم خطة السلام تحت رعاية الأمم المتحدة.", "cp1256"),
        ("日本の外務大臣は、国連主導の政治プロセスを支持すると述べた。", "shift_jis"),
    ],
)
def test_older_encodings_are_recognised(text: str, codec: str, tmp_path: Path) -> None:
    document = read(tmp_path, text.encode(codec))
    assert document.text == text
    assert len(document.warnings) == 1 and document.warnings[0].endswith(", not UTF-8")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Plain words.",
        "Two words “quoted” — and a café.\r\nMore of them 𝄞.",
        "Министр заявил, что страна поддерживает переговоры.",
        "قال وزير الخارجية إن بلاده تدعم خطة السلام.",
        "Η χώρα στηρίζει το σχέδιο.",
    ],
)
def test_utf16_without_a_mark_is_known_by_its_zero_bytes(
    codec: str, text: str, tmp_path: Path
) -> None:
    document = read(tmp_path, text.encode(codec))
    assert (document.text, document.encoding) == (text, codec)
    assert document.warnings == (f"read as {codec}, by where its zero bytes stand",)


@pytest.mark.parametrize(
    ("data", "text", "remark"),
    [
        (
            "café — café ".encode() + b"\xe9 x",
            "café — café \ufffd x",
            "1 broken character replaced by \ufffd (first at character 12)",
        ),
        (
            "naïve “\ufffd” été".encode() + b"\xff.",
            "naïve “\ufffd” été\ufffd.",
            "1 broken character replaced by \ufffd (first at character 13)",
        ),
        (
            b"\xff\xfe" + "ab".encode("utf-16-le") + b"\0\xd8" + "cd".encode("utf-16-le") + b"e",
            "ab\ufffdcd\ufffd",
            "2 broken characters replaced by \ufffd (first at character 2)",
        ),
        (
            "Text, text.".encode("utf-16-be") + b"\xdc\x00\0a",
            "Text, text.\ufffda",
            "1 broken character replaced by \ufffd (first at character 11)",
        ),
    ],
)
def test_broken_unicode_is_repaired_where_most_of_it_is_sound(
    data: bytes, text: str, remark: str, tmp_path: Path
) -> None:
    document = read(tmp_path, data)
    assert document.text == text
    assert document.warnings[-1] == remark


def test_as_many_broken_as_sound_is_a_code_page(tmp_path: Path) -> None:
    document = read(tmp_path, "le café ".encode() + b"caf\xe9 de la ville")
    assert document.encoding == "windows-1252" and "\ufffd" not in document.text


def test_a_mark_does_not_make_a_code_page_utf8(tmp_path: Path) -> None:
    document = read(tmp_path, b"\xef\xbb\xbfEl caf\xe9 espa\xf1ol")
    assert (document.text, document.encoding) == ("El café español", "windows-1252")


def test_utf8_needs_no_heavy_package(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from stance.reading import read_document; "
        f"read_document({str(tmp_path / 'a.txt')!r}); "
        "heavy = {'charset_normalizer', 'trafilatura', 'lxml', 'markdown_it', 'yaml', 'pyarrow'}; "
        "sys.exit(str(heavy & sys.modules.keys()) if heavy & sys.modules.keys() else 0)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b"", "is empty; "),
        (b"\xef\xbb\xbf", "holds only white space; "),
        (b" \n\t\xc2\xa0\r\n", "holds only white space; "),
        (b"text\0more", "is binary or damaged (byte 4 is zero), not a text; "),
        (b"abc\0d", "is binary or damaged (byte 3 is zero), "),
        (b"\0\0\0\0", "is binary or damaged (byte 0 is zero), "),
        (b"caf\xe9\0 and more", "is binary or damaged (byte 4 is zero), "),
        (b"\xff\xfea\0\0\0", "is binary or damaged (byte 4 is zero), "),
        (b"\xfe\xff\x01\0\0\x01\0\0", "is binary or damaged (byte 6 is zero), "),
        (b"%PDF-1.4 plain ASCII", "is a PDF, not a text; "),
        (b"{\\rtf1 hello}", "is an RTF document, not a text; "),
        (b"PK\x03\x04rest", "is a ZIP archive or an office document, not a text; "),
        (b"\xd0\xcf\x11\xe0rest", "is an old office document, not a text; "),
        (b"PAR1rest", "is a Parquet file, not a text; "),
        (bytes(range(1, 256)) * 8, "is no text in any known encoding; "),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, start: str, tmp_path: Path) -> None:
    line = refusal(tmp_path, data)
    assert line.startswith(start)
    assert line.split("; ")[1].startswith(("a document needs", "stance reads"))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert problem.MAX_BYTES == 20_000_000
    monkeypatch.setattr(problem, "MAX_BYTES", 1_000_000)
    assert read(tmp_path, b"a" * 1_000_000).text[-1] == "a"
    assert refusal(tmp_path, b"a" * 1_000_001).startswith("is larger than 1 MB, the most for one")


def test_a_large_file_is_refused_without_reading_all_of_it(tmp_path: Path) -> None:
    with (tmp_path / "it.txt").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(DocumentError, match="is larger than 20 MB"):
        read_document(tmp_path / "it.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_without_an_end_is_refused(end: str, tmp_path: Path) -> None:
    data = f"One.{end}Two.{end}".encode() + b"x" * 10_485_760
    assert refusal(tmp_path, data) == (
        "line 3 has 10,485,760 characters; a text has at most 1,000,000 in a line; "
        "break it into paragraphs"
    )
    assert read(tmp_path, f"{'x' * 1_000_000}{end}".encode() * 3)


def test_missing_folder_and_impossible_paths(tmp_path: Path) -> None:
    for path, line in [
        (str(tmp_path / "none.txt"), f"{tmp_path}/none.txt: there is no such file or folder; "),
        (str(tmp_path), f"{tmp_path}: is a folder; "),
        ("", "'': there is no such file or folder; "),
        ("a\0b", r"a\x00b: is no possible path; "),
        ("a" * 5000, "a" * 5000 + ": cannot be read (File name too long); "),
    ]:
        with pytest.raises(DocumentError) as caught:
            read_document(path)
        assert str(caught.value).startswith(line)


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> io.BytesIO:  # root may read everything, so the refusal is played
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", closed)
    with pytest.raises(DocumentError, match=r"^a\.txt: you may not read it; change its rights"):
        read_document("a.txt")


def test_ids_and_meta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "texts").mkdir()
    for name in ("one.txt", "texts/two.md", os.fsdecode(b"caf\xe9.txt")):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    meta = Meta(speaker="COR")
    found = list(read_all(["./one.txt", "-", "texts/", os.fsdecode(b"caf\xe9.txt")], meta))
    documents = [item for item in found if isinstance(item, Document)]
    assert [one.id for one in documents] == [
        "./one.txt",
        "stdin",
        "texts/two.md",
        "caf\\udce9.txt",
    ]
    assert {one.meta for one in documents} == {meta}
    assert read_document("one.txt").meta == Meta()


def test_failures_stand_in_their_place_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("C.")
    given = [tmp_path / name for name in ("a.txt", "none", "b.txt", "empty", "c.txt")]
    kinds = [type(item) for item in read_all(given)]
    assert kinds == [Document, DocumentError, DocumentError, DocumentError, Document]


def test_one_document_is_read_at_a_time(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Text.")
    stream = read_all([tmp_path])
    next(stream)
    (tmp_path / "b.txt").write_text("Later.")
    last = next(stream)
    assert isinstance(last, Document) and last.text == "Later."


def test_an_unknown_format_is_an_error_of_the_call() -> None:
    line = r"^'docx' is no format; it is one of text, markdown, html, jsonl, csv, parquet$"
    with pytest.raises(CallError, match=line):
        read_all(["a.txt"], format="docx")
    with pytest.raises(CallError, match=line):
        read_document("a.txt", format="docx")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a.tsv.gz"])
def test_a_table_is_not_one_document(name: str, tmp_path: Path) -> None:
    import gzip

    data = b"text\nOne.\n"
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    with pytest.raises(
        DocumentError, match=r"is a table of documents \(\w+\); read it with read_a"
    ):
        read_document(tmp_path / name)
