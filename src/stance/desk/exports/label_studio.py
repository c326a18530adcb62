"""To Label Studio and back: tasks with predictions, and annotations as gold labels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from stance.desk.exports.files import fresh
from stance.desk.exports.label_annotations import AnnotatedTask, Annotation, read_tasks
from stance.desk.exports.label_config import config
from stance.desk.exports.label_gold import Codebook, gold_of
from stance.desk.exports.label_tasks import task_of
from stance.desk.saved import Saved, texts_of
from stance.errors import CallError, LabelError
from stance.issues import read_issue
from stance.measure.gold import GoldText, problems_of
from stance.measure.lines import refuse


def write_tasks(saved: Saved, out: Path, texts: Sequence[str] = ()) -> int:
    """Write tasks with predictions, and `OUT.config.xml` beside them; returns how many there are.

    In Label Studio: make a project, paste the configuration, import the tasks, correct the marks,
    and export the annotations as JSON for `stance import`.

    Raises:
        CallError: there are no results, they are of several issues, a text is found nowhere, or a
            file cannot be written.
    """
    settings = out.with_name(f"{out.name}.config.xml")
    labels: dict[str, None] = {}
    issues: set[str] = set()
    count = 0
    with ExitStack() as both:
        part, beside = both.enter_context(fresh(out)), both.enter_context(fresh(settings))
        with part.open("w", encoding="utf-8", newline="") as stream:
            for one, text in texts_of(saved, texts):
                issues.add(one.issue)
                labels |= dict.fromkeys(label for actor in one.actors for label in actor.scores)
                stream.write(",\n" if count else "[\n")
                stream.write(json.dumps(task_of(one, text), ensure_ascii=False))
                count += 1
            stream.write("\n]\n" if count else "[]\n")
        if len(issues) > 1:
            raise CallError(
                f"{saved.path}: holds results on {', '.join(sorted(issues))}; a project of Label "
                "Studio has one issue, export them one by one"
            )
        beside.write_text(config(list(labels)), encoding="utf-8")
    return count


def import_annotations(annotations: Path, labels: Path, issue: str) -> Mapping[Path, int]:
    """Write the annotations of a file as gold labels; returns each file with its number of texts.

    `labels` holds one line for each text, with its annotator, valid for `read_gold`. Where a text
    has several annotators the first one's labels stand there, the second one's in a file of the
    same name with `.2` before its ending, and so on: two readings to compare. Of two annotations of
    one text by one annotator the later counts; skipped ones and predictions count for nothing.

    Raises:
        LabelError: the file cannot be read, or what is annotated cannot be a label; all problems
            are named with their task.
        CallError: there is no such issue, or a file of labels is there already.
    """
    from stance.build import actor_table

    table = actor_table()
    book = Codebook.of([label.id for label in read_issue(issue).labels], table)
    readings: list[list[GoldText]] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for index, task in enumerate(read_tasks(annotations), start=1):
        name = str(index if task.id is None else task.id)
        where = f"{annotations}: task {name}"
        made = _by_annotator(task)
        if made and seen.setdefault(task.data.text_sha256, name) != name:
            problems.append(
                f"{where}: is the same text as task {seen[task.data.text_sha256]}; keep one"
            )
        problems += [f"{where}: {what}" for what in _altered(task)]
        for number, annotation in enumerate(made):
            try:
                gold = gold_of(task, annotation, book)
            except ValueError as error:
                problems.append(f"{where}: {error}")
                continue
            problems += [
                f"{where}: {what}" for what in problems_of(gold, book.labels, table.actors)
            ]
            readings += [[] for _ in range(number + 1 - len(readings))]
            readings[number].append(gold)
    refuse(problems)
    if not readings:
        raise LabelError(f"{annotations}: nothing is annotated; predictions alone are no labels")
    files = [_named(labels, number) for number in range(1, len(readings) + 1)]
    for file in files:
        if file.exists():
            raise CallError(f"{file}: is there already, and labels are never overwritten")
    for file, reading in zip(files, readings, strict=True):
        with fresh(file) as part:
            part.write_bytes(b"".join(msgspec.json.encode(gold) + b"\n" for gold in reading))
    return {file: len(reading) for file, reading in zip(files, readings, strict=True)}


def _by_annotator(task: AnnotatedTask) -> list[Annotation]:
    """The last annotation of each annotator that was not skipped."""
    made = {one.annotator: one for one in task.annotations if not one.was_cancelled}
    return list(made.values())


def _altered(task: AnnotatedTask) -> Iterator[str]:
    """Whether the text is another than the one that was exported."""
    data = task.data
    same = hashlib.sha256(data.text.encode("utf-8")).hexdigest() == data.text_sha256
    # Where U+FFFD stands for what could not be shown, the hash is that of the text before.
    if len(data.text) != data.length or not (same or "\ufffd" in data.text):
        yield "its text is not the one that was exported; import the tasks again, unchanged"


def _named(labels: Path, number: int) -> Path:
    return labels if number == 1 else labels.with_name(f"{labels.stem}.{number}{labels.suffix}")
