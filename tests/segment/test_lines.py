"""Sentences: exact offsets, nothing lost but white space, headlines and hard wraps."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.segment.lines import segment
from stance.types import Document


def sentences(text: str) -> list[str]:
    document = Document.from_text(text)
    return [sentence.span.of(document.text) for sentence in segment(document)]


LINES = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("aA.!?\"'“”«»,;:()- \t\n\r\v\f\x85\u2028\u2029\xa0\u3000。…")),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)
PROSE = st.lists(
    st.sampled_from(
        ["Dr. Ito came.", "“Yes,” he said.", "The U.N. met", "\n", "\r\n", " ", "\n\n\n", "wrapped",
         "at 5 p.m. on", "Headline Without Stop", "(See p. 4.)", "Why?!", "\ufeff", "é́", "日本。"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(LINES, PROSE))
def test_between_sentences_there_is_only_white_space(text: str) -> None:
    document = Document.from_text(text)
    found = segment(document)
    assert document.text == text
    assert [sentence.index for sentence in found] == list(range(len(found)))
    at = 0
    for sentence in found:
        assert sentence.span.start >= at
        assert not text[at : sentence.span.start].strip()
        covered = sentence.span.of(text)
        assert covered == covered.strip() != ""
        at = sentence.span.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028\xa0\t"])
def test_no_words_are_no_sentences(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo agreed. Lima did not.", ["Oslo agreed.", "Lima did not."]),
        ("  Oslo agreed.\t ", ["Oslo agreed."]),
        (
            "Mr. Berg met Dr. Silva at 5 p.m. in Lima.",
            ["Mr. Berg met Dr. Silva at 5 p.m. in Lima."],
        ),
        ("The U.N. envoy spoke. He left.", ["The U.N. envoy spoke.", "He left."]),
        ("Is it over? No! It goes on.", ["Is it over?", "No!", "It goes on."]),
        ("It cost 2.5 million dollars.", ["It cost 2.5 million dollars."]),
    ],
)
def test_sentences_end_at_their_stop(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "line_end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n"]
)
def test_a_headline_stands_alone(line_end: str) -> None:
    text = f"Lima Backs Harbour Plan{line_end}By Ana Ruiz{line_end}Lima agreed on Monday."
    assert sentences(text) == ["Lima Backs Harbour Plan", "By Ana Ruiz", "Lima agreed on Monday."]


@pytest.mark.parametrize("wrap", ["\n", "\r\n", " \n", "\n  "])
def test_a_hard_wrap_goes_on(wrap: str) -> None:
    text = f"The minister of Peru said that the{wrap}harbour was open. He left."
    first, second = sentences(text)
    assert first == f"The minister of Peru said that the{wrap}harbour was open."
    assert second == "He left."


WRAPPED = """\
Harbour Plan Backed

The foreign minister said on Monday that the government of
Peru supports the harbour plan and will send a delegation to
Lima next week. She added that talks with the government of
Chile had gone well and that she would meet her counterpart.

Talks go on in April."""


def test_a_text_that_is_wrapped_throughout_goes_on_before_a_name() -> None:
    found = [" ".join(sentence.split()) for sentence in sentences(WRAPPED)]
    assert len(found) == 4
    assert found[0] == "Harbour Plan Backed"
    assert found[1].startswith("The foreign minister") and found[1].endswith("Lima next week.")
    assert found[2].startswith("She added") and found[2].endswith("her counterpart.")


def test_a_list_of_short_lines_is_not_wrapped() -> None:
    names = ["Ana Ruiz", "Luis Vega", "Kofi Asare", "Yao Mensah", "Rosa Ibarra"]
    assert sentences("\n".join(names)) == names


def test_a_quotation_keeps_its_marks() -> None:
    text = "“The harbour is open,” said Ana Ruiz. “It will stay open.”"
    assert sentences(text) == ["“The harbour is open,” said Ana Ruiz.", "“It will stay open.”"]


def test_many_lines_are_read_in_time_that_grows_with_them() -> None:
    text = "Lima agreed on Monday.\n" * 5000 + " " * 50_000 + "\n" * 5000
    assert len(sentences(text)) == 5000


def test_a_long_run_of_blanks_is_read_in_time_that_grows_with_it() -> None:
    started = time.process_time()
    assert len(sentences("Lima" + " " * 16_000 + "agreed.")) == 1
    assert time.process_time() - started < 0.5


def test_offsets_count_code_points() -> None:
    text = "😀 Peru 🇵🇪 agreed. e\u0301té"
    found = segment(Document.from_text(text))
    assert [(one.span.start, one.span.end) for one in found] == [(0, 17), (18, 22)]
