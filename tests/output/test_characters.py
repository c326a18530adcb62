"""Text and offsets for other programs."""

from __future__ import annotations

import pytest

from stance.output.characters import (
    CELL,
    code_points,
    original,
    plain,
    spreadsheet,
    utf16,
    well_formed,
    xml,
)

RUN = [
    '=HYPERLINK("http://evil","x")',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\nplain",
    "'\nplain",
    "  =1",
    "\n\n =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\x00=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '"=1"',
    "'=1",
    "''=1",
    "“=1”",
    "«-1»",
]


@pytest.mark.parametrize("text", RUN)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = spreadsheet(text)
    assert cell == "'" + plain(text)
    assert original(cell) == plain(text)


@pytest.mark.parametrize(
    "text", ["", "'quoted'", "Côte d’Ivoire", '"We agree"', "a=b", "1", "…", "'"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert spreadsheet(text) == text
    assert original(spreadsheet(text)) == text


def test_a_cell_is_cut_where_excel_would_tear_it() -> None:
    assert spreadsheet("a" * CELL) == "a" * CELL
    assert spreadsheet("a" * (CELL + 1)) == "a" * (CELL - 1) + "…"
    wide = spreadsheet("😀" * CELL)
    assert len(wide.encode("utf-16-le")) // 2 <= CELL
    assert len(wide) > CELL // 2 - 2
    assert len(spreadsheet("=" + "a" * CELL)) == CELL


def test_what_cannot_be_written_keeps_its_place() -> None:
    text = "a\x00b\x1bc\ud800d\te\nf"
    assert plain(text) == "a\ufffdb\ufffdc\ufffdd\te\nf"
    assert well_formed(text) == "a\x00b\x1bc\ufffdd\te\nf"


def test_xml_holds_what_it_can_on_one_line() -> None:
    assert xml("a\x0bb\ufffe c\n d 😀<&>") == "a\ufffdb\ufffd c d 😀<&>"


def test_offsets_as_java_counts() -> None:
    text = "a😀b😀\r\nc\n\rd"
    place = utf16(text)
    for offset in range(len(text) + 1):
        assert place(offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert code_points(text)(place(offset)) == offset


def test_offsets_where_lines_end_in_one_character() -> None:
    text = "a😀b\r\n\r\nc\r\n😀d"
    joined = text.replace("\r\n", "\n")
    place = utf16(text, one_line_end=True)
    for word in "abcd":
        assert place(text.index(word)) == len(joined[: joined.index(word)].encode("utf-16-le")) // 2
