"""Parts → outcomes, by several processes of this machine; one that dies takes nothing with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from stance.corpus.options import Options
from stance.corpus.work import Outcome, Worker, failure
from stance.errors import CallError
from stance.types import Document

T = TypeVar("T")

Job = tuple[int, Sequence[Document]]
"""A part's number and its documents."""

_TRIES = 2
"""How often a part may take its process down before it is read in halves: once may be bad luck."""

Reads = Callable[[Sequence[Document]], list[Outcome]]

_worker: Reads | None = None


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def apart(work: Callable[..., T], *arguments: object) -> T:
    """What `work` gives, made in a process of its own, so that its memory is free again."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


class Processes:
    """Reads parts in `count` processes, each with its own model."""

    def __init__(
        self, options: Options, count: int, make: Callable[[Options, int], Reads] = Worker
    ) -> None:
        """`make` gives what reads the documents, from the options and a number of threads."""
        self._options = options
        self._make = make
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[int, list[Outcome]]]:
        """The outcomes of parts, as they are done; few parts are held at a time.

        A part whose process dies is read again, then in halves, until the document that does it
        stands alone and is named as failed.

        Raises:
            CallError: the processes die without any document.
        """
        waiting: dict[Future[list[Outcome]], Job] = {}
        stream = iter(jobs)
        more = True
        try:
            while more or waiting:
                while more and len(waiting) <= self._count:
                    job = next(stream, None)
                    more = job is not None
                    if job is not None:
                        waiting[self._submit(job[1])] = job
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                broken: list[Job] = []
                for future in done:
                    job = waiting.pop(future)
                    try:
                        yield job[0], future.result()
                    except BrokenProcessPool:
                        broken.append(job)
                if broken:  # then all that was under way is lost; one by one shows which did it
                    self._stop()
                    lost = [*broken, *waiting.values()]
                    waiting.clear()
                    for job in sorted(lost, key=lambda one: one[0]):
                        yield job[0], self._careful(job[1])
        finally:
            self._stop()

    def _careful(self, documents: Sequence[Document]) -> list[Outcome]:
        for _ in range(_TRIES):
            try:
                return self._submit(documents).result()
            except BrokenProcessPool:
                self._stop()
        if len(documents) == 1:
            self._check_start()
            reason = "its process died, twice (out of memory?); the others go on without it"
            return [failure(documents[0], reason)]
        half = len(documents) // 2
        return [*self._careful(documents[:half]), *self._careful(documents[half:])]

    def _check_start(self) -> None:
        """
        Raises:
            CallError: a process dies without any document, so none is to blame.
        """
        try:
            self._submit(()).result()
        except BrokenProcessPool:
            self._stop()
            raise CallError(
                "the worker processes die as they start (out of memory?); try fewer --workers: "
                "what is done is kept"
            ) from None

    def _submit(self, documents: Sequence[Document]) -> Future[list[Outcome]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._count,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self._make, self._options, max(1, processors() // self._count)),
            )
        try:
            return self._pool.submit(_work, documents)
        except BrokenProcessPool as error:  # it died while nobody looked
            future: Future[list[Outcome]] = Future()
            future.set_exception(error)
            return future

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(make: Callable[[Options, int], Reads], options: Options, threads: int) -> None:
    global _worker
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = make(options, threads)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(documents: Sequence[Document]) -> list[Outcome]:
    assert _worker is not None
    return _worker(documents)
