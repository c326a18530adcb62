"""Premises: the claim as one sentence that names its holder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stance.actors.table import ActorTable
from stance.claims.cues import Cues
from stance.claims.premises import premises as premises_of
from stance.types import Actor, Attribution, Claim, Document, Sentence, Span

Premises = Callable[..., list[str]]


@pytest.fixture
def premises(read: Callable[..., Any], table: ActorTable, cues: Cues) -> Premises:
    def premises(text: str, speaker: str | None = None) -> list[str]:
        reading = read(text, speaker=speaker)
        return [
            premise
            for claim in reading.claims
            for premise, _ in premises_of(
                reading.document,
                reading.sentences,
                claim,
                table.actors[claim.holder],
                cues,
            )
        ]

    return premises


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru supports the plan.", ["Peru supports the plan."]),
        ("The Peruvian minister Ana Ruiz backed the plan.", ["Peru backed the plan."]),
        ("Ana Ruiz, the Peruvian minister, backed the plan.", ["Peru backed the plan."]),
        ("Peru's minister, Ana Ruiz, backed the plan.", ["Peru backed the plan."]),
        ("Tokyo backed the plan.", ["Japan backed the plan."]),
        ("Tokyo turned its back on the plan.", ["Japan rejected the plan."]),
        ("Iceland never supported the plan.", ["Iceland never supported the plan."]),
        ("She noted US commitment to the plan.",
         ["United States expresses its commitment to the plan."]),
        ("They noted Bahrain's full support for the plan.",
         ["Bahrain expresses its support for the plan."]),
        ("Peru supports\n   the  plan , and more.", ["Peru supports the plan, and more."]),
        ("Chile rejects the plan; Peru welcomes it.",
         ["Chile rejects the plan.", "Peru welcomes it."]),
    ],
)  # fmt: skip
def test_the_holder_is_called_by_its_name(
    premises: Premises, text: str, expected: list[str]
) -> None:
    assert premises(text) == expected


def test_an_agent_is_named_behind_its_deed(premises: Premises) -> None:
    assert premises("The plan was backed by Lima.") == ["The plan was backed by Peru."]


def test_each_of_several_holders_has_its_own(premises: Premises) -> None:
    found = premises("Tokyo and the Peruvian delegation backed the plan.")
    assert len(found) == 2
    assert found[0].startswith("Japan ") and found[0].endswith(" backed the plan.")
    assert found[1] == "Peru backed the plan."


def test_what_the_holder_did_before_is_not_read_with_its_claim(cues: Cues) -> None:
    text = "Peru deplored the move, branded the vote null and void, and left."
    document = Document.from_text(text)
    at, content = text.index("branded"), text.index("the vote")
    claim = Claim(
        document.sha256,
        "PER",
        Span(0, 4),
        (),
        Span(at, at + len("branded")),
        (Span(content, text.index(", and left")),),
        (0,),
    )
    sentences = [Sentence(0, Span(0, len(text)))]
    actor = Actor("PER", "Peru", "state")
    made = premises_of(document, sentences, claim, actor, cues)
    assert [premise for premise, _ in made] == ["Peru rejected the vote as null and void."]


def test_a_speech_is_quoted_from_its_speaker(premises: Premises) -> None:
    assert premises("The harbour must be free.", speaker="KEN") == [
        "Kenya says: The harbour must be free."
    ]


def test_a_speaker_is_read_with_the_whole_sentence(premises: Premises) -> None:
    assert premises("We support the plan.", speaker="KEN") == ["Kenya says: We support the plan."]


def test_the_window_holds_all_that_the_premise_was_made_from(cues: Cues) -> None:
    text = "The plan, said Peru, is good."
    document = Document.from_text(text)
    claim = Claim(
        document.sha256,
        "PER",
        Span(15, 19),
        (Attribution(Span(15, 19), None, "PER"),),
        Span(10, 14),
        (Span(0, 8), Span(21, 28)),
        (0,),
    )
    whole = Sentence(0, Span(0, len(text)))
    ((sentence, window),) = premises_of(
        document, [whole], claim, Actor("PER", "Peru", "state"), cues
    )
    assert window == Span(0, 28)
    assert sentence == "The plan, said Peru, is good."


def test_a_quotation_without_its_speaker_is_said_by_the_holder(cues: Cues) -> None:
    text = "“It will\nbring peace.”"
    document = Document.from_text(text)
    claim = Claim(document.sha256, "PER", None, (), None, (Span(0, len(text)),), (0,), quoted=True)
    whole = Sentence(0, Span(0, len(text)))
    ((sentence, window),) = premises_of(
        document, [whole], claim, Actor("PER", "Peru", "state"), cues
    )
    assert sentence == "Peru says: “It will bring peace.”"
    assert window == Span(0, len(text))


def test_each_sentence_of_a_quotation_is_a_premise(cues: Cues) -> None:
    text = "“It helps,” said Peru. “It will bring peace.”"
    sentences = [Sentence(0, Span(0, 22)), Sentence(1, Span(23, 45))]
    claim = Claim(
        Document.from_text(text).sha256,
        "PER",
        Span(17, 21),
        (Attribution(Span(17, 21), None, "PER"),),
        Span(12, 16),
        (Span(1, 9), Span(24, 43)),
        (0, 1),
        quoted=True,
    )
    found = premises_of(
        Document.from_text(text), sentences, claim, Actor("PER", "Peru", "state"), cues
    )
    assert [premise for premise, _ in found] == [
        "It helps,” said Peru.",
        "Peru says: It will bring peace",
    ]
    assert [window for _, window in found] == [Span(1, 21), Span(24, 43)]
