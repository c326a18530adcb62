"""Which sentences are about an issue, and a gate that passes over the others before the parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from stance.actors.finder import RuleMentions
from stance.actors.table import ActorTable
from stance.build import segmenter
from stance.claims.by_words.finder import RuleClaims
from stance.claims.cues import Cues
from stance.nli.calibration import curves_of
from stance.nli.contexts import Contexts
from stance.nli.hypotheses import Questions
from stance.pipeline import ClaimReader, Pipeline
from stance.types import (
    Analysis,
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
)

PLAN = Label("plan", "plan", ("{actor} supports the plan.",), ("{actor} rejects the plan.",))
ISSUE = Issue("harbour", "The harbour", (PLAN,), ("harbour", "Salt Coast", "quay*", "free-port"))
CONTEXTS = Contexts(ISSUE)
FILLER = "It rained all day."


def text(sentences: int, **placed: str) -> str:
    """A text of so many sentences; `at7="…"` is the one with the index 7."""
    return " ".join(placed.get(f"at{index}", FILLER) for index in range(sentences))


def document(words: str, title: str | None = None) -> Document:
    return Document.from_text(words, meta=Meta(title=title))


def found(words: str, title: str | None = None) -> tuple[list[int], list[int]]:
    """The indices of the relevant sentences and of those that are parsed."""
    one = document(words, title)
    context = CONTEXTS.of(one, segmenter()(one))
    near = [sentence.index for run in context.near() for sentence in run]
    return sorted(context.relevant & set(range(99))), near


def test_what_is_parsed_comes_in_runs() -> None:
    one = document(text(30, at9="The harbour is old.", at25="The quay is new."))
    runs = CONTEXTS.of(one, segmenter()(one)).near()
    assert [[sentence.index for sentence in run] for run in runs] == [
        [*range(3, 13)],
        [*range(19, 29)],
    ]


def test_sentences_near_a_term_are_relevant_and_some_before_them_are_parsed() -> None:
    assert found(text(20, at9="The harbour is old.")) == (
        [*range(6, 13)],
        [*range(3, 13)],
    )


def test_two_places_are_two_runs() -> None:
    words = text(30, at8="The harbour is old.", at20="The quayside is new.")
    assert found(words) == ([*range(5, 12), *range(17, 24)], [*range(2, 12), *range(14, 24)])


def test_at_the_ends_of_a_text_there_is_less() -> None:
    assert found(text(9, at1="The harbour is old."))[1] == [0, 1, 2, 3, 4]
    assert found(text(9, at8="The harbour is old."))[1] == [2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("title", [None, "The harbour"])
def test_a_title_or_a_first_sentence_makes_all_relevant(title: str | None) -> None:
    first = FILLER if title else "The harbour is old."
    assert found(text(12, at0=first), title) == ([*range(12)], [*range(12)])
    assert found(text(12, at0=FILLER), "The weather") == ([], [])


@pytest.mark.parametrize(
    "words",
    [
        "The HARBOUR.", "the Salt\n  Coast", "quay", "Quayside", "a free-port", "a free-\nport",
        "It rained. " * 99 + "On the Salt Coast.",
    ],
)  # fmt: skip
def test_a_text_with_a_term_is_of_concern(words: str) -> None:
    assert CONTEXTS.concern(document(words))
    assert CONTEXTS.concern(document(FILLER, title=words))


@pytest.mark.parametrize(
    "words", ["", "harbours", "Salt on the Coast", "Coast Salt", "free port", "unquayed", "Salt."]
)
def test_a_text_without_a_term_is_of_no_concern(words: str) -> None:
    assert not CONTEXTS.concern(document(words))
    assert not CONTEXTS.concern(document(FILLER, title=words))


@pytest.mark.parametrize(
    "premise", ["Kenya backs the HARBOUR.", "Salt\n Coast", "The quayside.", "A free-\nport."]
)
def test_a_premise_with_a_term_is_shown_as_it_is(premise: str) -> None:
    assert CONTEXTS.titled(premise) == (premise, f"The harbour: {premise}")


@pytest.mark.parametrize("premise", ["Kenya backs it.", "Kenya harbours a plan.", "Salt. Coast."])
def test_a_premise_without_a_term_is_shown_after_the_title(premise: str) -> None:
    assert CONTEXTS.titled(premise) == (f"The harbour: {premise}", premise)


class Claims:
    """Finds claims by words; `seen` are the sentences and mentions that it was given."""

    def __init__(self, cues: Cues) -> None:
        self._rules = RuleClaims(cues)
        self.sentences: list[int] = []
        self.mentions: list[str | None] = []

    def __call__(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Claim, ...]:
        self.sentences = [one.index for one in sentences]
        self.mentions = [one.actor for one in mentions]
        return self._rules(document, sentences, mentions)


class SameVerb:
    """Sure that who supports or rejects the plan does so; `asked` are the premises."""

    name = "fake"
    sha256 = "0" * 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        self.asked += [premise for premise, _ in pairs]
        return [self._one(*pair) for pair in pairs]

    def _one(self, premise: str, hypothesis: str) -> NliProbs:
        same = any(verb in premise and verb in hypothesis for verb in ("support", "reject"))
        return NliProbs(0.9, 0.05, 0.05) if same else NliProbs(0.02, 0.9, 0.08)


class Reading:
    """A pipeline with and without its gate, and what its steps were given."""

    def __init__(self, table: ActorTable, cues: Cues, mentions: RuleMentions) -> None:
        self.claims, self.nli = Claims(cues), SameVerb()
        bands = {"plan": Band.around(0.5)}
        self._open = Pipeline(
            issue=ISSUE,
            reader=ClaimReader(table, cues, segmenter(), mentions, self.claims),
            questions=Questions(ISSUE),
            nli=self.nli,
            curves=curves_of({}, ISSUE),
            decision=Decision(bands, bands),
            fingerprint=Fingerprint("1", "fake", "0" * 64, "c"),
        )

    def __call__(self, words: str, *, gate: bool = True, **meta: str) -> Analysis:
        self.claims.sentences, self.nli.asked = [], []
        one = Document.from_text(words, meta=Meta(**meta))
        return replace(self._open, gate=gate)(one)


@pytest.fixture
def read(table: ActorTable, cues: Cues, find_mentions: RuleMentions) -> Reading:
    return Reading(table, cues, find_mentions)


WORDS = text(
    25,
    at2="Japan supports peace.",
    at11="The harbour is old.",
    at12="Kenya supports the plan.",
    at13="Peru rejects the plan.",
    at22="Togo supports fish.",
)


def stances(analysis: Analysis) -> dict[str, tuple[dict[str, float], dict[str, float]]]:
    return {one.actor.id: (dict(one.scores), dict(one.opposes)) for one in analysis.actors}


def test_what_is_far_from_any_term_is_neither_parsed_nor_reported(read: Reading) -> None:
    analysis = read(WORDS)
    assert read.claims.sentences == list(range(5, 15))
    assert read.claims.mentions == ["KEN", "PER"]
    assert {claim.holder for claim in analysis.claims} == {"KEN", "PER"}
    assert {mention.actor for mention in analysis.mentions} == {"KEN", "PER"}
    assert set(stances(analysis)) == {"KEN", "PER"}
    assert len(analysis.sentences) == 25


def test_without_the_gate_all_is_parsed_and_reported(read: Reading) -> None:
    analysis = read(WORDS, gate=False)
    assert read.claims.sentences == list(range(25))
    assert set(stances(analysis)) == {"JPN", "KEN", "PER", "TGO"}
    assert {claim.holder for claim in analysis.claims} == {"JPN", "KEN", "PER", "TGO"}


def test_what_is_found_near_a_term_is_the_same_with_and_without_the_gate(read: Reading) -> None:
    gated, asked = read(WORDS), read.nli.asked
    whole = read(WORDS, gate=False)
    assert asked == read.nli.asked
    assert set(asked) == {
        "The harbour: Kenya supports the plan.", "The harbour: Peru rejects the plan.",
    }  # fmt: skip
    near = stances(whole)
    assert stances(gated) == {actor: near[actor] for actor in ("KEN", "PER")}
    assert near["KEN"] == ({"plan": 0.9}, {"plan": 0.0})
    assert near["PER"] == ({"plan": 0.0}, {"plan": 0.9})
    assert near["JPN"] == near["TGO"] == ({"plan": 0.0}, {"plan": 0.0})
    assert gated.scores == whole.scores
    assert set(gated.claims) <= set(whole.claims)


def test_a_speech_is_gated_too(read: Reading) -> None:
    words = text(25, at12="We support the plan for the harbour.", at22="We support fish.")
    gated, whole = (read(words, gate=gate, speaker="KEN") for gate in (True, False))
    assert stances(gated) == stances(whole)
    assert stances(gated)["KEN"][0] == {"plan": 0.9}
    assert len(gated.claims) < len(whole.claims)


def test_a_text_without_a_term_is_not_even_cut_into_sentences(read: Reading) -> None:
    words = text(9, at3="Kenya supports the plan.")
    gated = read(words)
    assert (gated.sentences, gated.mentions, gated.claims, gated.actors) == ((), (), (), ())
    assert read.claims.sentences == [] and read.nli.asked == []
    whole = read(words, gate=False)
    assert len(whole.sentences) == 9 and read.nli.asked == []
    assert stances(whole) == {"KEN": ({"plan": 0.0}, {"plan": 0.0})}


def test_a_title_with_a_term_opens_the_gate(read: Reading) -> None:
    words = text(12, at11="Kenya supports the plan.")
    assert stances(read(words, title="The harbour"))["KEN"][0] == {"plan": 0.9}
    assert read.claims.sentences == list(range(12))


ROADS = replace(ISSUE, more_terms=("tunnel",), exceptions=("sub-harbour", "harbour seal"))
LONG = FILLER * 150


@pytest.mark.parametrize(
    ("words", "concerned"),
    [
        ("The harbour is old.", True),
        ("A sub-harbour town.", False),
        ("A harbour seal sings.", False),
        ("The harbour seals it.", True),
        ("A harbour seal left the Harbour.", True),
        ("The tunnel is old.", True),
        (f"The tunnel is old. {LONG}", False),
        (f"The tunnel is old. {LONG} The harbour is new.", True),
    ],
)
def test_exceptions_are_no_terms_and_more_terms_name_no_issue_in_a_long_text(
    words: str, concerned: bool
) -> None:
    one = document(words)
    contexts = Contexts(ROADS)
    assert contexts.concern(one) is concerned
    assert bool(contexts.of(one, segmenter()(one)).hits) is concerned


@pytest.mark.parametrize(("between", "hits"), [("It rained.", 2), (LONG, 1)])
def test_a_more_term_counts_near_where_a_long_text_names_the_issue(between: str, hits: int) -> None:
    one = document(f"It rained. {LONG} The tunnel is old. {between} The harbour is new.")
    assert len(Contexts(ROADS).of(one, segmenter()(one)).hits) == hits
    assert Contexts(ROADS).titled("Kenya likes the tunnel.")[0] == "Kenya likes the tunnel."


def asked(words: str, speaker: str | None) -> list[str]:
    """The sentences of which claims are put to the model, in a text that is long by its end."""
    one = Document.from_text(f"{FILLER} {words} {LONG}", meta=Meta(speaker=speaker))
    context = CONTEXTS.of(one, segmenter()(one))
    return [s.span.of(one.text) for s in context.sentences if s.index in context.asked]


GOES_ON = "The harbour is old. We urge the parties to talk. They know it. Peru speaks of rain."


def test_in_a_long_speech_only_what_goes_on_about_the_issue_is_asked() -> None:
    assert asked(GOES_ON, "KEN") == [
        "The harbour is old.", "We urge the parties to talk.", "They know it.",
    ]  # fmt: skip
    assert asked(f"We back the parties. {GOES_ON}", "KEN")[0] == "The harbour is old."
    broken = "The harbour is old. We are proud. We urge the parties to talk."
    assert asked(broken, "KEN") == ["The harbour is old."]


def test_in_other_texts_all_that_is_near_is_asked() -> None:
    assert len(asked(GOES_ON, None)) > 4
    one = Document.from_text(f"{FILLER} {GOES_ON}", meta=Meta(speaker="KEN"))  # may be a passage
    context = CONTEXTS.of(one, segmenter()(one))
    assert context.asked == context.relevant


def test_a_speaker_who_begins_with_a_more_term_does_not_speak_of_the_issue_throughout() -> None:
    for speaker, every in ((None, True), ("KEN", False)):
        one = Document.from_text(
            f"The tunnel greets you. {LONG} The harbour is new.", meta=Meta(speaker=speaker)
        )
        sentences = segmenter()(one)
        assert (len(Contexts(ROADS).of(one, sentences).hits) == len(sentences)) is every
