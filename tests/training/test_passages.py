"""Labelled texts, turned into what is true of each premise, and into sequences to train on."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stance.measure.gold import GoldClaim, GoldSpan, GoldStance, GoldText
from stance.measure.passages import read_passages
from stance.nli.calibration import curves_of
from stance.nli.hypotheses import Questions
from stance.nli.packed import Packer
from stance.pipeline import Pipeline
from stance.training.config import Base, Data, NliConfig, Passages, Stances
from stance.training.passages import (
    CONTRADICTED,
    ENTAILED,
    UNRELATED,
    Example,
    Known,
    Labelled,
    Question,
    elsewhere,
    examples,
    found_by,
    labelled,
    statements,
    swapped,
)
from stance.training.readers import Asked, Packed
from stance.training.stances import QUIET, stance_units, units
from stance.types import Band, Decision, Document, Fingerprint, Issue, Meta, NliProbs

from .harbour import ISSUE, PACK, TABLE, reader

LABELS = ["harbour", "bridge"]
TEXT = "Kenya backs the harbour. Peru rejects the harbour. Kenya asks Peru and Togo."
ROW: dict[str, Any] = {
    "id": "own-1",
    "style": "news",
    "speaker": None,
    "text": TEXT,
    "actors": {
        "KEN": {"labels": ["harbour"], "evidence": {"harbour": "backs the harbour"}},
        "PER": {
            "labels": ["neutral"],
            "opposes": ["harbour"],
            "open": ["bridge"],
            "evidence": {"harbour": ["Peru rejects", "rejects the harbour"]},
        },
        "TGO": {"labels": ["neutral"]},
    },
    "kinds": ["two_sides"],
}


def write(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def changed(actor: str, **changes: Any) -> dict[str, Any]:
    actors: dict[str, Any] = ROW["actors"]
    return ROW | {"actors": actors | {actor: actors.get(actor, {"labels": ["neutral"]}) | changes}}


def gold(actors: dict[str, GoldStance], claims: Sequence[GoldClaim] | None = None) -> GoldText:
    document = Document.from_text(TEXT)
    digest = document.sha256
    held = None if claims is None else tuple(claims)
    return GoldText("own-1", digest, digest, len(TEXT), actors, claims=held)


def claim(holder: str, words: str, labels: Sequence[str], opposes: Sequence[str] = ()) -> GoldClaim:
    return GoldClaim(
        holder, None, None, None, None, (at(words),), False, False, "affirmed", "asserted",
        "present", tuple(labels), tuple(opposes),
    )  # fmt: skip


def at(words: str) -> GoldSpan:
    return GoldSpan(TEXT.index(words), TEXT.index(words) + len(words))


def known(actors: dict[str, GoldStance], claims: Sequence[GoldClaim] | None = None) -> Labelled:
    (one,) = labelled([(Document.from_text(TEXT), gold(actors, claims))])
    return one


def said(one: Known, label: str) -> list[str]:
    return [span.of(TEXT) for span in one.evidence[label]]


def test_gold_gives_its_evidence() -> None:
    evidence = {"harbour": (at("Peru rejects"), at("Togo"))}
    peru = known({"PER": GoldStance(("neutral",), ("harbour",), ("bridge",), evidence)})
    one = peru.actors["PER"]
    assert (one.takes, one.rejects, one.open) == (frozenset(), {"harbour"}, {"bridge"})
    assert said(one, "harbour") == ["Peru rejects", "Togo"]


def test_the_claims_of_gold_are_evidence_for_their_holder() -> None:
    one = known(
        {"KEN": GoldStance(("harbour",)), "PER": GoldStance(("neutral",), ("harbour",))},
        [
            claim("KEN", "backs the harbour", ["harbour"]),
            claim("KEN", "asks Peru", ["neutral"]),
            claim("PER", "rejects the harbour", ["neutral"], ["harbour"]),
        ],
    )
    assert said(one.actors["KEN"], "harbour") == ["backs the harbour"]
    assert said(one.actors["PER"], "harbour") == ["rejects the harbour"]
    assert one.actors["KEN"].open == one.actors["PER"].open == frozenset()


def test_nothing_is_learnt_of_a_label_without_evidence() -> None:
    stances = {"KEN": GoldStance(("harbour", "bridge")), "PER": GoldStance(("neutral",))}
    for claims in (None, [claim("PER", "rejects the harbour", ["harbour", "bridge"])]):
        assert known(stances, claims).actors["KEN"].open == {"harbour", "bridge"}
    some = known(stances, [claim("KEN", "backs the harbour", ["harbour"])])
    assert some.actors["KEN"].open == {"bridge"}
    assert known(stances).actors["PER"].open == frozenset()


def test_evidence_that_names_nothing_counts_as_none() -> None:
    evidence = {"harbour": (), "bridge": (at("Peru"),)}
    stance = GoldStance(("harbour",), ("bridge",), evidence=evidence)
    one = known({"KEN": stance}).actors["KEN"]
    assert (one.takes, one.rejects, one.open) == ({"harbour"}, {"bridge"}, {"harbour"})
    assert set(one.evidence) == {"bridge"}
    one = known({"KEN": stance}, [claim("KEN", "backs the harbour", ["harbour"])]).actors["KEN"]
    assert said(one, "harbour") == ["backs the harbour"] and one.open == frozenset()


def test_texts_keep_their_order_and_their_documents() -> None:
    documents = [Document.from_text(TEXT, name) for name in ("a", "b", "c")]
    found = list(labelled((one, gold({"KEN": GoldStance(("neutral",))})) for one in documents))
    assert [one.document for one in found] == documents
    assert all(set(one.actors) == {"KEN"} for one in found)


def test_a_passage_without_evidence_leaves_its_label_open(tmp_path: Path) -> None:
    row = changed("KEN", evidence={})
    (one,) = labelled(read_passages(write(tmp_path / "own.jsonl", [row]), LABELS, TABLE.actors))
    assert (one.document.id, one.document.text) == ("own-1", TEXT)
    kenya, peru, togo = (one.actors[name] for name in ("KEN", "PER", "TGO"))
    assert kenya == Known(frozenset({"harbour"}), frozenset(), frozenset({"harbour"}), {})
    assert (peru.rejects, peru.open) == ({"harbour"}, {"bridge"})
    assert said(peru, "harbour") == ["Peru rejects", "rejects the harbour"]
    assert togo == Known(frozenset(), frozenset(), frozenset(), {})


class SameVerb:
    """Sure that who backs or rejects something does so; of a road it is less sure."""

    name = "fake"
    sha256 = "0" * 64

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        return [self._one(*pair) for pair in pairs]

    def _one(self, premise: str, hypothesis: str) -> NliProbs:
        words = [word for word in ("backs", "rejects") if word in premise and word in hypothesis]
        sure = 0.0 if not words else 0.4 if "road" in premise else 0.8
        return NliProbs(sure, 1 - sure, 0.0)


def pipeline() -> Pipeline:
    bands = {label: Band.around(0.5) for label in LABELS}
    return Pipeline(
        issue=ISSUE,
        reader=reader(),
        questions=Questions(ISSUE),
        nli=SameVerb(),
        curves=curves_of({}, ISSUE),
        decision=Decision(bands, bands),
        fingerprint=Fingerprint("1", "fake", "0" * 64, "c"),
    )


def evidence_in(text: str, actor: str, stance: GoldStance) -> Known:
    """What is known of an actor after the model has looked for evidence."""
    document = Document.from_text(text)
    one = GoldText("own-1", document.sha256, document.sha256, len(text), {actor: stance})
    (before,) = labelled([(document, one)])
    return found_by(before, one, pipeline()).actors[actor]


def test_the_model_finds_the_evidence_that_labels_do_not_name() -> None:
    text = (
        "Peru backs the harbour. Kenya backs the road. Kenya backs the harbour. Kenya rejects it."
    )
    takes = evidence_in(text, "KEN", GoldStance(("harbour",), open=("bridge",)))
    assert [span.of(text) for span in takes.evidence["harbour"]] == ["Kenya backs the harbour."]
    assert takes.open == {"bridge"}
    empty = GoldStance(("harbour",), open=("bridge",), evidence={"harbour": ()})
    assert evidence_in(text, "KEN", empty) == takes
    rejects = evidence_in(text, "KEN", GoldStance(("neutral",), ("harbour",)))
    assert [span.of(text) for span in rejects.evidence["harbour"]] == ["Kenya rejects it."]


def test_without_a_claim_the_model_finds_nothing() -> None:
    assert evidence_in("Peru backs the harbour.", "KEN", GoldStance(("harbour",))).open == {
        "harbour"
    }


def test_where_the_evidence_is_named_the_model_is_not_asked() -> None:
    evidence = {"harbour": (at("backs the harbour"),)}
    stances = {"KEN": GoldStance(("harbour",), evidence=evidence), "TGO": GoldStance(("neutral",))}
    one = known(stances)
    assert found_by(one, gold(stances), None) is one  # type: ignore[arg-type]


def asked(example: Example) -> dict[tuple[str, str], int]:
    """(label, side) → truth."""
    return {(one.label, one.side): one.truth for one in example.questions}


def made(row: dict[str, Any], tmp_path: Path) -> dict[tuple[str, str], Example]:
    """(premise, actor) → example of one passage."""
    texts = labelled(read_passages(write(tmp_path / "own.jsonl", [row]), LABELS, TABLE.actors))
    every = list(examples(texts, ISSUE, reader()))
    found = {(one.premise, one.actor): one for one in every}
    assert len(found) == len(every)
    return found


BRIDGE = {("bridge", "supports"): UNRELATED, ("bridge", "opposes"): UNRELATED}


def test_a_premise_with_the_evidence_proves_its_side(tmp_path: Path) -> None:
    one = made(ROW, tmp_path)["Kenya backs the harbour.", "Kenya"]
    assert (one.text, one.issue) == ("own-1", "harbour")
    expected = {("harbour", "supports"): ENTAILED, ("harbour", "opposes"): CONTRADICTED}
    assert asked(one) == expected | BRIDGE
    assert one.questions[0].hypotheses == (
        "Kenya backs the harbour.", "Kenya wants the harbour.", "Kenya asks for a quay.",
    )  # fmt: skip


def test_of_an_open_label_nothing_is_learnt(tmp_path: Path) -> None:
    one = made(ROW, tmp_path)["Peru rejects the harbour.", "Peru"]
    assert asked(one) == {("harbour", "supports"): CONTRADICTED, ("harbour", "opposes"): ENTAILED}


def test_another_premise_of_the_actor_says_nothing_of_its_side(tmp_path: Path) -> None:
    found, premise = made(ROW, tmp_path), "the harbour: Kenya asks Peru and Togo."
    assert asked(found[premise, "Kenya"]) == {("harbour", "opposes"): UNRELATED} | BRIDGE
    assert asked(found[premise, "Peru"]) == {("harbour", "supports"): UNRELATED}


def test_an_actor_that_is_named_beside_takes_no_side(tmp_path: Path) -> None:
    row = changed("TGO") | {"text": TEXT.replace("backs the harbour", "backs the harbour of Togo")}
    row["actors"]["KEN"] = {"labels": ["harbour"], "evidence": {"harbour": "backs the harbour"}}
    found = made(row, tmp_path)
    harbour = {("harbour", "supports"): UNRELATED, ("harbour", "opposes"): UNRELATED}
    assert asked(found["Kenya backs the harbour of Togo.", "Togo"]) == harbour | BRIDGE
    assert (
        asked(found["Kenya backs the harbour of Togo.", "Kenya"])["harbour", "supports"] == ENTAILED
    )
    assert {premise for premise, actor in found if actor == "Togo"} == {
        "Kenya backs the harbour of Togo.", "the harbour: Kenya asks Peru and Togo.",
    }  # fmt: skip


def test_no_part_of_another_name_is_the_actor(tmp_path: Path) -> None:
    row = ROW | {
        "text": "Nigeria backs the harbour. Niger backs nothing.",
        "actors": {"NER": {"labels": ["neutral"]}},
    }
    assert set(made(row, tmp_path)) == {("the harbour: Niger backs nothing.", "Niger")}


def learnt(
    text: str,
    actors: dict[str, GoldStance] | None = None,
    *,
    title: str | None = None,
    issue: Issue = ISSUE,
) -> dict[str, dict[str, Example]]:
    """Premise → actor → example of a text; without `actors` Kenya and Peru take no side."""
    document = Document.from_text(text, meta=Meta(title=title))
    digest = document.sha256
    neutral = {id: GoldStance(("neutral",)) for id in ("KEN", "PER")}
    one = GoldText("own-1", digest, digest, len(text), actors or neutral)
    found: dict[str, dict[str, Example]] = {}
    for example in examples(labelled([(document, one)]), issue, reader()):
        assert example.actor not in found.setdefault(example.premise, {})
        found[example.premise][example.actor] = example
    return found


def test_a_premise_without_a_term_is_learnt_after_the_title_as_it_is_asked() -> None:
    text = "Kenya backs the Harbour. Peru rejects it. Kenya asks for a bridge."
    evidence = {"harbour": (GoldSpan(text.index("rejects"), text.index("it.")),)}
    actors = {
        "KEN": GoldStance(("neutral",)),
        "PER": GoldStance(("neutral",), ("harbour",), evidence=evidence),
    }
    found = learnt(text, actors)
    assert {premise: list(asked) for premise, asked in found.items()} == {
        "Kenya backs the Harbour.": ["Kenya"],
        "the harbour: Peru rejects it.": ["Peru"],
        "Kenya asks for a bridge.": ["Kenya"],
    }
    rejects = {("harbour", "supports"): CONTRADICTED, ("harbour", "opposes"): ENTAILED}
    assert asked(found["the harbour: Peru rejects it."]["Peru"]) == rejects | BRIDGE
    pairs = [pair for pair, _ in pipeline().asked(Document.from_text(text))]
    assert {pair.premise for pair in pairs} == set(found)


def test_an_actor_in_the_title_is_not_named_by_the_premise() -> None:
    found = learnt(
        "Kenya backs the harbour. Peru rejects it.", issue=replace(ISSUE, title="Kenya’s quay")
    )
    assert {premise: list(asked) for premise, asked in found.items()} == {
        "Kenya backs the harbour.": ["Kenya"], "Kenya’s quay: Peru rejects it.": ["Peru"],
    }  # fmt: skip


FAR = (
    "It rained. Peru asks. Kenya asks. It rained. It rained. The old harbour is here. It rained. "
    "It rained. Peru opens. Peru says."
)


def test_claims_far_from_any_term_are_not_learnt() -> None:
    assert set(learnt(FAR)) == {"the harbour: Kenya asks.", "the harbour: Peru opens."}
    pairs = [pair for pair, _ in pipeline().asked(Document.from_text(FAR))]
    assert {pair.premise for pair in pairs} == set(learnt(FAR))


EVERY = {
    f"the harbour: {said}" for said in ("Peru asks.", "Kenya asks.", "Peru opens.", "Peru says.")
}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (FAR, "On the bridge"),
        (FAR.replace("It rained. Peru asks", "The bridge is old. Peru asks"), None),
        (FAR.replace("harbour", "road"), None),
        (FAR.replace("harbour", "road"), "On the road"),
    ],
    ids=["term in its title", "term in its first line", "no term", "a title and no term"],
)
def test_all_is_learnt_of_a_text_about_the_issue_and_of_one_without_a_term(
    text: str, title: str | None
) -> None:
    assert set(learnt(text, title=title)) == EVERY


def test_the_holder_is_asked_about_where_it_is_not_named(tmp_path: Path) -> None:
    row = ROW | {
        "text": "We back the harbour.",
        "speaker": "TGO",
        "actors": {"TGO": {"labels": ["harbour"], "evidence": {"harbour": "back the harbour"}}},
    }
    ((key, one),) = made(row, tmp_path).items()
    assert key == ("We back the harbour.", "Togo")
    assert asked(one)["harbour", "supports"] == ENTAILED


def test_what_nobody_claims_is_no_premise(tmp_path: Path) -> None:
    row = ROW | {
        "text": "Near Togo, Kenya backs the harbour.",
        "actors": {"KEN": {"labels": ["harbour"], "evidence": {"harbour": "backs the harbour"}}},
    }
    assert made(row, tmp_path) == {}


def test_where_all_is_open_there_is_no_example(tmp_path: Path) -> None:
    row = ROW | {"actors": {"KEN": {"labels": ["neutral"], "open": LABELS}}}
    assert made(row, tmp_path) == {}


def test_every_wording_is_a_statement_that_proves_its_side() -> None:
    found = list(statements(ISSUE, ["Kenya", "Peru"], random.Random(1)))
    assert [one.premise.split(" ", 1)[1] for one in found] == [
        "backs the harbour.", "wants the harbour.", "asks for a quay.",
        "rejects the harbour.", "wants no harbour.",
        "backs the bridge.", "rejects the bridge.",
    ]  # fmt: skip
    assert {one.actor for one in found} == {"Kenya", "Peru"}
    takes = {("harbour", "supports"): ENTAILED, ("harbour", "opposes"): CONTRADICTED}
    rejects = {("harbour", "supports"): CONTRADICTED, ("harbour", "opposes"): ENTAILED}
    assert [asked(one) for one in found[:5]] == [takes] * 3 + [rejects] * 2
    assert set(asked(found[5])) == {("bridge", "supports"), ("bridge", "opposes")}
    for one in found:
        texts = [text for question in one.questions for text in question.hypotheses]
        assert one.premise in texts
        assert all(text.startswith(f"{one.actor} ") for text in texts)


def test_a_statement_is_of_no_actor_that_its_wording_names() -> None:
    (harbour, bridge), wording = ISSUE.labels, "{actor} backs the harbour of Peru."
    issue = replace(ISSUE, labels=(replace(harbour, supports=(wording,)), bridge))
    actors: dict[str, set[str]] = {}
    for seed in range(40):
        for one in statements(issue, ["Kenya", "Peru"], random.Random(seed)):
            actors.setdefault(one.premise.split(" ", 1)[1], set()).add(one.actor)
    said = {text.replace("{actor} ", "") for text in (wording, *harbour.opposes)}
    assert {text: actors.pop(text) for text in said} == {text: {"Kenya"} for text in said}
    assert actors and all(found == {"Kenya", "Peru"} for found in actors.values())


RAIN = Example(
    "r", "weather", "Kenya wants rain.", "Kenya",
    (Question("rain", "supports", ("Kenya wants rain.",), ENTAILED),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("titled", "shown"), [(False, "Kenya wants rain."), (True, "the harbour: Kenya wants rain.")]
)
def test_a_premise_of_another_issue_says_nothing_of_this_one(titled: bool, shown: str) -> None:
    one = elsewhere(RAIN, ISSUE, empty=False, titled=titled)
    assert one is not None
    assert (one.text, one.issue, one.premise, one.actor) == ("r", "harbour", shown, "Kenya")
    assert [(ask.label, ask.side, ask.truth) for ask in one.questions] == [
        (label, side, UNRELATED) for label in LABELS for side in ("supports", "opposes")
    ]
    assert one.questions[3].hypotheses == ("Kenya rejects the bridge.",)


EMPTY = [(False, ""), (True, "the harbour: ")]


@pytest.mark.parametrize(("titled", "shown"), EMPTY)
@pytest.mark.parametrize("premise", ["Kenya wants a Harbour.", "The bridge, says Kenya, is old."])
def test_a_premise_with_a_term_of_this_issue_may_say_something_of_it(
    premise: str, titled: bool, shown: str
) -> None:
    one = replace(RAIN, premise=premise)
    assert elsewhere(one, ISSUE, empty=False, titled=titled) is None
    empty = elsewhere(one, ISSUE, empty=True, titled=titled)
    assert empty is not None and empty.premise == shown


@pytest.mark.parametrize(("titled", "shown"), EMPTY)
def test_an_empty_premise_proves_nothing(
    packer: Packer, sequences: Sequences, titled: bool, shown: str
) -> None:
    one = elsewhere(RAIN, ISSUE, empty=True, titled=titled)
    assert one is not None
    assert {ask.truth for ask in one.questions} == {UNRELATED}
    (unit,) = sequences([one], swaps=1.0)  # it names nobody, so there is no swap
    assert [unit.row.premise] == packer.premise(shown) and unit.source == f"harbour{QUIET}"


def about(actor: str, premise: str, *hypotheses: str) -> Example:
    return Example(
        "t", "harbour", premise, actor, (Question("harbour", "supports", hypotheses, ENTAILED),)
    )


def niger(premise: str) -> Example:
    return about("Niger", premise, "Niger backs it.", "To Niger it is dear.")


def test_a_swap_puts_another_actor_in_its_place() -> None:
    names = ["Niger", "Nigeria", "Peru"]
    one = swapped(niger("Niger backs it, Nigeria and Niger’s envoy too."), names, random.Random(1))
    assert one is not None
    assert one.premise == "Peru backs it, Nigeria and Peru’s envoy too."
    assert one.actor == "Peru"
    (question,) = one.questions
    assert question.hypotheses == ("Peru backs it.", "To Peru it is dear.")
    assert (question.label, question.side, question.truth) == ("harbour", "supports", ENTAILED)


def test_without_the_whole_name_there_is_nothing_to_swap() -> None:
    for premise in ("Nigeria backs it.", "We back it.", "The Nigeriens back it."):
        assert swapped(niger(premise), ["Peru"], random.Random(1)) is None


@pytest.mark.parametrize(
    ("actor", "other"),
    [
        ("Guinea", "Equatorial Guinea"),
        ("Guinea", "Guinea-Bissau"),
        ("Sudan", "South Sudan"),
        ("Macedonia", "North Macedonia"),
        ("Niger", "Nigeria"),
    ],
)
def test_a_name_inside_another_is_not_the_actor(actor: str, other: str) -> None:
    alone = about(actor, f"{other} backs it.", f"{actor} backs it.")
    assert swapped(alone, ["Peru"], random.Random(1)) is None
    both = about(actor, f"{actor} backs it; {other} does not.", f"{actor}, not {other}, backs it.")
    one = swapped(both, ["Peru"], random.Random(1))
    assert one is not None
    assert one.premise == f"Peru backs it; {other} does not."
    assert one.questions[0].hypotheses == (f"Peru, not {other}, backs it.",)


def test_a_party_to_the_issue_is_not_swapped() -> None:
    premise, wording = "Niger backs it.", "Niger backs the harbour of Niger."
    assert swapped(about("Niger", premise, wording), ["Peru"], random.Random(1)) is None
    later = about("Niger", premise, "Niger backs it.", "Niger wants Niger’s harbour.")
    assert swapped(later, ["Peru"], random.Random(1)) is None
    other = Question("bridge", "opposes", (wording,), UNRELATED)
    more = replace(niger(premise), questions=(*niger(premise).questions, other))
    assert swapped(more, ["Peru"], random.Random(1)) is None
    once = about("Niger", premise, "Niger backs the harbour of Nigeria.")
    assert swapped(once, ["Peru"], random.Random(1)) is not None


def test_a_swap_takes_no_name_that_stands_there_already() -> None:
    names = ["Chile", "Kenya", "Niger", "Peru", "Togo"]
    one = about("Niger", "Niger backs it, as Peru does.", "Niger backs the harbour of Chile.")
    found = [swapped(one, names, random.Random(seed)) for seed in range(40)]
    assert {copy.actor for copy in found if copy is not None} == {"Kenya", "Togo"}
    assert None not in found


@pytest.fixture(scope="module")
def packer(tokenizer_file: Path) -> Packer:
    from tokenizers import Tokenizer

    return Packer(Tokenizer.from_file(str(tokenizer_file)), 160)


WORDINGS = ("Kenya backs it.", "Kenya wants it.", "Kenya asks it.", "Kenya opens it.")
KENYA = Example(
    "t",
    "harbour",
    "Kenya backs the new harbour.",
    "Kenya",
    (
        Question("harbour", "supports", WORDINGS, ENTAILED),
        Question("harbour", "opposes", ("Kenya rejects it.",), CONTRADICTED),
        Question("bridge", "supports", WORDINGS[::-1], UNRELATED),
    ),
)

Sequences = Callable[..., list[Packed]]


@pytest.fixture
def sequences(packer: Packer) -> Sequences:
    def sequences(found: Sequence[Example], **changes: Any) -> list[Packed]:
        settings: dict[str, Any] = {"packer": packer, "names": ["Kenya", "Peru", "Togo"]}
        settings |= {"wordings": 3, "swaps": 0.0, "chance": random.Random(1)}
        return units(found, **(settings | changes))

    return sequences


@pytest.mark.parametrize(("wordings", "sizes"), [(1, [1, 1, 1]), (3, [3, 1, 3]), (9, [4, 1, 4])])
def test_the_first_wording_is_always_asked(
    packer: Packer, sequences: Sequences, wordings: int, sizes: list[int]
) -> None:
    drawn = set()
    for unit in sequences([KENYA] * 30, wordings=wordings):
        assert unit.row.premise == packer.premise(KENYA.premise)[0]
        assert [one.last - one.first for one in unit.asked] == sizes
        assert [one.truth for one in unit.asked] == [ENTAILED, CONTRADICTED, UNRELATED]
        assert (unit.asked[0].first, unit.asked[-1].last) == (0, len(unit.row.hypotheses))
        for one, question in zip(unit.asked, KENYA.questions, strict=True):
            shown = unit.row.hypotheses[one.first : one.last]
            assert shown[0] == packer.hypothesis(question.hypotheses[0])
            assert len(set(shown)) == len(shown)
            assert set(shown) <= {packer.hypothesis(text) for text in question.hypotheses}
        drawn.add(unit.row.hypotheses)
    assert (len(drawn) > 1) == (wordings > 1)


def test_the_same_chance_draws_the_same(sequences: Sequences) -> None:
    found = [KENYA] * 20
    again = sequences(found, swaps=0.5, chance=random.Random(1))
    assert sequences(found, swaps=0.5) == again
    assert sequences(found, swaps=0.5, chance=random.Random(2)) != again


def test_some_are_shown_again_with_another_actor(packer: Packer, sequences: Sequences) -> None:
    first, second = sequences([KENYA], swaps=1.0)
    assert first.row.premise == packer.premise(KENYA.premise)[0]
    others = {f"{name} backs the new harbour." for name in ("Peru", "Togo")}
    assert second.row.premise in {packer.premise(text)[0] for text in others}
    assert second.row.premise[1] == second.row.hypotheses[0][0]
    assert second.asked == first.asked
    assert 130 < len(sequences([KENYA] * 100, swaps=0.5)) < 170


def packer_of(tokenizer_file: Path, room: int) -> Packer:
    """One that cuts premises of more than `room` tokens."""
    from tokenizers import Tokenizer

    return Packer(Tokenizer.from_file(str(tokenizer_file)), 2 * room)


def test_a_premise_that_would_be_cut_is_left_out(
    tokenizer_file: Path, packer: Packer, sequences: Sequences
) -> None:
    (whole,) = packer.premise(KENYA.premise)
    fits, cuts = (packer_of(tokenizer_file, len(whole) - less) for less in (0, 1))
    assert [one.row.premise for one in sequences([KENYA], packer=fits)] == [whole]
    assert sequences([KENYA], packer=cuts) == []
    short = replace(KENYA, premise="Kenya backs it.")
    assert len(sequences([KENYA, short, KENYA], packer=cuts)) == 1


def test_a_copy_that_would_be_cut_is_left_out_alone(
    tokenizer_file: Path, packer: Packer, sequences: Sequences
) -> None:
    (whole,) = packer.premise(KENYA.premise)
    fits = packer_of(tokenizer_file, len(whole))
    assert len(sequences([KENYA], packer=fits, swaps=1.0, names=["Peru"])) == 2
    (one,) = sequences([KENYA], packer=fits, swaps=1.0, names=["Spain and Peru"])
    assert one.row.premise == whole


def test_what_cannot_be_swapped_is_shown_once(packer: Packer, sequences: Sequences) -> None:
    party = replace(
        KENYA, questions=(Question("bridge", "supports", ("Kenya wants Kenya.",), UNRELATED),)
    )
    (one,) = sequences([party], swaps=1.0)
    assert one.row.premise == packer.premise(KENYA.premise)[0]


def test_where_nobody_takes_a_side_the_source_says_so(sequences: Sequences) -> None:
    quiet = Example("t", "harbour", KENYA.premise, "Kenya", KENYA.questions[1:])
    assert [one.source for one in sequences([KENYA, quiet])] == ["harbour", f"harbour{QUIET}"]


def test_a_training_file_names_passages_and_labels(
    tmp_path: Path, packer: Packer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stance.training.stances.claim_reader", lambda: (reader(), ()))
    write(tmp_path / "own.jsonl", [ROW])
    text = "Japan rejects the harbour."
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "japan.txt").write_text(text, encoding="utf-8")
    digest = Document.from_text(text).sha256
    span = {"start": 6, "end": 25}
    stance = {"labels": ["neutral"], "opposes": ["harbour"], "evidence": {"harbour": [span]}}
    label = {"document": "japan.txt", "sha256": digest, "text_sha256": digest, "length": 26}
    write(tmp_path / "gold.jsonl", [label | {"actors": {"JPN": stance}}])
    config = NliConfig(
        "tiny",
        Base(encoder="tiny"),
        Data(train=("pairs.jsonl",), max_tokens=40),
        passages=(Passages(str(PACK), ("own.jsonl",), ("gold.jsonl",), ("texts",)),),
        stances=Stances(swaps=0.0, wordings=2),
        attention="one-way",
    )
    found = stance_units(tmp_path / "tiny.toml", config, packer)
    assert len(found) == 5 + 1 + 7  # of passages, of gold, and statements
    assert found[5].row.premise == packer.premise(text)[0]
    assert found[5].asked[:2] == (Asked(0, 2, CONTRADICTED), Asked(2, 4, ENTAILED))
    assert stance_units(tmp_path / "tiny.toml", config, packer) == found


WEATHER = """
id = "weather"
title = "the weather"
terms = ["rain"]

