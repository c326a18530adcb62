"""A made-up issue about a harbour, its actors, and a reader of claims that knows two rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from stance.actors.table import ActorTable
from stance.issues import read_issue
from stance.nli.contexts import Contexts
from stance.pipeline import Claimed, ClaimReader
from stance.types import (
    Actor,
    Attribution,
    Claim,
    Document,
    Mention,
    Sentence,
    Span,
)

PACK = Path(__file__).with_name("harbour.toml")
ISSUE = read_issue(str(PACK))

STATES = {
    "PER": "Peru", "CHL": "Chile", "KEN": "Kenya", "JPN": "Japan", "GHA": "Ghana", "TGO": "Togo",
    "NER": "Niger", "NGA": "Nigeria",
}  # fmt: skip

TABLE = ActorTable(
    {id: Actor(id, name, "state") for id, name in STATES.items()}
    | {"UN": Actor("UN", "the United Nations", "organisation")},
    (),
    {},
)


@dataclass(frozen=True)
class FirstWord:
    """A sentence is a claim of the actor that it begins with; one with "We", of the speaker."""

    table: ActorTable = TABLE

    def __call__(self, document: Document, contexts: Contexts | None = None) -> Claimed:
        text = document.text
        sentences = tuple(
            Sentence(index, Span(*match.span()))
            for index, match in enumerate(re.finditer(r"[^\s.][^.]*\.", text))
        )
        mentions = tuple(
            Mention(Span(*match.span()), one.index, actor.id, "name")
            for one in sentences
            for actor in self.table.actors.values()
            for match in re.compile(rf"\b{actor.name}\b").finditer(
                text, one.span.start, one.span.end
            )
        )
        claims: list[Claim] = []
        premises: dict[str, tuple[tuple[str, Span], ...]] = {}
        for one in sentences:
            words = one.span.of(text)
            holder = self._holder(words, document.meta.speaker)
            if holder is None:
                continue
            cue = Span(one.span.start, one.span.start + 1)
            claim = Claim(
                document.sha256, holder, None, (Attribution(cue, None, holder),), None,
                (one.span,), (one.index,),
            )  # fmt: skip
            claims.append(claim)
            premises[claim.id] = ((words, one.span),)
        return Claimed(document, sentences, mentions, tuple(claims), premises, ())

    def _holder(self, words: str, speaker: str | None) -> str | None:
        if words.startswith("We "):
            return speaker
        begun = (id for id, one in self.table.actors.items() if words.startswith(f"{one.name} "))
        return next(begun, None)


def reader() -> ClaimReader:
    return cast(ClaimReader, FirstWord())
