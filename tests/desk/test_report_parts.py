"""The parts of a report: passages, attributions, counts, certainty, reliability, plots."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from tests.desk.report_records import actor, claim, judged, record, saved, siding, span

from stance.desk.report import plots, reliability
from stance.desk.report.attribution import said_by
from stance.desk.report.counts import bystanders_of, periods_of, rows_of
from stance.desk.report.data import first_claims, kept_claims
from stance.desk.report.gathered import gather
from stance.desk.report.held import Gathered
from stance.desk.report.origin import issue_words
from stance.desk.report.passages import CONTENT, CUE, SOURCE, segments_of
from stance.nli.calibration import Curve
from stance.output.records import SavedClaim, SavedModel, SavedSentence

SOV, UN = "supports_sovereignty", "supports_un_process"


def gathered(folder: Path, *records: dict[str, Any]) -> Gathered:
    return gather(saved(folder, records))


def as_claim(found: dict[str, Any]) -> SavedClaim:
    return msgspec.json.decode(json.dumps(found), type=SavedClaim)


def segments(found: dict[str, Any], *texts: tuple[int, str]) -> list[tuple[int, str]]:
    """`texts` are sentences with their starts."""
    sentences = {
        index: SavedSentence(index, start, start + len(text), text)
        for index, (start, text) in enumerate(texts)
    }
    return list(segments_of(as_claim(found), sentences))


def test_a_passage_is_cut_at_code_points() -> None:
    text = "😀 Ana said 🇲🇦 yes."
    found = claim(
        text,
        "X",
        "🇲🇦 yes",
        cue=span(text, "said"),
        attribution=[{"source": span(text, "Ana"), "person": None, "actor": "X"}],
    )
    assert segments(found, (0, text)) == [
        (0, "😀 "),
        (SOURCE, "Ana"),
        (0, " "),
        (CUE, "said"),
        (0, " "),
        (CONTENT, "🇲🇦 yes"),
        (0, "."),
    ]


def test_a_source_inside_the_content_has_both_roles() -> None:
    text = "For Spain it ends."
    found = claim(text, "ESP", "For Spain it ends", mention=span(text, "Spain"))
    assert segments(found, (0, text)) == [
        (CONTENT, "For "),
        (CONTENT | SOURCE, "Spain"),
        (CONTENT, " it ends"),
        (0, "."),
    ]


@pytest.mark.parametrize(("second", "between"), [(5, " "), (90, " … ")])
def test_sentences_that_stand_apart_have_a_gap(second: int, between: str) -> None:
    found = claim("One.", "X", "One", sentences=[0, 1])
    found["content"].append({"start": second, "end": second + 3, "text": "Two"})
    assert segments(found, (0, "One."), (second, "Two.")) == [
        (CONTENT, "One"), (0, "."), (0, between), (CONTENT, "Two"), (0, "."),
    ]  # fmt: skip


def test_without_the_text_of_sentences_the_spans_are_shown() -> None:
    text = "Ana said that it holds."
    found = claim(text, "X", "it holds", cue=span(text, "said"))
    assert segments(found, (0, "")) == [(CUE, "said"), (0, " … "), (CONTENT, "it holds")]


def test_a_sentence_of_a_megabyte_is_cut_short_around_the_claim() -> None:
    text = "x" * 1_000_000 + " the plan " + "y" * 1_000_000
    found = segments(claim(text, "X", "the plan"), (0, text))
    assert (CONTENT, "the plan") in found
    assert sum(len(part) for _, part in found) < 2_000
    assert "…" in found[0][1] and "…" in found[-1][1]


def test_what_would_act_on_the_reader_is_made_visible() -> None:
    text = "a\u202eb\x00c"
    assert segments(claim(text, "X", text), (0, text)) == [(CONTENT, "a<U+202E>b<U+0000>c")]


NAMES = {"KAZ": "Kazakhstan", "DZA": "Algeria", "person:Ana Lima": "Ana Lima"}


@pytest.mark.parametrize(
    ("holder", "links", "expected"),
    [
        ("KAZ", [], "the author of the text"),
        ("KAZ", [("the envoy", "Murat Nurtleu", "KAZ")], "Murat Nurtleu, for Kazakhstan"),
        ("KAZ", [("it", None, "KAZ")], "Kazakhstan (“it”)"),
        ("KAZ", [("Kazakhstan", None, "KAZ")], "Kazakhstan"),
        ("KAZ", [(None, None, "KAZ")], "Kazakhstan"),
        ("KAZ", [("Algiers", None, "DZA")], "reported by Algeria (“Algiers”)"),
        (
            "KAZ",
            [("he", "Murat Nurtleu", "KAZ"), ("x", "Ana Lima", None)],
            "Murat Nurtleu, for Kazakhstan, reported by Ana Lima",
        ),
        (
            "KAZ",
            [("it", None, "KAZ"), ("he", "Murat Nurtleu", "KAZ")],
            "Murat Nurtleu, for Kazakhstan",
        ),
        ("person:Ana Lima", [("she", "Ana Lima", None)], "Ana Lima"),
        ("KAZ", [("officials", None, None)], "reported by “officials”"),
        ("open", [("it", None, "open")], "unclear who (“it”)"),
    ],
)
def test_who_says_it_for_whom(holder: str, links: list[Any], expected: str) -> None:
    found = claim("it", holder, "it")
    found["attribution"] = [
        {
            "source": None if source is None else {"start": 0, "end": 2, "text": source},
            "person": person,
            "actor": body,
        }
        for source, person, body in links
    ]
    assert said_by(as_claim(found), NAMES) == expected


def test_counts_are_of_documents(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        siding(supports={SOV: 0.9}, outlet="A"),
        siding(supports={SOV: 0.5}, uncertain=True, outlet="B"),
        siding(opposes={SOV: 0.6}, outlet="B"),
        siding(),
        siding("Fiji", "FJI"),
    )
    row = rows_of(found)[0]
    assert (row.actor, row.documents, row.of, row.outlets) == ("KAZ", 3, 4, 2)
    support, opposition = row.cells[SOV, "supports"], row.cells[SOV, "opposes"]
    assert (support.documents, support.mean, support.highest) == (2, 0.7, 0.9)
    assert (support.uncertain, support.outlets) == (1, 2)
    assert (opposition.documents, opposition.uncertain) == (1, 0)
    assert [one.actor for one in bystanders_of(found)] == ["FJI"]


def test_a_side_as_probable_as_a_certain_one_is_certain(tmp_path: Path) -> None:
    """The mark of a record stands for all labels: the other label made it here."""
    both = siding(supports={SOV: 0.92, UN: 0.4}, uncertain=True)
    takes = gathered(tmp_path, siding(supports={SOV: 0.9}), both).positions[1].takes
    assert [(take.label, take.uncertain) for take in takes] == [(SOV, False), (UN, True)]


def test_certainty_is_not_carried_over_from_another_configuration(tmp_path: Path) -> None:
    sure = siding(supports={SOV: 0.9}) | {"configuration": "9"}
    found = gathered(tmp_path, sure, siding(supports={SOV: 0.92}, uncertain=True))
    assert found.positions[1].takes[0].uncertain


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["/home/me/a/b.txt", "/home/me/c.txt"], ["a/b.txt", "c.txt"]),
        (["C:\\me\\b.txt", "C:\\me\\c.txt"], ["b.txt", "c.txt"]),
        (["x/b.txt", "y/c.txt", "y/d.txt"], ["x/b.txt", "y/c.txt", "y/d.txt"]),
        (["https://a.example/b", "https://a.example/c"], ["https://a.example/b"] * 0),
    ],
)
def test_a_common_folder_is_not_told(tmp_path: Path, ids: list[str], names: list[str]) -> None:
    records = [siding() for _ in ids]
    for one, id in zip(records, ids, strict=True):
        one["document"]["id"] = id
    found = gathered(tmp_path, *records)
    assert [text.name for text in found.texts] == (names or ids)


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        (["2024-01-05", "2024-03", "2024-03-31"], ["2024-01", "2024-03"]),
        (["2024-01-05", "2023"], ["2023", "2024"]),
        (["1970", "2020"], ["1970–1974", "2020–2024"]),
        (["2024", "2024"], []),
        (["last year", "20245", "2024"], []),
    ],
)
def test_periods_fit_the_dates(tmp_path: Path, dates: list[str], names: list[str]) -> None:
    found = periods_of(
        gathered(tmp_path, *(siding(supports={SOV: 0.9}, date=one) for one in dates))
    )
    assert list(dict.fromkeys(one.name for one in found)) == names
    supports = [one for one in found if (one.label, one.side) == (SOV, "supports")]
    assert all(one.documents == one.of for one in supports)


def test_the_surest_claims_are_kept(tmp_path: Path) -> None:
    values = (0.5, 0.9, 0.7)
    claims = gathered(tmp_path, *(siding(supports={SOV: one}) for one in values)).claims
    assert [one.surest for one in kept_claims(claims, 2)] == [0.9, 0.7]
    assert [one.surest for one in first_claims(claims, ["KAZ"])["KAZ"]] == [0.9]


def test_names_written_in_capitals_count_with_the_others(tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 2, "text": words} for words in ("He", "he", "HE", "they")]
    found = gathered(tmp_path, siding() | {"unresolved": spans})
    assert found.unclear == {"He": 3, "they": 1}


def _folder(**calibration: Any) -> Any:
    return SimpleNamespace(sha256="1" * 64, calibration=calibration)


CURVE = Curve(threshold=0.3, precision=((0.2, 0.6), (0.5, 0.8), (0.8, 0.95)))


@pytest.mark.parametrize("name", ["../models/stance-minilm", "no-such-model", "", "a/b"])
def test_of_an_unknown_model_nothing_is_known(name: str) -> None:
    found = reliability.reliability_of(SavedModel(name, "1" * 64), "western_sahara", (SOV,))
    assert found.why.startswith("Nothing is known") and not found.records and not found.tests


def test_figures_of_another_model_of_the_same_name_are_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {"supports": {SOV: CURVE}}
    monkeypatch.setattr(reliability, "read_folder", lambda path: _folder(western_sahara=own))
    other = SavedModel("stance-minilm", "2" * 64)
    found = reliability.reliability_of(other, "western_sahara", (SOV,))
    assert "SHA-256 differs" in found.why and not found.records and not found.tests


def test_the_curve_of_the_issue_tells_how_often_it_was_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = {"supports": {SOV: CURVE}}
    monkeypatch.setattr(reliability, "read_folder", lambda path: _folder(western_sahara=own))
    model = SavedModel("stance-minilm", "1" * 64)
    found = reliability.reliability_of(model, "western_sahara", (SOV, UN))
    assert found.own and len(found.records) == 1
    one = found.records[0]
    assert (one.threshold, one.surely) == (0.3, 0.8)
    assert [one.right_from(at) for at in (0.1, 0.5, 0.7, 0.9)] == [None, 0.8, 0.8, None]
    assert found.tests[0].n > 1000


def test_an_issue_without_a_curve_has_those_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    common = {"supports": {"*": CURVE}}
    monkeypatch.setattr(reliability, "read_folder", lambda path: _folder(**{"*": common}))
    found = reliability.reliability_of(SavedModel("stance-minilm", "1" * 64), "mine", ("a", "b"))
    assert not found.own and [one.label for one in found.records] == ["a", "b"]
    assert "not adjusted to this issue" in found.why


def test_a_plot_has_text_as_text_and_the_colours_of_the_page(tmp_path: Path) -> None:
    name = "A$x$ <b>\uffff"
    found = gathered(tmp_path, siding(name, supports={SOV: 0.9}), siding(name, opposes={SOV: 0.9}))
    svg = plots.sides_plot(rows_of(found), found.names, SOV, "sovereignty", "p").svg
    assert "A$x$ &lt;b&gt;�" in svg
    assert 'role="img" aria-labelledby="p-title p-description"' in svg
    assert "style=" not in svg and "#0" not in re.sub(r"(href|url)\S*", "", svg)
    assert 'class="fill-supports"' in svg and 'class="fill-opposes"' in svg
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) <= set(
        re.findall(r'id="([^"]+)"', svg)
    )


def test_a_year_without_documents_is_a_gap_in_time(tmp_path: Path) -> None:
    dates = ("2001", "2002", "2006")
    found = periods_of(
        gathered(tmp_path, *(siding(supports={SOV: 0.9}, date=one) for one in dates))
    )
    assert sorted({one.place for one in found}) == [2001, 2002, 2006]


def test_what_is_not_as_usual_is_noted(tmp_path: Path) -> None:
    text = "It said no."
    odd = claim(
        text, "KAZ", "no", polarity="negated", modality="demanded", time="past", quoted=True,
        confidence=0.64, **judged(opposes={SOV: 0.8}),
    )  # fmt: skip
    found = gathered(tmp_path, record(text, [odd], [actor("KAZ", "Kazakhstan")])).claims[0]
    assert found.notes == (
        "negated", "a demand", "a past position", "quoted", "confidence in who holds it: 0.64",
    )  # fmt: skip


def test_the_words_of_an_issue_file_are_those_that_it_was_called_by(tmp_path: Path) -> None:
    path = tmp_path / "quay.toml"
    path.write_text(
        'id = "quay"\ntitle = "The Quay"\nterms = ["quay"]\n[[label]]\nid = "supports_quay"\n'
        'short = "the Quay plan"\nsupports = ["{actor} backs it."]\n'
        'opposes = ["{actor} rejects it."]\n',
        encoding="utf-8",
    )
    found = issue_words("quay", ("supports_quay", "supports_more"), str(path))
    assert found.title == "The Quay"
    assert found.shorts == {"supports_quay": "the Quay plan", "supports_more": "more"}
    assert issue_words("quay", ("supports_quay",), "gone.toml").shorts == {"supports_quay": "quay"}
