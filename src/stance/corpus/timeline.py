"""Who backed and rejected what, over time, drawn by matplotlib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from stance.errors import CallError, need
from stance.measure.intervals import wilson

if TYPE_CHECKING:
    from stance.corpus.summary import Summary

_COLOURS = {"supports": "#0072b2", "opposes": "#d55e00"}


def draw(summary: Summary, path: Path) -> None:
    """Write the picture of `timeline`; the end of the name decides on the format.

    Raises:
        CallError: no document with a side has a date, or the file cannot be written.
        MissingExtraError: matplotlib is not installed.
    """
    need("matplotlib", "desk").use("agg")
    figure = timeline(summary)
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise CallError(f"{path}: cannot be written ({error})") from None


def timeline(summary: Summary) -> Any:
    """A figure: for each label the share of documents that take each side, with 95 % intervals.

    Raises:
        CallError: no document with a side has a date.
        MissingExtraError: matplotlib is not installed.
    """
    pyplot = need("matplotlib.pyplot", "desk")
    if not summary.rows:
        raise CallError("no actor takes a side in any document, so there is nothing to plot")
    if not summary.periods:
        raise CallError(
            "a plot over time needs dates, and no document in which an actor takes a side has one; "
            "dates come from a column `date`, front matter, HTML, or file names like "
            "KAZ_79_2024.txt (others: --file-names '{actor}_{year}'): name them in stance run or "
            "predict"
        )
    labels = sorted({one.label for one in summary.periods})
    figure, axes = pyplot.subplots(
        len(labels), 1, figsize=(8, 2.8 * len(labels)), sharex=True, squeeze=False
    )
    for axis, label in zip(axes[:, 0], labels, strict=True):
        for move, side in ((-0.12, "supports"), (0.12, "opposes")):
            found = [one for one in summary.periods if (one.label, one.side) == (label, side)]
            shares = [one.documents / one.of for one in found]
            ends = [wilson(one.documents, one.of) for one in found]
            axis.errorbar(
                [one.start + summary.step * (0.5 + move) for one in found],
                shares,
                yerr=[
                    [max(0, share - low) for share, (low, _) in zip(shares, ends, strict=True)],
                    [max(0, high - share) for share, (_, high) in zip(shares, ends, strict=True)],
                ],
                fmt="o-",
                capsize=3,
                color=_COLOURS[side],
                label=side,
            )
        axis.set_title(summary.shorts[label], loc="left")
        axis.set_ylabel("share of documents")
        axis.set_ylim(bottom=0)
        axis.grid(axis="y", alpha=0.3)
        axis.legend(frameon=False)
    axes[-1, 0].set_xlabel("year")
    figure.suptitle(f"{summary.issue}: documents with words of the issue, 95 % intervals")
    figure.tight_layout()
    return figure
