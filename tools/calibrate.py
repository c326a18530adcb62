"""Fit the curves of a model on development data, show them, and store them with it.

    python tools/calibrate.py --model stance-minilm --write

For the Western Sahara issue: our own development passages and articles, and development speeches
of the UN General Debate where the corpus is at hand; Platt scaling and, for each label and side,
the middle of the thresholds with the best F1 or nearly so (`best_threshold`); a label with too few
cases takes the curve of its side over all labels. For issues that the
model was not made for (`*`): the scores of `tools/leave_one_out.py`, each from a model that never
saw the issue. Nothing is fitted on a test set, the retold or the seed articles.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import msgspec

from stance import Document, load
from stance.evaluation.calibrate import curve, placed
from stance.evaluation.scored import raw_units, scored_units
from stance.evaluation.texts import documents
from stance.issues import read_issue
from stance.measure.gold import GoldText, read_gold
from stance.measure.passages import read_passages
from stance.measure.units import Unit
from stance.nli.calibration import ANY, SIDES, Curve
from stance.nli.folder import store_calibration
from stance.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "ungdc" / "speeches.tar.gz"
HELD_OUT = ROOT / "build" / "leave_one_out.jsonl"
SEEDS = ROOT / "seeds"
AUTHORED = ("development.jsonl", "development_articles.jsonl", "development_speeches.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="stance-minilm")
    parser.add_argument("--write", action="store_true")
    call = parser.parse_args()
    pipeline = load("western_sahara", call.model)
    labels = [label.id for label in pipeline.issue.labels]
    texts: list[tuple[Document, GoldText]] = [
        pair
        for file in AUTHORED
        for pair in read_passages(SEEDS / "authored" / file, labels, pipeline.table.actors)
    ]
    for file, root in (("news_development.jsonl", ROOT), ("ungdc_development.jsonl", CORPUS)):
        if root.exists():
            gold = read_gold(SEEDS / "labels" / file, labels, pipeline.table.actors)
            texts += zip(documents(gold, [root]), gold, strict=True)
    raw = raw_units(pipeline, texts, labels)
    own: dict[str, dict[str, Curve]] = {side: {} for side in SIDES}
    for side in SIDES:
        for label in labels:
            asked = [one for one in raw if (one.side, one.label) == (side, label)]
            # Too few of a label: what the model says of this side of the issue in all.
            found = curve(asked) or curve([one for one in raw if one.side == side])
            if found is not None:
                own[side][label] = found
    # Which side of a claim is the surer one is decided between probabilities: only behind that can
    # the thresholds be placed.
    curves = {(side, label): one for side in SIDES for label, one in own[side].items()}
    fitted = replace(pipeline, curves=curves)
    read = scored_units(fitted, texts, labels)
    for (side, label), one in curves.items():
        asked = [unit for unit in read if (unit.side, unit.label) == (side, label)]
        own[side][label] = placed(one, asked)
        print(f"{side:9} {label:24} n {len(asked):5}, {sum(u.gold for u in asked):4} hold")
        _show(own[side][label])
    stored: dict[str, dict[str, dict[str, Curve]]] = {ANY: _common()}
    extended = [label.id for label in read_issue("western_sahara_extended").labels]
    stored["western_sahara"] = own
    stored["western_sahara_extended"] = {
        side: {label: one for label, one in own[side].items() if label in extended}
        for side in SIDES
    }
    if call.write:
        store_calibration(shipped("models", call.model), stored)
        print(f"stored in models/{call.model}")


def _common() -> dict[str, dict[str, Curve]]:
    """The curves for any issue, from the scores of models that had not seen it."""
    if not HELD_OUT.is_file():
        print(f"{HELD_OUT.name} is not there: run tools/leave_one_out.py for the common curves")
        return {}
    rows = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    seen = [msgspec.convert(row["unit"], Unit) for row in rows]
    made: dict[str, dict[str, Curve]] = {}
    for side in SIDES:
        found = curve([one for one in seen if one.side == side])
        print(f"{side:9} {'any label of any issue':24} n {sum(u.side == side for u in seen):5}")
        if found is not None:
            made[side] = {ANY: found}
            _show(found)
    return made


def _show(one: Curve) -> None:
    shares = ", ".join(f"{p:.2f} from {one.from_precision(p):.2f}" for p in (0.8, 0.9, 0.95))
    print(
        f"          slope {one.slope:.2f}, against {one.against:.2f}, "
        f"intercept {one.intercept:.2f}, asserted from {one.threshold:.2f}; precision {shares}"
    )


if __name__ == "__main__":
    main()
