"""What the script of the page works on, as compact JSON, and which of it is in the HTML at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from stance.desk.report.counts import SIDES, Row
from stance.desk.report.held import Gathered, Held

MOST = 30_000
"""Claims that a page holds: the surest that take a side, then the others."""


def kept_claims(claims: Sequence[Held], most: int = MOST) -> tuple[Held, ...]:
    """All claims, or the `most` surest, in the order of the documents."""
    if len(claims) <= most:
        return tuple(claims)
    surest = sorted(range(len(claims)), key=lambda at: -claims[at].surest)[:most]
    return tuple(claims[at] for at in sorted(surest))


def order_of(rows: Sequence[Row], claims: Sequence[Held]) -> dict[str, int]:
    """The number of each actor on the page, from 0: those of `rows`, then other holders."""
    actors = dict.fromkeys((*(row.actor for row in rows), *(claim.actor for claim in claims)))
    return {actor: number for number, actor in enumerate(actors)}


def first_claims(claims: Sequence[Held], actors: Sequence[str]) -> dict[str, list[Held]]:
    """For each of `actors` the surest claim of each side that it takes, the surest first."""
    best: dict[tuple[str, str, str], tuple[float, Held]] = {}
    wanted = set(actors)
    for claim in claims:
        for take in claim.takes if claim.actor in wanted else ():
            key = (claim.actor, take.label, take.side)
            if key not in best or take.probability > best[key][0]:
                best[key] = (take.probability, claim)
    found: dict[str, list[Held]] = {actor: [] for actor in actors}
    for (actor, _, _), (_, claim) in sorted(best.items(), key=lambda item: -item[1][0]):
        if claim not in found[actor]:
            found[actor].append(claim)
    return found


def to_json(
    gathered: Gathered,
    shorts: Mapping[str, str],
    rows: Sequence[Row],
    claims: Sequence[Held],
    numbers: Mapping[str, int],
) -> str:
    """The data of the page; no `<`, `>` or `&` in it, so that no text can end its element.

    Lists stand for the values that `scripts/data.js` names, in the same order.
    """
    labels = {label: number for number, label in enumerate(shorts)}
    by_actor = {row.actor: row for row in rows}
    data = {
        "labels": list(shorts.values()),
        "actors": [
            [gathered.names[id], gathered.kinds.get(id, ""), *_row(by_actor.get(id), labels)]
            for id in numbers
        ],
        "texts": [
            [one.title, one.name, one.outlet, one.date, one.speaker, +one.reviewed]
            for one in gathered.texts
        ],
        "claims": [_claim(one, numbers[one.actor], labels) for one in claims],
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _row(row: Row | None, labels: Mapping[str, int]) -> list[Any]:
    if row is None:
        return [0, 0, 0, []]
    cells = [
        [labels[label], SIDES.index(side), one.documents, _rounded(one.highest), one.uncertain]
        for (label, side), one in row.cells.items()
    ]
    return [row.documents, row.of, row.outlets, cells]


def _claim(one: Held, actor: int, labels: Mapping[str, int]) -> list[Any]:
    takes = [
        [labels[take.label], SIDES.index(take.side), _rounded(take.probability), +take.uncertain]
        for take in one.takes
    ]
    segments = [part for segment in one.segments for part in segment]
    return [actor, one.text, takes, +one.near, one.voice, one.said, list(one.notes), segments]


def _rounded(probability: float) -> float:
    return round(probability, 4)
