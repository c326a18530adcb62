"""The record and its JSON line, against the schema that ships."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from stance.output import jsonl
from stance.output.contract import schema, to_record
from stance.types import Band, Decision, Document, Meta

from .factory import SAID, SOVEREIGNTY, UN, Said, analysis

CHECK = Draft202012Validator(schema())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("with_text", [False, True])
@pytest.mark.parametrize(
    "one",
    [
        analysis(),
        analysis(said=(), neutral=()),
        analysis("", said=(), neutral=(), unresolved=()),
        analysis(meta=Meta(title="Talks", date="2024-05-01", speaker="AST"), warnings=("cut",)),
    ],
)
def test_every_record_fulfils_the_schema(one: Any, with_text: bool) -> None:
    CHECK.validate(to_record(one, with_text=with_text))


def test_top_level_keys_and_their_order() -> None:
    assert list(to_record(analysis())) == [
        "schema",
        "document",
        "issue",
        "model",
        "version",
        "configuration",
        "sentences",
        "claims",
        "actors",
        "unresolved",
        "warnings",
    ]


def test_a_claim() -> None:
    first, second, *_, last = to_record(analysis())["claims"]
    assert first == {
        "id": first["id"],
        "holder": "AST",
        "mention": {"start": 0, "end": 7, "text": "Astoria"},
        "sentences": [0],
        "attribution": [
            {
                "source": {"start": 0, "end": 27, "text": "Astoria's minister Ina Roth"},
                "person": "Ina Roth",
                "actor": "AST",
            }
        ],
        "cue": {"start": 28, "end": 32, "text": "said"},
        "content": [
            {"start": 46, "end": 92, "text": "fully backs Norland's rule over the Salt Coast"}
        ],
        "voice": "own",
        "quoted": True,
        "polarity": "affirmed",
        "modality": "asserted",
        "time": "present",
        "confidence": 1.0,
        "scores": {SOVEREIGNTY: 0.97, UN: 0.04},
        "opposes": {SOVEREIGNTY: 0.01, UN: 0.02},
        "labels": [SOVEREIGNTY],
        "opposed": [],
        "uncertain": False,
    }
    assert second["scores"][UN] == 0.8812
    assert (second["voice"], second["attribution"], second["cue"]) == ("author", [], None)
    assert (last["voice"], last["uncertain"]) == ("reported", True)


def test_actors() -> None:
    actors = {actor["id"]: actor for actor in to_record(analysis())["actors"]}
    assert actors["AST"]["labels"] == [SOVEREIGNTY, UN]
    assert len(actors["AST"]["claims"]) == 2
    assert actors["BEL"]["labels"] == ["neutral"]
    assert actors["BEL"]["opposed"] == [SOVEREIGNTY]
    assert actors["DUN"] == {
        "id": "DUN",
        "name": "Dunmore",
        "kind": "state",
        "scores": {},
        "opposes": {},
        "labels": ["neutral"],
        "opposed": [],
        "uncertain": False,
        "claims": [],
        "mentions": 1,
    }


@pytest.mark.parametrize(
    ("band", "labels", "uncertain"),
    [
        (Band(0.4, 0.5, 0.97), [SOVEREIGNTY, UN], False),
        (Band(0.4, 0.5, 0.98), [SOVEREIGNTY, UN], True),
        (Band(0.9, 2.0, 2.0), [UN], True),  # sure nowhere: never asserted
    ],
)
def test_a_stance_may_be_asserted_and_uncertain(
    band: Band, labels: list[str], uncertain: bool
) -> None:
    even = {SOVEREIGNTY: Band.around(0.5), UN: Band.around(0.5)}
    one = replace(analysis(), decision=Decision(even | {SOVEREIGNTY: band}, even))
    record = to_record(one)
    CHECK.validate(record)
    astoria = record["actors"][0]
    assert (astoria["id"], astoria["scores"][SOVEREIGNTY]) == ("AST", 0.97)
    assert (astoria["labels"], astoria["uncertain"]) == (labels, uncertain)


def test_text_is_left_out_unless_asked_for() -> None:
    one = analysis()
    bare, full = to_record(one), to_record(one, with_text=True)
    assert "text" not in bare["document"]
    claimed = {index for claim in bare["claims"] for index in claim["sentences"]}
    assert claimed
    for sentence in bare["sentences"]:
        assert ("text" in sentence) is (sentence["index"] in claimed)
    assert full["document"]["text"] == one.document.text
    for sentence in full["sentences"]:
        assert sentence["text"] == one.document.text[sentence["start"] : sentence["end"]]
    assert bare["unresolved"] == full["unresolved"]
    assert bare["unresolved"][0]["text"] == "the other side"


def test_offsets_count_code_points() -> None:
    text = "𝄞𝄞 Belmark called that rule an occupation."
    one = analysis(text, [SAID[2]], neutral=(), unresolved=())
    [content] = to_record(one)["claims"][0]["content"]
    assert (content["start"], content["end"]) == (11, 41)


def test_labels_are_decided_before_rounding() -> None:
    said = Said("BEL", "called that rule an occupation", {SOVEREIGNTY: (0.49999, 0.0)})
    [actor] = to_record(analysis(said=[said], neutral=()))["actors"]
    assert (actor["scores"][SOVEREIGNTY], actor["labels"]) == (0.5, ["neutral"])


def test_the_order_of_labels_is_that_of_the_issue() -> None:
    one = analysis()
    turned = [
        replace(stance, scores=dict(list(stance.scores.items())[::-1])) for stance in one.actors
    ]
    again = replace(one, scores=one.scores[::-1], actors=tuple(turned))
    assert json.dumps(to_record(again)) == json.dumps(to_record(one))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("claims"),
        lambda record: record.update(schema=2),
        lambda record: record["claims"][0].update(voice="whispered"),
        lambda record: record["claims"][0].pop("cue"),
        lambda record: record["claims"][0]["content"][0].pop("text"),
        lambda record: record["claims"][0]["scores"].update({UN: 1.5}),
        lambda record: record["actors"][0].update(kind="planet"),
        lambda record: record["actors"][0].update(labels=["neutral", UN]),
        lambda record: record["actors"][0].update(labels=[]),
        lambda record: record["document"].update(sha256="abc"),
    ],
)
def test_the_schema_refuses(spoil: Any) -> None:
    record = to_record(analysis())
    spoil(record)
    assert not CHECK.is_valid(record)


def test_the_schema_lets_fields_be_added() -> None:
    record = to_record(analysis())
    for place in (record, record["document"], record["claims"][0], record["actors"][0]):
        place["new"] = 1
    CHECK.validate(record)


def lines(*analyses: Any, with_text: bool = False) -> list[str]:
    stream = io.StringIO()
    jsonl.write(analyses, stream, with_text=with_text)
    assert stream.getvalue().endswith("\n")
    return stream.getvalue()[:-1].split("\n")


def test_one_line_for_each_document() -> None:
    one = analysis()
    assert [json.loads(line) for line in lines(one, one)] == [to_record(one)] * 2
    assert "“" in lines(one, with_text=True)[0]


def test_no_character_of_a_text_ends_the_line() -> None:
    text = "a\nb\rc\x0bd\x0ce\x1cf\x85g\u2028h\u2029i."
    [line] = lines(analysis(text, (), neutral=(), unresolved=()), with_text=True)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["document"]["text"] == text


def test_a_lone_surrogate_can_be_written() -> None:
    one = replace(analysis(), document=Document.from_text(analysis().document.text, "caf\udce9"))
    [line] = lines(one)
    assert json.loads(line.encode())["document"]["id"] == "caf\udce9"


def test_a_narrow_stream_gets_escapes() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "cp1252")
    one = analysis("𝄞 Belmark waits.", (), neutral=(), unresolved=())
    jsonl.write([one], stream, with_text=True)
    stream.flush()
    assert json.loads(raw.getvalue().decode("ascii")) == to_record(one, with_text=True)


def test_a_score_that_is_no_number_is_refused() -> None:
    said = Said("BEL", "called that rule an occupation", {UN: (float("nan"), 0.0)})
    with pytest.raises(ValueError, match="JSON compliant"):
        lines(analysis(said=[said]))