[[label]]
id = "rain"
short = "rain"
supports = ["{actor} wants rain."]
opposes = ["{actor} wants no rain."]
"""


RAINY = "Togo asks rain. Peru wants rain on the old road. Chile backs the harbour plan."
DRY = "Togo asks not in vain. Peru wants the old road. Chile backs the harbour plan."


@pytest.fixture
def two_issues(
    tmp_path: Path, packer: Packer, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Packed]]:
    """The sequences of two issues, with shares of premises from elsewhere."""
    monkeypatch.setattr("stance.training.stances.claim_reader", lambda: (reader(), ()))
    (tmp_path / "weather.toml").write_text(WEATHER)
    write(tmp_path / "own.jsonl", [ROW])

    def two_issues(text: str = RAINY, **shares: float) -> list[Packed]:
        neutral = {id: {"labels": ["neutral"]} for id in ("TGO", "PER", "CHL")}
        write(tmp_path / "rain.jsonl", [ROW | {"id": "own-2", "text": text, "actors": neutral}])
        passages = (
            Passages(str(PACK), ("own.jsonl",)),
            Passages("weather.toml", ("rain.jsonl",)),
        )
        config = NliConfig(
            "tiny",
            Base(encoder="tiny"),
            Data(train=("pairs.jsonl",), max_tokens=40),
            passages=passages[: int(shares.pop("issues", 2))],
            stances=Stances(swaps=0.0, wordings=1, **shares),
            attention="one-way",
        )
        return stance_units(tmp_path / "tiny.toml", config, packer)

    return two_issues


def test_shares_of_other_premises_are_added_to_each_issue(
    packer: Packer, two_issues: Callable[..., list[Packed]]
) -> None:
    plain = two_issues()
    assert [one.source.removesuffix(QUIET) for one in plain] == ["harbour"] * 12 + ["weather"] * 5
    more = two_issues(empty=2.0)
    texts = ("", "the harbour: ", "the weather: ")
    empty, harbour, weather = (packer.premise(text)[0] for text in texts)
    added = [one for one in more if one.row.premise in {empty, harbour, weather}]
    assert [one.source for one in added] == [f"harbour{QUIET}"] * 10 + [f"weather{QUIET}"] * 6
    assert {one.row.premise for one in added[:10]} == {empty, harbour}
    assert {one.row.premise for one in added[10:]} == {empty, weather}
    assert [one for one in more if one not in added] == plain
    assert {ask.truth for one in added for ask in one.asked} == {UNRELATED}
    assert two_issues(empty=2.0) == more


def test_no_premise_is_borrowed_that_speaks_of_the_issue(
    packer: Packer, two_issues: Callable[..., list[Packed]]
) -> None:
    plain = len(two_issues())
    said = ("Togo asks rain.", "Peru wants rain on the old road.")
    bare = {packer.premise(text)[0] for text in said}
    titled = {packer.premise(f"the harbour: {text}")[0] for text in said}
    more = two_issues(elsewhere=8.0)
    assert len(more) > plain + 24
    borrowed = more[12 : len(more) - 5 - 24]
    assert {one.row.premise for one in borrowed} == bare | titled
    assert {one.source for one in borrowed} == {f"harbour{QUIET}"}
    assert 10 < len(borrowed) < 40  # one in three speaks of the harbour
    share = sum(one.row.premise in titled for one in borrowed) / len(borrowed)
    assert 0.25 < share < 0.75


def test_an_issue_alone_has_nothing_to_borrow(two_issues: Callable[..., list[Packed]]) -> None:
    assert two_issues(issues=1, elsewhere=1.0, empty=1.0) == two_issues(issues=1)
