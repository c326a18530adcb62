"""Choose the thresholds of a model for an issue on the development sets, and store them with it.

For each label and side the threshold with the highest F1 over all listed actors of both
development sets (our own passages, and speeches of the UN General Debate where the corpus is at
hand), ties to the higher one. `--write` stores them in the model's manifest; without it they are
only shown. Nothing is chosen on the retold or the seed articles.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stance import Document, Meta, load
from stance.nli.folder import store_thresholds
from stance.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "ungdc" / "speeches.tar.gz"
STEPS = [number / 50 for number in range(13, 46)]
"""From 0.26 to 0.9: what the model thinks unlikely is never asserted."""

Row = tuple[float, bool]


def authored() -> Iterator[tuple[Document, dict[str, Any], str]]:
    """Our own development passages with their gold."""
    path = ROOT / "seeds" / "authored" / "development.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        meta = Meta(speaker=row["speaker"])
        yield Document.from_text(row["text"], row["id"], meta), row["actors"], row.get("note") or ""


def speeches() -> Iterator[tuple[Document, dict[str, Any], str]]:
    """The labelled passages of speeches; the bytes must have the hash that the label names."""
    path = ROOT / "seeds" / "labels" / "ungdc_development.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {row["document"] for row in rows}
    texts: dict[str, bytes] = {}
    with tarfile.open(CORPUS) as archive:
        for member in archive:
            name = Path(member.name).name
            file = archive.extractfile(member) if name in wanted else None
            if file is not None:
                texts[name] = file.read()
    for row in rows:
        data = texts[row["document"]]
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise SystemExit(f"{row['document']}: its hash is not the one that was labelled")
        passage = data.decode("utf-8-sig")[row["start"] : row["end"]]
        year = row["document"].removesuffix(".txt")[-4:]
        meta = Meta(speaker=row["speaker"], date=year)
        note = row.get("note") or ""
        yield Document.from_text(passage, row["document"], meta), row["actors"], note


def f1(rows: list[Row], threshold: float) -> tuple[float, int, int, int]:
    """F1, true positives, false positives, false negatives."""
    right = sum(score >= threshold and gold for score, gold in rows)
    wrong = sum(score >= threshold and not gold for score, gold in rows)
    missed = sum(score < threshold and gold for score, gold in rows)
    return 2 * right / max(1, 2 * right + wrong + missed), right, wrong, missed


def main() -> None:
    """Print the chosen thresholds with their figures; store them with `--write`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--model", default="nli-minilm")
    parser.add_argument("--issue", default="western_sahara")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pipeline = load(options.issue, options.model)
    sets = {"authored": list(authored())}
    if CORPUS.is_file():
        sets["speeches"] = list(speeches())
    rows: dict[tuple[str, str, str], list[Row]] = {}
    for name, documents in sets.items():
        analyses = pipeline.many([document for document, _, _ in documents])
        for (_, gold, note), analysis in zip(documents, analyses, strict=True):
            found = {one.actor.id: one for one in analysis.actors}
            for actor, truth in gold.items():
                for label in (label.id for label in pipeline.issue.labels):
                    scores = found[actor].scores[label] if actor in found else 0.0
                    opposes = found[actor].opposes[label] if actor in found else 0.0
                    rejected = label in truth["opposes"]
                    rows.setdefault((name, "opposes", label), []).append((opposes, rejected))
                    if truth["labels"] != ["either"] and f"either:{actor}:{label}" not in note:
                        held = label in truth["labels"]
                        rows.setdefault((name, "supports", label), []).append((scores, held))
    chosen: dict[str, dict[str, float]] = {"supports": {}, "opposes": {}}
    print(f"{'side':9} {'label':24} {'at':>5}   " + "   ".join(f"{name:>24}" for name in sets))
    for side in chosen:
        for label in (label.id for label in pipeline.issue.labels):
            together = [row for name in sets for row in rows[name, side, label]]
            best = max(STEPS, key=lambda at: (f1(together, at)[0], at))
            chosen[side][label] = best
            cells = []
            for name in sets:
                value, right, wrong, missed = f1(rows[name, side, label], best)
                cells.append(f"F1 {value:.2f} ({right:3}/{wrong:3}/{missed:3})")
            print(f"{side:9} {label:24} {best:5.2f}   " + "   ".join(f"{c:>24}" for c in cells))
    print("in brackets: right / wrong / missed, over all actors that the gold lists")
    if options.write:
        store_thresholds(shipped("models", options.model), options.issue, chosen)
        print(f"stored in models/{options.model}")


if __name__ == "__main__":
    main()
