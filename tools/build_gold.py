"""Two independent readings and the decisions between them → the gold labels.

    python tools/build_gold.py            write seeds/labels/*.jsonl and print the agreement
    python tools/build_gold.py --check    fail where a file would change

In `seeds/labels/readings/`, `NAME_texts.jsonl` says which texts, `NAME_first.jsonl` and
`NAME_second.jsonl` are the readings; `NAME_decisions.jsonl` settles single actors with a reason.
Without a decision:

- both readers chose the same: that holds; it is open where both doubted;
- they chose differently: open;
- only one listed an actor, or a claim: it is listed, and open where that reader gave it a stance.

Agreement is Krippendorff's alpha (nominal) by NLTK, over actors that both readers list.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from nltk.metrics.agreement import AnnotationTask

from stance.measure.align import match
from stance.measure.gold import GoldClaim

LABELS = ("supports_sovereignty", "supports_un_process")
FOLDER = Path("seeds/labels")
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true")
    call = parser.parse_args()
    stale = []
    for texts in sorted((FOLDER / "readings").glob("*_texts.jsonl")):
        name = texts.stem.removesuffix("_texts")
        first, second, decisions = (
            _by_id(FOLDER / "readings" / f"{name}_{part}.jsonl")
            for part in ("first", "second", "decisions")
        )
        gold: dict[str, list[Row]] = {}
        for text in _read(texts):
            split = text.pop("split")
            merged = _merged(text, first, second, decisions)
            gold.setdefault(f"{name}_{split}" if split else name, []).append(merged)
        for target, rows in gold.items():
            path = FOLDER / f"{target}.jsonl"
            content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            if call.check and (not path.exists() or path.read_text(encoding="utf-8") != content):
                stale.append(str(path))
            elif not call.check:
                path.write_text(content, encoding="utf-8")
            print(f"{path}: {len(rows)} texts; {_positives(rows)}")
        print(f"{name}: {_agreement(first, second)}")
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run  python tools/build_gold.py")


def _read(path: Path) -> Iterator[Row]:
    if path.exists():
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _by_id(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _read(path):
        found.setdefault(row["id"], []).append(row)
    return found


def _merged(text: Row, first: Any, second: Any, decisions: Any) -> Row:
    id = text["document"] + (f"#{text['start']}-{text['end']}" if "start" in text else "")
    one, other = first[id][0], second[id][0]
    settled = {row["actor"]: row for row in decisions.get(id, ())}
    actors: dict[str, Row | None] = {}
    for actor in sorted({*one["actors"], *other["actors"], *settled}):
        if actor in settled:
            actors[actor] = _stance(settled[actor])
        else:
            actors[actor] = _joined(one["actors"].get(actor), other["actors"].get(actor))
    row = text | {"actors": {actor: stance for actor, stance in actors.items() if stance}}
    if "claims" in one:
        # some passages have one reading of their claims, and that is what holds
        row["claims"] = _claims(one["claims"], other.get("claims", one["claims"]))
    return row


def _claims(one: list[Row], other: list[Row]) -> list[Row]:
    """The claims of both readers in the order of the text; those of both have the first's spans."""
    ours, theirs = (
        [msgspec.convert(claim, GoldClaim) for claim in claims] for claims in (one, other)
    )
    pairs = dict(match(ours, theirs, with_holder=True))
    joined = [
        claim | _joined(claim, other[pairs[index]] if index in pairs else None)
        for index, claim in enumerate(one)
    ]
    taken = set(pairs.values())
    joined += [
        claim | _joined(None, claim) for index, claim in enumerate(other) if index not in taken
    ]
    return sorted(joined, key=lambda claim: (claim["content"][0]["start"], claim["holder"]))


def _stance(row: Row) -> Row | None:
    """A decision; None where the actor is not to be listed."""
    if row.get("unlisted"):
        return None
    return {key: row[key] for key in ("labels", "opposes", "open")}


def _joined(one: Row | None, other: Row | None) -> Row:
    alone = one or other
    if one is None or other is None:
        assert alone is not None
        doubted = {*alone["labels"], *alone["opposes"], *alone["open"]} - {"neutral"}
        return {
            "labels": alone["labels"],
            "opposes": alone["opposes"],
            "open": [label for label in LABELS if label in doubted],
        }
    differ = [label for label in LABELS if _guess(one, label) != _guess(other, label)]
    both = [label for label in LABELS if label in one["open"] and label in other["open"]]
    return {
        "labels": one["labels"],
        "opposes": one["opposes"],
        "open": [label for label in LABELS if label in (*differ, *both)],
    }


def _guess(stance: Row, label: str) -> tuple[bool, bool]:
    return label in stance["labels"], label in stance["opposes"]


def _positives(rows: Iterable[Row]) -> str:
    """How often each label is held and rejected, without what is open; and the neutral actors."""
    counts: dict[str, int] = {}
    for row in rows:
        for stance in row["actors"].values():
            for label in stance["labels"]:
                if label not in stance["open"] and (label != "neutral" or not stance["open"]):
                    counts[label] = counts.get(label, 0) + 1
            for label in stance["opposes"]:
                if label not in stance["open"]:
                    counts[f"opposes {label}"] = counts.get(f"opposes {label}", 0) + 1
    return ", ".join(f"{label} {counts[label]}" for label in sorted(counts))


def _agreement(first: Any, second: Any) -> str:
    parts = []
    listed = same = 0
    for side in ("labels", "opposes"):
        for label in LABELS:
            data = []
            for id in first:
                one, other = first[id][0]["actors"], second[id][0]["actors"]
                for actor in set(one) & set(other):
                    unit = f"{id} {actor}"
                    data.append(("first", unit, label in one[actor][side]))
                    data.append(("second", unit, label in other[actor][side]))
            values = {value for *_, value in data}
            alpha = AnnotationTask(data).alpha() if len(values) > 1 else float("nan")
            parts.append(f"{'' if side == 'labels' else 'opposes '}{label} {alpha:.3f}")
    claimed = [
        (first[id][0]["claims"], second[id][0]["claims"])
        for id in first
        if "claims" in first[id][0] and "claims" in second[id][0]
    ]
    if claimed:
        parts.append(_claim_agreement(claimed))
    for id in first:
        listed += len({*first[id][0]["actors"], *second[id][0]["actors"]})
        same += len(set(first[id][0]["actors"]) & set(second[id][0]["actors"]))
    return f"alpha {', '.join(parts)}; {same} of {listed} actors are listed by both readers"


def _claim_agreement(claimed: list[tuple[list[Row], list[Row]]]) -> str:
    """F1 of the claims that both readers list, and alpha of the stances of those."""
    matched = total = 0
    data: dict[str, list[tuple[str, str, bool]]] = {label: [] for label in LABELS}
    for one, other in claimed:
        ours, theirs = (
            [msgspec.convert(claim, GoldClaim) for claim in claims] for claims in (one, other)
        )
        pairs = match(ours, theirs, with_holder=True)
        matched, total = matched + 2 * len(pairs), total + len(one) + len(other)
        for a, b in pairs:
            for label in LABELS:
                unit = f"{len(data[label])}"
                data[label].append(("first", unit, ours[a].stance.takes(label)))
                data[label].append(("second", unit, theirs[b].stance.takes(label)))
    alphas = [f"{label} {AnnotationTask(rows).alpha():.3f}" for label, rows in data.items()]
    return f"claims: F1 {matched / total:.3f}, alpha {', '.join(alphas)}"


if __name__ == "__main__":
    main()
