"""The event list of the Discourse Network Analyzer, held against its description."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from stance.desk.exports import write_export
from stance.errors import CallError

from .export_factory import SOVEREIGNTY, UN, record, said, saved

HEADER = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";'
    '"stop_position";"text";"coder";"document_id";"document_title";"document_author";'
    '"document_source";"document_section";"document_type"'
)
QUOTED = r'"([^";]*)"'
NUMBER = r"(\d+)"
STATEMENT = re.compile(
    ";".join(
        [
            NUMBER,
            r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|)",
            QUOTED,
            QUOTED,
            QUOTED,
            "([01])",
            NUMBER,
            NUMBER,
            QUOTED,
            NUMBER,
            NUMBER,
            *[QUOTED] * 5,
        ]
    )
)
NAMES = [name.strip('"') for name in HEADER.split(";")]


def parsed(path: Path) -> list[dict[str, str]]:
    """The statements of a file, by a grammar that allows nothing but what DNA writes."""
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff") and not text.endswith("\n")
    header, _, rest = text.partition("\n")
    assert header == HEADER
    found, at = [], 0
    while at < len(rest):
        match = STATEMENT.match(rest, at)
        assert match, rest[at : at + 200]
        found.append(dict(zip(NAMES, match.groups(), strict=True)))
        at = match.end()
        assert at == len(rest) or rest[at] == "\n"
        at += 1
    for one in found:
        if one["time"]:
            datetime.datetime.strptime(one["time"], "%Y-%m-%d %H:%M:%S")
    return found


def exported(folder: Path, *records: dict[str, Any], texts: tuple[str, ...] = ()) -> Any:
    out = folder / "events.csv"
    count = write_export(saved(folder, *records), out, "dna", texts=texts)
    found = parsed(out)
    assert [one["statement_id"] for one in found] == [str(i + 1) for i in range(count)]
    return found


TEXT = '😀 Ana Sol;\r\nof Rabat: "We back\r\nthe plan; 😀 now", she said, "and the UN".'


def test_every_field_of_a_statement(tmp_path: Path) -> None:
    claim = said(
        "MAR",
        "We back\r\nthe plan; 😀 now",
        "and the UN",
        takes={SOVEREIGNTY: 0.9},
        rejects={UN: 0.8},
        links=[("Ana Sol", 'Ana "A" Sol', "MAR")],
    )
    about = {"title": "A; B", "date": "2024-05-06", "outlet": '"Post"', "speaker": "MAR"}
    first, second = exported(tmp_path, record(TEXT, claim, **about))
    words = TEXT[TEXT.index("We back") : TEXT.index('".')]
    assert first == {
        "statement_id": "1",
        "time": "2024-05-06 00:00:00",
        "person": "Ana 'A' Sol",
        "organization": "Morocco",
        "concept": SOVEREIGNTY,
        "agreement": "1",
        "start_position": first["start_position"],
        "stop_position": first["stop_position"],
        "text": words.replace(";", ",").replace('"', "'"),
        "coder": "1",
        "document_id": "1",
        "document_title": "A, B",
        "document_author": "MAR",
        "document_source": "'Post'",
        "document_section": "",
        "document_type": "",
    }
    # As a Java program that has read the file by lines finds the statement in its string.
    java = TEXT.replace("\r\n", "\n").encode("utf-16-le")
    start, stop = 2 * int(first["start_position"]), 2 * int(first["stop_position"])
    assert java[start:stop].decode("utf-16-le") == words.replace("\r\n", "\n")
    assert (second["concept"], second["agreement"]) == (UN, "0")


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("1979", "1979-01-01 00:00:00"),
        ("0979-03", "0979-03-01 00:00:00"),
        ("2024-02-29T08:30:05+01:00", "2024-02-29 08:30:05"),
        ("2024-02-30", ""),
        ("0000", ""),
        ("May 2024", ""),
        (None, ""),
    ],
)
def test_times(tmp_path: Path, date: str | None, time: str) -> None:
    claim = said("KAZ", "back", takes={UN: 0.9})
    (one,) = exported(tmp_path, record(TEXT, claim, date=date))
    assert one["time"] == time


def test_persons_and_organizations(tmp_path: Path) -> None:
    records = [
        record(TEXT, said("person:Ana Sol", "back", takes={UN: 0.9}), id="1.txt"),
        record(
            TEXT,
            said(
                "KAZ", "back", takes={UN: 0.9}, links=[("We", None, "KAZ"), ("Ana", "Ana", "MAR")]
            ),
            id="2.txt",
        ),
        record(TEXT, said("KAZ", "back"), actors=["DZA"]),
    ]
    one, other = exported(tmp_path, *records)
    assert (one["person"], one["organization"], one["document_id"]) == ("Ana Sol", "", "1")
    assert (other["person"], other["organization"], other["document_id"]) == ("", "Kazakhstan", "2")
    assert other["document_title"] == "2.txt"


def test_hostile_text_stays_in_its_field(tmp_path: Path) -> None:
    names = {"KAZ": ('=1";"\n<script>\x00', "state")}
    (one,) = exported(tmp_path, record(TEXT, said("KAZ", "back", takes={UN: 1}), names=names))
    assert one["organization"] == "'=1','\n<script>\ufffd"


def test_texts_come_from_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    claim = said("KAZ", "back", takes={UN: 0.9})
    bare = record(TEXT, claim, with_text=False)
    with pytest.raises(CallError, match="--texts"):
        exported(tmp_path, bare)
    (one,) = exported(tmp_path, bare, texts=(str(path),))
    assert one["text"] == "back"
