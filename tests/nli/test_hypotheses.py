"""The questions to the model: only what stands near a term of the issue, in its own wordings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from stance.build import segmenter
from stance.nli.hypotheses import Questions
from stance.types import Claim, Document, Issue, Label, Meta, Pair, Span

PRO = Label(
    "pro",
    "harbour",
    ("{actor} backs the harbour.", "{actor} pays for it."),
    ("{actor} rejects it.",),
    ("harbour", "quay*"),
)
PEACE = Label("peace", "peace", ("{actor} wants peace.",), ("{actor} wants war.",))
ISSUE = Issue("harbour", "The harbour", (PRO, PEACE), ("harbour", "Salt Coast"))
NAMES = {"PER": "Peru", "CIV": "Côte d’Ivoire"}


def ask(
    text: str,
    *claimed: int,
    issue: Issue = ISSUE,
    title: str | None = None,
    holder: str = "PER",
    premises: Callable[[Claim], list[tuple[str, Span]]] | None = None,
) -> tuple[Sequence[Pair], list[Claim]]:
    """The pairs of a text in which each sentence of `claimed` is one claim."""
    document = Document.from_text(text, meta=Meta(title=title))
    sentences = segmenter()(document)
    claims = [
        Claim(document.sha256, holder, None, (), None, (sentences[at].span,), (at,))
        for at in claimed
    ]
    made_of = premises or (lambda claim: [(claim.content[0].of(text), claim.content[0])])
    return Questions(issue)(document, sentences, claims, NAMES.__getitem__, made_of), claims


FILLER = " It rained all day."


def asked(text: str, *claimed: int, title: str | None = None) -> list[int]:
    """Which of the claimed sentences were asked about."""
    pairs, claims = ask(text, *claimed, title=title)
    about = {pair.claim for pair in pairs}
    return [claim.sentences[0] for claim in claims if claim.id in about]


def test_what_a_claim_comes_to_is_asked_about_support_alone() -> None:
    document = Document.from_text("Peru warmed to the harbour.")
    sentences = segmenter()(document)
    span = sentences[0].span
    claim = Claim(document.sha256, "PER", None, (), None, (span,), (0,))
    pairs = Questions(ISSUE)(
        document,
        sentences,
        [claim],
        NAMES.__getitem__,
        lambda _: [("Peru warmed to the harbour.", span)],
        lambda _: [("Peru supports the harbour.", span)],
    )
    sides = {(pair.premise, pair.side) for pair in pairs if pair.label == "pro"}
    assert sides == {
        ("Peru warmed to the harbour.", "supports"),
        ("Peru warmed to the harbour.", "opposes"),
        ("Peru supports the harbour.", "supports"),
    }


def test_every_label_side_and_wording_is_asked_in_order() -> None:
    pairs, (claim,) = ask("Peru supports the harbour.", 0)
    assert [(pair.label, pair.side, pair.wording, pair.hypothesis) for pair in pairs] == [
        ("pro", "supports", 0, "Peru backs the harbour."),
        ("pro", "supports", 1, "Peru pays for it."),
        ("pro", "opposes", 0, "Peru rejects it."),
        ("peace", "supports", 0, "Peru wants peace."),
        ("peace", "opposes", 0, "Peru wants war."),
    ]
    assert {pair.claim for pair in pairs} == {claim.id}
    assert {pair.premise for pair in pairs} == {"Peru supports the harbour."}
    assert {pair.window for pair in pairs} == {(Span(0, 26),)}


def test_the_holder_is_called_by_its_name() -> None:
    pairs, _ = ask("It supports the harbour.", 0, holder="CIV")
    assert pairs[0].hypothesis == "Côte d’Ivoire backs the harbour."


@pytest.mark.parametrize(
    ("premise", "shown"),
    [
        ("A HARBOUR.", "A HARBOUR."),
        ("On the Salt  Coast.", "On the Salt  Coast."),
        ("A quay.", "The harbour: A quay."),  # a term of a label is none of the issue
        ("It harbours a quay.", "The harbour: It harbours a quay."),
    ],
)
def test_the_premise_is_what_it_is_told_or_titled_and_its_window_the_same(
    premise: str, shown: str
) -> None:
    pairs, _ = ask(
        "It is here.", 0, title="The harbour", premises=lambda _: [(premise, Span(3, 5))]
    )
    assert {(pair.premise, pair.window) for pair in pairs} == {(shown, (Span(3, 5),))}
    assert {pair.label for pair in pairs} >= {"peace"}


def test_each_premise_of_a_claim_is_titled_by_its_own_words() -> None:
    told = [("Peru says: Yes.", Span(0, 2)), ("Peru says: The harbour.", Span(3, 5))]
    pairs, _ = ask("It is here.", 0, title="The harbour", premises=lambda _: told)
    assert {pair.second for pair in pairs} == {
        "Peru says: Yes.",
        "The harbour: Peru says: The harbour.",
    }
    assert {(pair.premise, pair.window) for pair in pairs} == {
        ("The harbour: Peru says: Yes.", (Span(0, 2),)),
        ("Peru says: The harbour.", (Span(3, 5),)),
    }


def test_the_title_of_the_issue_makes_nothing_relevant() -> None:
    far = "The harbour is old." + FILLER * 4
    assert asked("Peru came." + FILLER * 4 + " " + far + " Peru left.", 0, 10) == []
    pairs, _ = ask("Peru left.", 0, premises=lambda _: [("Peru left the harbour.", Span(0, 4))])
    assert pairs == ()


def test_a_text_without_a_term_is_never_asked_about() -> None:
    assert asked("Peru supports peace." + FILLER, 0, 1) == []


def test_sentences_near_a_term_are_asked_about() -> None:
    text = "Peru came." + FILLER * 4 + " The harbour is old." + FILLER * 4 + " Peru left."
    every = range(len(segmenter()(Document.from_text(text))))
    assert 4 in asked(text, *every) and 5 in asked(text, *every) and 6 in asked(text, *every)
    assert not {0, 1, 9, 10} & set(asked(text, *every))


@pytest.mark.parametrize("text", ["The harbour is old.", "News of the Salt  Coast\n\n"])
def test_a_first_line_with_a_term_is_about_the_whole_text(text: str) -> None:
    whole = text + FILLER * 12 + " Peru wants peace."
    last = len(segmenter()(Document.from_text(whole))) - 1
    assert asked(whole, last) == [last]


def test_a_title_with_a_term_is_about_the_whole_text() -> None:
    text = "Peru came." + FILLER * 12
    assert asked(text, 0, 12, title="Talks on the harbour") == [0, 12]
    assert asked(text, 0, 12, title="Talks on fish") == []


@pytest.mark.parametrize("title", ["The Salt Coast", "The quayside"])
def test_a_label_with_terms_is_asked_only_where_one_stands_in_the_text(title: str) -> None:
    text = "The harbour is old. Peru supports it. Peru likes the quayside. On the Salt Coast it is."
    pairs, claims = ask(text, 1, 2, 3, issue=replace(ISSUE, title=title))
    labels = {
        claim.sentences[0]: {pair.label for pair in pairs if pair.claim == claim.id}
        for claim in claims
    }
    assert labels == {1: {"peace"}, 2: {"pro", "peace"}, 3: {"peace"}}


def test_claims_are_asked_in_their_order() -> None:
    pairs, claims = ask("The harbour is old. The harbour is new.", 0, 1)
    assert [pair.claim for pair in pairs] == [claim.id for claim in claims for _ in range(5)]


def test_no_claims_are_no_pairs() -> None:
    assert ask("The harbour is old.")[0] == ()


def test_terms_do_not_match_inside_words() -> None:
    assert asked("Peru harbours a grudge.", 0) == []


def test_who_never_takes_a_side_is_not_asked_about_it() -> None:
    never = replace(ISSUE, labels=(replace(PRO, never_opposes=("PER",)), PEACE))
    pairs, _ = ask("Peru supports the harbour.", 0, issue=never)
    assert {(pair.label, pair.side) for pair in pairs} == {
        ("pro", "supports"), ("peace", "supports"), ("peace", "opposes"),
    }  # fmt: skip
    pairs, _ = ask("Côte d’Ivoire supports the harbour.", 0, issue=never, holder="CIV")
    assert ("pro", "opposes") in {(pair.label, pair.side) for pair in pairs}


def test_recognition_denied_to_a_rival_is_not_asked_about_as_rejection() -> None:
    label = replace(PRO, rivals=("pier republic",))
    issue = replace(ISSUE, labels=(label,))
    text = "Peru does not recognise the pier republic in the harbour."
    sides = {pair.side for pair in ask(text, 0, issue=issue)[0]}
    assert sides == {"supports"}
    text = "Peru recognises the pier republic in the harbour."
    assert {pair.side for pair in ask(text, 0, issue=issue)[0]} == {"supports", "opposes"}
