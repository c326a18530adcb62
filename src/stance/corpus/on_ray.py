"""Parts → outcomes on a Ray cluster, by Ray Data: the same rows as on one machine."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from stance.corpus.options import Options
from stance.corpus.work import Outcome, Worker
from stance.corpus.workers import Job, Reads
from stance.errors import StanceError, need

_WAVE = 8
"""Parts for each worker that the driver hands over at once: they are held in memory."""
_AGAIN = 2
"""How often Ray tries a part again whose worker died; by itself it never stops."""


class RayData:
    """Reads parts on a cluster, each worker with its own model, loaded once."""

    def __init__(
        self,
        options: Options,
        workers: int,
        address: str | None = None,
        make: Callable[[Options, int], Reads] = Worker,
    ) -> None:
        """`address` is that of a running cluster; None starts one on this machine.

        `make` gives what reads the documents, from the options and a number of threads.

        Raises:
            MissingExtraError: Ray is not installed.
        """
        self._ray = need("ray", "ray")
        self._data = need("ray.data", "ray")
        self._options = options
        self._workers = workers
        self._address = address
        self._make = make

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[int, list[Outcome]]]:
        """The outcomes of parts, as they are done.

        What a worker cannot read it names as failed; one that dies is started again by Ray.

        Raises:
            StanceError: a worker cannot start, or died whenever it read some part.
        """
        ray = self._ray
        here = {} if self._address else {"num_cpus": self._workers, "include_dashboard": False}
        ray.init(address=self._address, log_to_driver=False, ignore_reinit_error=True, **here)
        stream = iter(jobs)
        try:
            while wave := list(islice(stream, _WAVE * self._workers)):
                yield from self._read(wave)
        finally:
            ray.shutdown()

    def _read(self, wave: list[Job]) -> Iterator[tuple[int, list[Outcome]]]:
        rows = [{"part": number, "data": pickle.dumps(list(part))} for number, part in wave]
        try:
            done = self._data.from_items(rows, override_num_blocks=len(rows)).map_batches(
                _Parts,
                fn_constructor_args=(self._make, self._options),
                batch_size=1,
                compute=self._data.ActorPoolStrategy(size=min(self._workers, len(rows))),
                num_cpus=1,
                ray_remote_args_fn=_patience,
            )
            for row in done.iter_rows():
                yield int(row["part"]), pickle.loads(row["data"])
        except self._ray.exceptions.RayError as error:
            parts = f"{wave[0][0]} to {wave[-1][0]}"
            raise StanceError(
                f"Ray gave up amid parts {parts}: {_what(error)}; what was done is kept. "
                "Call again with --engine processes: it goes on, and names a document that takes "
                "its process down"
            ) from None


def _patience() -> dict[str, int]:
    return {"max_restarts": _AGAIN, "max_task_retries": _AGAIN}


def _what(error: Exception) -> str:
    """The first sentence of the last line of an error of Ray, which holds a whole traceback."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].partition(". ")[0].rstrip(".") if lines else type(error).__name__


class _Parts:
    """What Ray keeps on each worker."""

    def __init__(self, make: Callable[[Options, int], Reads], options: Options) -> None:
        self._worker = make(options, 1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        outcomes = [pickle.dumps(self._worker(pickle.loads(data))) for data in batch["data"]]
        return {"part": list(batch["part"]), "data": outcomes}
