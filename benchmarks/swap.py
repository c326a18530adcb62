"""Does a stance follow its actor? The same passage with another state in the actor's place.

    python benchmarks/swap.py

Takes our own development passages. Each state that a passage names by its own name, and that no
wording of the issue names, is replaced by another; it counts as followed where the other state
then takes and rejects exactly what the first one did. Prints the share, with a Wilson interval.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

from machine import machine
from stance import Document, Meta, load
from stance.measure.intervals import wilson
from stance.measure.passages import read_passages
from stance.types import Analysis

PASSAGES = Path(__file__).resolve().parents[1] / "seeds" / "authored" / "development.jsonl"


def taken(analysis: Analysis, actor: str) -> tuple[set[str], set[str]]:
    """What an actor takes and rejects."""
    for one in analysis.actors:
        if one.actor.id == actor:
            decision = analysis.decision
            return set(decision.labels(one.scores)), set(decision.opposed(one.opposes))
    return {"neutral"}, set()


def main() -> None:
    """Print the share that follows, of all and of those that take or reject anything."""
    pipeline = load()
    chance = random.Random(1)
    issue = pipeline.issue
    wordings = " ".join(w for label in issue.labels for w in (*label.supports, *label.opposes))
    states = [one for one in pipeline.table.actors.values() if one.kind == "state"]
    originals: list[Document] = []
    copies: list[Document] = []
    pairs: list[tuple[str, str]] = []
    labels = [label.id for label in issue.labels]
    for document, gold in read_passages(PASSAGES, labels, pipeline.table.actors):
        for actor in gold.actors:
            name = pipeline.table.named(actor).name
            if name in wordings or not re.search(rf"(?<![\w-]){re.escape(name)}\b", document.text):
                continue
            strangers = [one for one in states if one.name not in document.text + wordings]
            other = chance.choice(strangers)
            text = re.sub(
                rf"(?<![\w-]){re.escape(name)}\b", lambda _, o=other: o.name, document.text
            )
            speaker = other.id if document.meta.speaker == actor else document.meta.speaker
            originals.append(document)
            copies.append(Document.from_text(text, document.id, Meta(speaker=speaker)))
            pairs.append((actor, other.id))
    before, after = pipeline.many(originals), pipeline.many(copies)
    rows = [
        (taken(one, old), taken(two, new))
        for one, two, (old, new) in zip(before, after, pairs, strict=True)
    ]
    sided = [row for row in rows if row[0] != ({"neutral"}, set())]
    print(machine())
    for name, some in (("all", rows), ("those that take a side", sided)):
        same = sum(old == new for old, new in some)
        low, high = wilson(same, len(some))
        share = same / max(1, len(some))
        print(f"{name}: {same} of {len(some)} follow, {share:.3f} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()
