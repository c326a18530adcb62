"""Ray as an engine: the same rows as without it; once for real, else with a stand-in for Ray."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from stance.corpus.engines import engine
from stance.corpus.on_ray import RayData
from stance.corpus.options import Options
from stance.corpus.results import Item
from stance.corpus.run import Engine, run
from stance.corpus.work import Outcome
from stance.corpus.workers import Job, Reads
from stance.errors import CallError, MissingExtraError, StanceError
from stance.types import Document, Meta

from .fakes import ISSUE, KENYA, PERU, document, failures, files, results, tiny

OPTIONS = Options("harbour")


class Batches:
    """What `from_items` and `map_batches` of Ray Data do, in this process, one row at a time."""

    def __init__(self, ray: StandIn, rows: Sequence[dict[str, Any]]) -> None:
        self._ray = ray
        self._rows = rows

    def map_batches(
        self,
        kind: type[Callable[[dict[str, Any]], dict[str, list[Any]]]],
        *,
        fn_constructor_args: Sequence[object],
        batch_size: int,
        compute: SimpleNamespace,
        num_cpus: int,
        ray_remote_args_fn: Callable[[], dict[str, int]],
    ) -> Batches:
        patience = ray_remote_args_fn()
        assert patience["max_restarts"] >= 0
        assert patience["max_task_retries"] >= 0  # below it Ray never gives up
        self._ray.workers.append(compute.size)
        if self._ray.error is not None:
            raise self._ray.error
        reader = kind(*fn_constructor_args)
        made = []
        for row in reversed(self._rows):  # a cluster keeps no order
            batch = {name: np.array([value], dtype=object) for name, value in row.items()}
            columns = reader(batch)
            assert batch_size == num_cpus == len(columns["part"]) == len(columns["data"]) == 1
            made.append({name: values[0] for name, values in columns.items()})
        return Batches(self._ray, made)

    def iter_rows(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)


class RayError(Exception):
    """What Ray raises."""


class StandIn:
    """Ray: `calls` are those that begin and end it, `waves` how many rows it was given at once."""

    def __init__(self) -> None:
        self.calls: list[object] = []
        self.waves: list[int] = []
        self.workers: list[int] = []
        self.error: Exception | None = None
        self.exceptions = SimpleNamespace(RayError=RayError)
        self.data = SimpleNamespace(from_items=self._from_items, ActorPoolStrategy=SimpleNamespace)

    def init(self, **settings: object) -> None:
        self.calls.append(settings)

    def shutdown(self) -> None:
        self.calls.append("shutdown")

    def _from_items(self, rows: Sequence[dict[str, Any]], *, override_num_blocks: int) -> Batches:
        assert override_num_blocks == len(rows)  # each part may go to another worker
        self.waves.append(len(rows))
        return Batches(self, rows)


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Ray that is there and starts nothing."""
    one = StandIn()
    for name, module in (("ray", one), ("ray.data", one.data)):
        monkeypatch.setitem(sys.modules, name, module)
    return one


def echo(options: Options, threads: int) -> Reads:
    """Reads documents into lines that say how they were read; "crash" is too much."""

    def read(documents: Sequence[Document]) -> list[Outcome]:
        if any(one.text == "crash" for one in documents):
            raise RuntimeError("a fault of the program")
        said = f"{options.issue} {threads}"
        return [Outcome(Item(one.id, one.sha256), f"{one.text} {said}") for one in documents]

    return read


def jobs(*parts: Sequence[str]) -> list[Job]:
    return [
        (number, [document(f"{number}.{at}", text) for at, text in enumerate(part)])
        for number, part in enumerate(parts)
    ]


def test_every_part_comes_back_with_its_documents(ray: StandIn) -> None:
    given = jobs(["a", "b\u2028é"], ["c"], [])
    made = dict(RayData(OPTIONS, 2, make=echo)(given))
    assert {number: [one.line for one in part] for number, part in made.items()} == {
        0: ["a harbour 1", "b\u2028é harbour 1"],
        1: ["c harbour 1"],
        2: [],
    }
    assert made[0][1].item == Item("0.1", given[0][1][1].sha256)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("Traceback:\n  File x\nRuntimeError: no model here\n", "RuntimeError: no model here"),
        ("The actor died. Some common causes include: (1) memory.", "The actor died"),
        ("", "RayError"),
    ],
)
def test_what_ray_gives_up_on_is_one_line(ray: StandIn, said: str, what: str) -> None:
    ray.error = RayError(said)
    with pytest.raises(StanceError) as caught:
        list(RayData(OPTIONS, 2, make=echo)(jobs(["a"], ["b"])))
    assert str(caught.value).startswith(f"Ray gave up amid parts 0 to 1: {what}; what was done")
    assert ray.calls[-1] == "shutdown"


