"""The core types: what they refuse, and what is derived from them."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import pytest

from stance.types import (
    Actor,
    ActorStance,
    Analysis,
    Attribution,
    Band,
    Claim,
    Decision,
    Document,
    Fingerprint,
    Issue,
    Label,
    Mention,
    Meta,
    NliProbs,
    Sentence,
    Span,
    StanceScore,
)

TEXT = "Japan backs the plan. It says so."
DOCUMENT = Document.from_text(TEXT)
ISSUE = Issue(
    "harbour", "The harbour", (Label("pro", "pro", ("{actor} a.",), ("{actor} b.",)),), ("plan",)
)


def a_claim(**changes: Any) -> Claim:
    plain = Claim(
        document=DOCUMENT.sha256,
        holder="JPN",
        mention=Span(0, 5),
        attribution=(),
        cue=Span(6, 11),
        content=(Span(6, 20),),
        sentences=(0,),
    )
    return dataclasses.replace(plain, **changes)


def a_score(claim: str, label: str = "pro") -> StanceScore:
    return StanceScore(claim, label, 0.9, 0.1, 0.9, 0.0, 0, 0)


def an_analysis(**changes: Any) -> Analysis:
    claim = a_claim()
    actor = Actor("JPN", "Japan", "state")
    stance = ActorStance(actor, {"pro": 0.9}, {"pro": 0.0}, (claim.id,), {"pro": claim.id}, 1)
    parts: dict[str, Any] = {
        "document": DOCUMENT,
        "issue": ISSUE,
        "sentences": (Sentence(0, Span(0, 21)), Sentence(1, Span(22, 33))),
        "mentions": (Mention(Span(0, 5), 0, "JPN", "name"),),
        "claims": (claim,),
        "scores": (a_score(claim.id),),
        "actors": (stance,),
        "decision": Decision({"pro": Band.around(0.5)}, {"pro": Band.around(0.5)}),
        "fingerprint": Fingerprint("1", "m", "0" * 64, "c"),
    }
    return Analysis(**(parts | changes))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 0)])
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"got {start} to {end}"):
        Span(start, end)


def test_spans_compare_by_their_characters() -> None:
    outer, inner, behind = Span(2, 8), Span(2, 5), Span(8, 9)
    assert Span(6, 11).of(TEXT) == "backs"
    assert outer.covers(inner) and not inner.covers(outer) and outer.covers(outer)
    assert outer.overlaps(inner) and not outer.overlaps(behind)
    assert sorted([behind, outer, inner]) == [inner, outer, behind]


@pytest.mark.parametrize("value", [Span(0, 1), DOCUMENT, a_claim(), Meta()])
def test_values_are_frozen(value: Any) -> None:
    field = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, None)


def test_a_document_keeps_its_text_and_hashes_its_utf8_form() -> None:
    text = "  Café\r\n\u2028 e\u0301 "
    document = Document.from_text(text)
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_document_may_hold_a_lone_surrogate() -> None:
    assert len(Document.from_text("broken \ud800 text").sha256) == 64


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_mention_score_is_a_probability(score: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        Mention(Span(0, 5), 0, "JPN", "name", score)


@pytest.mark.parametrize("probs", [(0.5, 0.5, 0.5), (0.0, 0.0, 0.0), (float("nan"), 0.5, 0.5)])
def test_class_probabilities_sum_to_one(probs: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        NliProbs(*probs)


def test_class_probabilities_may_carry_rounding() -> None:
    assert NliProbs(0.3333, 0.3333, 0.3333).entailment == 0.3333


@pytest.mark.parametrize("missing", [{"content": ()}, {"sentences": ()}])
def test_a_claim_needs_words_and_a_sentence(missing: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="content span and one sentence"):
        a_claim(**missing)


def test_a_claim_id_never_changes() -> None:
    """Results are compared by it across runs and releases, so its value is pinned."""
    parts = [DOCUMENT.sha256, "JPN", "6-11", "6-20"]
    assert a_claim().id == hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    assert a_claim().id == "e098e046c1491e88"


@pytest.mark.parametrize(
    "change",
    [{"holder": "KOR"}, {"document": "0" * 64}, {"cue": Span(0, 5)}, {"content": (Span(6, 19),)}],
)
def test_a_claim_id_depends_on_text_holder_and_spans(change: dict[str, Any]) -> None:
    assert a_claim(**change).id != a_claim().id


def test_a_claim_id_does_not_depend_on_how_it_was_read() -> None:
    source = (Attribution(Span(0, 5), None, "JPN"),)
    other = a_claim(attribution=source, polarity="negated", modality="hypothetical", quoted=True)
    assert other.id == a_claim().id


@pytest.mark.parametrize(
    ("sources", "voice"),
    [((), "author"), (("JPN",), "own"), (("FRA",), "reported"), ((None,), "reported"),
     (("JPN", "FRA"), "reported"), (("FRA", "JPN"), "reported")],
)  # fmt: skip
def test_the_voice_is_own_where_nobody_else_speaks(
    sources: tuple[str | None, ...], voice: str
) -> None:
    chain = tuple(Attribution(None, None, actor) for actor in sources)
    assert a_claim(attribution=chain).voice == voice


def test_a_person_without_a_body_has_a_voice_too() -> None:
    said = (Attribution(None, "Ana Ruiz", None),)
    assert a_claim(holder="person:Ana Ruiz", attribution=said).voice == "own"
    assert a_claim(holder="person:Eva Lund", attribution=said).voice == "reported"


DECISION = Decision(
    {"pro": Band.around(0.6), "un": Band.around(0.8)},
    {"pro": Band.around(0.7), "un": Band.around(0.7)},
)


@pytest.mark.parametrize(
    ("scores", "labels"),
    [
        ({"pro": 0.6, "un": 0.79}, ("pro",)),
        ({"pro": 0.59, "un": 0.8}, ("un",)),
        ({"pro": 0.9, "un": 0.9}, ("pro", "un")),
        ({"pro": 0.59, "un": 0.79}, ("neutral",)),
        ({}, ("neutral",)),
    ],
)
def test_a_decision_gives_every_stance_that_reaches_its_threshold(
    scores: dict[str, float], labels: tuple[str, ...]
) -> None:
    assert DECISION.labels(scores) == labels


def test_a_decision_names_what_is_rejected() -> None:
    assert DECISION.opposed({"pro": 0.7, "un": 0.69}) == ("pro",)
    assert DECISION.opposed({"pro": 0.1, "un": 0.1}) == ()


@pytest.mark.parametrize(
    ("scores", "opposes", "uncertain"),
    [
        ({"pro": 0.55}, {"pro": 0.0}, True),
        ({"pro": 0.65}, {"pro": 0.0}, True),
        ({"pro": 0.45}, {"pro": 0.0}, False),
        ({"pro": 0.75}, {"pro": 0.0}, False),
        ({"pro": 0.0}, {"pro": 0.75}, True),
        ({"un": 0.65}, {}, False),
        ({"un": 0.75}, {}, True),
        ({}, {}, False),
    ],
)
def test_a_score_near_its_threshold_is_uncertain(
    scores: dict[str, float], opposes: dict[str, float], uncertain: bool
) -> None:
    assert DECISION.uncertain(scores, opposes) is uncertain


@pytest.mark.parametrize(
    "values", [(0.6, 0.5, 0.7), (0.4, 0.8, 0.7), (0.4, 0.5, float("nan")), (0.4, float("nan"), 1.0)]
)
def test_a_band_holds_its_threshold(values: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"needs low <= at <= high, got "):
        Band(*values)


def test_a_band_may_be_empty_and_lie_above_one() -> None:
    assert Band(0.3, 0.3, 0.3).at == 0.3
    assert Band(0.4, 2.0, 2.0).at == 2.0


def test_a_band_around_a_threshold_reaches_as_far_on_both_sides() -> None:
    assert Band.around(0.5) == Band(0.4, 0.5, 0.6)
    assert Band.around(0.5, 0.25) == Band(0.25, 0.5, 0.75)


@pytest.mark.parametrize(
    ("score", "held", "uncertain"),
    [
        (0.24, False, False),
        (0.25, False, True),
        (0.49, False, True),
        (0.5, True, True),
        (0.89, True, True),
        (0.9, True, False),
    ],
)
def test_a_band_may_reach_farther_on_one_side(score: float, held: bool, uncertain: bool) -> None:
    bands = {"pro": Band(0.25, 0.5, 0.9)}
    never = {"pro": Band(2.0, 2.0, 2.0)}
    supports, opposes = Decision(bands, never), Decision(never, bands)
    assert supports.labels({"pro": score}) == (("pro",) if held else ("neutral",))
    assert opposes.opposed({"pro": score}) == (("pro",) if held else ())
    assert supports.uncertain({"pro": score}, {"pro": 0.0}) is uncertain
    assert opposes.uncertain({"pro": 0.0}, {"pro": score}) is uncertain


def test_what_is_never_asserted_may_still_be_uncertain() -> None:
    bands = {"pro": Band(0.5, 2.0, 2.0)}
    decision = Decision(bands, bands)
    assert decision.labels({"pro": 1.0}) == ("neutral",)
    assert decision.opposed({"pro": 1.0}) == ()
    assert decision.uncertain({"pro": 1.0}, {}) and not decision.uncertain({"pro": 0.49}, {})


def test_an_analysis_finds_its_claims() -> None:
    analysis = an_analysis()
    id = analysis.claims[0].id
    assert analysis.claim(id) == a_claim()
    with pytest.raises(KeyError, match="unknown"):
        analysis.claim("unknown")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"scores": (a_score("nobody"),)}, "score of unknown claim nobody"),
        ({"scores": (a_score(a_claim().id, "con"),)}, "score of unknown label con"),
        ({"claims": (), "scores": ()}, "stance of JPN cites unknown claim"),
        ({"sentences": ()}, "names sentence 0 of 0"),
        ({"document": dataclasses.replace(DOCUMENT, text="Japan")}, r"ends after the text \(5\)"),
    ],
)
def test_an_analysis_refuses_broken_references(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        an_analysis(**changes)
