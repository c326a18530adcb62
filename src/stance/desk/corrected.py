"""Saved results and a file of labels → the results as a person has corrected them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.actors.table import ActorTable
from stance.desk.corrected_text import corrected_text
from stance.desk.saved import Saved, text_sha256
from stance.errors import CallError, DocumentError, LabelError
from stance.issues import read_issue, shipped_issues
from stance.measure.gold import GoldStance, GoldText, read_gold
from stance.measure.lines import decoded
from stance.output.records import SavedText
from stance.reading import read_all, read_document
from stance.types import NEUTRAL, Document, Meta


@dataclass(frozen=True, slots=True)
class _Labelled:
    """Labels by the hash of their text, and those of whole documents by that of their bytes."""

    by_text: Mapping[str, GoldText]
    by_bytes: Mapping[str, GoldText]

    @classmethod
    def of(cls, gold: Sequence[GoldText]) -> _Labelled:
        return cls(
            {text.text_sha256: text for text in gold},
            {text.sha256: text for text in gold if text.start is None},
        )

    def labels_of(self, one: SavedText) -> GoldText | None:
        """As `stance evaluate` knows them; a passage is never taken for its whole document."""
        document = one.document
        found = self.by_text.get(document.sha256) or self.by_bytes.get(document.sha256)
        if found is None and document.text is not None:
            found = self.by_text.get(text_sha256(document.text))
        return found


@dataclass(frozen=True, slots=True)
class Corrected(Saved):
    """Saved results in which the labels of a person stand, where there are any.

    `unmatched` counts the labelled texts that the results do not hold, of `labelled` in all.
    """

    labels: _Labelled
    order: tuple[str, ...]
    texts: Mapping[str, str]
    table: ActorTable
    labelled: int
    unmatched: int

    def __iter__(self) -> Iterator[SavedText]:
        """The records, in the order of the results; those of labelled texts are `reviewed`."""
        for one in Saved.__iter__(self):
            gold = self.labels.labels_of(one)
            if gold is None:
                yield one
            else:
                text = one.document.text
                text = self.texts[one.document.sha256] if text is None else text
                yield corrected_text(one, gold, text, self.order, self.table)


def corrected(saved: Saved, labels: Path, texts: Sequence[str] = ()) -> Corrected:
    """The results with the labels of `labels`; documents without any stay as predicted.

    Args:
        saved: the results.
        labels: a file of labels, as `stance review` writes it.
        texts: where the texts of labelled documents stand, if neither the results hold them nor
            the folder of the labels.

    Raises:
        CallError: the results are damaged or on several issues, or a text is found nowhere.
        LabelError: the labels cannot be read, or are no labels.
    """
    from stance.build import actor_table

    table = actor_table()
    order = _labels_of(saved, labels)
    _refuse_results(labels)
    gold = read_gold(labels, order, table.actors)
    labelled = _Labelled.of(gold)
    without: dict[str, GoldText] = {}
    met: set[str] = set()
    for one in saved:
        found = labelled.labels_of(one)
        if found is None:
            continue
        met.add(found.text_sha256)
        if one.document.text is None:
            without[one.document.sha256] = found
        else:
            _check(one.document.text, found, saved)
    return Corrected(
        saved.path,
        labelled,
        order,
        _texts(without, labels, texts, saved),
        table,
        len(gold),
        len(gold) - len(met),
    )


def _labels_of(saved: Saved, labels: Path) -> tuple[str, ...]:
    """The labels of the issue in their order; of one that does not ship, those that are in use."""
    issues: dict[str, None] = {}
    used: dict[str, None] = {}
    for one in saved:
        issues[one.issue] = None
        for judged in (*one.claims, *one.actors):
            used |= dict.fromkeys(judged.scores)
    if len(issues) > 1:
        raise CallError(
            f"{saved.path}: holds results on {', '.join(sorted(issues))}; labels are on one issue, "
            "write the results of each to a file of their own"
        )
    issue = next(iter(issues), "")
    if issue in shipped_issues():
        return tuple(label.id for label in read_issue(issue).labels)
    for _, text in decoded(labels, GoldText):
        for stance in text.actors.values() if isinstance(text, GoldText) else ():
            used |= dict.fromkeys(_named(stance))
        for claim in (text.claims or ()) if isinstance(text, GoldText) else ():
            used |= dict.fromkeys(_named(claim.stance))
    return tuple(used)


def _refuse_results(labels: Path) -> None:
    first = next(decoded(labels, SavedText), None)
    if first and isinstance(first[1], SavedText):
        raise LabelError(
            f"{labels}: holds results, not labels; name the file that `stance review RESULTS "
            "--labels FILE` wrote"
        )


def _named(stance: GoldStance) -> Iterator[str]:
    yield from (one for one in (*stance.labels, *stance.opposes, *stance.open) if one != NEUTRAL)


def _texts(
    wanted: Mapping[str, GoldText], labels: Path, paths: Sequence[str], saved: Saved
) -> dict[str, str]:
    """The texts of these documents: from `paths`, or the folder in which their labels stand."""
    found: dict[str, str] = {}
    for document in read_all(paths, Meta()) if wanted and paths else ():
        if isinstance(document, Document) and document.sha256 in wanted:
            found[document.sha256] = document.text
    for sha256, gold in wanted.items():
        text = found.get(sha256)
        if text is None:
            text = _beside(labels, gold)
        if text is None:
            raise CallError(
                f"{saved.path}: holds no text of {gold.document}, which is labelled; name where "
                "the texts are (--texts FOLDER), or predict again with --with-text"
            )
        _check(text, gold, saved)
        found[sha256] = text
    return found


def _beside(labels: Path, gold: GoldText) -> str | None:
    """The text where the labels say that it is: from their folder, else from the present one."""
    return _read(labels.parent / gold.document, gold) or _read(Path(gold.document), gold)


def _read(path: Path, gold: GoldText) -> str | None:
    try:
        text = read_document(path).text if path.is_file() else None
    except (OSError, DocumentError):
        return None
    if text is not None and gold.start is not None:
        text = text[gold.start : gold.end]
    return text if text is not None and text_sha256(text) == gold.text_sha256 else None


def _check(text: str, gold: GoldText, saved: Saved) -> None:
    if text_sha256(text) != gold.text_sha256:
        raise LabelError(
            f"{saved.path}: the text of {gold.document} is not the one that was labelled (the file "
            "is the same, but was read in another way); review it again"
        )
