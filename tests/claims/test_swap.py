"""Claims follow the names: other states in the same words make the same claims.

In each text of the golden table every state with names of one word is replaced by one of another
region, name for name, demonym for demonym and capital for capital.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from stance.actors.finder import Guards, RuleMentions
from stance.actors.gazetteer import Gazetteer
from stance.actors.table import ActorTable
from stance.build import segmenter
from stance.tokens import span_of, tokenise
from stance.types import OPEN, Claim, Document, Span

TABLE = Path(__file__).parent / "golden" / "table.jsonl"
REPLACEMENTS = ("PER", "NOR", "THA", "KEN", "FJI", "MNG", "CUB", "LVA", "NPL", "TGO", "MLT", "LAO")
AT_LEAST = 0.99


def test_claims_move_with_the_names(
    table: ActorTable,
    guards: Guards,
    find_mentions: RuleMentions,
    parsed_claims: Callable[..., tuple[Claim, ...]],
) -> None:
    items = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
    swap = _Swap(table, Gazetteer(table, guards.phrases), find_mentions)
    texts = same = total = 0
    for item in items:
        swapped, actors = swap(item["text"])
        if not actors or item["speaker"]:
            continue
        texts += 1
        before = _claims(item["text"], parsed_claims(item["text"]), actors)
        after = _claims(swapped, parsed_claims(swapped), {})
        total += max(len(before), len(after))
        same += len(set(before) & set(after))
    assert texts >= 200
    assert same / total >= AT_LEAST, f"{same} of {total}"


class _Swap:
    """Replaces the names of states by those of others."""

    def __init__(
        self, table: ActorTable, gazetteer: Gazetteer, find_mentions: RuleMentions
    ) -> None:
        self._gazetteer = gazetteer
        self._find_mentions = find_mentions
        self._names: dict[str, dict[str, list[str]]] = {}
        for name in table.names:
            if name.actor.kind == "state" and name.actor.last_year is None:
                self._names.setdefault(name.actor.id, {}).setdefault(name.via, []).append(name.text)

    def __call__(self, text: str) -> tuple[str, dict[str, str]]:
        """The text with other states, and which state stands for which."""
        found = self._found(text)
        here = list(dict.fromkeys(actor for _, actor, _, _ in found))
        whole = {
            actor
            for actor in here
            if all(word.isalpha() for _, one, _, word in found if one == actor)
            and actor in self._names
        }
        others = [id for id in REPLACEMENTS if id not in here]
        actors = dict(zip([actor for actor in here if actor in whole], others, strict=False))
        for span, actor, via, word in reversed(found):
            other = self._word(actors.get(actor), via, word)
            if other is not None:
                text = text[: span.start] + other + text[span.end :]
        return text, actors

    def _found(self, text: str) -> list[tuple[Span, str, str, str]]:
        """The names of actors that are part of a mention of them: where, who, by which means."""
        document = Document.from_text(text)
        sentences = segmenter()(document)
        mentions = self._find_mentions(document, sentences)
        found = []
        for sentence in sentences:
            tokens = tokenise(text, sentence)
            for hit in self._gazetteer.find(tokens, None):
                span = span_of(tokens[hit.first : hit.last + 1])
                actor = hit.name.actor.id
                if any(one.span.covers(span) and one.actor == actor for one in mentions):
                    found.append((span, actor, hit.name.via, span.of(text)))
        return found

    def _word(self, other: str | None, via: str, word: str) -> str | None:
        names = self._names.get(other or "", {}).get(via, [])
        plural = via == "demonym" and word.endswith("s")
        fitting = [one for one in names if one.isalpha() and one.endswith("s") == plural]
        return fitting[0] if fitting else (word if other is None else None)


def _claims(
    text: str, claims: tuple[Claim, ...], actors: dict[str, str]
) -> list[tuple[object, ...]]:
    """Holder, polarity, and the words of cue and content by their number in the text."""
    starts = {match.start(): number for number, match in enumerate(re.finditer(r"\w+", text))}
    return [
        (
            actors.get(claim.holder, claim.holder),
            claim.polarity,
            claim.modality,
            *(starts.get(span.start) for span in claim.content),
        )
        for claim in claims
        if claim.holder != OPEN and not claim.tentative
    ]
