"""Bytes to text: every encoding that is allowed, every refusal, and not a character changed."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import read_all, read_document
from stance.reading import text as module
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
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_unicode_with_or_without_a_mark(codec: str, tmp_path: Path) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    data = marks.get(codec, b"") + TEXT.encode(codec)
    document = read(tmp_path, data)
    assert document.text == TEXT
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_the_text_is_never_edited(tmp_path: Path) -> None:
    text = " \t\ufeffa\r\nb\rc\n\n\u2028e\u0301 é\x0c\x1a\u202e \n"
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
        ("Министр заявил, что страна поддерживает переговоры под эгидой организации.", "cp1251"),
        ("Министр заявил, что страна поддерживает переговоры под эгидой организации.", "koi8_r"),
        ("قال وزير الخارجية إن بلاده تدعم خطة السلام تحت رعاية الأمم المتحدة.", "cp1256"),
        ("日本の外務大臣は、国連主導の政治プロセスを支持すると述べた。", "shift_jis"),
    ],
)
def test_older_encodings_are_recognised(text: str, codec: str, tmp_path: Path) -> None:
    assert read(tmp_path, text.encode(codec)).text == text


def test_utf8_needs_no_detector(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from stance.reading.text import read_document; "
        f"read_document({str(tmp_path / 'a.txt')!r}); "
        "sys.exit('charset_normalizer' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b"", "is empty; "),
        (b"\xef\xbb\xbf", "holds only white space; "),
        (b" \n\t\xc2\xa0\r\n", "holds only white space; "),
        (b"text\0more", "is binary (it holds zero bytes), not a text; "),
        (TEXT.encode("utf-16-le"), "is binary"),
        (b"\xff\xfea\0\0\0", "is no text in any known encoding; "),
        (b"\xff\xfea\0b", "begins as UTF-16 but byte 4 does not fit; "),
        (b"\xef\xbb\xbfcaf\xe9", "begins as UTF-8 but byte "),
        (b"%PDF-1.4 plain ASCII", "is a PDF, not a text; "),
        (b"{\\rtf1 hello}", "is an RTF document, not a text; "),
        (b"PK\x03\x04rest", "is a ZIP archive or an office document, not a text; "),
        (bytes(range(1, 256)) * 8, "is no text in any known encoding; "),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, start: str, tmp_path: Path) -> None:
    line = refusal(tmp_path, data)
    assert line.startswith(start)
    assert line.split("; ")[1].startswith(("a document needs", "stance reads", "save it again"))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.MAX_BYTES == 20_000_000
    monkeypatch.setattr(module, "MAX_BYTES", 2_000_000)
    assert read(tmp_path, b"a" * 2_000_000).text[-1] == "a"
    assert refusal(tmp_path, b"a" * 2_000_001).startswith("is larger than 2 MB, the most for one")


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
    assert all(isinstance(item, Document) for item in found)
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
