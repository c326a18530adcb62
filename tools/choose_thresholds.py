"""Choose the thresholds of a model for an issue on the development sets, and store them with it.

For each label and side the threshold with the highest F1 over all listed actors of all
development sets (our own passages and articles, and speeches of the UN General Debate where the
corpus is at hand), ties to the higher one. `--write` stores them in the model's manifest; without
it they are only shown. Nothing is chosen on a test set, the retold or the seed articles.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from stance import Document, Meta, load
from stance.evaluation.texts import documents
from stance.measure.gold import GoldStance, GoldText, read_gold
from stance.measure.metrics import Counts
from stance.measure.predictions import read_predictions
from stance.measure.units import Unit, units
from stance.nli.folder import store_thresholds
from stance.output import jsonl
from stance.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "ungdc" / "speeches.tar.gz"
STEPS = [number / 50 for number in range(13, 46)]
"""From 0.26 to 0.9: what the model thinks unlikely is never asserted."""


def authored() -> Iterator[tuple[Document, GoldText]]:
    """Our own development passages with their gold."""
    path = ROOT / "seeds" / "authored" / "development.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = Document.from_text(row["text"], row["id"], Meta(speaker=row["speaker"]))
        gold = GoldText(
            row["id"],
            document.sha256,
            document.sha256,
            len(document.text),
            msgspec.convert(row["actors"], dict[str, GoldStance]),
            speaker=row["speaker"],
        )
        yield document, gold


def counts(rows: list[Unit], threshold: float) -> Counts:
    """What a threshold makes of the scores."""
    right = sum(one.score >= threshold and one.gold for one in rows)
    wrong = sum(one.score >= threshold and not one.gold for one in rows)
    missed = sum(one.score < threshold and one.gold for one in rows)
    return Counts(right, wrong, missed, len(rows) - right - wrong - missed)


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
    labels = [label.id for label in pipeline.issue.labels]
    sets = {"authored": list(authored())}
    for name, file, root in (
        ("articles", "news_development.jsonl", ROOT),
        ("speeches", "ungdc_development.jsonl", CORPUS),
    ):
        if root.exists():
            gold = read_gold(ROOT / "seeds" / "labels" / file, labels, pipeline.table.actors)
            sets[name] = list(zip(documents(gold, [root]), gold, strict=True))
    rows: dict[tuple[str, str, str], list[Unit]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, pairs in sets.items():
            results = Path(folder) / f"{name}.jsonl"
            jsonl.write_file(pipeline.many([document for document, _ in pairs]), results)
            gold = [text for _, text in pairs]
            for one in units(gold, read_predictions(results), labels).units:
                rows.setdefault((name, one.side, one.label), []).append(one)
    chosen: dict[str, dict[str, float]] = {"supports": {}, "opposes": {}}
    print(f"{'side':9} {'label':24} {'at':>5}   " + "   ".join(f"{name:>24}" for name in sets))
    for side in chosen:
        for label in labels:
            together = [one for name in sets for one in rows.get((name, side, label), [])]
            best = max(STEPS, key=lambda at: (counts(together, at).f1, at))
            chosen[side][label] = best
            cells = []
            for name in sets:
                found = counts(rows.get((name, side, label), []), best)
                numbers = f"{found.right:3}/{found.wrong:3}/{found.missed:3}"
                cells.append(f"F1 {found.f1:.2f} ({numbers})")
            print(f"{side:9} {label:24} {best:5.2f}   " + "   ".join(f"{c:>24}" for c in cells))
    print("in brackets: right / wrong / missed, over all actors that the gold lists")
    if options.write:
        store_thresholds(shipped("models", options.model), options.issue, chosen)
        print(f"stored in models/{options.model}")


if __name__ == "__main__":
    main()
