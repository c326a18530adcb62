"""How far two readings of the training passages agree: Krippendorff's alpha (nominal, by NLTK).

Over the actors that both list and the labels that either gives to any actor of the passage; what
either left open is not counted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nltk.metrics.agreement import AnnotationTask

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the figures."""
    first = {
        row["id"]: row["actors"]
        for path in sorted((SEEDS / "authored" / "training").glob("*.jsonl"))
        for row in rows(path)
    }
    second = rows(SEEDS / "labels" / "readings" / "training_second.jsonl")
    data: dict[str, list[tuple[str, str, bool]]] = {"labels": [], "opposes": []}
    both = either = 0
    for row in second:
        one, other = first[row["id"]], row["actors"]
        both, either = (
            both + len(one.keys() & other.keys()),
            either + len(one.keys() | other.keys()),
        )
        stances = [*one.values(), *other.values()]
        given = {label for s in stances for label in (*s["labels"], *s["opposes"])} - {"neutral"}
        for actor in sorted(one.keys() & other.keys()):
            unsure = {*one[actor].get("open", ()), *other[actor].get("open", ())}
            for label in sorted(given - unsure):
                item = f"{row['id']} {actor} {label}"
                for side, known in data.items():
                    known.append(("first", item, label in one[actor][side]))
                    known.append(("second", item, label in other[actor][side]))
    print(f"{len(second)} passages; {both} of {either} actors are listed by both readings")
    for side, known in data.items():
        alpha = AnnotationTask(known).alpha()
        print(f"{side:8} alpha {alpha:.3f} of {len(known) // 2} cases")


if __name__ == "__main__":
    main()
