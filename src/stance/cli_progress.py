"""What a corpus run or a training shows while it goes on, and at its end."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from stance.corpus import Done
    from stance.training.adapt import At


class Seen:
    """Counts what is done, and moves the bar."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._task = None if bar is None else bar.add_task("", total=None, said="")
        self._began = time.monotonic()
        self.documents = self.claims = self.about = self.failed = self.kept = 0

    def add(self, done: Done) -> None:
        """Count a part."""
        self.documents += done.documents
        self.claims += done.claims
        self.about += done.about
        self.failed += done.failed
        self.kept += done.documents if done.kept else 0
        if self._bar is not None and self._task is not None:
            rate = (self.documents - self.kept) / max(1e-9, time.monotonic() - self._began)
            said = f"{self.claims:,} claims · {rate:,.0f} documents/s"
            self._bar.update(self._task, completed=self.documents, said=said)

    def count(self, documents: Iterable[object]) -> None:
        """Count the documents ahead, so that the time left can be told."""
        total = sum(1 for _ in documents)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=total)

    def closing(self, out: Path) -> str:
        """What was done, for the end."""
        seconds = time.monotonic() - self._began
        lines = [
            f"{out}: {self.documents:,} documents, {self.about:,} of them with words of the issue, "
            f"{self.claims:,} claims made now, in {seconds:,.0f} s"
        ]
        if self.kept:
            lines.append(f"{self.kept:,} documents were there already")
        if self.failed:
            lines.append(f"{self.failed:,} failed: {out / 'failures.jsonl'} says why")
        return "\n".join(lines)


@contextmanager
def progress(quiet: bool, documents: Callable[[], Iterable[object]] | None) -> Iterator[Seen]:
    """Count parts, with a bar on standard error where that is a terminal.

    `documents` gives what will be read once more, to count it; None where that cannot be.
    """
    if quiet or not sys.stderr.isatty():
        yield Seen(None)
        return
    with Progress(
        MofNCompleteColumn(),
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        seen = Seen(bar)
        if documents is not None:
            threading.Thread(target=seen.count, args=(documents(),), daemon=True).start()
        yield seen


@contextmanager
def rounds(quiet: bool, texts: int) -> Iterator[Callable[[At], None]]:
    """Tell how far a training on `texts` texts is: a bar on a terminal, else a line an epoch."""
    began = time.monotonic()

    def said(at: At) -> str:
        nonlocal began
        if at.round == 0:
            return (
                f"{texts} texts are labelled; they are read with the model before, then come "
                f"{at.rounds} rounds of {at.epochs} epochs"
            )
        if at.epoch == 0:
            began = time.monotonic()  # what came before was no epoch
            return "read with the model before; after the first epoch the time left is told"
        left = (time.monotonic() - began) * (1 / _done(at) - 1)
        return f"{_place(at)}; {_minutes(left)} left"

    def lines(at: At) -> None:
        typer.echo(said(at), err=True)

    if quiet:
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield lines
        return
    with Progress(
        BarColumn(),
        TextColumn("{task.fields[said]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=1.0, said="")

        def move(at: At) -> None:
            bar.update(task, completed=_done(at) if at.epoch else 0.0, said=said(at))

        yield move


def _done(at: At) -> float:
    """The share of a training that is done; learning from all texts counts as a part of its own."""
    if at.round > at.rounds:
        return (at.rounds + at.epoch / at.epochs) / (at.rounds + 1)
    return (at.round - 1 + at.epoch / at.epochs) / at.rounds


def _place(at: At) -> str:
    where = "all texts" if at.round > at.rounds else f"round {at.round} of {at.rounds}"
    return f"{where}, epoch {at.epoch} of {at.epochs}"


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return "less than a minute" if minutes < 1 else f"about {minutes} min"
