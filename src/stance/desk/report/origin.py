"""What stands beside the records: the issue's words, and what a results folder notes of its run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stance.corpus.results import Results
from stance.desk.report.attribution import short
from stance.desk.saved import Saved
from stance.issues import find_issue, plain

_REASONS = 20
"""Documents that could not be read are named up to this many."""


@dataclass(frozen=True, slots=True)
class IssueWords:
    """The title of an issue; by label its short name and the sentences that it was asked by."""

    title: str
    shorts: Mapping[str, str]
    wordings: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)


def issue_words(issue: str, labels: tuple[str, ...], called: str = "") -> IssueWords:
    """Those of the file `called`, or of an issue that ships; else what the ids tell.

    Labels of the issue come first.
    """
    told = {label: short(plain(label)) for label in labels}
    pack = find_issue(issue, called)
    if pack is None:
        return IssueWords(short(issue.replace("_", " ")), told)
    known = {label.id: label for label in pack.labels if label.id in labels}
    shorts = {label.id: short(label.short) for label in known.values()}
    wordings = {
        label.id: (_sentences(label.supports), _sentences(label.opposes))
        for label in known.values()
    }
    others = {label: shown for label, shown in told.items() if label not in shorts}
    return IssueWords(short(pack.title), {**shorts, **others}, wordings)


def _sentences(wordings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.replace("{actor}", "The actor") for one in wordings)


@dataclass(frozen=True, slots=True)
class RunNotes:
    """What a results folder says beside its records; of a file nothing is known.

    `failed` counts documents that could not be read, `reasons` names some; `without` counts
    those without any word of the issue; `wish` is a threshold or precision that was asked for,
    `called` the name or file by which the issue was called.
    """

    finished: bool = True
    failed: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    without: int | None = None
    wish: str = ""
    called: str = ""


def run_notes(saved: Saved, folder: str) -> RunNotes:
    """The notes of a folder of `stance run`; the names of documents leave out their `folder`.

    Raises:
        CallError: the folder is damaged.
    """
    if not saved.path.is_dir():
        return RunNotes()
    results = Results(saved.path)
    options = results.made_by().options
    items = [item for number in results.numbers() for item in results.part(number).items]
    failed = [item for item in items if item.failed]
    wishes = {"threshold": "a threshold of", "min_precision": "a precision of at least"}
    return RunNotes(
        finished=results.corpus() is not None,
        failed=len(failed),
        reasons=tuple(
            (short(item.id.removeprefix(folder)), short(item.failed, 200))
            for item in failed[:_REASONS]
        ),
        without=sum(not item.sketch and not item.failed for item in items),
        wish=next(
            (f"{words} {options[key]}" for key, words in wishes.items() if options.get(key)), ""
        ),
        called=str(options.get("issue", "")),
    )
