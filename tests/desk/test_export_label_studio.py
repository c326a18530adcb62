"""Label Studio: tasks with predictions out, annotations as gold labels back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from typer.testing import CliRunner

from stance.build import actor_table
from stance.desk.exports import write_export
from stance.desk.exports.label_studio import import_annotations
from stance.desk.exports.label_tasks import task_of
from stance.errors import CallError, LabelError
from stance.measure.gold import GoldSpan, GoldText, read_gold
from stance.output.records import SavedText
from stance.types import Document

from .export_factory import SOVEREIGNTY, UN, Said, record, said, saved

TEXT = (
    "😀 Almaty and Rabat \\n said\r\nthat they back the plan, as\u00a0 the envoy wishes, 😀 "
    "and  no more.\nAlgiers refused the plan."
)
SHARED: dict[str, Any] = {
    "takes": {SOVEREIGNTY: 0.9, UN: 0.6},
    "cue": "said",
}
CLAIMS = [
    said("KAZ", "they back the plan", "and  no more", links=[("Almaty", None, "KAZ")], **SHARED),
    said(
        "MAR", "they back the plan", "and  no more", links=[("Rabat", "Ana Sol", "MAR")], **SHARED
    ),
    said(
        "DZA",
        "the plan.",
        rejects={SOVEREIGNTY: 0.8},
        mention="Algiers",
        cue="refused",
        more={"polarity": "negated", "modality": "demanded", "time": "past", "quoted": True},
    ),
    said("UN", "the envoy wishes", links=[("they", None, "MAR")]),
]
Task = dict[str, Any]
Change = Callable[[list[Task]], None]


def tasks(folder: Path, *records: dict[str, Any]) -> list[Task]:
    out = folder / "tasks.json"
    assert write_export(saved(folder, *records), out, "label-studio") == len(records)
    found: list[Task] = json.loads(out.read_text(encoding="utf-8"))
    return found


def accepted(folder: Path, *records: dict[str, Any]) -> list[Task]:
    """The tasks after one annotator has accepted every prediction."""
    found = tasks(folder, *records)
    for task in found:
        (prediction,) = task.pop("predictions")
        task["id"] = 7
        task["annotations"] = [
            {"id": 1, "completed_by": 3, "was_cancelled": False, "result": prediction["result"]}
        ]
    return found


def imported(folder: Path, annotated: list[Task]) -> list[GoldText]:
    path, labels = folder / "annotations.json", folder / "labels.jsonl"
    path.write_text(json.dumps(annotated), encoding="utf-8")
    written = import_annotations(path, labels, "western_sahara")
    assert written == {file: len(read(file)) for file in sorted(folder.glob("labels*"))}
    return read(labels)


def read(labels: Path) -> list[GoldText]:
    return read_gold(labels, [SOVEREIGNTY, UN], actor_table().actors)


def result_of(task: Task, id: str, name: str) -> dict[str, Any]:
    results = task["annotations"][0]["result"]
    found: dict[str, Any] = next(
        one for one in results if one.get("id") == id and one["from_name"] == name
    )
    return found


def test_what_was_accepted_comes_back(tmp_path: Path) -> None:
    about = {"date": "2024-05-01", "speaker": "MAR"}
    made = record(TEXT, *CLAIMS, actors=["ESP"], names={"ESP": ("Spain", "state")}, **about)
    (gold,) = imported(tmp_path, accepted(tmp_path, made))
    assert (gold.document, gold.sha256, gold.length) == ("a.txt", gold.text_sha256, len(TEXT))
    assert gold.sha256 == made["document"]["sha256"]
    assert (gold.annotator, gold.year, gold.speaker, gold.note) == ("3", 2024, "MAR", None)
    assert gold.claims is not None
    for claim, was in zip(gold.claims, made["claims"], strict=True):
        teller = was["attribution"][-1] if was["attribution"] else None
        source = teller["source"] if teller else was["mention"]
        assert claim.holder == was["holder"]
        assert claim.content == tuple(_place(one) for one in was["content"])
        assert claim.cue == (_place(was["cue"]) if was["cue"] else None)
        assert claim.source == _place(source)
        assert claim.pronoun is (source["text"] == "they")
        assert claim.speaker == (teller and teller["actor"])
        assert claim.person == (teller and teller["person"])
        assert claim.voice == was["voice"]
        for name in ("quoted", "polarity", "modality", "time"):
            assert getattr(claim, name) == was[name]
        assert claim.labels == tuple(was["labels"])
        assert (claim.opposes, claim.open) == (tuple(was["opposed"]), ())
    for actor in made["actors"]:
        stance = gold.actors[actor["id"]]
        assert stance.labels == tuple(actor["labels"])
        assert (stance.opposes, stance.open) == (tuple(actor["opposed"]), ())
    assert sorted(gold.actors) == ["DZA", "ESP", "KAZ", "MAR", "UN"]


def _place(span: dict[str, Any]) -> GoldSpan:
    return GoldSpan(span["start"], span["end"])


def test_the_marks_cover_the_words_of_the_task(tmp_path: Path) -> None:
    (task,) = tasks(tmp_path, record(TEXT, *CLAIMS))
    text = task["data"]["text"]
    assert text == TEXT
    marks = [one for one in task["predictions"][0]["result"] if one.get("type") == "labels"]
    assert "they back the plan" in {one["value"]["text"] for one in marks}
    for one in marks:
        assert text[one["value"]["start"] : one["value"]["end"]] == one["value"]["text"]
    assert task["predictions"][0]["score"] == 0.6
    assert task["predictions"][0]["model_version"] == "tiny"


def test_the_configuration_knows_all_that_the_tasks_use(tmp_path: Path) -> None:
    (task,) = tasks(tmp_path, record(TEXT, *CLAIMS))
    view = ElementTree.parse(tmp_path / "tasks.json.config.xml").getroot()
    fields = {one.get("name"): one for one in view.iter() if one.get("toName")}
    kinds = {"labels": "Labels", "textarea": "TextArea", "choices": "Choices"}
    offered = {"labels": "Label", "choices": "Choice"}
    relations = {one.get("value") for one in view.iter("Relation")}
    (shown,) = view.iter("Text")
    assert shown.get("value") == "$text"
    for one in task["predictions"][0]["result"]:
        if one["type"] == "relation":
            assert set(one["labels"]) <= relations
            continue
        field = fields[one["from_name"]]
        assert field.tag == kinds[one["type"]]
        assert field.get("toName") == one["to_name"] == shown.get("name")
        if one["type"] in offered:
            known = {child.get("value") for child in field.iter(offered[one["type"]])}
            assert set(one["value"][one["type"]]) <= known


def test_offsets_of_old_versions_are_understood(tmp_path: Path) -> None:
    annotated = accepted(tmp_path, record(TEXT, *CLAIMS))
    wanted = imported(tmp_path, annotated)
    (tmp_path / "labels.jsonl").unlink()
    for one in annotated[0]["annotations"][0]["result"]:
        value = one.get("value", {})
        for name in {"start", "end"} & value.keys():
            value[name] = len(TEXT[: value[name]].encode("utf-16-le")) // 2
    assert imported(tmp_path, annotated) == wanted


def test_line_ends_as_label_studio_writes_them(tmp_path: Path) -> None:
    claim = said("KAZ", "Rabat \\n said\r\nthat", takes={UN: 0.9})
    annotated = accepted(tmp_path, record(TEXT, claim))
    mark = result_of(annotated[0], "claim-1", "claim")
    mark["value"]["text"] = "Rabat \\n said\\n\\nthat"
    (gold,) = imported(tmp_path, annotated)
    assert gold.claims is not None and len(gold.claims) == 1


def _name(task: Task) -> None:
    result_of(task, "claim-1", "holder")["value"]["text"] = ["kazakhstan", " MAR "]


def _open(task: Task) -> None:
    result_of(task, "claim-1", "claim")["value"]["labels"] = [f"{UN}: open"]


def _conflict(task: Task) -> None:
    result_of(task, "claim-3", "holder")["value"]["text"] = ["KAZ"]


def _one_entry(task: Task) -> None:
    result_of(task, "claim-1", "holder")["value"]["text"] = "Morocco"


def _doubted(task: Task) -> None:
    result_of(task, "claim-4", "claim")["value"]["labels"] = [f"{UN}: open"]
    result_of(task, "claim-4", "holder")["value"]["text"] = ["MAR"]


def _told(task: Task) -> None:
    result_of(task, "claim-1", "speaker")["value"]["text"] = ["person:Ana Sol"]


def test_corrections_by_hand(tmp_path: Path) -> None:
    def changed(change: Callable[[Task], None]) -> GoldText:
        annotated = accepted(tmp_path, record(TEXT, *CLAIMS))
        change(annotated[0])
        (tmp_path / "labels.jsonl").unlink(missing_ok=True)
        (gold,) = imported(tmp_path, annotated)
        return gold

    named = changed(_name)
    assert named.claims is not None
    assert [claim.holder for claim in named.claims] == ["KAZ", "MAR", "MAR", "DZA", "UN"]
    opened = changed(_open)
    assert opened.claims is not None
    assert (opened.claims[0].labels, opened.claims[0].open) == (("neutral",), (UN,))
    assert (opened.actors["KAZ"].labels, opened.actors["KAZ"].open) == (("neutral",), (UN,))
    assert opened.actors["MAR"].open == ()
    conflict = changed(_conflict).actors["KAZ"]
    assert (conflict.labels, conflict.opposes, conflict.open) == ((UN,), (), (SOVEREIGNTY,))
    doubted = changed(_doubted).actors["MAR"]
    assert (doubted.labels, doubted.open) == ((SOVEREIGNTY, UN), ())
    told = changed(_told)
    assert told.claims is not None and told.claims[0].speaker is None
    single = changed(_one_entry)
    assert single.claims is not None and single.claims[0].holder == "MAR"


def test_claims_of_persons_are_left_out_and_counted(tmp_path: Path) -> None:
    person = said("person:Ana Sol", "back", takes={UN: 0.9}, links=[("Ana", "Ana Sol", None)])
    text = "Ana would back it. They waited."
    waits = said("KAZ", "waited", links=[("They", "Ana Sol", None)])
    (gold,) = imported(tmp_path, accepted(tmp_path, record(text, person, waits)))
    assert gold.claims is not None
    assert [(claim.holder, claim.speaker) for claim in gold.claims] == [("KAZ", None)]
    assert set(gold.actors) == {"KAZ"}
    assert gold.note == "claims of persons left out: 1"


def test_several_annotators_are_several_readings(tmp_path: Path) -> None:
    annotated = accepted(
        tmp_path, record(TEXT, *CLAIMS), record("Rabat waits.", said("MAR", "waits"), id="b.txt")
    )
    annotated[1]["id"] = 8
    (first,) = annotated[0]["annotations"]
    again = {**first, "completed_by": {"id": 4, "email": "b@x.org"}, "result": []}
    annotated[0]["annotations"] += [
        {**first, "completed_by": None, "was_cancelled": True},
        again,
        {**first, "result": first["result"][:0]},
    ]
    annotated[1]["annotations"][0]["completed_by"] = {"id": 5}
    one, other = imported(tmp_path, annotated)
    assert (one.annotator, other.annotator) == ("3", "5")
    assert one.claims == ()  # the later of two by the same annotator
    (second,) = read(tmp_path / "labels.2.jsonl")
    assert (second.document, second.annotator) == ("a.txt", "b@x.org")
    assert not (tmp_path / "labels.3.jsonl").exists()


def _lost(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-1", "holder")["value"]["text"] = ["Atlantis"]


def _no_holder(annotated: list[Task]) -> None:
    results = annotated[0]["annotations"][0]["result"]
    results.remove(result_of(annotated[0], "claim-1", "holder"))


def _untied(annotated: list[Task]) -> None:
    results = annotated[0]["annotations"][0]["result"]
    results[:] = [one for one in results if one["type"] != "relation"]


def _foreign(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-1", "claim")["value"]["labels"] = ["supports_ban: supports"]


def _bare(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-1", "claim")["value"]["labels"] = []


def _both(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-1", "claim")["value"]["labels"] += ["neutral"]


def _two_sides(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-1", "claim")["value"]["labels"] += [f"{UN}: opposes"]


def _role_and_side(annotated: list[Task]) -> None:
    result_of(annotated[0], "part-1", "claim")["value"]["labels"] += [f"{UN}: opposes"]


def _moods(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-3", "status")["value"]["choices"] = ["hypothetical", "demanded"]


def _status(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-3", "status")["value"]["choices"] = ["future"]


def _moved(annotated: list[Task]) -> None:
    result_of(annotated[0], "claim-1", "claim")["value"]["start"] -= 3


def _edited(annotated: list[Task]) -> None:
    annotated[0]["data"]["text"] = TEXT.replace("Algiers", "Algeria")


def _outside(annotated: list[Task]) -> None:
    value = result_of(annotated[0], "claim-1", "claim")["value"]
    del value["text"]
    value["end"] = len(TEXT) + 1


def _twice(annotated: list[Task]) -> None:
    annotated.append({**annotated[0], "id": 9})


def _nothing(annotated: list[Task]) -> None:
    annotated[0]["annotations"] = []


def _minimal(annotated: list[Task]) -> None:
    annotated[0] = {"text": TEXT, "claim": []}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_lost, "task 7: there is no actor 'Atlantis'"),
        (_no_holder, r"task 7: the mark 'they back the plan' \(33 to 51\): has no holder"),
        (_untied, "tied to no claim; tie them with a relation"),
        (_foreign, "'supports_ban: supports' is no label of this issue; allowed are"),
        (_bare, "has no label"),
        (_both, "is 'neutral' and takes a side"),
        (_two_sides, "claim 0: both supports and opposes 'supports_un_process'"),
        (_role_and_side, "'goes on' stands alone"),
        (_moods, "both hypothetical and demanded"),
        (_status, "'future' is no status; allowed are quoted"),
        (_moved, "the text was changed in Label Studio"),
        (_edited, "its text is not the one that was exported"),
        (_outside, "lies outside the text"),
        (_twice, "task 9: is the same text as task 7"),
        (_nothing, "nothing is annotated"),
        (_minimal, "not JSON-MIN"),
    ],
)
def test_what_cannot_be_a_label_is_named(tmp_path: Path, change: Change, says: str) -> None:
    annotated = accepted(tmp_path, record(TEXT, *CLAIMS))
    change(annotated)
    with pytest.raises(LabelError, match=says):
        imported(tmp_path, annotated)
    assert not (tmp_path / "labels.jsonl").exists()


def test_labels_are_never_overwritten(tmp_path: Path) -> None:
    annotated = accepted(tmp_path, record(TEXT, *CLAIMS))
    (tmp_path / "labels.jsonl").write_text("mine")
    with pytest.raises(CallError, match="never overwritten"):
        imported(tmp_path, annotated)
    assert (tmp_path / "labels.jsonl").read_text() == "mine"


def test_what_a_database_cannot_hold_is_shown_as_a_sign(tmp_path: Path) -> None:
    text = "Rabat\x00 backs\x1b[2J it."
    claim = said("MAR", "backs\x1b[2J it", takes={UN: 0.9})
    (task,) = annotated = accepted(tmp_path, record(text, claim, title="\x00</script>"))
    assert task["data"]["text"] == "Rabat\ufffd backs\ufffd[2J it."
    assert task["data"]["title"] == "\ufffd</script>"
    (gold,) = imported(tmp_path, annotated)
    assert gold.text_sha256 == gold.sha256
    assert gold.claims is not None
    assert gold.claims[0].content == (GoldSpan(7, 19),)


def test_the_hash_is_that_of_the_reader_even_where_no_encoding_holds_the_text() -> None:
    text = "Rabat\ud800 waits."
    made = {**record("Rabat", said("MAR", "Rabat")), "sentences": []}
    data = task_of(msgspec.convert(made, SavedText), text)["data"]
    assert data["text_sha256"] == Document.from_text(text).sha256
    assert data["text"] == "Rabat\ufffd waits."


def test_results_of_two_issues_are_no_project(tmp_path: Path) -> None:
    other: Said = said("MAR", "plan")
    records = [record(TEXT, other), {**record(TEXT, other, id="b.txt"), "issue": "falklands"}]
    with pytest.raises(CallError, match="falklands, western_sahara"):
        tasks(tmp_path, *records)
    assert [path.name for path in tmp_path.iterdir()] == ["results.jsonl"]


def test_no_results_are_no_tasks(tmp_path: Path) -> None:
    assert tasks(tmp_path) == []


def test_the_commands(tmp_path: Path) -> None:
    from stance.cli import app

    results = saved(tmp_path, record(TEXT, *CLAIMS)).path
    out, labels = tmp_path / "tasks.json", tmp_path / "labels.jsonl"
    done = CliRunner().invoke(
        app, ["export", str(results), "--format", "label-studio", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    annotated = json.loads(out.read_text(encoding="utf-8"))
    annotated[0]["annotations"] = annotated[0].pop("predictions")
    (tmp_path / "done.json").write_text(json.dumps(annotated), encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(tmp_path / "done.json"), "--labels", str(labels)])
    assert done.exit_code == 0, done.output
    assert (done.stdout, done.stderr) == ("", f"{labels}: 1 texts\n")
    assert len(read(labels)) == 1
    done = CliRunner().invoke(app, ["export", str(results), "--format", "x", "--out", str(out)])
    assert done.exit_code == 2


def test_the_command_names_every_file_that_it_writes(tmp_path: Path) -> None:
    from stance.cli import app

    other = record("Rabat waits.", said("MAR", "waits"), id="b.txt")
    annotated = accepted(tmp_path, record(TEXT, *CLAIMS), other)
    annotated[1]["id"] = 8
    (first,) = annotated[0]["annotations"]
    annotated[0]["annotations"] += [{**first, "completed_by": 4}, {**first, "completed_by": 5}]
    path = tmp_path / "done.json"
    path.write_text(json.dumps(annotated), encoding="utf-8")
    done = CliRunner().invoke(app, ["import", str(path), "--labels", str(tmp_path / "mine.jsonl")])
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines() == [
        f"{tmp_path}/mine.jsonl: 2 texts",
        f"{tmp_path}/mine.2.jsonl: 1 texts",
        f"{tmp_path}/mine.3.jsonl: 1 texts",
    ]
    files = sorted(tmp_path.glob("mine*"))
    assert [len(read(file)) for file in files] == [1, 1, 2]
