"""Markdown as a reader sees it, and what its front matter says."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import markdown, read_document
from stance.types import Document, Meta


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Head\nText *one*\nand __two__.", "Head\n\nText one and two."),
        ("Head\n====\n\nText.", "Head\n\nText."),
        ("a  \nb\\\nc<br>d", "a\nb\nc\nd"),
        ("[A link](http://x.y 'title') and ![an image](y.png).", "A link and an image."),
        ("<http://x.y> [ref][1] `code *x*` ~~old~~\n\n[1]: /u", "http://x.y ref code *x* old"),
        ("R&amp;D &copy; \\*stars\\* <b>bold</b>", "R&D © *stars* bold"),
        ("> One\n> two.\n>\n> > Three.", "One two.\n\nThree."),
        ("- one\n- two\n  more\n", "• one\n• two more"),
        ("- one\n\n  second\n\n- two\n", "• one\nsecond\n• two"),
        ("3. one\n4. two\n   - inner\n5. three\n", "3. one\n4. two\n• inner\n5. three"),
        ("1. a\n\nBetween.\n\n1. b", "1. a\n\nBetween.\n\n1. b"),
        ("- a\n\n* b", "• a\n\n• b"),
        ("> - one\n> - two\n\n- # Head", "• one\n• two\n\n• Head"),
        ("|A|B|\n|-|-|\n|*c*|d|\n||e|", "A | B\nc | d\n | e".replace("\n ", "\n")),
        ("a\n\n```\ncode\n```\n\n    more code\n\nb\n\n***\n", "a\n\nb"),
        ("a\n\n<!-- hidden -->\n\nb", "a\n\nb"),
        ("  spaced\t  out \n", "spaced out"),
        ("a\r\nb\r\n\r\nc", "a b\n\nc"),
        (">" * 40 + " deep", "deep"),
    ],
)
def test_the_text_is_what_a_reader_sees(source: str, text: str, tmp_path: Path) -> None:
    document = read(tmp_path, source)
    assert document.text == text
    assert (document.format, document.encoding, document.warnings) == ("markdown", "utf-8", ())


@pytest.mark.parametrize(
    ("source", "meta"),
    [
        ("# The *coast*\n\n# Other", Meta(title="The coast")),
        ("## Second\n\nFirst\n===", Meta(title="First")),
        ("No heading.", Meta()),
        (
            '---\ntitle: "A: b"\ndate: 2021-03-04\nlang: en-GB\noutlet: Daily\n---\n# Head',
            Meta(title="A: b", date="2021-03-04", outlet="Daily", language="en"),
        ),
        ("---\nTitle: 007\nsource: S\npublisher: P\n---\nText.", Meta(title="007", outlet="S")),
        (
            "---\ntitle: null\npublisher: P\nlanguage: French\n---\n# H",
            Meta("H", None, "P", None, "French"),
        ),
        ("---\ntitle: [a, b]\ndate: ''\n---\n# H", Meta(title="H")),
        ('---\ntitle: "a \\ud800 b"\n---\nText.', Meta(title="a \ufffd b")),
        ("---\n---\nText.", Meta()),
    ],
)
def test_what_the_file_says_of_itself(source: str, meta: Meta, tmp_path: Path) -> None:
    document = read(tmp_path, source)
    assert document.meta == meta
    assert document.warnings == ()
    assert "---" not in document.text and "title" not in document.text


@pytest.mark.parametrize(
    ("block", "remark"),
    [
        ("title: [a", "front matter left out: it is not valid YAML"),
        ("a: b: c", "front matter left out: it is not valid YAML"),
        ("[" * 3000, "front matter left out: it is not valid YAML"),
        ("a: *nothing", "front matter left out: it is not valid YAML"),
        ("- a\n- b", "front matter left out: it is not a list of keys and values"),
        ("a: " + "x" * 64_000, "front matter left out: it is longer than 64,000 characters"),
    ],
)
def test_bad_front_matter_is_a_remark(block: str, remark: str, tmp_path: Path) -> None:
    document = read(tmp_path, f"---\n{block}\n---\n# Head")
    assert document.warnings == (remark,)
    assert (document.text, document.meta.title) == ("Head", "Head")


def test_a_bomb_of_aliases_is_harmless(tmp_path: Path) -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 30)]
    block = "\n".join(["l0: &l0 boom", *levels, "title: T", "outlet: *l29"])
    assert read(tmp_path, f"---\n{block}\n---\nText.").meta == Meta(title="T")


def test_no_class_is_built_from_front_matter(tmp_path: Path) -> None:
    block = "title: T\nx: !!python/object/apply:os.abort []"
    assert read(tmp_path, f"---\n{block}\n---\nText.").meta == Meta(title="T")


def test_raw_html_that_is_left_out_is_said(tmp_path: Path) -> None:
    document = read(tmp_path, "One.\n\n<div>\nTwo.\n</div>\n\n<p>Three.</p>\n\n<hr>\n")
    assert document.text == "One."
    assert document.warnings == ("2 blocks of raw HTML left out",)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("", "is empty; a document needs some text"),
        (" \n", "holds only white space; a document needs some text"),
        ("```\nx\n```", "holds no text outside of code and HTML; save it as .txt to read all"),
        ("x" * 1_000_001, "line 1 has 1,000,001 characters; "),
        ("a\0b", "is binary or damaged (byte 1 is zero)"),
    ],
)
def test_refusals(source: str, line: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, source)
    assert str(caught.value).startswith(f"{tmp_path}/a.md: {line}")


def test_a_paragraph_made_to_be_slow_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "_MAX_BRACKETS", 50)
    assert read(tmp_path, "[" * 50 + "\n\n" + "[" * 50).text == "[" * 50 + "\n\n" + "[" * 50
    with pytest.raises(DocumentError, match="a paragraph holds more than 50 opening brackets; "):
        read(tmp_path, "[" * 51)


def test_encodings_are_those_of_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("# Café\n\n“Yes”".encode("cp1252"))
    document = read_document(path)
    assert (document.text, document.encoding) == ("Café\n\n“Yes”", "windows-1252")
    assert document.warnings == ("read as windows-1252, not UTF-8",)
