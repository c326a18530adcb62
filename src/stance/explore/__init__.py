"""Predictions and gold as data frames and plots: what the notebook is made of.

Needs the extra `notebook` (pandas, matplotlib).
"""

from stance.explore.compare import (
    Comparison,
    compare,
    counts,
    predict_labelled,
    with_threshold,
    wordings,
)
from stance.explore.passage import Passage
from stance.explore.plots import plot_confusion, plot_reliability

__all__ = [
    "Comparison",
    "Passage",
    "compare",
    "counts",
    "plot_confusion",
    "plot_reliability",
    "predict_labelled",
    "with_threshold",
    "wordings",
]