def test_few_parts_are_held_at_a_time(ray: StandIn) -> None:
    taken: list[int] = []

    def stream() -> Iterator[Job]:
        for job in jobs(*(["a"] for _ in range(37))):
            taken.append(job[0])
            yield job

    made = RayData(OPTIONS, 2, make=echo)(stream())
    first, _ = next(made)
    assert taken == list(range(16))
    assert sorted([first, *(number for number, _ in made)]) == list(range(37))
    assert (ray.waves, ray.workers) == ([16, 16, 5], [2, 2, 2])


def test_there_are_no_more_workers_than_parts(ray: StandIn) -> None:
    assert len(list(RayData(OPTIONS, 8, make=echo)(jobs(["a"], ["b"], ["c"])))) == 3
    assert ray.workers == [3]


def test_without_parts_no_worker_is_started(ray: StandIn) -> None:
    assert list(RayData(OPTIONS, 2, make=echo)([])) == []
    assert ray.waves == []


def test_ray_starts_here_with_so_many_processors_or_is_found_at_its_address(ray: StandIn) -> None:
    common = {"log_to_driver": False, "ignore_reinit_error": True}
    here = {"address": None, "num_cpus": 3, "include_dashboard": False}
    for address, settings in ((None, here), ("auto", {"address": "auto"})):
        made = engine("ray", OPTIONS, 3, address)
        assert isinstance(made, RayData) and ray.calls == []
        assert list(made([])) == []
        assert ray.calls == [common | settings, "shutdown"]
        ray.calls.clear()


def test_ray_ends_where_the_reading_fails_or_is_left(ray: StandIn) -> None:
    with pytest.raises(RuntimeError, match="a fault of the program"):
        list(RayData(OPTIONS, 1, make=echo)(jobs(["a"], ["crash"])))
    assert ray.calls[1:] == ["shutdown"]
    ray.calls.clear()
    made = RayData(OPTIONS, 1, make=echo)(jobs(["a"], ["b"]))
    next(made)
    assert ray.calls[1:] == []
    made.close()  # type: ignore[attr-defined]
    assert ray.calls[1:] == ["shutdown"]


def test_without_ray_the_command_to_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError) as caught:
        engine("ray", OPTIONS, 2)
    assert str(caught.value) == (
        'this needs the package ray, which is not installed: run  pip install "stance-nli[ray]"'
    )


def test_an_address_needs_ray() -> None:
    with pytest.raises(CallError, match="--ray-address goes with --engine ray"):
        engine("processes", OPTIONS, 2, "auto")


def harbour(folder: Path) -> Options:
    """The options of an issue that stands in a file."""
    path = folder / "harbour.toml"
    path.write_text(ISSUE, encoding="utf-8")
    return Options(str(path))


FOUND = [
    document("a", KENYA),
    document("b", PERU.replace("\n", "\u2028é.\n")),
    document("c", "The harbour is old. Kenya supports mayhem.\n"),
    Document.from_text(KENYA, "d", Meta(speaker="XYZ")),
    document("e", KENYA),
]
"""Five documents, of which two cannot be read: three parts of two."""


def bytes_of(out: Path, read_by: Engine) -> dict[str, bytes]:
    """The files that a run over the documents leaves."""
    run(FOUND, results(out), read_by, part_size=2)
    assert [name for _, name, _ in failures(out)] == ["c", "d"]
    return files(out)


def without_ray(options: Options) -> Engine:
    worker = tiny(options, 1)
    return lambda given: ((number, worker(part)) for number, part in given)


def test_a_run_leaves_the_same_bytes_as_one_without_ray(ray: StandIn, tmp_path: Path) -> None:
    options = harbour(tmp_path)
    made = bytes_of(tmp_path / "ray", RayData(options, 2, make=tiny))
    assert made == bytes_of(tmp_path / "here", without_ray(options))
    assert ray.waves == [3]


# Ray's named parameters have none for restarts.
@pytest.mark.filterwarnings("ignore:`ray_remote_args:DeprecationWarning")
@pytest.mark.enable_socket
def test_a_run_on_ray_itself_leaves_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray.data", reason="Ray is not installed: pip install 'stance-nli[ray]'")
    folder = str(Path(__file__).parents[1])  # where its workers find this module and `fakes`
    there = [path for path in (folder, os.environ.get("PYTHONPATH")) if path]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(there))
    options = harbour(tmp_path)
    made = bytes_of(tmp_path / "ray", RayData(options, 2, make=tiny))
    assert made == bytes_of(tmp_path / "here", without_ray(options))
