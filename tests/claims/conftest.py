"""Claims of parsed texts, with the parser that ships as an extra."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.actors.finder import RuleMentions
from stance.actors.table import ActorTable
from stance.build import segmenter
from stance.claims.cues import Cues
from stance.claims.finder import ParsedClaims
from stance.parsing.spacy_parser import SpacyParser, is_installed
from stance.types import Claim, Document, Meta


@pytest.fixture(scope="session")
def parsed(cues: Cues, table: ActorTable) -> ParsedClaims:
    """The finder of claims on parsed sentences; skipped where the extra `parser` is missing."""
    if not is_installed():
        pytest.skip("the extra `parser` is not installed")
    states = frozenset(actor.id for actor in table.actors.values() if actor.kind == "state")
    return ParsedClaims(cues, SpacyParser(), states, table.nouns)


@pytest.fixture(scope="session")
def parsed_claims(
    parsed: ParsedClaims, find_mentions: RuleMentions
) -> Callable[..., tuple[Claim, ...]]:
    """All claims of a text, open sources included."""

    def read(text: str, speaker: str | None = None) -> tuple[Claim, ...]:
        document = Document.from_text(text, meta=Meta(speaker=speaker))
        sentences = segmenter()(document)
        return parsed(document, sentences, find_mentions(document, sentences))

    return read
