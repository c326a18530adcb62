"""An evaluation → a table to read, or one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from stance.evaluation.harness import Evaluation, Figure, Row
from stance.types import Issue

CORRECTED = (
    "these labels name an annotator, as those of `stance review` do. Where they began as "
    "predictions that were then corrected, the figures flatter: what nobody noticed counts as right"
)
"""A note on labels that may have begun as predictions."""


def table(evaluations: Mapping[str, Evaluation], issue: Issue) -> str:
    """All systems beside each other, then the details of the first: Markdown tables.

    Every F1 stands with its 95 % interval; n is the number of scored (text, actor) pairs.
    """
    shorts = {label.id: label.short for label in issue.labels}
    first_name, first = next(iter(evaluations.items()))
    parts = [
        f"{first.texts} texts, {first.clusters} clusters; headline: macro-F1 over the supported "
        "labels, end to end per actor and text; 95 % bootstrap over clusters (states for speeches, "
        "texts otherwise)",
        _systems(evaluations, shorts),
        f"{first_name}, label by label",
        _labels(first, shorts),
        "Supports by least probability (risk and coverage)",
        _coverage(first),
    ]
    if first.missing:
        parts.append(f"{len(first.missing)} texts have no prediction and count as empty")
    if first.unlisted:
        parts.append(
            f"{first.unlisted} actors are predicted neutral and not listed in the gold: not scored"
        )
    if first.boundaries:
        parts.append(f"Sentence boundaries: F1 {_figure(first.boundaries)}")
    if first.claims:
        parts += [f"{first_name}, claims one to one (half of the characters in common)"]
        parts.append(_claims(first))
        parts += ["The holder of what is found, by least confidence", _holders(first)]
        parts += ["Stance on gold claims (not found: no stance)", _on_claims(first, shorts)]
        parts += ["Gold claims found with their holder", _slices(first.found)]
    parts += ["Headline by group", _slices(first.slices)]
    return "\n\n".join(parts)


def record(evaluations: Mapping[str, Evaluation]) -> dict[str, Any]:
    """The same as JSON values, with the reliability curves."""
    built: dict[str, Any] = msgspec.to_builtins(dict(evaluations))
    return built


def _systems(evaluations: Mapping[str, Evaluation], shorts: Mapping[str, str]) -> str:
    names = [*shorts.values()]
    head = ["", "headline", *(f"F1 {name}" for name in names), "F1 neutral", "F1 opposition"]
    rows = []
    for name, one in evaluations.items():
        by_label = {row.label: row for row in one.rows if row.side == "supports"}
        rows.append(
            [
                name,
                _figure(one.headline),
                *(f"{by_label[label].f1.value:.3f}" for label in shorts),
                f"{by_label['neutral'].f1.value:.3f}",
                _figure(one.opposition) if one.opposition else "none in the gold",
            ]
        )
    return _markdown(head, rows)


def _labels(one: Evaluation, shorts: Mapping[str, str]) -> str:
    head = [
        "",
        "gold",
        "right",
        "wrong",
        "missed",
        "precision",
        "recall",
        "F1",
        "MCC",
        "Brier",
        "ECE",
    ]
    return _markdown(
        head,
        [
            [
                f"{'supports ' if row.side == 'supports' and row.label in shorts else ''}"
                f"{'opposes ' if row.side == 'opposes' else ''}{shorts.get(row.label, row.label)}",
                *_counts(row),
                _figure(row.f1),
                f"{row.counts.mcc:.3f}",
                f"{row.brier:.3f}",
                f"{row.ece:.3f}",
            ]
            for row in one.rows
        ],
    )


def _coverage(one: Evaluation) -> str:
    return _markdown(
        ["least", "right", "precision", "of the gold"],
        [
            [
                f"{row.least:.2f}",
                f"{row.right} of {row.asserted}",
                f"{row.right / max(1, row.asserted):.3f} ({row.low:.3f} to {row.high:.3f})",
                f"{row.right / max(1, row.gold):.3f} of {row.gold}",
            ]
            for row in one.coverage
        ],
    )


def _on_claims(one: Evaluation, shorts: Mapping[str, str]) -> str:
    head = ["", "gold", "right", "wrong", "missed", "precision", "recall", "F1"]
    return _markdown(
        head,
        [
            [f"{row.side} {shorts.get(row.label, row.label)}", *_counts(row), _figure(row.f1)]
            for row in one.on_claims
        ],
    )


def _claims(one: Evaluation) -> str:
    head = ["wanted", "gold", "right", "wrong", "missed", "precision", "recall", "F1"]
    return _markdown(
        head,
        [
            [
                row.wanted,
                *(f"{n:.0f}" for n in (row.counts.positives, row.counts.right, row.counts.wrong)),
                f"{row.counts.missed:.0f}",
                f"{row.counts.precision:.3f}",
                f"{row.counts.recall:.3f}",
                _figure(row.f1),
            ]
            for row in one.claims
        ],
    )


def _holders(one: Evaluation) -> str:
    head = ["least", "right holder", "share", "gold claims found"]
    return _markdown(
        head,
        [
            [
                f"{row.least:.1f}",
                f"{row.right} of {row.known}",
                f"{row.right / max(1, row.known):.3f} ({row.low:.3f} to {row.high:.3f})",
                f"{row.found} of {row.gold}",
            ]
            for row in one.holders
        ],
    )


def _slices(figures: Mapping[str, Figure]) -> str:
    return _markdown(
        ["", "value", "n"],
        [[name, _figure(figure), str(figure.n)] for name, figure in figures.items()],
    )


def _counts(row: Row) -> list[str]:
    counts = row.counts
    return [
        *(f"{n:.0f}" for n in (counts.positives, counts.right, counts.wrong, counts.missed)),
        f"{counts.precision:.3f}",
        f"{counts.recall:.3f}",
    ]


def _figure(figure: Figure) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table whose columns are as wide as their cells."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
             for row in [head, *rows]]  # fmt: skip
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])
