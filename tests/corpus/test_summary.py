"""The summary of a corpus: who took which side how often, when, and where to doubt it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stance.corpus.groups import sketch
from stance.corpus.results import Item, Results
from stance.corpus.show import write
from stance.corpus.summary import Summary, summarise
from stance.corpus.timeline import draw
from stance.errors import CallError
from stance.issues import label_shorts
from stance.measure.intervals import wilson

from .fakes import results

NAMES = {"KEN": "Kenya", "PER": "Peru", "TGO": "Togo"}
Record = dict[str, Any]


def actor(id: str, sure: float = 0.0, against: float = 0.0, *, unsure: bool = False) -> Record:
    """An actor with its scores for the label `harbour`."""
    return {
        "id": id,
        "name": NAMES[id],
        "scores": {"harbour": sure, "bridge": 0.1},
        "opposes": {"harbour": against, "bridge": 0.0},
        "labels": ["harbour"] if sure >= 0.5 else ["neutral"],
        "opposed": ["harbour"] if against >= 0.5 else [],
        "uncertain": unsure,
    }


def claim(holder: str, text: str, sure: float = 0.0, against: float = 0.0) -> Record:
    spans = [{"text": part} for part in text.split("|")]
    return {
        "holder": holder,
        "scores": {"harbour": sure},
        "opposes": {"harbour": against},
        "content": spans,
    }


def record(date: str | None, *actors: Record, claims: tuple[Record, ...] = ()) -> Record:
    return {"document": {"date": date}, "actors": actors, "claims": claims}


def folder(path: Path, *records: Record | None, texts: dict[int, str] | None = None) -> Results:
    """Results of documents `0`, `1` …, three in a part; None is one without any term."""
    one = results(path)
    told = {at: f"Text {at} on the harbour, and {at} words more." for at in range(len(records))}
    told |= texts or {}
    for number in range(0, len(records), 3):
        part = list(enumerate(records))[number : number + 3]
        items = [Item(str(at), "1", sketch=sketch(told[at]) if it else "") for at, it in part]
        lines = []
        for at, found in part:
            found = found or record(None)
            found["document"]["id"] = str(at)
            lines.append(json.dumps(found))
        one.write(number // 3, items, lines)
    return one


@pytest.fixture
def made(tmp_path: Path) -> Results:
    """Seven documents: Kenya turns round in 2003, Peru once says what it never says."""
    return folder(
        tmp_path,
        record("1994-05-01", actor("KEN", 0.9), actor("PER", 0.8)),
        None,
        record("1998", actor("KEN", 0.7), actor("PER", 0.0, 0.6), actor("TGO")),
        record("2003-01-01", actor("KEN", 0.0, 0.8)),
        record(None, actor("PER", 0.9), actor("KEN", 0.2)),
        record("2005", actor("PER", 0.7), claims=(
            claim("PER", "the  old\nquay|and the harbour", 0.7), claim("PER", "a boat", 0.3),
            claim("KEN", "the harbour", 0.9),
        )),
        record("2005-07", actor("TGO", 0.6, unsure=True)),
    )  # fmt: skip


def test_documents_are_counted(made: Results) -> None:
    found = summarise(made)
    assert (found.issue, found.documents, found.about, found.duplicates) == ("harbour", 7, 6, 0)


def test_each_side_of_an_actor_is_a_row_the_most_first(made: Results) -> None:
    rows = summarise(made).rows
    told = [(one.actor, one.side, one.documents, one.of, one.first, one.last) for one in rows]
    assert told == [
        ("PER", "supports", 3, 4, 1994, 2005),
        ("KEN", "supports", 2, 4, 1994, 1998),
        ("PER", "opposes", 1, 4, 1998, 1998),
        ("KEN", "opposes", 1, 4, 2003, 2003),
        ("TGO", "supports", 1, 2, 2005, 2005),
    ]
    assert rows[0].name == "Peru" and rows[0].label == "harbour"
    assert rows[0].probability == pytest.approx(0.8)


def test_a_side_without_a_date_has_no_years(tmp_path: Path) -> None:
    for at, date in enumerate((None, "", "May 2024")):
        found = summarise(folder(tmp_path / str(at), record(date, actor("KEN", 0.9))))
        (row,) = found.rows
        assert (row.first, row.last, found.periods) == (None, None, ())


def test_sides_are_counted_over_time(made: Results) -> None:
    decades = summarise(made).periods
    told = [(one.start, one.side, one.documents, one.of, one.actors) for one in decades]
    assert told == [
        (1990, "opposes", 1, 2, 1),
        (1990, "supports", 2, 2, 2),
        (2000, "opposes", 1, 3, 1),
        (2000, "supports", 2, 3, 2),
    ]
    years = summarise(made, by="year")
    assert years.step == 1
    told = [(one.start, one.side, one.documents, one.of, one.actors) for one in years.periods]
    assert told == [
        (1994, "supports", 1, 1, 2),
        (1998, "opposes", 1, 1, 1),
        (1998, "supports", 1, 1, 1),
        (2003, "opposes", 1, 1, 1),
        (2005, "supports", 2, 2, 2),
    ]


def test_who_changes_sides_is_told_with_both_passages(made: Results) -> None:
    (change,) = summarise(made).changes
    assert (change.actor, change.label) == ("KEN", "harbour")
    assert (change.before.side, change.before.document) == ("supports", "0")  # at its surest
    assert (change.after.side, change.after.document) == ("opposes", "3")


@pytest.mark.parametrize(
    ("steps", "changed"),
    [
        ([("1990", 1), ("2000", -1)], True),
        ([("1990", -1), ("2000", 1)], True),
        ([("2000", -1), ("1990", 1)], True),
        ([("1990", 1), ("1990", -1)], False),
        ([("1990", 1), ("2000", -1), ("2010", 1)], False),
        ([("1990", 1), ("2000", 1)], False),
        ([("1990", 1), (None, -1)], False),
    ],
)
def test_a_change_is_one_side_and_later_the_other(
    steps: list[tuple[str | None, int]], changed: bool, tmp_path: Path
) -> None:
    records = [record(date, actor("KEN", 0.9 * (way > 0), 0.9 * (way < 0))) for date, way in steps]
    assert bool(summarise(folder(tmp_path, *records)).changes) == changed


def test_an_uncertain_side_is_no_change(tmp_path: Path) -> None:
    records = record("1990", actor("KEN", 0.9)), record("2000", actor("KEN", 0, 0.6, unsure=True))
    assert summarise(folder(tmp_path, *records)).changes == ()


def test_what_contradicts_the_rest_is_doubted_first_then_what_is_least_sure(made: Results) -> None:
    told = [(one.document, one.actor, one.side) for one in summarise(made).doubtful]
    assert told == [
        ("2", "PER", "opposes"),
        ("3", "KEN", "opposes"),
        ("2", "KEN", "supports"),
        ("0", "KEN", "supports"),
        ("5", "PER", "supports"),
    ]


def test_the_passage_is_that_of_the_surest_claim_of_the_actor(made: Results) -> None:
    texts = {(one.document, one.actor): one.text for one in summarise(made).doubtful}
    assert texts["5", "PER"] == "the old quay … and the harbour"
    assert texts["3", "KEN"] == ""


def test_both_sides_in_one_document_are_both_counted(tmp_path: Path) -> None:
    found = summarise(folder(tmp_path, record("1990", actor("KEN", 0.9, 0.8))))
    assert {one.side: one.documents for one in found.rows} == {"supports": 1, "opposes": 1}


def test_copies_of_a_story_are_counted_once_on_demand(tmp_path: Path) -> None:
    copy = "The envoy opened the old harbour of the north, and the boats came in with the fish."
    one = folder(
        tmp_path,
        *(record(str(1990 + at), actor("KEN", 0.9)) for at in range(4)),
        texts={0: copy, 2: copy.upper(), 3: copy},
    )
    whole, once = summarise(one), summarise(one, each_story_once=True)
    assert (whole.documents, whole.about, whole.duplicates) == (4, 4, 0)
    assert (once.documents, once.about, once.duplicates) == (2, 2, 2)
    assert (once.rows[0].documents, once.rows[0].of, once.rows[0].last) == (2, 2, 1991)
    assert "2 documents, 2 of them with words of the issue, 2 copies left out" in shown(once)


def test_a_folder_without_results_or_another_period_is_refused(
    made: Results, tmp_path: Path
) -> None:
    with pytest.raises(CallError, match="holds no results; stance run writes them"):
        summarise(Results(tmp_path / "nowhere"))
    with pytest.raises(CallError, match="--by month: allowed is year, decade"):
        summarise(made, by="month")


def shown(summary: Summary, format: str = "table", least: int = 1) -> str:
    stream = io.StringIO()
    write(summary, stream, format=format, least=least)
    return stream.getvalue()


def test_the_table_says_all_of_it(made: Results) -> None:
    told = shown(summarise(made))
    head, actors, periods, changes, doubts = told.rstrip("\n").split("\n\n")
    assert head == "harbour: 7 documents, 6 of them with words of the issue"
    assert actors.splitlines()[:2] == [
        "Actor  Side              Documents  of  Mean prob.      Years",
        "Peru   supports harbour          3   4        0.80  1994-2005",
    ]
    low, high = wilson(2, 3)
    assert f"0.67 ({low:.2f}-{high:.2f})" in periods and "(0.21-0.94)" in periods
    assert changes.splitlines()[:2] == [
        "Changed sides (probabilities of 0.7 or more)",
        "  KEN, harbour: supports until 1994, opposes from 2003",
    ]
    assert doubts.splitlines()[1] == "    2: PER opposes harbour 0.60: «»"


def test_the_table_is_short_where_there_is_little_to_say(tmp_path: Path) -> None:
    told = shown(summarise(folder(tmp_path, record(None, actor("KEN")))))
    assert told == (
        "harbour: 1 documents, 1 of them with words of the issue\n\n"
        "Actor  Side  Documents  of  Mean prob.  Years\n"
    )


def test_labels_are_named_as_in_the_table_of_an_article(tmp_path: Path) -> None:
    one = folder(tmp_path, record("1990", actor("KEN", 0.9)))
    assert summarise(one).shorts == {"harbour": "harbour"}
    path = tmp_path / "harbour.toml"
    path.write_text(
        'id = "harbour"\ntitle = "It"\nterms = ["harbour"]\n[[label]]\nid = "harbour"\n'
        'short = "the Harbour"\nsupports = ["{actor} supports it."]\n'
        'opposes = ["{actor} rejects it."]\n',
        encoding="utf-8",
    )
    assert label_shorts("harbour", str(path), ["harbour", "supports_more_boats"]) == {
        "harbour": "the Harbour", "supports_more_boats": "more boats",
    }  # fmt: skip
    assert label_shorts("other", str(path), ["supports_x"]) == {"supports_x": "x"}
    assert label_shorts("western_sahara", "gone.toml")["supports_un_process"] == "UN process"
    known = replace(summarise(one), shorts={"harbour": "the Harbour"})
    assert shown(known).count("supports the Harbour") == 3


def test_rare_sides_are_counted_but_not_shown(made: Results) -> None:
    found = summarise(made)
    told = shown(found, least=2)
    assert "3 more with fewer than 2 documents" in told
    assert "Togo" not in told and "Togo" in shown(found)
    assert len(shown(found, "csv", 2).splitlines()) == 3


def test_a_long_passage_is_cut_in_the_table(tmp_path: Path) -> None:
    long = record("1990", actor("KEN", 0.9), claims=(claim("KEN", "fish " * 99, 0.9),))
    told = shown(summarise(folder(tmp_path, long)))
    assert max(map(len, told.splitlines())) < 220 and "fish fish…»" in told


def test_csv_has_a_row_for_each_side(made: Results) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(summarise(made), "csv"))))
    assert len(rows) == 5
    assert rows[1] == {
        "actor": "KEN", "name": "Kenya", "label": "harbour", "side": "supports", "documents": "2",
        "of": "4", "probability": "0.8", "first": "1994", "last": "1998",
    }  # fmt: skip


def test_json_holds_the_whole_summary(made: Results) -> None:
    found = summarise(made)
    told = json.loads(shown(found, "json", 99))
    assert set(told) == set(Summary.__dataclass_fields__)
    assert len(told["rows"]) == 5 and told["rows"][0]["name"] == "Peru"
    assert told["changes"][0]["before"]["year"] == 1994
    assert told["doubtful"][0]["document"] == "2"


def test_there_is_no_other_format(made: Results) -> None:
    with pytest.raises(CallError, match="--format xml: there is no such format; allowed: table"):
        shown(summarise(made), "xml")


def test_the_picture_is_written_in_the_format_of_its_name(made: Results, tmp_path: Path) -> None:
    draw(summarise(made), tmp_path / "it.svg")
    assert "<svg" in (tmp_path / "it.svg").read_text(encoding="utf-8")
    for name in ("it.xyz", "no/such/folder.svg"):
        with pytest.raises(CallError, match="cannot be written"):
            draw(summarise(made), tmp_path / name)


def test_without_dates_there_is_nothing_to_draw(tmp_path: Path) -> None:
    found = summarise(folder(tmp_path / "out", record(None, actor("KEN", 0.9))))
    with pytest.raises(CallError, match="needs dates, and no document"):
        draw(found, tmp_path / "it.svg")
