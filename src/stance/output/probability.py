"""How a probability is shown, the same in every table and page."""

from __future__ import annotations

from stance.output.contract import DIGITS


def shown(probability: float) -> str:
    """Two decimals; never 1.00, for no model is that sure.

    Half up of what the contract keeps of it, so that a program that has read the records shows the
    same (`scripts/render.js` of a report and `values.js` of the review do).
    """
    kept = round(probability, DIGITS) + 1e-9
    return ">0.99" if kept >= 0.995 else f"{kept:.2f}"
