"""What a person decides, and what it comes to: stances, spans, undo, agreement."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from stance.desk.review import decisions as d
from stance.desk.review.agreement import agreement
from stance.desk.review.spans import by_sentence, is_quoted
from stance.desk.review.state import Refused, stances
from stance.measure.gold import GoldSpan, GoldStance, GoldText

from .review_records import KENYA, LABELS, SOVEREIGNTY, UN, Hand, kenya, working, written


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return written(tmp_path / "results.jsonl", [kenya()])


def test_stances_follow_from_claims_unless_they_are_set(results: Path, tmp_path: Path) -> None:
    with working(results, tmp_path / "labels.jsonl") as work:
        hand = Hand(work)
        assert stances(hand.state, LABELS) == {
            "KEN": {SOVEREIGNTY: "supports", UN: "neither"},
            "MAR": {SOVEREIGNTY: "supports", UN: "neither"},
            "DZA": {SOVEREIGNTY: "opposes", UN: "supports"},
            "UN": {SOVEREIGNTY: "neither", UN: "neither"},
        }
        hand(d.Label(hand.claim_of("KEN").key, {SOVEREIGNTY: "either"}))
        assert stances(hand.state, LABELS)["KEN"][SOVEREIGNTY] == "either"
        hand(d.Stance("KEN", {SOVEREIGNTY: "opposes"}))
        assert stances(hand.state, LABELS)["KEN"][SOVEREIGNTY] == "opposes"
        hand(d.Stance("KEN", {SOVEREIGNTY: None}))
        assert stances(hand.state, LABELS)["KEN"][SOVEREIGNTY] == "either"


def test_support_and_rejection_by_one_actor_stay_open(results: Path, tmp_path: Path) -> None:
    with working(results, tmp_path / "labels.jsonl") as work:
        hand = Hand(work)
        hand(d.Holder(hand.claim_of("DZA").key, "KEN"))
        assert stances(hand.state, LABELS)["KEN"] == {SOVEREIGNTY: "either", UN: "supports"}
        hand(d.Delete(hand.claim_of("KEN").key, True))
        assert stances(hand.state, LABELS)["KEN"][SOVEREIGNTY] == "opposes"


def test_every_step_is_undone_and_done_again_also_after_a_restart(
    results: Path, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.jsonl"
    with working(results, labels) as work:
        hand = Hand(work)
        kenya_claim, morocco = hand.claim_of("KEN").key, hand.claim_of("MAR").key
        start = KENYA.index("rejects it")
        seen = [hand.state]
        for decision in (
            d.Accept((kenya_claim,)),
            d.Label(morocco, {SOVEREIGNTY: "neither", UN: "supports"}),
            d.Holder(morocco, "DZA"),
            d.Words(morocco, (GoldSpan(0, 5),)),
            d.Delete(kenya_claim, True),
            d.Add(
                "DZA", (GoldSpan(start, start + 10),), {SOVEREIGNTY: "opposes", UN: "neither"}
            ),
            d.Stance("UN", {UN: "supports"}),
            d.List("FRA", True),
            d.Note("a note"),
            d.Finish(),
        ):  # fmt: skip
            hand(decision)
            seen.append(hand.state)
        assert all(one != other for one, other in pairwise(seen))
    with working(results, labels) as work:
        hand = Hand(work)
        assert hand.state == seen[-1]
        for state in reversed(seen[:-1]):
            hand(d.Undo())
            assert hand.state == state
        with pytest.raises(Refused, match="nothing to undo"):
            hand(d.Undo())
    with working(results, labels) as work:
        hand = Hand(work)
        assert hand.state == seen[0]
        for state in seen[1:]:
            hand(d.Redo())
            assert hand.state == state
        with pytest.raises(Refused, match="nothing to do again"):
            hand(d.Redo())


def test_what_was_undone_is_gone_once_something_else_is_decided(
    results: Path, tmp_path: Path
) -> None:
    with working(results, tmp_path / "labels.jsonl") as work:
        hand = Hand(work)
        for decision in (d.Note("one"), d.Undo(), d.Note("two")):
            hand(decision)
        with pytest.raises(Refused, match="nothing to do again"):
            hand(d.Redo())
        assert hand.state.note == "two"


def test_what_cannot_be_is_refused_and_changes_nothing(results: Path, tmp_path: Path) -> None:
    with working(results, tmp_path / "labels.jsonl") as work:
        hand = Hand(work)
        key = hand.claim_of("KEN").key
        for decision, why in (
            (d.Label("none", {UN: "supports"}), "no such claim"),
            (d.Label(key, {"mine": "supports"}), "no label 'mine'"),
            (d.Holder(key, "person:Ana Sol"), "no persons"),
            (d.Holder(key, "NOWHERE"), "choose an actor"),
            (d.Words(key, (GoldSpan(0, len(KENYA) + 1),)), "select the words again"),
            (d.Words(key, (GoldSpan(5, 6),)), "white space"),
            (d.Add("KEN", (GoldSpan(0, 5),), {UN: "supports"}), "a value for each"),
            (d.Stance("FRA", {UN: "supports"}), "no such actor"),
            (d.Stance("KEN", {"mine": "supports"}), "no label 'mine'"),
            (d.List("KEN", False), "holds a claim"),
            (d.Note("x" * 20_001), "at most 20,000"),
            (d.Reopen(), "open already"),
        ):
            before = work.history(hand.key).revision
            with pytest.raises(Refused, match=why):
                hand(decision)
            assert work.history(hand.key).revision == before
        hand(d.Finish())
        with pytest.raises(Refused, match="reopen it"):
            hand(d.Note("late"))


def test_a_selection_is_cut_at_sentences_and_trimmed() -> None:
    text = "One here.  Two 😀 there. Three."
    sentences = [GoldSpan(0, 9), GoldSpan(11, 23), GoldSpan(24, 30)]
    assert by_sentence([GoldSpan(3, 27)], sentences, text) == (
        GoldSpan(4, 9),
        GoldSpan(11, 23),
        GoldSpan(24, 27),
    )
    assert by_sentence([GoldSpan(11, 14), GoldSpan(0, 3)], sentences, text) == (
        GoldSpan(0, 3),
        GoldSpan(11, 14),
    )


def test_words_between_quotation_marks_are_quoted() -> None:
    assert is_quoted([GoldSpan(6, 9)], "said “yes”.")
    assert not is_quoted([GoldSpan(6, 8)], "said “yes”.")


def gold(text: str, **actors: GoldStance) -> GoldText:
    return GoldText(text, text, text, 10, actors)


def stance(*takes: str, rejects: tuple[str, ...] = (), unsure: tuple[str, ...] = ()) -> GoldStance:
    return GoldStance(takes or ("neutral",), rejects, unsure)


def test_agreement_is_that_of_nltk_over_actors_listed_by_both() -> None:
    """Worked by hand: 5 cases, 10 values, one case differs."""
    mine = {
        "a": gold("a", KEN=stance(SOVEREIGNTY), MAR=stance(SOVEREIGNTY), FRA=stance()),
        "b": gold("b", KEN=stance(UN, unsure=(SOVEREIGNTY,))),
        "c": gold("c", KEN=stance()),
    }
    theirs = {
        "a": gold("a", KEN=stance(SOVEREIGNTY), MAR=stance(rejects=(SOVEREIGNTY,)), ESP=stance()),
        "b": gold("b", KEN=stance(UN, SOVEREIGNTY)),
    }
    found = agreement(("ana", mine), ("ben", theirs), LABELS)
    assert (found.documents, found.both, found.either, found.open) == (2, 3, 5, 1)
    assert found.all.cases == 5
    # supports 5, neither 4, opposes 1 of 10 values; pairs that differ by chance 2(20+5+4)/90
    assert found.all.value == pytest.approx(1 - (1 / 5) / (58 / 90))
    assert found.labels[UN].cases == 3
    assert found.labels[UN].value == pytest.approx(1.0)
    told = {(one.sha256, one.actor, one.label, one.one, one.other) for one in found.differences}
    assert told == {
        ("a", "MAR", SOVEREIGNTY, "supports", "opposes"),
        ("b", "KEN", SOVEREIGNTY, "either", "supports"),
        ("a", "FRA", None, "listed", "not listed"),
        ("a", "ESP", None, "not listed", "listed"),
    }


def test_agreement_of_one_value_alone_is_not_called_perfect() -> None:
    one = {"a": gold("a", KEN=stance())}
    assert agreement(("ana", one), ("ben", one), LABELS).all.value is None
