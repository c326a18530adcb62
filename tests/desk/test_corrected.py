"""Results that a person has corrected: what the labels say stands, and every row says so."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import networkx
import pandas
import pytest
from typer.testing import CliRunner

from stance.cli import app
from stance.desk.corrected import Corrected, corrected
from stance.desk.exports import write_export
from stance.desk.exports.rows import rows
from stance.desk.report import write_report
from stance.desk.saved import Saved
from stance.errors import CallError, LabelError

from .export_factory import SOVEREIGNTY, UN, record, said, saved

TEXT = "Ana Sol of Rabat said that Almaty backs the plan. Algeria says no."
OTHER = "Almaty backs it."
CLAIM = said(
    "KAZ",
    "backs the plan",
    takes={UN: 0.8},
    links=[("Almaty", None, "KAZ"), ("Ana Sol of Rabat", "Ana Sol", "MAR")],
    cue="said",
)


def place(words: str, text: str = TEXT) -> dict[str, int]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def gold_claim(holder: str, content: str, **more: Any) -> dict[str, Any]:
    return {
        "holder": holder,
        "source": None,
        "person": None,
        "speaker": None,
        "cue": None,
        "content": [place(content)],
        "quoted": False,
        "pronoun": False,
        "polarity": "affirmed",
        "modality": "asserted",
        "time": "present",
        "labels": ["neutral"],
        **more,
    }


def gold(text: str = TEXT, **more: Any) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {
        "document": "a.txt",
        "sha256": digest,
        "text_sha256": digest,
        "length": len(text),
        "actors": {
            "KAZ": {"labels": [SOVEREIGNTY]},
            "DZA": {"labels": ["neutral"], "opposes": [SOVEREIGNTY], "open": [UN]},
            "FRA": {"labels": ["neutral"], "open": [UN]},
        },
        "claims": [
            gold_claim(
                "KAZ",
                "backs the plan",
                source=place("Almaty"),
                cue=place("said"),
                speaker="MAR",
                labels=[SOVEREIGNTY],
            ),
            gold_claim(
                "DZA",
                "no",
                source=place("Algeria"),
                cue=place("says"),
                speaker="DZA",
                person="X. Y.",
                opposes=[SOVEREIGNTY],
                open=[UN],
            ),
        ],
        **more,
    }


def labels_of(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def results(folder: Path, *, with_text: bool = True) -> Saved:
    return saved(
        folder,
        record(TEXT, CLAIM, actors=["UN"], with_text=with_text),
        record(OTHER, said("KAZ", "backs it", takes={UN: 0.7}), id="b.txt", with_text=with_text),
    )


def both(folder: Path, *lines: dict[str, Any]) -> Corrected:
    return corrected(results(folder), labels_of(folder, *(lines or (gold(),))))


def test_the_labels_stand_with_probability_one_and_the_rest_is_as_predicted(
    tmp_path: Path,
) -> None:
    first, second = both(tmp_path)
    assert first.reviewed
    assert not second.reviewed
    assert second == list(results(tmp_path))[1]
    assert [(one.id, one.name, one.kind) for one in first.actors] == [
        ("KAZ", "Kazakhstan", "state"),
        ("DZA", "Algeria", "state"),
        ("FRA", "France", "state"),
    ]
    kazakhstan, algeria, france = first.actors
    assert kazakhstan.scores == {SOVEREIGNTY: 1.0, UN: 0.0}
    assert kazakhstan.labels == (SOVEREIGNTY,)
    assert kazakhstan.opposes == {SOVEREIGNTY: 0.0, UN: 0.0}
    assert (algeria.labels, algeria.opposed, algeria.open) == (("neutral",), (SOVEREIGNTY,), (UN,))
    assert algeria.opposes == {SOVEREIGNTY: 1.0, UN: 0.0}
    assert (france.claims, france.open) == ((), (UN,))
    assert not any(one.uncertain for one in (*first.actors, *first.claims))


def test_claims_are_those_of_the_labels(tmp_path: Path) -> None:
    first = next(iter(both(tmp_path)))
    known, added = first.claims
    # The chain that was found says more than labels can, and the labels agree with it.
    assert [link.person for link in known.attribution] == [None, "Ana Sol"]
    assert (known.voice, known.labels, known.confidence) == ("reported", (SOVEREIGNTY,), 1.0)
    assert known.cue is not None
    assert known.cue.text == "said"
    assert [span.text for span in added.content] == ["no"]
    assert (added.voice, added.sentences, added.open) == ("own", (0,), (UN,))
    (link,) = added.attribution
    assert (link.person, link.actor) == ("X. Y.", "DZA")
    assert link.source is not None
    assert link.source.text == "Algeria"
    assert [one.claims for one in first.actors] == [(known.id,), (added.id,), ()]


def test_a_changed_speaker_takes_the_place_of_the_chain_that_was_found(tmp_path: Path) -> None:
    line = gold()
    line["claims"][0]["speaker"] = "ESP"
    claim = next(iter(both(tmp_path, line))).claims[0]
    assert [(link.person, link.actor) for link in claim.attribution] == [(None, "ESP")]


def test_rows_say_what_was_reviewed_and_what_is_open(tmp_path: Path) -> None:
    line = gold()
    line["actors"]["MAR"] = {"labels": [UN]}
    found = [
        (row["actor"], row["label"], row["side"], row["probability"], row["content"])
        for row in rows(both(tmp_path, line))
        if row["reviewed"]
    ]
    assert found == [
        ("KAZ", SOVEREIGNTY, "supports", 1.0, "backs the plan"),
        ("DZA", SOVEREIGNTY, "opposes", 1.0, "no"),
        ("DZA", UN, "open", None, "no"),
        ("FRA", UN, "open", None, None),
        ("MAR", UN, "supports", 1.0, None),
    ]
    (other,) = [row for row in rows(both(tmp_path)) if not row["reviewed"]]
    assert (other["document"], other["probability"]) == ("b.txt", 0.7)
    assert not any(row["reviewed"] for row in rows(results(tmp_path)))


def test_every_format_is_of_the_labels(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    found = both(tmp_path)
    out = tmp_path / "out"
    write_export(found, out, "csv")
    with out.open(encoding="utf-8", newline="") as stream:
        assert [row["reviewed"] for row in csv.DictReader(stream)] == ["true"] * 4 + ["false"]
    write_export(found, out, "parquet")
    frame = pandas.read_parquet(out)
    assert frame["reviewed"].tolist() == [True] * 4 + [False]
    assert write_export(found, out, "dna") == 3
    assert '"DZA"' not in out.read_text(encoding="utf-8")
    assert out.read_text(encoding="utf-8").count(f'"{SOVEREIGNTY}"') == 2
    write_export(found, out, "graphml")
    edges = networkx.read_graphml(out).edges
    assert edges["actor:KAZ", f"concept:{SOVEREIGNTY}"]["reviewed"] == 1
    assert edges["actor:KAZ", f"concept:{UN}"]["reviewed"] == 0
    assert ("actor:DZA", f"concept:{UN}") not in edges
    write_export(found, out, "congruence")
    assert networkx.read_graphml(out).nodes["actor:KAZ"]["reviewed"] == 1
    write_export(found, out, "label-studio")
    task, other = json.loads(out.read_text(encoding="utf-8"))
    assert (task["data"]["reviewed"], other["data"]["reviewed"]) == (True, False)
    marks = [one.get("value", {}).get("labels") for one in task["predictions"][0]["result"]]
    assert [f"{SOVEREIGNTY}: opposes", f"{UN}: open"] in marks


def test_the_page_says_how_many_and_which_documents_were_reviewed(tmp_path: Path) -> None:
    write_report(both(tmp_path), tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "1 of 2 documents reviewed." in page
    data = json.loads(re.search(r'id="data">(.*?)</script>', page).group(1))  # type: ignore[union-attr]
    assert [text[5] for text in data["texts"]] == [1, 0]
    assert "left open by the reviewer: un process" in page
    assert "France</bdi> (1, left open)" in page
    assert "a.txt</bdi> · reviewed by a person" in page
    assert "b.txt</bdi> · reviewed by a person" not in page
    write_report(results(tmp_path), tmp_path / "b.html")
    plain = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "documents reviewed." not in plain
    assert "</bdi> · reviewed by a person" not in plain


def test_a_passage_is_not_its_document(tmp_path: Path) -> None:
    line = gold()
    line |= {"text_sha256": "1" * 64, "start": 0, "end": len(TEXT)}
    found = both(tmp_path, line)
    assert not any(one.reviewed for one in found)
    assert (found.unmatched, found.labelled) == (1, 1)


def test_a_text_is_known_by_its_own_hash_too(tmp_path: Path) -> None:
    # The results are of an archive or web page, whose bytes the labels may not know.
    made = record(TEXT, CLAIM)
    made["document"]["sha256"] = "2" * 64
    found = corrected(saved(tmp_path, made), labels_of(tmp_path, gold()))
    assert [one.reviewed for one in found] == [True]


def test_a_text_that_was_read_in_another_way_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"the text of a\.txt is not the one that was labelled"):
        both(tmp_path, gold(text_sha256="3" * 64))


def test_texts_that_the_results_lack_are_found_beside_the_labels_or_named(tmp_path: Path) -> None:
    lacking, labels = results(tmp_path, with_text=False), labels_of(tmp_path, gold())
    with pytest.raises(CallError, match=r"holds no text of a\.txt, which is labelled.*--texts"):
        corrected(lacking, labels)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "some.txt").write_text(TEXT, encoding="utf-8")
    named = corrected(lacking, labels, [str(tmp_path / "texts")])
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    beside = corrected(lacking, labels)
    assert list(named) == list(beside)
    assert next(iter(named)).claims[1].content[0].text == "no"


def test_labels_of_two_issues_at_once_are_refused(tmp_path: Path) -> None:
    two = saved(tmp_path, record(TEXT, CLAIM), {**record(OTHER), "issue": "harbour"})
    with pytest.raises(CallError, match="holds results on harbour, western_sahara"):
        corrected(two, labels_of(tmp_path, gold()))


def test_an_issue_of_ones_own_has_the_labels_that_are_in_use(tmp_path: Path) -> None:
    line = gold(actors={"KAZ": {"labels": ["wharf"]}}, claims=[])
    own = saved(tmp_path, {**record(TEXT), "issue": "harbour"})
    (one,) = corrected(own, labels_of(tmp_path, line))
    assert one.actors[0].scores == {"wharf": 1.0}


def call(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_commands_take_labels_and_count_those_that_are_left_over(tmp_path: Path) -> None:
    found, labels = results(tmp_path), labels_of(tmp_path, gold(), gold("Elsewhere."))
    labels_of(tmp_path, gold(), gold("Elsewhere.", claims=[]))
    left = f"stance: {labels}: 1 of 2 labelled documents is not in {found.path}\n"
    csv_file, page = tmp_path / "a.csv", tmp_path / "a.html"
    wrote = call("export", found.path, "--labels", labels, "--format", "csv", "--out", csv_file)
    assert (wrote.exit_code, wrote.stderr) == (0, f"{left}{csv_file}: 5 entries\n")
    wrote = call("report", found.path, "--labels", labels, "--out", page)
    assert (wrote.exit_code, wrote.stderr) == (0, f"{left}{page}: 2 documents\n")
    assert "1 of 2 documents reviewed." in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["export", "report"])
def test_labels_in_the_place_of_results_and_the_other_way_round(
    tmp_path: Path, command: str
) -> None:
    found, labels = results(tmp_path), labels_of(tmp_path, gold())
    more = ["--out", tmp_path / "out", *(["--format", "csv"] if command == "export" else [])]
    wrong = call(command, labels, *more)
    assert wrong.exit_code == 2
    assert wrong.stderr == (
        f"stance: {labels}: is a file of labels, not of results; name the results, then the "
        f"labels:  RESULTS --labels {labels}\n"
    )
    wrong = call(command, found.path, "--labels", found.path, *more)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith(f"stance: {found.path}: holds results, not labels; name the ")
