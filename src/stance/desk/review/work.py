"""One annotator's work: what was decided on each document, on the disk before it is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stance.actors.table import ActorTable
from stance.desk.review import decisions as d
from stance.desk.review.begin import of_gold, of_results
from stance.desk.review.beside import is_known_to_evaluate, placed
from stance.desk.review.documents import Documents
from stance.desk.review.gold import Facts, gold_of
from stance.desk.review.journal import Journal
from stance.desk.review.labels_file import LabelsFile, others_beside, path_of
from stance.desk.review.spans import by_sentence, is_quoted
from stance.desk.review.state import History, Refused, State
from stance.desk.saved import text_sha256
from stance.errors import CallError, LabelError
from stance.measure.gold import GoldSpan, GoldText
from stance.output.records import SavedText
from stance.types import Issue


class Stale(Exception):
    """The document was changed since the page read it, as in another tab."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document after a decision, what it was before (None: not known), and what to say of it."""

    history: History
    before: State | None = None
    remark: str | None = None


class Work:
    """All documents of a review with what `annotator` decided about them.

    `remarks` are lines for the user: what was taken up, kept or set aside at the start.
    """

    def __init__(
        self,
        documents: Documents,
        labels: Path,
        annotator: str,
        issue: Issue,
        table: ActorTable,
        journal: Journal,
        texts: Sequence[str] = (),
    ) -> None:
        """Take up what the journal and the labels hold.

        Raises:
            CallError: the labels are malformed, or the journal holds what cannot be.
        """
        self.documents = documents
        self.issue = issue
        self.labels = tuple(label.id for label in issue.labels)
        self.table = table
        self.remarks: list[str] = [journal.torn] if journal.torn else []
        self._journal = journal
        self._texts = texts
        self._main = labels
        names = {one.annotator.casefold(): one.annotator for one in journal.entries}
        known = names.get(annotator.casefold(), annotator)
        if known != annotator:
            raise CallError(
                f"the annotator is {annotator!r}, the journal knows {known!r}; write it alike"
            )
        self.annotator = annotator
        self._first = journal.entries[0].annotator if journal.entries else annotator
        self.histories: dict[tuple[str, str], History] = {}
        self._replay()
        self.path = path_of(labels, annotator, self._first)
        self._file = LabelsFile(self.path, self.labels, table.actors)
        self._take_up(self._file, annotator)
        self._take_up_others()
        self._write()

    def history(self, sha256: str) -> History:
        """What the annotator decided about a document; a new one where that is nothing yet."""
        known = self.histories.get((self.annotator, sha256))
        return known or History(self._found(self.documents.read(sha256)[0]))

    def decide(self, sha256: str, revision: int, command: str, asked: d.Asked) -> Outcome:
        """Carry out a decision on the document that the page read at `revision`.

        The decision is in the journal when this returns. A command that is sent a second time
        is carried out once.

        Raises:
            Stale: the document has another revision by now.
            Refused: the decision cannot be.
            NotSaved: the disk is full or fails.
        """
        history = self.history(sha256)
        if command == history.command and history.revision > 0:
            return Outcome(history)
        if revision != history.revision:
            raise Stale
        found, text = self.documents.read(sha256)
        decision, remark = self._completed(history, asked, found, text, command)
        begun = (self.annotator, sha256) in self.histories
        fresh = history.copy()
        written: list[d.Decision] = [decision]
        if not begun:
            fresh.take(history.begin)
            written.insert(0, history.begin)
        fresh.take(decision, command)
        self._append(sha256, written, command)
        self.histories[self.annotator, sha256] = fresh
        if fresh.state.finished or history.state.finished:
            try:
                self._write()
            except OSError as error:
                remark = (
                    f"{self.path}: cannot be written ({error.strerror}); the decision is in the "
                    "journal, and the labels are written with the next document that is finished"
                )
        return Outcome(fresh, history.state, remark)

    def finished(self) -> Iterator[tuple[str, str, GoldText]]:
        """All lines of labels: the annotator, the SHA-256 of the text, the line."""
        for (annotator, sha256), history in self.histories.items():
            if history.state.gold is not None:
                yield annotator, sha256, history.state.gold

    def _completed(
        self, history: History, asked: d.Asked, found: SavedText, text: str, command: str
    ) -> tuple[d.Decision, str | None]:
        """The decision as the journal keeps it: checked against the text and the tables."""
        sentences = [GoldSpan(one.start, one.end) for one in found.sentences]
        match asked:
            case d.Holder(_, actor) | d.List(actor, True):
                self._check_actor(actor)
            case d.Words(claim, content):
                return d.Words(claim, by_sentence(content, sentences, text)), None
            case d.Add(holder, content, values):
                self._check_actor(holder)
                if set(values) != set(self.labels):
                    raise Refused(f"a claim needs a value for each of {', '.join(self.labels)}")
                spans = by_sentence(content, sentences, text)
                return d.Add(holder, spans, values, command, is_quoted(spans, text)), None
            case d.Stance(_, values):
                for label in values:
                    if label not in self.labels:
                        raise Refused(f"the issue has no label {label!r}")
            case d.Finish():
                return self._finish(history, found, text)
        return asked, None

    def _finish(self, history: History, found: SavedText, text: str) -> tuple[d.Finish, str | None]:
        try:
            place = placed(found.document, text, self._texts, self._main)
        except OSError as error:
            raise Refused(
                f"the text cannot be written beside the labels ({error.strerror}); mend that and "
                "finish again"
            ) from None
        meta = found.document
        facts = Facts(
            document=place.document,
            sha256=place.sha256,
            text_sha256=text_sha256(text),
            length=len(text),
            speaker=meta.speaker if meta.speaker in self.table.actors else None,
            year=_year(meta.date),
        )
        line = gold_of(history.state, facts, self.labels, self.table.actors, self.annotator)
        if is_known_to_evaluate(meta, text, place):
            return d.Finish(line), None
        return d.Finish(line), (
            "The file of this document is not at hand, so its text was written beside the labels: "
            "`stance train` finds it there. For `stance evaluate`, predict on that text."
        )

    def _check_actor(self, actor: str) -> None:
        if actor not in self.table.actors:
            raise Refused("choose an actor of the list; labels hold no persons")

    def _found(self, found: SavedText) -> d.Begin:
        return of_results(found, self.labels, self.table.actors)

    def _append(self, sha256: str, decisions: Sequence[d.Decision], command: str = "") -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._journal.append(at, self.annotator, sha256, decisions, command)

    def _replay(self) -> None:
        for entry in self._journal.entries:
            key = (entry.annotator, entry.document)
            if entry.document not in self.documents.listed:
                continue
            try:
                if key not in self.histories:
                    if not isinstance(entry.decision, d.Begin):
                        raise Refused("does not begin")
                    self.histories[key] = History(entry.decision)
                self.histories[key].take(entry.decision, entry.command)
            except (Refused, KeyError) as error:
                raise CallError(
                    f"{self._journal.path}: entry {entry.seq} cannot be ({error}); put back a "
                    "copy of the file, or move it away to begin anew from the labels"
                ) from None

    def _take_up(self, file: LabelsFile, annotator: str) -> None:
        """Begin with lines that were made by hand, or elsewhere, since the journal was written."""
        taken = 0
        for sha256, line in file.texts.items():
            if sha256 not in self.documents.listed:
                continue
            known = self.histories.get((annotator, sha256))
            if known is not None and line in known.lines:
                continue  # the journal knows better: the file was not written before the end
            found, text = self.documents.read(sha256)
            if line.length != len(text):
                raise LabelError(
                    f"{file.path}: {line.id}: `length` is {line.length}, the text has {len(text)}"
                )
            begin = of_gold(line, self._found(found), self.labels)
            at = datetime.now(UTC).isoformat(timespec="seconds")
            self._journal.append(at, annotator, sha256, [begin], "")
            history = known or History(begin)
            history.take(begin)
            self.histories[annotator, sha256] = history
            taken += 1
        if taken:
            self.remarks.append(f"{file.path}: {taken} documents are labelled already")

    def _take_up_others(self) -> None:
        files = others_beside(self._main)
        if self.annotator != self._first:
            files[self._first] = self._main
        for name, path in files.items():
            if path == self.path:
                continue
            try:
                self._take_up(LabelsFile(path, self.labels, self.table.actors), name)
            except LabelError as error:
                self.remarks.append(f"passed over: {str(error).splitlines()[0]}")

    def _write(self) -> None:
        """Write the labels where they are not as they should be."""
        wanted = {
            sha256: history.state.gold
            for (annotator, sha256), history in self.histories.items()
            if annotator == self.annotator
        }
        if any(self._file.texts.get(sha256) != gold for sha256, gold in wanted.items()):
            self._file.put(wanted)


def _year(date: str | None) -> int | None:
    year = (date or "")[:4]
    return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None
