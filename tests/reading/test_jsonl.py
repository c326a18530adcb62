"""JSON Lines: each line a document or an error of its own."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import Columns, problem, read_all
from stance.types import Document, Meta

LINE = b'{"text": "One."}\n'


def read(
    tmp_path: Path, data: bytes, columns: Columns | None = None, meta: Meta | None = None
) -> list[Document | DocumentError]:
    name = "a.jsonl.gz" if data.startswith(b"\x1f\x8b") else "a.jsonl"
    (tmp_path / name).write_bytes(data)
    return list(read_all([tmp_path / name], meta, columns=columns))


def said(tmp_path: Path, found: list[Document | DocumentError]) -> list[str]:
    """Texts and errors, those without the path."""
    for item in found:
        assert isinstance(item, Document) or "\n" not in str(item)
    return [
        item.text if isinstance(item, Document) else str(item).removeprefix(f"{tmp_path}/a.jsonl")
        for item in found
    ]


def test_a_document_for_each_line(tmp_path: Path) -> None:
    data = (
        '{"text": " One. ", "id": "x", "title": " T ", "date": "2021-03-04", "outlet": "",'
        ' "speaker": "COR", "language": "en-GB", "other": [1]}\n'
        '\n  \r\n{"id": 7, "title": 1.5, "date": null, "outlet": NaN, "text": "Two é."}\r\n'
        '{"text": "Three."}'
    ).encode()
    one, two, three = read(tmp_path, data)
    assert isinstance(one, Document) and isinstance(two, Document) and isinstance(three, Document)
    assert (one.id, one.text) == ("x", " One. ")
    assert one.meta == Meta("T", "2021-03-04", None, "COR", "en")
    assert (one.format, one.encoding, one.warnings) == ("jsonl", "utf-8", ())
    assert one.sha256 == hashlib.sha256(b" One. ").hexdigest()
    assert (two.id, two.meta) == ("7", Meta(title="1.5"))
    assert three.id == f"{tmp_path}/a.jsonl:5"


def test_keys_of_another_name_and_values_of_the_caller(tmp_path: Path) -> None:
    data = b'{"body": "One.", "text": "no", "published": "2020", "speaker": "COR", "title": "T"}'
    columns = Columns.parse(["text=body", "date=published"])
    (one,) = read(tmp_path, data, columns, Meta(speaker="NOR"))
    assert isinstance(one, Document) and one.text == "One."
    assert one.meta == Meta(title="T", date="2020", speaker="NOR")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b'{"text": null}', ": its text is null; a document needs some text"),
        (b'{"text": 3}', ": its text is a number; a document needs some text"),
        (b'{"text": true}', ": its text is true or false; a document needs some text"),
        (b'{"text": ["a"]}', ": its text is a list; a document needs some text"),
        (b'{"text": {}}', ": its text is an object; a document needs some text"),
        (b'{"text": ""}', ": its text is empty; a document needs some text"),
        (b'{"text": " \\n"}', ": holds only white space; a document needs some text"),
        (b'{"text": "a\\u0000b"}', ": its text holds a zero character (character 1); remove it"),
        (
            b'{"body": "a"}',
            ": there is no column 'text' for the text; there are 'body'; choose with text=NAME",
        ),
        (b"[1]", ': holds no JSON object; each line must be one, such as {"text": "…"}'),
        (b'"text"', ': holds no JSON object; each line must be one, such as {"text": "…"}'),
        (b"NaN", ': holds no JSON object; each line must be one, such as {"text": "…"}'),
        (
            b'{"text": "a',
            ': is not JSON at character 9 (\'{"text": "a\'); each line must be one whole object',
        ),
        (
            b"Plain text\x1b of some length here",
            ": is not JSON at character 0 ('Plain text\\x1b of so…'); "
            "each line must be one whole object",
        ),
        (b'{"text": "a"} {"text": "b"}', ": is not JSON at character 14 ("),
        (b"[" * 200_000, ": nests too deeply or holds a number too long; simplify it"),
        (b"1" * 5_000, ": nests too deeply or holds a number too long; simplify it"),
        (b"\0" * 100, ": is not JSON at character 0 ("),
        (
            b'{"text": "' + b"x" * 1_000_001 + b'"}',
            ": line 1 has 1,000,001 characters; a text has at most 1,000,000 in a line; "
            "break it into paragraphs",
        ),
    ],
)
def test_a_bad_line_is_an_error_of_its_own(line: bytes, error: str, tmp_path: Path) -> None:
    first, second, third = said(tmp_path, read(tmp_path, LINE + line + b"\n" + LINE))
    assert (first, third) == ("One.", "One.")
    assert second.startswith(":2" + error)
    assert len(second) < 250


def test_a_named_key_must_be_in_each_line(tmp_path: Path) -> None:
    data = b'{"text": "One.", "day": "1"}\n{"text": "Two."}\n'
    found = said(tmp_path, read(tmp_path, data, Columns(date="day")))
    assert found[0] == "One."
    assert found[1].startswith(":2: there is no column 'day' for the date; there are 'text'; ")


def test_a_value_that_is_no_scalar_is_left_out_and_said(tmp_path: Path) -> None:
    (one,) = read(tmp_path, b'{"text": "One.", "title": ["T"], "id": {"x": 1}, "date": 2021}')
    assert isinstance(one, Document) and one.id.endswith(":1")
    assert one.meta == Meta(date="2021")
    assert one.warnings == (
        "its id is an object and is left out",
        "its title is a list and is left out",
    )


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    data = b'{"text": "a \\ud834\\udd1e \\ud800 \\udc00", "title": "x\\ud800"}'
    (one,) = read(tmp_path, data)
    assert isinstance(one, Document) and one.text == "a 𝄞 \ufffd \ufffd"
    assert one.meta.title == "x\ufffd"
    assert one.warnings == ("2 broken characters replaced by \ufffd (first at character 4)",)


@pytest.mark.parametrize(
    ("codec", "mark", "name", "remark"),
    [
        ("utf-8", b"\xef\xbb\xbf", "utf-8", None),
        ("utf-16-le", b"\xff\xfe", "utf-16", None),
        ("utf-16-be", b"\xfe\xff", "utf-16", None),
        ("utf-32-le", b"\xff\xfe\0\0", "utf-32", None),
        ("utf-16-le", b"", "utf-16-le", "read as utf-16-le, by where its zero bytes stand"),
        ("cp1252", b"", "windows-1252", "read as windows-1252, not UTF-8"),
    ],
)
def test_encodings(codec: str, mark: bytes, name: str, remark: str | None, tmp_path: Path) -> None:
    # Half of one character and half of the next look like a line end.
    texts = ["The café of “Corvia”.", "Two.", "Three é."]
    texts += ["\u0a0d\u0100\u0a0d \u0a0a"] if codec.startswith("utf") else []
    lines = "\r\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    found = read(tmp_path, mark + lines.encode(codec))
    assert [one.text for one in found if isinstance(one, Document)] == texts
    assert {one.encoding for one in found if isinstance(one, Document)} == {name}
    warnings = [one.warnings for one in found if isinstance(one, Document)]
    assert warnings == [(remark,) if remark else (), *[()] * (len(texts) - 1)]


def test_broken_bytes_harm_their_own_line_only(tmp_path: Path) -> None:
    lines = ['{"text": "é é é"}', '{"text": "a\udcff\udcfeb"}', '{"text": "\ufffd"}']
    data = "\n".join(lines).encode("utf-8", "surrogateescape")
    one, two, three = read(tmp_path, data)
    assert isinstance(one, Document) and isinstance(two, Document) and isinstance(three, Document)
    assert (two.text, one.warnings, three.warnings) == ("a\ufffd\ufffdb", (), ())
    assert two.warnings == ("2 broken characters in this row replaced by \ufffd",)


def test_a_line_over_the_limit_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problem, "MAX_BYTES", 2_000_000)
    long = b'{"text": "' + b"x \\n" * 1_000_000 + b'"}'
    found = said(tmp_path, read(tmp_path, LINE + long + b"\n" + LINE + long))
    error = ": the line is longer than 2 MB, the most for one"
    assert found == ["One.", ":2" + error, "One.", ":4" + error]


def test_what_stands_before_a_damage_is_read(tmp_path: Path) -> None:
    found = said(tmp_path, read(tmp_path, gzip.compress(LINE * 3)[:-6]))
    assert found == [
        "One.",
        "One.",
        "One.",
        ".gz: after line 3: its gzip data is cut off or damaged; get the file again",
    ]
    lines = [json.dumps({"text": hashlib.sha256(b"%d" % i).hexdigest()}) for i in range(9_000)]
    packed = gzip.compress("\n".join(lines).encode())
    found = said(tmp_path, read(tmp_path, packed[: len(packed) // 2]))
    assert 3_000 < len(found) < 6_000
    assert {len(text) for text in found[:-1]} == {64}  # the line that is cut is no document
    assert found[-1].startswith(f".gz: after line {len(found) - 1:,}: its gzip data is ")


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_lines(data: bytes, tmp_path: Path) -> None:
    assert said(tmp_path, read(tmp_path, data)) == [
        ": there are no rows; a table needs at least one with a text"
    ]


def test_a_file_of_another_kind_is_given_up(tmp_path: Path) -> None:
    found = said(tmp_path, read(tmp_path, b"Not JSON at all.\n" * 1000))
    assert len(found) == 101
    assert found[-1] == (": each of the first 100 rows fails, the rest is not read; is it jsonl?")
    assert len(read(tmp_path, LINE + b"Not JSON.\n" * 1000)) == 1001
    assert said(tmp_path, read(tmp_path, b"%PDF-1.4\n"))[0].startswith(": is a PDF, not a text; ")
