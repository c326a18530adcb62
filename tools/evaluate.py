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
from pathlib import Path

from stance import Pipeline, load
from stance.evaluation.baselines import BASELINES, baseline
from stance.evaluation.gate import digest, fallen, raised, read_floors, write_floors
from stance.evaluation.harness import evaluate
from stance.evaluation.report import table
from stance.evaluation.texts import documents
from stance.measure.gold import GoldText, read_gold
from stance.measure.predictions import PredictedText, read_predictions
from stance.output import jsonl
from stance.shipped import shipped

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
BUILD = ROOT / "build" / "evaluation"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="nli-minilm")
    parser.add_argument("--sets", nargs="*", default=sorted(SETS), choices=sorted(SETS))
    parser.add_argument("--baselines", nargs="*", default=list(BASELINES))
    parser.add_argument("--raise", dest="store", action="store_true")
    parser.add_argument("--lower", action="store_true")
    call = parser.parse_args()
    if call.lower and not call.store:
        parser.error("--lower goes with --raise")
    pipeline = load(model=call.model)
    labels = [label.id for label in pipeline.issue.labels]
    floors = read_floors(FLOORS)
    problems: list[str] = []
    for name in call.sets:
        file, root = SETS[name]
        if not root.exists():
            print(f"# {name}: left out, its texts are not here ({root.name})\n")
            continue
        gold = read_gold(ROOT / "seeds" / "labels" / file, labels, pipeline.table.actors)
        scored = {"stance": evaluate(gold, predicted("stance", pipeline, name, gold, root), labels)}
        for other in filter(None, call.baselines):
            found = predicted(other, pipeline, name, gold, root)
            scored[other] = evaluate(gold, found, labels)
        text = f"# {name}\n\n{table(scored, pipeline.issue)}\n"
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
    """The predictions of one system for one set, made where they are not there yet."""
    path = BUILD / slug(name) / f"{system}-{digest(gold)}.jsonl"
    if system == "stance" or not path.exists():
        weights = str(shipped("models", pipeline.fingerprint.model))
        used = pipeline if system == "stance" else baseline(system, pipeline, weights)
        jsonl.write_file(used.many(documents(gold, [root])), path)
    return read_predictions(path)


def slug(name: str) -> str:
    """A set's name as a file name."""
    return name.replace(", ", "-").replace(" ", "-")


if __name__ == "__main__":
    main()
