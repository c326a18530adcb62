"""The labels that come out: whole, accepted by train and evaluate, their texts found again."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from stance.build import actor_table
from stance.desk.review import decisions as d
from stance.desk.review import views
from stance.desk.review.labels_file import checked_name
from stance.errors import CallError
from stance.evaluation.texts import documents
from stance.measure.gold import GoldText, read_gold
from stance.measure.predictions import prediction_of, read_predictions
from stance.reading import read_all
from stance.types import Document

from .review_records import (
    KENYA,
    LABELS,
    SOVEREIGNTY,
    UN,
    Hand,
    claim,
    digest,
    kenya,
    record,
    working,
    written,
)


def gold_in(labels: Path) -> list[GoldText]:
    return read_gold(labels, LABELS, actor_table().actors)


def as_train_does(labels: Path) -> list[tuple[GoldText, Document]]:
    """What `stance train LABELS` reads: each line with its text, or an error."""
    gold = gold_in(labels)
    return list(zip(gold, documents(gold, [labels.parent]), strict=True))


def test_a_finished_document_is_a_whole_line_of_labels(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    (tmp_path / "kenya.txt").write_bytes(KENYA.encode())
    found = kenya(speaker="KEN", date="2024-09-30")
    results = written(tmp_path / "results.jsonl", [found])
    with working(results, labels, texts=[str(tmp_path)]) as work:
        hand = Hand(work)
        hand(d.Label(hand.claim_of("MAR").key, {SOVEREIGNTY: "either"}))
        hand(d.Note("a note"))
        assert not labels.exists()
        assert hand(d.Finish()) is None
    (line,) = gold_in(labels)
    assert (line.document, line.sha256, line.text_sha256) == (
        "kenya.txt", digest(KENYA), digest(KENYA),
    )  # fmt: skip
    assert (line.length, line.speaker, line.year) == (len(KENYA), "KEN", 2024)
    assert (line.annotator, line.note, line.sentences) == ("ana", "a note", None)
    assert {actor: (one.labels, one.opposes, one.open) for actor, one in line.actors.items()} == {
        "KEN": ((SOVEREIGNTY,), (), ()),
        "MAR": (("neutral",), (), (SOVEREIGNTY,)),
        "DZA": ((UN,), (SOVEREIGNTY,), ()),
        "UN": (("neutral",), (), ()),
    }
    vote = KENYA.index("a vote")
    place = (d.GoldSpan(vote, vote + len("a vote under the United Nations")),)
    assert line.actors["DZA"].evidence == {UN: place, SOVEREIGNTY: place}
    assert line.actors["MAR"].evidence == {}
    assert [(one.holder, one.voice) for one in line.claims or ()] == [
        ("KEN", "author"),
        ("MAR", "own"),
        ("DZA", "own"),
    ]
    ((_, document),) = as_train_does(labels)
    assert (document.text, document.meta.speaker) == (KENYA, "KEN")


def test_deleted_claims_persons_and_strangers_are_not_written(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    text = "Ana Sol backs the plan. The Moon rejects it. Kenya backs it."
    claims = [
        claim(text, "person:Ana Sol", "backs the plan", {SOVEREIGNTY: 0.9}),
        claim(text, "THE_MOON", "rejects it", {SOVEREIGNTY: -0.9}),
        claim(text, "KEN", "backs it", {SOVEREIGNTY: 0.9}, voice="reported", speaker="MAR"),
    ]
    results = written(tmp_path / "results.jsonl", [record("a.txt", text, claims)])
    with working(results, labels) as work:
        hand = Hand(work, text)
        hand(d.Finish())
        (line,) = gold_in(labels)
        assert (list(line.actors), [one.holder for one in line.claims or ()]) == (["KEN"], ["KEN"])
        assert (line.claims or ())[0].voice == "reported"
        hand(d.Undo())
        hand(d.Holder(hand.claim_of("person:Ana Sol").key, "MAR"))
        hand(d.Delete(hand.claim_of("KEN").key, True))
        hand(d.List("KEN", False))
        hand(d.Finish())
        (line,) = gold_in(labels)
        assert list(line.actors) == ["MAR"]
        assert [(one.holder, one.voice) for one in line.claims or ()] == [("MAR", "own")]


def test_an_added_claim_is_written_with_its_place_behind_wide_characters(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    text = "𝄞😀 music.\n😀 Kenya said: “we back the plan”."
    results = written(tmp_path / "results.jsonl", [record("a.txt", text)])
    with working(results, labels) as work:
        hand = Hand(work, text)
        start = text.index("we back")
        values: dict[str, Any] = {SOVEREIGNTY: "supports", UN: "neither"}
        hand(d.Add("KEN", (d.GoldSpan(start, start + 16),), values))
        hand(d.Finish())
    (line,) = gold_in(labels)
    (one,) = line.claims or ()
    assert text[one.content[0].start : one.content[0].end] == "we back the plan"
    assert (one.quoted, one.voice, one.labels) == (True, "own", (SOVEREIGNTY,))


HTML = (
    "<!doctype html><html><head><title>T</title></head><body><article><h1>Kenya</h1>"
    + "<p>Kenya backs the autonomy plan, its minister said on Monday in Nairobi.</p>"
    + "<p>Morocco said the plan is the only basis for a settlement of the long dispute.</p>"
    + "</article></body></html>"
)


def everything(folder: Path) -> list[str]:
    """Texts of all kinds in `folder`, as paths for the reader."""
    folder.mkdir()
    (folder / "plain.txt").write_bytes(b"Kenya backs the plan.\r\nIt said so.\n")
    (folder / "marked.txt").write_bytes(b"\xef\xbb\xbfMorocco backs it too, and again.\n")
    (folder / "old.txt").write_bytes(
        "Algeria\u2019s café rejects the plan outright.".encode("cp1252")
    )
    (folder / "page.html").write_text(HTML, encoding="utf-8")
    (folder / "read.md").write_text(
        "---\ntitle: T\n---\n# Spain\n\nSpain *backs* the plan.\n", "utf-8"
    )
    (folder / "packed.txt.gz").write_bytes(gzip.compress(b"Ghana backs the plan, in gzip."))
    rows = [{"id": "../../x/row 1", "text": "Chad backs the plan 😀."}, {"text": "Mali too."}]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with tarfile.open(folder / "many.tar", "w") as archive:
        data = b"\xef\xbb\xbfBenin backs the plan in an archive."
        member = tarfile.TarInfo("in/benin.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return [*(str(path) for path in sorted(folder.iterdir()))]


@pytest.mark.parametrize("beside", [True, False], ids=["below the labels", "elsewhere"])
@pytest.mark.parametrize("with_text", [True, False], ids=["with text", "without"])
def test_every_kind_of_text_is_found_again(tmp_path: Path, beside: bool, with_text: bool) -> None:
    home = tmp_path / "home"
    home.mkdir()
    labels = home / "labels.jsonl"
    paths = everything(home / "texts" if beside else tmp_path / "away")
    found = [one for one in read_all(paths) if isinstance(one, Document)]
    assert len(found) == 9
    results = written(
        tmp_path / "results.jsonl",
        [record(one.id, one.text, sha256=one.sha256, with_text=with_text) for one in found],
    )
    texts = [] if with_text else paths
    remarks = []
    with working(results, labels, texts=texts) as work:
        for one in found:
            remarks.append((one.id, Hand(work, one.text)(d.Finish())))
    assert {document.text for _, document in as_train_does(labels)} == {one.text for one in found}
    known = read_predictions(results)
    unknown = {line.id for line in gold_in(labels) if prediction_of(line, known) is None}
    assert not unknown - {line.id for line in gold_in(labels) if "benin" in line.id}
    # A member of an archive has no file of its own; with a mark its bytes are not its text.
    assert [id for id, remark in remarks if remark] == [
        one.id for one in found if "benin" in one.id
    ]
    for line in gold_in(labels):
        assert not Path(line.document).is_absolute()
        assert ".." not in Path(line.document).parts
        assert (home / line.document).is_file()


def test_a_file_that_is_read_otherwise_now_is_not_named(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(HTML, encoding="utf-8")
    (found,) = read_all([str(page)], format="text")
    assert isinstance(found, Document)
    assert found.text == HTML
    labels = tmp_path / "labels.jsonl"
    results = written(
        tmp_path / "results.jsonl", [record(found.id, found.text, sha256=found.sha256)]
    )
    with working(results, labels) as work:
        Hand(work, found.text)(d.Finish())
    ((line, document),) = as_train_does(labels)
    assert line.document.startswith("labels.texts/")
    assert document.text == HTML


def test_a_hostile_name_writes_nowhere_else(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    labels = home / "labels.jsonl"
    names = [
        "../../up.txt",
        "a\x00b",
        "/etc/passwd",
        "<script>",
        "=1+1",
        "x" * 5000,
        "..",
        "\u202e",
    ]
    texts = [f"Kenya, number {number}." for number in range(len(names))]
    results = written(
        tmp_path / "results.jsonl",
        [record(name, text) for name, text in zip(names, texts, strict=True)],
    )
    before = {path for path in tmp_path.rglob("*") if home not in path.parents}
    with working(results, labels) as work:
        for text in texts:
            Hand(work, text)(d.Finish())
        assert all(row["id"].isprintable() for row in views.session(work, "t")["documents"])
    assert {path for path in tmp_path.rglob("*") if home not in path.parents} == before
    assert len(as_train_does(labels)) == len(names)
    assert {path.name for path in home.iterdir()} == {
        "labels.jsonl", "labels.jsonl.journal", "labels.texts",
    }  # fmt: skip


def test_a_text_that_stands_twice_is_labelled_once(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    results = written(tmp_path / "results.jsonl", [kenya("one.txt"), kenya("two.txt")])
    with working(results, labels) as work:
        (row,) = views.session(work, "t")["documents"]
        assert (row["id"], row["copies"]) == ("one.txt", 1)
        Hand(work)(d.Finish())
    assert len(gold_in(labels)) == 1


def test_two_annotators_have_a_file_each_and_one_journal(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    results = written(tmp_path / "results.jsonl", [kenya(), kenya("b.txt", KENYA + "More.")])
    with working(results, labels, "ana") as work:
        for text in (KENYA, KENYA + "More."):
            Hand(work, text)(d.Finish())
    ana = labels.read_bytes()
    with working(results, labels, "ben") as work:
        hand = Hand(work)
        assert not hand.state.finished
        assert hand.state.left == 3
        (pair,) = views.agreements(work)
        assert (pair["documents"], pair["differences"]) == (0, ())
        hand(d.Label(hand.claim_of("KEN").key, {SOVEREIGNTY: "opposes"}))
        hand(d.Finish())
        (pair,) = views.agreements(work)
        assert (pair["one"], pair["other"], pair["documents"]) == ("ben", "ana", 1)
        (one,) = pair["differences"]
        assert (one["name"], one["one"], one["other"]) == ("Kenya", "opposes", "supports")
        assert pair["all"]["cases"] == 8
    assert labels.read_bytes() == ana
    (line,) = gold_in(tmp_path / "labels.ben.jsonl")
    assert line.annotator == "ben"
    with (
        pytest.raises(CallError, match="the journal knows 'ana'"),
        working(results, labels, "Ana"),
    ):
        pass


def test_labels_that_another_sent_are_compared(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    results = written(tmp_path / "results.jsonl", [kenya()])
    with working(results, elsewhere / "labels.jsonl", "ben") as work:
        hand = Hand(work)
        hand(d.Stance("UN", {UN: "supports"}))
        hand(d.Finish())
    labels = tmp_path / "labels.jsonl"
    sent = tmp_path / "labels.ben.jsonl"
    sent.write_bytes((elsewhere / "labels.jsonl").read_bytes())
    (tmp_path / "labels.old.jsonl").write_text("no labels\n", encoding="utf-8")
    before = sent.read_bytes()
    with working(results, labels, "ana") as work:
        assert any("labels.old.jsonl" in remark for remark in work.remarks)
        Hand(work)(d.Finish())
        (pair,) = views.agreements(work)
        assert [(one["actor"], one["one"], one["other"]) for one in pair["differences"]] == [
            ("UN", "neither", "supports")
        ]
    assert sent.read_bytes() == before


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "x" * 41, "a\nb", "<b>", "ana."])
def test_a_name_that_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(CallError, match="the annotator is"):
        checked_name(name)


def test_the_most_uncertain_documents_come_first(tmp_path: Path) -> None:
    sure = record("sure.txt", "Kenya speaks.")
    results = written(tmp_path / "results.jsonl", [sure, kenya()])
    with working(results, tmp_path / "labels.jsonl") as work:
        assert [row["id"] for row in views.session(work, "t")["documents"]] == [
            "kenya.txt",
            "sure.txt",
        ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one: one.update(issue="falklands"), "--issue"),
        (lambda one: one["claims"][0]["content"][0].update(end=10_000), "outside its text"),
        (lambda one: one["document"].pop("text"), "--texts"),
    ],
    ids=["issue", "spans", "text"],
)
def test_results_that_do_not_fit_are_refused(tmp_path: Path, change: Any, why: str) -> None:
    one = kenya()
    change(one)
    results = written(tmp_path / "results.jsonl", [one])
    with pytest.raises(CallError, match=why), working(results, tmp_path / "labels.jsonl"):
        pass
