"""The golden table: constructions of claims, each in a short text of ours, and what must be found.

`golden/table.jsonl` has a line for each text, with *all* its claims; `golden/failing.txt` lists
the ids of those that still fail, so that one that passes at last is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stance.measure.align import OVERLAP, overlap
from stance.measure.gold import GoldSpan
from stance.types import OPEN, Claim

FOLDER = Path(__file__).parent / "golden"
TABLE = [json.loads(line) for line in (FOLDER / "table.jsonl").read_text("utf-8").splitlines()]
FAILING = frozenset((FOLDER / "failing.txt").read_text("utf-8").split())

Parsed = Callable[..., tuple[Claim, ...]]


def test_the_table_is_large_and_the_list_of_failures_is_of_it() -> None:
    ids = [item["id"] for item in TABLE]
    assert len(ids) == len(set(ids)) >= 250
    assert set(ids) >= FAILING
    assert len({item["construction"] for item in TABLE}) >= 50


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(
            item,
            id=f"{item['construction']}-{item['id']}",
            marks=pytest.mark.xfail(strict=True, reason="known") if item["id"] in FAILING else (),
        )
        for item in TABLE
    ],
)
def test_golden(item: dict[str, Any], parsed_claims: Parsed) -> None:
    found = [
        claim
        for claim in parsed_claims(item["text"], item["speaker"])
        if claim.holder != OPEN and not claim.tentative
    ]
    for wanted in item["claims"]:
        claim = _take(found, wanted)
        assert claim is not None, f"missing: {wanted}"
        for field in ("voice", "polarity", "modality", "time"):
            assert getattr(claim, field) == wanted[field], f"{field} of {wanted}"
    found = [one for one in found if not _names_a_work(one)]
    assert not found, f"too many: {[(one.holder, _words(one, item['text'])) for one in found]}"


def _take(found: list[Claim], wanted: dict[str, Any]) -> Claim | None:
    """The found claim of the same holder with most content in common, taken out of the list."""
    gold = [
        GoldSpan(start, start + len(words))
        for start, words in zip(wanted["starts"], wanted["content"], strict=True)
    ]
    best: tuple[float, Claim] | None = None
    for claim in found:
        same = overlap(gold, [GoldSpan(span.start, span.end) for span in claim.content])
        if claim.holder == wanted["holder"] and same >= OVERLAP and (not best or same > best[0]):
            best = same, claim
    if best is None:
        return None
    found.remove(best[1])
    return best[1]


def _words(claim: Claim, text: str) -> list[str]:
    return [span.of(text) for span in claim.content]


def _names_a_work(claim: Claim) -> bool:
    """Whether a claim is of a plan that the sentence names; the table has what is said of it."""
    cue = claim.cue
    return cue is not None and any(span.covers(cue) for span in claim.content)
