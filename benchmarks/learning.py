"""What fifty labels of an issue are worth: `stance train` from several random starts.

    python benchmarks/learning.py --issue nuclear_ban --texts 50 --starts 5

Takes the first labelled passages of `seeds/authored/test/ISSUE.jsonl` and prints, for each start,
macro-F1 on held-out documents before and after, and the time.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np

from machine import machine
from stance.build import actor_table
from stance.issues import read_issue
from stance.measure.passages import read_passages
from stance.nli.choose import own_folder
from stance.training.adapt import adapt

TESTS = Path(__file__).resolve().parents[1] / "seeds" / "authored" / "test"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--issue", default="nuclear_ban")
    parser.add_argument("--texts", type=int, default=50)
    parser.add_argument("--starts", type=int, default=5)
    call = parser.parse_args()
    print(machine())
    labels = [label.id for label in read_issue(call.issue).labels]
    texts = read_passages(TESTS / f"{call.issue}.jsonl", labels, actor_table().actors)[: call.texts]
    rows: list[tuple[float, ...]] = []
    for start in range(call.starts):
        found = adapt(texts, call.issue, own_folder(None), seed=start)
        values = [
            math.nan if value is None else value
            for row in found.rows
            for value in (row.supports, row.opposes)
        ]
        rows.append((*values, found.seconds))
        print(
            f"start {start}: "
            + "; ".join(
                f"{r.name} {r.supports or 0.0:.3f} / {r.opposes or 0.0:.3f}" for r in found.rows
            )
            + f"; better in {found.better:.0%} of resamples; {found.seconds:.0f} s",
            flush=True,
        )
    mean, spread = np.mean(rows, axis=0), np.std(rows, axis=0, ddof=1 if len(rows) > 1 else 0)
    for name, at in (("before", 0), ("before, refitted", 2), ("after", 4)):
        print(
            f"{name}: supports {mean[at]:.3f} ± {spread[at]:.3f}, "
            f"opposes {mean[at + 1]:.3f} ± {spread[at + 1]:.3f}"
        )
    print(f"{call.texts} texts, {call.starts} starts, {mean[-1]:.0f} s each")


if __name__ == "__main__":
    main()
