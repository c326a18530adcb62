"""The plots of a page, drawn by matplotlib: who takes which side, when, and how reliably."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stance.desk.report.counts import Period, Row
from stance.desk.report.reliability import Record
from stance.desk.report.svg import FAINT, OPPOSES, STYLE, SUPPORTS, inline
from stance.errors import need
from stance.types import Side

MOST = 15
"""Actors in a plot, from the most documents."""

_WIDTH = 5.2
_NAME = 24
_NO_XML = re.compile("[\ufffe\uffff]")
_COLOUR: Mapping[Side, str] = {"supports": SUPPORTS, "opposes": OPPOSES}
_SIGN: Mapping[Side, int] = {"supports": 1, "opposes": -1}


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot as `<svg>`, with the words that stand above it."""

    title: str
    svg: str


def sides_plot(
    rows: Sequence[Row], names: Mapping[str, str], label: str, shown: str, id: str
) -> Plot:
    """Who supports (to the right) and opposes (to the left) a label; `rows` as in `rows_of`.

    `id` begins the ids of the SVG: another for each plot of a page.

    The length is the number of documents, or the highest probability where no actor takes the
    side in two of them.
    """
    found = sorted(
        (row for row in rows if any((label, side) in row.cells for side in _SIGN)),
        key=lambda row: (
            -sum(row.cells[label, side].documents for side in _SIGN if (label, side) in row.cells)
        ),
    )[:MOST]
    cells = [cell for row in found for key, cell in row.cells.items() if key[0] == label]
    counted = max((cell.documents for cell in cells), default=0) > 1
    unit = "documents" if counted else "highest probability"

    def draw(axes: Any) -> None:
        for at, row in enumerate(found):
            for side, sign in _SIGN.items():
                cell = row.cells.get((label, side))
                if cell is None:
                    continue
                whole = cell.documents if counted else cell.highest
                sure = whole * (1 - cell.uncertain / cell.documents)
                colour = _COLOUR[side]
                axes.barh(at, sign * sure, color=colour, height=0.6)
                axes.barh(
                    at, sign * (whole - sure), left=sign * sure, height=0.6,
                    facecolor="none", edgecolor=colour, linewidth=1.4, linestyle=(0, (2, 1.5)),
                )  # fmt: skip
        axes.axvline(0, color=FAINT, linewidth=1)
        axes.set_yticks(range(len(found)), [_label(names[row.actor]) for row in found])
        axes.set_ylim(len(found) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        most = max((cell.documents if counted else 1 for cell in cells), default=1)
        axes.set_xlim(-most * 1.08, most * 1.08)
        _absolute(axes.xaxis, whole=counted)
        axes.set_xlabel(unit)
        axes.set_title("← opposes", loc="left", fontsize=11)
        axes.set_title("supports →", loc="right", fontsize=11)

    title = f"Who supports and who opposes: {shown}"
    words = "; ".join(
        f"{names[row.actor]} {side} in {row.cells[label, side].documents}"
        for row in found
        for side in _SIGN
        if (label, side) in row.cells
    )
    svg = _drawn(draw, id, title, f"{unit}: {words}", 1.0 + 0.29 * len(found))
    return Plot(title, svg)


def time_plot(periods: Sequence[Period], label: str, shown: str, id: str) -> Plot:
    """Documents that support (up) and oppose (down) a label, by period."""
    found = [one for one in periods if one.label == label]

    def draw(axes: Any) -> None:
        for side, sign in _SIGN.items():
            own = [one for one in found if one.side == side]
            axes.bar(
                [one.place for one in own],
                [sign * one.documents for one in own],
                color=_COLOUR[side],
                width=0.8,
            )
        axes.axhline(0, color=FAINT, linewidth=1)
        named = {one.place: one.name for one in found}
        places = sorted(named)
        kept = places[:: max(1, -(-len(places) // 6))]
        axes.set_xticks(kept, [named[place] for place in kept], fontsize=10)
        most = max((one.documents for one in found), default=1) or 1
        axes.set_ylim(-most * 1.3, most * 1.3)
        _absolute(axes.yaxis, whole=True)
        axes.spines["bottom"].set_visible(False)
        axes.set_ylabel("documents")
        for place, words in ((0.97, "↑ supports"), (0.03, "↓ opposes")):
            axes.text(
                0.01, place, words, transform=axes.transAxes, va="top" if place > 0.5 else "bottom"
            )

    title = f"Documents over time: {shown}"
    words = "; ".join(f"{one.name}: {one.documents} {one.side}" for one in found if one.documents)
    return Plot(title, _drawn(draw, id, title, words, 2.7))


def reliability_plot(records: Sequence[Record], shown: str, id: str) -> Plot:
    """The share that was right from a probability on, for both sides of one label."""

    def draw(axes: Any) -> None:
        for record in records:
            xs, ys = zip(*record.points, strict=True)
            style = "-" if record.side == "supports" else "--"
            axes.step(xs, ys, style, where="post", color=_COLOUR[record.side], linewidth=2)
            axes.annotate(
                record.side, (xs[-1], ys[-1]), xytext=(5, 2 if record.side == "supports" else -8),
                textcoords="offset points",
                va="center",
            )  # fmt: skip
        axes.axhline(0.9, color=FAINT, linewidth=1, linestyle=":")
        axes.annotate("nine in ten", (0, 0.9), xytext=(2, 3), textcoords="offset points")
        axes.set_xlim(0, 1.2)
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
        axes.set_ylim(0, 1.1)
        axes.set_xlabel("probability, from here on")
        axes.set_ylabel("share right")

    title = f"Share that was right in development: {shown}"
    words = "; ".join(
        f"{record.side} from {at:.2f} on: {share:.2f}"
        for record in records
        for at, share in record.points[:: max(1, len(record.points) // 5)]
    )
    return Plot(title, _drawn(draw, id, title, words, 2.7))


def _drawn(
    draw: Callable[[Any], None], id: str, title: str, description: str, height: float
) -> str:
    matplotlib = need("matplotlib", "desk")
    figures = need("matplotlib.figure", "desk")
    with matplotlib.rc_context(dict(STYLE)):
        figure = figures.Figure(figsize=(_WIDTH, height), layout="tight")
        draw(figure.subplots())
        return inline(figure, id, _safe(title), _safe(description))


def _absolute(axis: Any, *, whole: bool) -> None:
    """Ticks without a sign: the direction says which side is meant."""
    ticker = need("matplotlib.ticker", "desk")
    axis.set_major_locator(ticker.MaxNLocator(nbins=6, integer=whole))
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{abs(value):g}"))


def _label(name: str) -> str:
    return _safe(name if len(name) <= _NAME else f"{name[: _NAME - 1]}…")


def _safe(text: str) -> str:
    return _NO_XML.sub("�", text)
