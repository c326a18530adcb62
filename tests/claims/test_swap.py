"""Claims follow the names: other states in the same words make the same claims.

In each text of the golden table every state with names of one word is replaced by one of another
region, name for name, demonym for demonym and capital for capital.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from stance.actors.table import ActorTable
from stance.types import OPEN, Claim

TABLE = Path(__file__).parent / "golden" / "table.jsonl"
REPLACEMENTS = ("PER", "NOR", "THA", "KEN", "FJI", "MNG", "CUB", "LVA", "NPL", "TGO", "MLT", "LAO")
AT_LEAST = 0.99


def test_claims_move_with_the_names(
    table: ActorTable, parsed_claims: Callable[..., tuple[Claim, ...]]
) -> None:
    items = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
    texts = same = total = 0
    for item in items:
        swapped, actors = _swapped(item["text"], table)
        if not actors or item["speaker"]:
            continue
        texts += 1
        before = _claims(item["text"], parsed_claims(item["text"]), actors)
        after = _claims(swapped, parsed_claims(swapped), {})
        total += max(len(before), len(after))
        same += len(set(before) & set(after))
    assert texts >= 200
    assert same / total >= AT_LEAST, f"{same} of {total}"


def _swapped(text: str, table: ActorTable) -> tuple[str, dict[str, str]]:
    """The text with other states, and which state stands for which."""
    named: dict[str, list[tuple[str, str]]] = {}
    for name in table.names:
        if name.actor.kind == "state" and name.actor.last_year is None and name.text.isalpha():
            named.setdefault(name.actor.id, []).append((name.via, name.text))
    here = [
        id
        for id, names in named.items()
        if any(re.search(rf"\b{text_}\b", text) for _, text_ in names)
    ]
    free = iter([id for id in REPLACEMENTS if id not in here])
    actors: dict[str, str] = {}
    words: dict[str, str] = {}
    for id in here:
        other = next(free, None)
        if other is None:
            break
        actors[id] = other
        for via, word in named[id]:
            plural = word.endswith("s") and via == "demonym"
            fitting = [
                theirs
                for kind, theirs in named[other]
                if kind == via and (theirs.endswith("s") == plural or via != "demonym")
            ]
            if fitting:
                words[word] = fitting[0]
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b") if words else None
    return (pattern.sub(lambda one: words[one[1]], text) if pattern else text), actors


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
