"""What every test shares: no network, and the shipped tables read once."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # before anything imports the hub's client
os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from collections.abc import Callable
from typing import NamedTuple

import pytest

from stance.actors.finder import Guards, RuleMentions
from stance.actors.persons import read_persons
from stance.actors.table import ActorTable, read_actors
from stance.build import segmenter
from stance.claims.by_words.finder import RuleClaims
from stance.claims.cues import Cues, read_cues
from stance.shipped import shipped
from stance.tables import read_toml
from stance.types import Claim, Document, Mention, Meta, Sentence


class Reading(NamedTuple):
    """A text with all that the rules find in it, before any model is asked."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@pytest.fixture(scope="session")
def table() -> ActorTable:
    folder = shipped("configs", "actors")
    names = ("states.toml", "organisations.toml", "parties.toml")
    return read_actors([folder / name for name in names])


@pytest.fixture(scope="session")
def guards() -> Guards:
    return read_toml(shipped("configs", "actors", "guards.toml"), Guards)


@pytest.fixture(scope="session")
def cues() -> Cues:
    return read_cues(shipped("configs", "cues", "en.toml"))


@pytest.fixture(scope="session")
def find_mentions(table: ActorTable, guards: Guards) -> RuleMentions:
    persons = read_persons(shipped("configs", "actors", "persons.toml"), table.actors)
    return RuleMentions(table, guards, persons)


@pytest.fixture(scope="session")
def find_claims(cues: Cues) -> RuleClaims:
    return RuleClaims(cues)


@pytest.fixture(scope="session")
def read(find_mentions: RuleMentions, find_claims: RuleClaims) -> Callable[..., Reading]:
    """Read a text with the shipped tables: its sentences, mentions and claims."""

    def read(text: str, speaker: str | None = None, date: str | None = None) -> Reading:
        document = Document.from_text(text, meta=Meta(speaker=speaker, date=date))
        sentences = segmenter()(document)
        mentions = find_mentions(document, sentences)
        return Reading(document, sentences, mentions, find_claims(document, sentences, mentions))

    return read
