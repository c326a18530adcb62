"""Worker processes: one that dies takes only the document with it that killed it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from stance.corpus.options import Options
from stance.corpus.results import Item
from stance.corpus.work import Outcome
from stance.corpus.workers import Job, Processes, apart, processors
from stance.errors import CallError
from stance.types import Document

from .fakes import document

OPTIONS = Options("harbour")
DIED = "its process died, twice (out of memory?); the others go on without it"


class Mortal:
    """Reads documents in a process of its own; some of them end it."""

    def __init__(self, options: Options, threads: int) -> None:
        self._said = f"{options.issue} {threads}"

    def __call__(self, documents: Sequence[Document]) -> list[Outcome]:
        for one in documents:
            if one.text == "poison":
                os._exit(3)
            if one.text.startswith("once ") and not Path(one.text[5:]).exists():
                Path(one.text[5:]).touch()
                os._exit(3)
            if one.text == "crash":
                raise RuntimeError("a fault of the program")
        return [Outcome(Item(one.id, one.sha256), f"{one.id} {self._said}") for one in documents]


class Stillborn(Mortal):
    """Dies before it is given anything."""

    def __init__(self, options: Options, threads: int) -> None:
        os._exit(3)


def jobs(*parts: Sequence[str]) -> list[Job]:
    """Parts of documents that are called by their place."""
    return [
        (number, [document(f"{number}.{at}", text) for at, text in enumerate(part)])
        for number, part in enumerate(parts)
    ]


def told(outcomes: Sequence[Outcome]) -> list[str]:
    """The ids of outcomes; why, where one failed."""
    return [f"{one.item.id}: {one.item.failed}".removesuffix(": ") for one in outcomes]


def test_every_part_comes_back_with_its_documents() -> None:
    given = jobs(["a", "b"], ["c"], [], ["d"])
    made = dict(Processes(OPTIONS, 2, Mortal)(given))
    assert {number: told(outcomes) for number, outcomes in made.items()} == {
        0: ["0.0", "0.1"],
        1: ["1.0"],
        2: [],
        3: ["3.0"],
    }
    assert made[1][0].line == f"1.0 harbour {max(1, processors() // 2)}"
    assert made[1][0].item.sha256 == given[1][1][0].sha256


def test_a_document_that_kills_its_process_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stance.corpus.workers._TRIES", 1)
    made = dict(Processes(OPTIONS, 1, Mortal)(jobs(["a", "poison", "c"], ["d"])))
    assert told(made[0]) == ["0.0", f"0.1: {DIED}", "0.2"]
    assert told(made[1]) == ["1.0"]
    assert made[0][1].line == "" and made[0][1].item.sha256


def test_a_process_that_dies_by_bad_luck_costs_nothing(tmp_path: Path) -> None:
    made = dict(Processes(OPTIONS, 2, Mortal)(jobs(["a"], ["b", f"once {tmp_path / 'x'}"], ["c"])))
    assert sorted(made) == [0, 1, 2]
    assert told(made[1]) == ["1.0", "1.1"]
    assert (tmp_path / "x").exists()


def test_where_no_process_can_start_no_document_is_to_blame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stance.corpus.workers._TRIES", 1)
    with pytest.raises(CallError, match="die as they start"):
        list(Processes(OPTIONS, 1, Stillborn)(jobs(["a"])))


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="a fault of the program"):
        list(Processes(OPTIONS, 1, Mortal)(jobs(["crash"])))


def test_few_parts_are_held_at_a_time() -> None:
    taken: list[int] = []

    def stream() -> object:
        for job in jobs(*(["a"] for _ in range(20))):
            taken.append(job[0])
            yield job

    made = Processes(OPTIONS, 1, Mortal)(stream())  # type: ignore[arg-type]
    next(made)
    assert taken == [0, 1]
    made.close()  # type: ignore[attr-defined]


def test_without_parts_no_process_is_started() -> None:
    assert list(Processes(OPTIONS, 1, Stillborn)([])) == []


class Lasting(Mortal):
    """Tells the number of its process."""

    def __call__(self, documents: Sequence[Document]) -> list[Outcome]:
        return [Outcome(Item(one.id, one.sha256), str(os.getpid())) for one in documents]


PARENT = """
import os, sys
sys.path.insert(0, sys.argv[1])
from corpus.test_workers import OPTIONS, Lasting, jobs
from stance.corpus.workers import Processes

if __name__ == "__main__":
    for _, outcomes in Processes(OPTIONS, 1, Lasting)(jobs(["a"], ["b"])):
        print(outcomes[0].line, flush=True)
        os.kill(os.getpid(), 9)
"""


def test_no_process_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    call = [sys.executable, str(tmp_path / "parent.py"), str(Path(__file__).parents[1])]
    # The output ends only when the worker has ended, which has it open too.
    ended = subprocess.run(call, capture_output=True, timeout=60, check=False)
    assert ended.returncode == -9 and int(ended.stdout) != os.getpid()


def test_what_is_made_apart_comes_back() -> None:
    assert apart(max, 2, 3) == 3
