"""Every kind of problem with an issue pack is found, and a good pack has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from stance.packs.lint import Problem, by_model, by_start, by_texts, by_words
from stance.packs.start import placeholders
from stance.types import Issue, Label, NliProbs

LABEL = Label(
    "pro",
    "for",
    ("{actor} supports the harbour.", "{actor} welcomes the quay."),
    ("{actor} rejects the harbour.", "{actor} condemns the quay."),
    ("support*", "welcom*", "reject*", "condemn*"),
)
ISSUE = Issue("harbour", "The harbour", (LABEL,), ("harbour", "quay*"))
FOR, AGAINST = ("supports", "welcomes"), ("rejects", "condemns")


def with_label(**changes: tuple[str, ...]) -> Issue:
    return replace(ISSUE, labels=(replace(LABEL, **changes),))  # type: ignore[arg-type]


class FakeNli:
    """Gives each pair the entailment that a function gives it, and keeps what it was asked."""

    name = "fake"
    sha256 = "0" * 64

    def __init__(self, entails: Callable[[str, str], float]) -> None:
        self.entails = entails
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        self.asked += pairs
        return [NliProbs(p, 1.0 - p, 0.0) for p in (self.entails(*pair) for pair in pairs)]


def alike(premise: str, hypothesis: str) -> bool:
    """Whether both are for it, or both against it."""
    return any(verb in premise for verb in FOR) == any(verb in hypothesis for verb in FOR)


def sides(same: float, other: float) -> FakeNli:
    return FakeNli(lambda premise, hypothesis: same if alike(premise, hypothesis) else other)


def test_a_good_pack_has_no_problem() -> None:
    assert list(by_words(ISSUE)) == []
    texts = ["It supports the harbour and rejects two quays.", "Condemned by some, WELCOME to all."]
    assert list(by_texts(ISSUE, texts)) == []
    assert list(by_model(ISSUE, sides(0.9, 0.1))) == []


def test_a_problem_is_one_line() -> None:
    assert str(Problem("label 'pro'", "mend it")) == "label 'pro': mend it"


def test_a_label_that_no_term_of_the_issue_leads_to() -> None:
    (found,) = by_words(replace(ISSUE, terms=("airport",)))
    assert found.where == "label 'pro'"
    assert "no wording holds any of the issue's terms" in found.what


def test_one_wording_with_a_term_of_the_issue_is_enough() -> None:
    assert list(by_words(replace(ISSUE, terms=("quay",)))) == []


def test_the_actor_is_no_term_of_the_issue() -> None:
    assert len(list(by_words(replace(ISSUE, terms=("actor", "{actor}"))))) == 1


def test_a_wording_without_a_term_of_its_label_is_named() -> None:
    first, second = by_words(with_label(terms=("support*", "reject*", "welcome")))
    assert first.where == "label 'pro', wording 2 of `supports`"
    assert "'Kenya welcomes the quay.'" in first.what
    assert second.where == "label 'pro', wording 2 of `opposes`"
    assert "'Kenya condemns the quay.'" in second.what


def test_a_label_without_terms_is_always_asked_about() -> None:
    assert list(by_words(with_label(terms=()))) == []


def test_terms_that_match_nowhere_are_named_for_issue_and_label() -> None:
    issue = replace(
        ISSUE,
        terms=("harbour", "quay*", "dock", "pier"),
        labels=(replace(LABEL, terms=("welcom*", "reject*")), replace(LABEL, id="un", terms=())),
    )
    texts = ["The HARBOUR is deep; docks.", "Welcome to two quayside cranes."]
    assert [str(one) for one in by_texts(issue, texts)] == [
        "advice: the issue: 2 terms match nothing in any of the 2 texts: 'dock', 'pier'",
        "advice: label 'pro': 1 term matches nothing in any of the 2 texts: 'reject*'",
    ]


def test_of_many_terms_that_match_nowhere_some_are_named() -> None:
    terms = tuple(f"term{number}" for number in range(27))
    (found,) = by_texts(replace(ISSUE, terms=terms, labels=()), ["No such word."])
    assert found.what.startswith("27 terms match nothing in the one text, among them 'term0', ")
    assert "'term4'" in found.what and "term5" not in found.what


def test_only_what_no_model_says_must_be_mended() -> None:
    assert not any(one.advice for one in by_words(replace(ISSUE, terms=("airport",))))
    for same, other in ((0.9, 0.5), (0.4, 0.25)):
        assert all(one.advice for one in by_model(ISSUE, sides(same, other)))


def test_sentences_and_terms_of_the_start_are_named() -> None:
    label = Label("supports_fish_quota", "fish quota", *placeholders("fish_quota"))
    issue = Issue("fish_quota", "fish quota", (label,), ("fish quota",))
    sentences, terms = by_start(issue)
    assert "'{actor} supports the fish quota.' and 3 more" in sentences.what
    assert "still holds only 'fish quota'" in terms.what
    assert not sentences.advice and not terms.advice
    assert len(list(by_start(replace(issue, terms=("fish",))))) == 1
    mended = replace(label, opposes=("{actor} rejects the fish quota.",))
    assert list(by_start(replace(issue, labels=(mended,)))) == []


def test_without_texts_no_term_matches() -> None:
    assert [one.where for one in by_texts(ISSUE, [])] == ["the issue", "label 'pro'"]


def test_a_wording_that_follows_from_its_opposite() -> None:
    def entails(premise: str, hypothesis: str) -> float:
        if "welcomes" in hypothesis and "condemns" in premise:
            return 0.5
        return 0.9 if alike(premise, hypothesis) else 0.1

    (found,) = by_model(ISSUE, FakeNli(entails))
    assert found.where == "label 'pro', wording 2 of `supports`"
    assert "follow from its opposite 'Kenya condemns the quay.' (0.50)" in found.what
    assert found.what.endswith("'Kenya welcomes the quay.'")


@pytest.mark.parametrize(
    ("same", "other", "problems"),
    [(0.45, 0.2, 0), (0.4, 0.25, 4), (0.1, 0.3, 4), (0.9, 0.49, 0), (0.9, 0.5, 4)],
)
def test_for_and_against_lie_apart(same: float, other: float, problems: int) -> None:
    assert len(list(by_model(ISSUE, sides(same, other)))) == problems


def test_what_is_scored_alike_is_shown() -> None:
    def entails(premise: str, hypothesis: str) -> float:
        if "rejects" in hypothesis:  # for: 0.3; against: the higher of 0.1 and 0.2
            return 0.3 if "rejects" in premise else 0.2 if "supports" in premise else 0.1
        return 0.9 if alike(premise, hypothesis) else 0.1

    (found,) = by_model(ISSUE, FakeNli(entails))
    assert found.where == "label 'pro', wording 1 of `opposes`"
    assert "about the same for and against (0.30 and 0.20)" in found.what


def test_a_wording_is_held_against_itself_and_all_of_the_other_side() -> None:
    model = sides(0.9, 0.1)
    other = Label("un", "un", ("{actor} supports talks.",), ("{actor} rejects talks.",))
    list(by_model(replace(ISSUE, labels=(LABEL, other)), model))
    stated = [f"Kenya {verb}." for verb in (
        "supports the harbour", "welcomes the quay", "rejects the harbour", "condemns the quay"
    )]  # fmt: skip
    premises = [stated[0], *stated[2:]]
    assert model.asked[:3] == [(premise, stated[0]) for premise in premises]
    assert len(model.asked) == 4 * 3 + 2 * 2
