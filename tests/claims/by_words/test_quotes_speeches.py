"""Quotations, speeches and the chain of sources; nothing that is typed may crash the finder."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .describe import lines

QUOTES: list[tuple[str, list[str]]] = [
    # the speaker behind
    ('"We support the plan," said Ana Ruiz, the Peruvian minister.', ["PER own quoted"]),
    ("“We support the plan,” said Ana Ruiz, the Peruvian minister.", ["PER own quoted"]),
    ('"The plan is good," Peruvian minister Ana Ruiz told reporters.', ["PER own quoted"]),
    # the speaker in front
    ("Peruvian minister Ana Ruiz said: “We support the plan.”", ["PER own quoted"]),
    ('Peruvian minister Ana Ruiz said: "We support the plan."', ["PER own quoted"]),
    ("Peru's president added: “The plan is good. It will bring peace.”", ["PER own quoted"]),
    # a part of the sentence
    ("Peru reaffirmed “its full support for the plan”.", ["PER own quoted"]),
    ("Peru “fully supports” the plan.", ["PER author quoted"]),
    # two sentences, both of the same speaker
    ("“The plan is good,” said Peruvian minister Ana Ruiz. “It will bring peace.”",
     ["PER own quoted"]),
    ("Peruvian minister Ana Ruiz spoke to reporters.\n“The plan is a good one.”",
     ["PER own", "PER own quoted"]),
    ("Peruvian minister Ana Ruiz arrived. “We back the plan,” she said.",
     ["PER author", "PER own quoted"]),
    # nobody is named: nothing is attributed
    ("“We back the plan,” she said.", []),
    ("“We back the plan.”", []),
]  # fmt: skip

SPEECHES: list[tuple[str, list[str]]] = [
    ("We support the plan.", ["KEN own"]),
    ("We do not accept the plan.", ["KEN own negated"]),
    ("We should support the envoy.", ["KEN own demanded"]),
    ("My delegation welcomes the resolution.", ["KEN own"]),
    ("My country does not recognise the annexation.", ["KEN own negated"]),
    ("In this regard, my delegation reaffirms its full support for the vote.", ["KEN own"]),
    ("Mr. President, Kenya supports the plan.", ["KEN own"]),
    ("Kenya calls on the parties to negotiate.", ["KEN own"]),
    ("The plan, which we support, is serious.", ["KEN own"]),
    # nobody acts: the speaker holds it
    ("The people of the coast have a right to decide.", ["KEN own"]),
    ("The harbour must be free.", ["KEN own"]),
    ("If the parties agree, peace will come.", ["KEN own hypothetical"]),
    # others, in the speaker's words
    ("Peru supports the plan.", ["PER reported"]),
    ("The Security Council has supported the plan.", ["UNSC reported"]),
    ("“We agree,” said Peru.", ["PER reported quoted"]),
    # courtesy
    ("I thank the President of the Assembly.", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES, ids=[text[:48] for text, _ in QUOTES])
def test_quotations(read: Callable[..., Any], text: str, expected: list[str]) -> None:
    assert lines(read(text).claims) == expected


@pytest.mark.parametrize(("text", "expected"), SPEECHES, ids=[text[:48] for text, _ in SPEECHES])
def test_speeches(read: Callable[..., Any], text: str, expected: list[str]) -> None:
    assert lines(read(text, speaker="KEN").claims) == expected


def chains(reading: Any, holder: str) -> list[list[str | None]]:
    return [
        [link.actor for link in claim.attribution]
        for claim in reading.claims
        if claim.holder == holder
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "holder", "chain"),
    [
        ("Peru supports the plan.", None, "PER", []),
        ("Peru expressed its support.", None, "PER", ["PER"]),
        ("Peru said that Chile supports the plan.", None, "CHL", ["PER"]),
        ("Peru said that Chile announced its support.", None, "CHL", ["CHL", "PER"]),
        ("Peru said that Chile supports the plan.", "KEN", "CHL", ["PER", "KEN"]),
        ("Chile supports the plan.", "KEN", "CHL", ["KEN"]),
        ("“Chile supports the plan,” Minister Ana Ruiz said.", None, "CHL", [None]),
    ],
)
def test_the_chain_runs_from_the_holder_outwards(
    read: Callable[..., Any], text: str, speaker: str | None, holder: str, chain: list[str | None]
) -> None:
    assert chains(read(text, speaker=speaker), holder) == [chain]


def test_the_source_keeps_the_person(read: Callable[..., Any]) -> None:
    (claim,) = read("Peruvian minister Ana Ruiz said that Chile supports the plan.").claims
    (link,) = claim.attribution
    assert (claim.holder, link.person, link.actor) == ("CHL", "Ana Ruiz", "PER")


def test_a_quotation_ends_with_the_next_speaker(read: Callable[..., Any]) -> None:
    text = "“It is good,” said Peru. Chile said: “It is bad.” “It is very bad.”"
    reading = read(text)
    last = [claim for claim in reading.claims if claim.sentences[0] == len(reading.sentences) - 1]
    assert {claim.holder for claim in last} == {"CHL"}


@pytest.mark.xfail(
    strict=True, reason="a mark that is never closed quotes the rest of the document"
)
def test_an_odd_mark_does_not_quote_the_rest(read: Callable[..., Any]) -> None:
    text = 'Peru said: "It is good. It will stay.\n\nTalks go on.\n\nChile rejected the plan.'
    chile = [claim for claim in read(text).claims if claim.holder == "CHL"]
    assert [claim.quoted for claim in chile] == [False]


def valid(reading: Any) -> None:
    """Every span of every claim lies in the text and in the claim's sentences."""
    text, claims = reading.document.text, reading.claims
    assert len({claim.id for claim in claims}) == len(claims)
    assert claims == tuple(sorted(claims, key=lambda one: (one.content[0], one.holder)))
    for claim in claims:
        home = [reading.sentences[index].span for index in claim.sentences]
        spans = [*claim.content, *([claim.cue] if claim.cue else [])]
        spans += [claim.mention] if claim.mention else []
        assert all(any(one.covers(span) for one in home) for span in spans)
        assert list(claim.content) == sorted(claim.content)
        assert all(span.of(text).strip() for span in spans)


