"""Which column plays which role."""

from __future__ import annotations

import pytest

from stance.errors import CallError
from stance.reading import Columns
from stance.reading.problem import Problem


def test_parse() -> None:
    assert Columns.parse([]) == Columns(text="text")
    assert Columns.parse(["text = body", "date=published on", "id=a=b"]) == Columns(
        text="body", date="published on", id="a=b"
    )


@pytest.mark.parametrize(
    ("items", "line"),
    [
        (
            ["body"],
            "column 'body' is not ROLE=NAME, such as text=body; a role is one of text, id, ",
        ),
        (["text="], "column 'text=' is not ROLE=NAME"),
        (["author=a"], "column 'author=a' is not ROLE=NAME"),
        (["=a\x1b"], r"column '=a\x1b' is not ROLE=NAME"),
        (["text=a", "text=b"], "the column of text is given twice: 'text=b'; give it once"),
    ],
)
def test_parse_errors_are_one_line(items: list[str], line: str) -> None:
    with pytest.raises(CallError) as caught:
        Columns.parse(items)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("columns", "present", "used"),
    [
        (Columns(), ["text", "x"], {"text": "text"}),
        (Columns(), ["date", "text"], {"text": "text", "date": "date"}),
        (Columns(date="day"), ["date", "text", "day"], {"text": "text", "date": "day"}),
        # A column that plays a role it was given does not play its own as well.
        (Columns(text="title"), ["title", "id"], {"text": "title", "id": "id"}),
        (Columns(), ["text", "x", "x"], {"text": "text"}),
    ],
)
def test_among(columns: Columns, present: list[str], used: dict[str, str]) -> None:
    assert columns.among(present) == used


@pytest.mark.parametrize(
    ("columns", "present", "line"),
    [
        (
            Columns(),
            ["body", "day"],
            "there is no column 'text' for the text; there are 'body', 'day'; choose with text=",
        ),
        (Columns(date="day"), ["text"], "there is no column 'day' for the date; there are 'text'"),
        (Columns(), ["text", "a", "text"], "the column 'text' for the text is there twice; "),
        (Columns(), ["text", "id", "id"], "the column 'id' for the id is there twice; rename one"),
        (Columns(), [], "there is no column 'text' for the text; there are none; "),
    ],
)
def test_what_is_missing_or_twice(columns: Columns, present: list[str], line: str) -> None:
    with pytest.raises(Problem) as caught:
        columns.among(present)
    assert str(caught.value).startswith(line)


def test_many_columns_are_not_all_listed() -> None:
    with pytest.raises(Problem) as caught:
        Columns().among([f"column\n{i} " * 10 for i in range(1000)])
    assert len(str(caught.value)) < 260 and "…" in str(caught.value)
    assert "\n" not in str(caught.value)
