"""Predict every labelled set that is at hand, with stance and with the baselines, and score it.

    python tools/evaluate.py                  all sets, all baselines; fails where a floor falls
    python tools/evaluate.py --baselines ""   stance alone
    python tools/evaluate.py --raise          store what has risen in seeds/floors.json
    python tools/evaluate.py --raise --lower  store what has fallen too

Results and tables go to build/evaluation/. Sets whose texts are not beside this checkout are left
out, and named. A baseline that is there already for the same labels is not run again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from stance import Pipeline, load
from stance.evaluation.baselines import BASELINES, baseline
from stance.evaluation.gate import digest, fallen, raised, read_floors, write_floors
from stance.evaluation.harness import evaluate
from stance.evaluation.report import table
from stance.evaluation.texts import documents
from stance.measure.gold import GoldText, read_gold
from stance.measure.intervals import wilson
from stance.measure.predictions import PredictedText, read_predictions
from stance.measure.units import units
from stance.output import jsonl
from stance.shipped import shipped
from stance.types import Decision

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SETS = {
    "news": ("news.jsonl", ROOT),
    "retold": ("retold.jsonl", ROOT),
    "news, development": ("news_development.jsonl", ROOT),
    "speeches, test": ("ungdc_test.jsonl", SHARED / "ungdc" / "speeches.tar.gz"),
    "speeches, development": ("ungdc_development.jsonl", SHARED / "ungdc" / "speeches.tar.gz"),
    "seed articles, acceptance": ("articles.jsonl", SHARED / "seeds"),
}
FLOORS = ROOT / "seeds" / "floors.json"
LEAST = 0.95
BASE = "nli-minilm"
"""What our model was made from: a plain NLI model, for the zero-shot pipeline of transformers."""
BUILD = ROOT / "build" / "evaluation"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="stance-minilm")
    parser.add_argument("--sets", nargs="*", default=sorted(SETS), choices=sorted(SETS))
    parser.add_argument("--baselines", nargs="*", default=list(BASELINES))
    parser.add_argument("--raise", dest="store", action="store_true")
    parser.add_argument("--lower", action="store_true")
    call = parser.parse_args()
    if call.lower and not call.store:
        parser.error("--lower goes with --raise")
    pipeline = load(model=call.model)
    careful = load(model=call.model, min_precision=LEAST).decision
    labels = [label.id for label in pipeline.issue.labels]
    floors = read_floors(FLOORS)
    problems: list[str] = []
    for name in call.sets:
        file, root = SETS[name]
        if not root.exists():
            print(f"# {name}: left out, its texts are not here ({root.name})\n")
            continue
        gold = read_gold(ROOT / "seeds" / "labels" / file, labels, pipeline.table.actors)
        own = predicted("stance", pipeline, name, gold, root)
        scored = {"stance": evaluate(gold, own, labels)}
        for other in filter(None, call.baselines):
            found = predicted(other, pipeline, name, gold, root)
            scored[other] = evaluate(gold, found, labels)
        text = (
            f"# {name}\n\n{table(scored, pipeline.issue)}\n\n{sure(own, gold, careful, labels)}\n"
        )
        print(text)
        (BUILD / f"{slug(name)}.md").write_text(text, encoding="utf-8")
        problems += fallen(floors.get(name, {}), name, scored["stance"], digest(gold))
        floors[name] = raised(
            floors.get(name, {}), scored["stance"], digest(gold), lower=call.lower
        )
    if call.store:
        write_floors(FLOORS, floors)
        print(f"stored in {FLOORS.relative_to(ROOT)}")
    elif problems:
        sys.exit("\n".join(["the gate is closed:", *problems]))


def predicted(
    system: str, pipeline: Pipeline, name: str, gold: list[GoldText], root: Path
) -> dict[str, PredictedText]:
    """The predictions of one system for one set; those that need no model of ours are kept."""
    path = BUILD / slug(name) / f"{system}-{digest(gold)}.jsonl"
    if system in ("stance", "hypothesis-only") or not path.exists():
        weights = str(shipped("models", BASE))
        used = pipeline if system == "stance" else baseline(system, pipeline, weights)
        jsonl.write_file(used.many(documents(gold, [root])), path)
    return read_predictions(path)


def sure(
    found: Mapping[str, PredictedText],
    gold: list[GoldText],
    careful: Decision,
    labels: list[str],
) -> str:
    """What is asserted with --min-precision: how much of it is right, and how much is left."""
    narrowed = {
        digest: msgspec.structs.replace(
            text,
            actors=tuple(
                msgspec.structs.replace(
                    one, labels=careful.labels(one.scores), opposed=careful.opposed(one.opposes)
                )
                for one in text.actors
            ),
        )
        for digest, text in found.items()
    }
    asked = [
        one
        for one in units(gold, narrowed, labels).units
        if one.side == "supports" and one.label in labels
    ]
    asserted = [one for one in asked if one.predicted]
    right, there = sum(one.gold for one in asserted), sum(one.gold for one in asked)
    low, high = wilson(right, len(asserted))
    return (
        f"With --min-precision {LEAST}: {right} of {len(asserted)} supports are right, "
        f"{right / max(1, len(asserted)):.3f} ({low:.3f} to {high:.3f}); "
        f"{right / max(1, there):.3f} of {there} in the gold are asserted"
    )


def slug(name: str) -> str:
    """A set's name as a file name."""
    return name.replace(", ", "-").replace(" ", "-")


if __name__ == "__main__":
    main()
