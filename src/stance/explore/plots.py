"""Confusion and reliability, drawn by matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stance.errors import need
from stance.measure.metrics import count, reliability

if TYPE_CHECKING:
    from pandas import DataFrame


def plot_confusion(frame: DataFrame) -> Any:
    """A figure: gold against predicted for each side and label, the numbers in the cells."""
    pyplot = need("matplotlib.pyplot", "notebook")
    groups = list(frame.groupby(["side", "label"], sort=False))
    figure, axes = pyplot.subplots(1, len(groups), figsize=(2.6 * len(groups), 3), squeeze=False)
    for axis, ((side, label), group) in zip(axes[0], groups, strict=True):
        found = count(group["gold"].to_numpy(bool), group["predicted"].to_numpy(bool))
        cells = [[found.right, found.missed], [found.wrong, found.absent]]
        shares = [[cell / max(1, sum(row)) for cell in row] for row in cells]
        axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        for y, row in enumerate(cells):
            for x, cell in enumerate(row):
                colour = "white" if shares[y][x] > 0.5 else "black"
                axis.text(x, y, f"{cell:.0f}", ha="center", va="center", color=colour)
        axis.set_xticks([0, 1], ["yes", "no"])
        axis.set_yticks([0, 1], ["yes", "no"])
        axis.set_title(_title(side, label), fontsize=9)
        axis.set_xlabel("predicted")
    axes[0][0].set_ylabel("gold")
    figure.tight_layout()
    return figure


def plot_reliability(frame: DataFrame, bins: int = 10) -> Any:
    """A figure: probability against the share that is true, one line for each side and label."""
    pyplot = need("matplotlib.pyplot", "notebook")
    figure, axis = pyplot.subplots(figsize=(5, 4.5))
    axis.plot([0, 1], [0, 1], color="grey", linestyle=":", label="perfect")
    for (side, label), group in frame.groupby(["side", "label"], sort=False):
        if label == "neutral" or not group["gold"].any():
            continue
        curve = reliability(group["gold"].to_numpy(bool), group["score"].to_numpy(float), bins)
        axis.plot(
            [one.confidence for one in curve],
            [one.accuracy for one in curve],
            marker="o",
            label=_title(side, label),
        )
    axis.set_xlabel("mean probability of the bin")
    axis.set_ylabel("share that is true")
    axis.legend(fontsize=8)
    figure.tight_layout()
    return figure


def _title(side: Any, label: Any) -> str:
    return str(label) if side == "supports" else f"opposes: {label}"
