"""How much of what is about the Western Sahara dispute does the gate of `stance run` let by?

    python tools/gate_recall.py SPEECHES

SPEECHES is the archive or folder of the UN General Debate Corpus (`ISO3_SESSION_YEAR.txt`, Harvard
Dataverse doi:10.7910/DVN/0TJX8Y). Two figures, no text is shown:

- of the labelled passages: whether the sentences with the evidence of each stance are kept, when
  the gate reads the whole speech that the passage is from;
- of passages that were drawn for this question (`seeds/gate.jsonl`) from all speeches but
  those with a passage of the test set: some that the gate kept at the time, with and without a
  name of the dispute; and of what it passed over those with wider words ("Morocco", "the Maghreb",
  "referendum", misspelt names: 28 kinds), what lies around sentences that name it, and 300 windows
  drawn from everything. Each row counts `weight` times: the passages of its stratum for each that
  was read; the 300 windows overlap with the others and are reported alone.

A passage is kept when the gate keeps one of its sentences, and asked when what one of them says is
put to the model: in long speeches that is less (`Context.asked`). Intervals are bootstraps over
speeches.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from stance.build import actor_table, segmenter
from stance.errors import StanceError
from stance.issues import read_issue
from stance.measure.gold import GoldText, read_gold
from stance.measure.intervals import bootstrap, wilson
from stance.measure.lines import decoded, refuse
from stance.nli.contexts import Context, Contexts
from stance.reading import read_all
from stance.types import NEUTRAL, Document, Issue, Side, Span

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
WINDOWS = "rest"
"""The stratum of windows that were drawn from everything that was passed over."""


class Stance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes (`supports`) or rejects (`opposes`) a label in a passage."""

    actor: str
    label: str
    side: Side


class Read(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage that was read: place in code points of the speech, stratum, and what was found."""

    document: str
    sha256: str
    start: int
    end: int
    stratum: str
    weight: float
    about: bool
    stances: tuple[Stance, ...] = ()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("speeches", type=Path)
    call = parser.parse_args()
    try:
        _report(call.speeches, read_issue("western_sahara"))
    except StanceError as error:
        sys.exit(str(error))


def _report(speeches: Path, issue: Issue) -> None:
    labels = [label.id for label in issue.labels]
    gold = {
        name: read_gold(SEEDS / "labels" / f"ungdc_{name}.jsonl", labels, actor_table().actors)
        for name in ("test", "development")
    }
    read = _read(SEEDS / "gate.jsonl")
    wanted = {text.document for texts in gold.values() for text in texts}
    contexts = _contexts(speeches, issue, wanted | {row.document for row in read})
    for name, texts in gold.items():
        _print_gold(name, texts, contexts, labels)
    about = [row for row in read if row.about and row.stratum != WINDOWS]
    _print_recall("passages about it", about, contexts)
    _print_recall("passages with a stance", [row for row in about if row.stances], contexts)
    windows = [row for row in read if row.stratum == WINDOWS]
    found = sum(row.about for row in windows)
    low, high = wilson(found, len(windows))
    print(f"of {len(windows)} windows from what was passed over {found} are about it", end=" ")
    print(f"({low:.4f} to {high:.4f}, Wilson, 95 %)")


def _read(path: Path) -> list[Read]:
    rows: list[Read] = []
    problems: list[str] = []
    for number, row in decoded(path, Read):
        if isinstance(row, str):
            problems.append(f"{path}:{number}: {row}")
        else:
            rows.append(row)
    refuse(problems)
    return rows


def _contexts(speeches: Path, issue: Issue, wanted: set[str]) -> dict[str, Context]:
    """What the gate keeps of each speech that is wanted, by its file name."""
    contexts, segment = Contexts(issue), segmenter()
    found: dict[str, Context] = {}
    for document in read_all([speeches]):
        if not isinstance(document, Document):
            raise document
        name = document.id.rsplit("/", 1)[-1]
        if name in wanted:
            found[name] = contexts.of(document, segment(document))
    refuse([f"{name}: is not in {speeches}" for name in sorted(wanted - found.keys())])
    return found


def _print_gold(
    name: str, texts: Sequence[GoldText], contexts: Mapping[str, Context], labels: Sequence[str]
) -> None:
    """Whether the sentences of all evidence are kept; without evidence one of the passage."""
    number = kept = 0
    for text in texts:
        offset = text.start or 0
        for stance in text.actors.values():
            for label in {*stance.labels, *stance.opposes} - {NEUTRAL, *stance.open}:
                evidence = stance.evidence.get(label, ())
                parts = [Span(offset + one.start, offset + one.end) for one in evidence]
                whole = Span(offset, offset + text.length)
                number += label in labels
                kept += all(_keeps(contexts[text.document], part) for part in parts or [whole])
    low, high = wilson(kept, number)
    print(f"labelled passages, {name}: {kept} of {number} stances kept ({low:.3f} to {high:.3f})")


def _keeps(context: Context, span: Span) -> bool:
    """Whether a sentence that shares a character with `span` is kept."""
    return any(
        one.index in context.relevant for one in context.sentences if one.span.overlaps(span)
    )


def _share(weights: NDArray[np.float64], which: NDArray[np.bool_]) -> float:
    return float((weights * which).sum() / weights.sum())


def _asks(context: Context, span: Span) -> bool:
    """Whether what is said in a sentence that shares a character with `span` is asked about."""
    return any(one.index in context.asked for one in context.sentences if one.span.overlaps(span))


def _print_recall(name: str, rows: Sequence[Read], contexts: Mapping[str, Context]) -> None:
    weights = np.array([row.weight for row in rows])
    kept = np.array([_keeps(contexts[row.document], Span(row.start, row.end)) for row in rows])

    def recall(times: NDArray[np.int64]) -> float:
        return float((times * weights * kept).sum() / (times * weights).sum())

    low, high = bootstrap([row.document for row in rows], recall)
    asked = np.array(
        [_asks(contexts[row.document], Span(row.start, row.end)) for row in rows], dtype=bool
    )
    lost: dict[str, list[float]] = defaultdict(list)
    for row, is_kept in zip(rows, kept, strict=True):
        if not is_kept:
            lost[row.stratum].append(row.weight)
    print(
        f"{name}: {recall(np.ones(len(rows), dtype=np.int64)):.3f} ({low:.3f} to {high:.3f}), "
        f"n {len(rows)} read, {int(kept.sum())} kept; asked {_share(weights, asked):.3f}"
    )
    for stratum, found in sorted(lost.items(), key=lambda item: -sum(item[1])):
        print(f"    lost, {stratum}: {len(found)} read, for {sum(found):.0f}")


if __name__ == "__main__":
    main()