PIECES = st.sampled_from(
    ["Peru", "Lima", "the Peruvian minister", "Ana Ruiz", "she", "its support for", "supports",
     "said", "that", "according to", "backed by", "and", "which", "who", "not", "refused to", "if",
     "the plan", "US", "we", "the support of", "countries such as", "Mr.", "U.N.",
     "“", "”", '"', "'", "’s", "«", "»", ",", ";", ":", ".", "?", "\n", "\n\n", "-", "(", ")"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=60)),
    st.sampled_from([None, "KEN"]),
)
def test_no_text_breaks_the_finder(
    read: Callable[..., Any], text: str, speaker: str | None
) -> None:
    valid(read(text, speaker=speaker))


@pytest.mark.parametrize("text", ["", " \n ", ".", "“", '"""', "” “", "Peru", "Peru said"])
def test_next_to_nothing_is_read(read: Callable[..., Any], text: str) -> None:
    valid(read(text, speaker="KEN"))


ENDLESS = "Peru said that Chile, which supports the plan, "


def test_a_huge_sentence_is_read(read: Callable[..., Any]) -> None:
    reading = read(ENDLESS * 100 + "agreed.")
    valid(reading)
    assert len(reading.sentences) == 1 and reading.claims


@pytest.mark.xfail(strict=True, reason="the time grows with the cube of a sentence's deeds")
def test_a_huge_sentence_is_read_in_time_that_grows_with_it(read: Callable[..., Any]) -> None:
    started = time.process_time()
    read(ENDLESS * 300 + "agreed.")
    assert time.process_time() - started < 1
