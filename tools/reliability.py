"""What calibration is worth on texts that it was not fitted on: Brier and ECE before and after.

    python tools/reliability.py [--model stance-minilm]

For each label and side of the two test sets: Brier score and expected calibration error over
adaptive bins of the model's raw scores and of its probabilities, 95 % bootstrap over states or
texts. Units that nothing was said of have score 0 in both.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from evaluate import ROOT, SETS
from stance import load
from stance.evaluation.scored import predictions, raw_units
from stance.evaluation.texts import documents
from stance.measure.gold import read_gold
from stance.measure.intervals import bootstrap
from stance.measure.metrics import Bools, Floats, brier, ece
from stance.measure.units import Unit, units
from stance.nli.calibration import SIDES

TESTS = ("news", "speeches, test")

Figure = Callable[[Bools, Floats], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="stance-minilm")
    call = parser.parse_args()
    pipeline = load(model=call.model)
    labels = [label.id for label in pipeline.issue.labels]
    for name in TESTS:
        file, root = SETS[name]
        if not root.exists():
            print(f"# {name}: left out, its texts are not here")
            continue
        gold = read_gold(ROOT / "seeds" / "labels" / file, labels, pipeline.table.actors)
        texts = list(zip(documents(gold, [root]), gold, strict=True))
        after = units(gold, predictions(pipeline, [one for one, _ in texts]), labels).units
        before = raw_units(pipeline, texts, labels)
        print(f"# {name}")
        for side in SIDES:
            for label in labels:
                for when, found in (("before", before), ("after", after)):
                    asked = [one for one in found if (one.side, one.label) == (side, label)]
                    hold = sum(one.gold for one in asked)
                    if hold:
                        print(f"{side:8} {label:20} {when:6} n {len(asked)}, {hold} hold: "
                              f"{_figures(asked)}")  # fmt: skip


def _figures(asked: list[Unit]) -> str:
    truth = np.array([one.gold for one in asked], dtype=bool)
    scores = np.array([one.score for one in asked], dtype=float)
    clusters = [one.cluster for one in asked]
    parts = []
    for name, figure in (("Brier", brier), ("ECE", ece)):

        def drawn(times: NDArray[np.int64], figure: Figure = figure) -> float:
            return figure(np.repeat(truth, times), np.repeat(scores, times))

        low, high = bootstrap(clusters, drawn)
        parts.append(f"{name} {figure(truth, scores):.3f} ({low:.3f} to {high:.3f})")
    return ", ".join(parts)


if __name__ == "__main__":
    main()
