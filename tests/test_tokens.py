"""Tokens: exact offsets, apostrophes of every kind, capitals as they are looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.tokens import Token, normal, span_of, tokenise, unwrapped
from stance.types import Sentence, Span


def tokens(text: str) -> list[Token]:
    return tokenise(text, Sentence(0, Span(0, len(text))))


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo said no.", ["Oslo", "said", "no", "."]),
        ("the UN-led plan", ["the", "UN", "-", "led", "plan"]),
        ("Peru’s plan", ["Peru", "’", "s", "plan"]),
        ("“Yes,” he said", ["“", "Yes", ",", "”", "he", "said"]),
        ("U.S. aid, 2.5 %", ["U", ".", "S", ".", "aid", ",", "2", ".", "5", "%"]),
        ("São Tomé\n and Príncipe", ["São", "Tomé", "and", "Príncipe"]),
    ],
)
def test_words_and_marks_stand_alone(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_only_the_sentence_is_read_and_offsets_count_the_document() -> None:
    text = "First one. Peru agrees."
    found = tokenise(text, Sentence(1, Span(11, 23)))
    assert [token.text for token in found] == ["Peru", "agrees", "."]
    assert [(token.start, token.end) for token in found] == [(11, 15), (16, 22), (22, 23)]


@given(st.text(min_size=1, max_size=80))
def test_tokens_leave_out_white_space_only(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    rest = list(text)
    for token in found:
        rest[token.start : token.end] = [" "] * len(token.text)
    assert not "".join(rest).strip()


@pytest.mark.parametrize("mark", ["'", "’", "ʼ", "‘", "´"])
def test_every_apostrophe_looks_the_same(mark: str) -> None:
    assert Token(mark, 0, 1).lower == "'"
    assert normal(mark) == "'"


@pytest.mark.parametrize(
    ("text", "is_word", "is_capitalised"),
    [("Peru", True, True), ("peru", True, False), ("1984", True, False), ("-", False, False),
     ("Água", True, True), ("“", False, False)],
)  # fmt: skip
def test_what_a_token_is(text: str, is_word: bool, is_capitalised: bool) -> None:
    token = Token(text, 0, len(text))
    assert (token.is_word, token.is_capitalised) == (is_word, is_capitalised)


@pytest.mark.parametrize(
    ("word", "form"),
    [("MOROCCO", "Morocco"), ("SPAIN", "Spain"), ("UN", "UN"), ("NATO", "NATO"), ("US", "US"),
     ("us", "us"), ("Chad", "Chad"), ("McAdam", "McAdam"), ("2024", "2024")],
)  # fmt: skip
def test_a_headline_in_capitals_is_read(word: str, form: str) -> None:
    assert normal(word) == form


def test_the_span_of_tokens_reaches_from_the_first_to_the_last() -> None:
    found = tokens("The foreign minister of Peru said so.")
    assert span_of(found[1:5]) == Span(4, 28)
    assert span_of(found[4:5]) == Span(24, 28)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Secretary-\nGeneral", "the Secretary-General"),
        ("self- \r\n  determination", "self-determination"),
        ("one\ntwo - three\n- four-", "one\ntwo - three\n- four-"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(text: str, expected: str) -> None:
    assert unwrapped(text) == expected
