"""CSV for spreadsheets and statistics: one row for each actor and document."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from stance.output.characters import spreadsheet
from stance.output.contract import DIGITS
from stance.output.findings import findings_of
from stance.types import ActorStance, Analysis, Issue, Span

Cell = str | int | float


def write(analyses: Iterable[Analysis], stream: TextIO) -> None:
    """Write a header and then the rows of each analysis as it comes; lines end with a line feed.

    All analyses must share one issue, for its labels give the columns. Where there is no analysis
    nothing is written, where none has an actor the header alone. Open a file with `newline=""`,
    so that line ends inside a cell stay as they are.

    Raises:
        ValueError: an analysis has other labels than the first.
    """
    # All text is quoted: a bare carriage return in a cell would end the row for many readers.
    out = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    first: list[str] | None = None
    for analysis in analyses:
        header = columns(analysis.issue)
        if first is None:
            out.writerow(header)
            first = header
        elif header != first:
            raise ValueError(
                f"{analysis.document.id}: issue {analysis.issue.id!r} has other labels than the "
                "rows before; one CSV holds one issue"
            )
        out.writerows([safe(cell) for cell in row] for row in rows(analysis))


def columns(issue: Issue) -> list[str]:
    """The names of the columns; each label has one for its score and one for its rejection."""
    labels = [label.id for label in issue.labels]
    return [
        *("document", "issue", "actor", "name", "kind", "labels", "opposed", "uncertain"),
        *(f"score_{label}" for label in labels),
        *(f"opposed_{label}" for label in labels),
        *("mentions", "evidence_start", "evidence_end", "evidence"),
    ]


def rows(analysis: Analysis) -> list[list[Cell]]:
    """One row for each actor, in the order of the analysis; cells as in `columns`.

    Labels are joined by "|". The evidence is that of the surest stance, or else rejection: the
    text from `evidence_start` to `evidence_end`, whole sentences of the claim. A neutral actor
    has none; a label that was not scored leaves its cell empty.
    """
    return [_row(analysis, stance) for stance in analysis.actors]


def _row(analysis: Analysis, stance: ActorStance) -> list[Cell]:
    decision = analysis.decision
    labels = [label.id for label in analysis.issue.labels]
    evidence = _evidence(analysis, stance)
    return [
        analysis.document.id,
        analysis.issue.id,
        stance.actor.id,
        stance.actor.name,
        stance.actor.kind,
        "|".join(decision.labels(_in_order(stance.scores, labels))),
        "|".join(decision.opposed(_in_order(stance.opposes, labels))),
        "true" if decision.uncertain(stance.scores, stance.opposes) else "false",
        *(_rounded(stance.scores.get(label)) for label in labels),
        *(_rounded(stance.opposes.get(label)) for label in labels),
        stance.mentions,
        evidence.start if evidence else "",
        evidence.end if evidence else "",
        evidence.of(analysis.document.text) if evidence else "",
    ]


def _evidence(analysis: Analysis, stance: ActorStance) -> Span | None:
    """From the first to the last of the sentences and content spans of the strongest claim."""
    claim = next((finding.claim for finding in findings_of(analysis, stance)), None)
    if claim is None:
        return None
    spans = [*claim.content, *(analysis.sentences[index].span for index in claim.sentences)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _in_order(scores: Mapping[str, float], labels: Sequence[str]) -> dict[str, float]:
    return {label: scores[label] for label in labels if label in scores}


def _rounded(score: float | None) -> Cell:
    return "" if score is None else round(float(score), DIGITS)


def safe(cell: Cell) -> Cell:
    """Text as a cell that no spreadsheet runs as a formula; numbers as they are."""
    return spreadsheet(cell) if isinstance(cell, str) else cell
