"""The door to spaCy: offsets of the document, names as one word, and no model without its extra."""

from __future__ import annotations

import sys

import pytest

from stance.build import NO_PARSER, actor_table, claim_finder
from stance.claims.by_words.finder import RuleClaims
from stance.claims.cues import Cues
from stance.parsing import spacy_parser
from stance.parsing.spacy_parser import SpacyParser
from stance.types import Document, Sentence, Span

needs_parser = pytest.mark.skipif(
    not spacy_parser.is_installed(), reason="the extra `parser` is not installed"
)


@needs_parser
def test_words_have_the_offsets_of_the_text_and_names_are_one_word() -> None:
    text = "Rain.\nCôte d'Ivoire  and \ud800 Peru back\nit."
    sentence = Sentence(1, Span(6, len(text)))
    names = [(Span(6, 19), "France")]
    (parse,) = SpacyParser()(Document.from_text(text), [sentence], [names])
    assert parse.sentence == 1
    assert [word.text for word in parse.words] == [
        "Côte d'Ivoire", "and", "Peru", "back", "it", ".",
    ]  # fmt: skip
    for word in parse.words:
        assert text[word.start : word.end] == word.text
    assert parse.words[0].pos == "PROPN"


@needs_parser
def test_a_parse_knows_its_subtrees() -> None:
    text = "The minister of Peru backs the plan."
    (parse,) = SpacyParser()(Document.from_text(text), [Sentence(0, Span(0, len(text)))], [[]])
    verb = next(at for at, word in enumerate(parse.words) if word.text == "backs")
    (subject,) = parse.having(verb, "nsubj")
    assert [parse.words[at].text for at in sorted(parse.subtree(subject))] == [
        "The", "minister", "of", "Peru",
    ]  # fmt: skip
    assert (parse.left[subject], parse.right[subject]) == (0, 3)
    assert list(parse.ancestors(subject)) == [verb]


def test_without_the_parser_claims_are_found_by_words_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, cues: Cues
) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setattr(spacy_parser, "is_installed", lambda: False)
    finder, losses = claim_finder(cues, actor_table())
    assert isinstance(finder, RuleClaims)
    assert losses == (NO_PARSER,)
