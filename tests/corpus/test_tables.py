"""The folder of `stance summary --parquet`: a row for each side, by year, whole or not there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from stance.corpus import tables
from stance.corpus.options import Options
from stance.corpus.results import Results
from stance.corpus.run import run
from stance.corpus.tables import COLUMNS, write_parquet
from stance.corpus.work import Worker
from stance.errors import CallError, MissingExtraError
from stance.types import Document, Meta

from .fakes import FAR, ISSUE, KENYA, PERU, files, results, tiny

dataset = pytest.importorskip("pyarrow.dataset")

BOTH = "The harbour is old. Kenya supports the plan. Peru rejects the plan.\n"


def document(id: str, text: str, **meta: Any) -> Document:
    return Document.from_text(text, id, Meta(**meta))


CORPUS = (
    document("a", KENYA, title="A", date="1999-05-01", outlet="The Post", speaker="TGO"),
    document("b", FAR, date="2001"),
    document("c", PERU, date="2003"),
    document("d", KENYA),
    document("e", BOTH, date="2003-07"),
)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Worker:
    issue = tmp_path_factory.mktemp("issue") / "harbour.toml"
    issue.write_text(ISSUE, encoding="utf-8")
    return tiny(Options(str(issue)), 1)


def made(folder: Path, worker: Worker, found: Sequence[Document] = CORPUS) -> Results:
    """The results of a corpus, as a run leaves them."""
    one = results(folder)
    run(found, one, lambda jobs: ((part, worker(texts)) for part, texts in jobs), part_size=2)
    return one


def read(folder: Path) -> list[dict[str, Any]]:
    """The rows of a folder, as a reader that knows nothing of stance finds them."""
    rows = dataset.dataset(folder, partitioning="hive").to_table().to_pylist()
    return sorted(rows, key=lambda row: (row["document"], row["actor"]))


def test_each_side_that_an_actor_takes_is_a_row(tmp_path: Path, worker: Worker) -> None:
    out = tmp_path / "out"
    assert write_parquet(made(tmp_path / "results", worker), out) == 5
    first, *others = read(out)
    assert 0.5 <= first.pop("probability") <= 1.0
    assert first == {
        "document": "a",
        "story": "a",
        "title": "A",
        "date": "1999-05-01",
        "outlet": "The Post",
        "speaker": "TGO",
        "actor": "KEN",
        "name": "Kenya",
        "kind": "state",
        "label": "plan",
        "side": "supports",
        "uncertain": False,
        "passage": "supports the plan",
        "model": "fake",
        "issue": "harbour",
        "year": 1999,
    }
    told = [(row["document"], row["actor"], row["side"], row["year"]) for row in others]
    assert told == [
        ("c", "PER", "opposes", 2003),
        ("d", "KEN", "supports", 0),
        ("e", "KEN", "supports", 2003),
        ("e", "PER", "opposes", 2003),
    ]


def test_there_is_a_folder_for_each_year_and_0_where_none_is_known(
    tmp_path: Path, worker: Worker
) -> None:
    write_parquet(made(tmp_path / "results", worker), tmp_path / "out")
    assert list(files(tmp_path / "out")) == [
        f"year={year}/part-0.parquet" for year in (0, 1999, 2003)
    ]


def test_the_columns_are_typed_and_what_is_unknown_is_null(tmp_path: Path, worker: Worker) -> None:
    write_parquet(made(tmp_path / "results", worker), tmp_path / "out")
    found = dataset.dataset(tmp_path / "out", partitioning="hive")
    kinds = {field.name: str(field.type) for field in found.schema}
    others = {"probability": "double", "uncertain": "bool", "year": "int32"}
    assert kinds == {name: others.get(name, "string") for name in COLUMNS}
    undated = next(row for row in read(tmp_path / "out") if row["document"] == "d")
    assert [undated[name] for name in ("title", "date", "outlet", "speaker")] == [None] * 4


def test_a_copy_bears_the_name_of_its_story(tmp_path: Path, worker: Worker) -> None:
    write_parquet(made(tmp_path / "results", worker), tmp_path / "out")
    stories = {row["document"]: row["story"] for row in read(tmp_path / "out")}
    assert stories == {"a": "a", "c": "c", "d": "a", "e": "e"}


def test_rows_are_written_a_few_at_a_time_and_none_is_lost(
    tmp_path: Path, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(tmp_path / "results", worker)
    write_parquet(one, tmp_path / "whole")
    for size in (1, 2, 5):
        monkeypatch.setattr(tables, "_ROWS", size)
        out = tmp_path / str(size)
        assert write_parquet(one, out) == 5
        assert read(out) == read(tmp_path / "whole")


@pytest.mark.parametrize("found", [(), CORPUS[1:2]], ids=["documents", "sides"])
def test_where_there_are_none_the_folder_is_empty(
    tmp_path: Path, worker: Worker, found: Sequence[Document]
) -> None:
    out = tmp_path / "out"
    assert write_parquet(made(tmp_path / "results", worker, found), out) == 0
    assert out.is_dir() and read(out) == []


def test_nothing_that_is_there_is_replaced(tmp_path: Path, worker: Worker) -> None:
    one = made(tmp_path / "results", worker)
    (tmp_path / "mine").mkdir()
    for out in (tmp_path / "mine", tmp_path / "results" / "run.json"):
        before = files(tmp_path)
        with pytest.raises(CallError, match="is there already; name a new folder"):
            write_parquet(one, out)
        assert files(tmp_path) == before


def test_without_results_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="holds no results; stance run writes them"):
        write_parquet(Results(tmp_path / "nowhere"), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_damaged_results_leave_no_folder(tmp_path: Path, worker: Worker) -> None:
    one = made(tmp_path / "results", worker)
    (tmp_path / "results" / "parts" / "part-00002.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(CallError, match=r"part-00002.jsonl: is not what was written"):
        write_parquet(one, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_what_a_stopped_call_left_behind_does_not_come_in(
    tmp_path: Path, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that is killed cleans up nothing; the next one may hold other years."""
    one, out = made(tmp_path / "results", worker), tmp_path / "out"

    def killed(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            write_parquet(one, out)
    assert not out.exists()
    assert write_parquet(made(tmp_path / "fewer", worker, CORPUS[2:3]), out) == 1
    assert list(files(out)) == ["year=2003/part-0.parquet"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, worker: Worker) -> None:
    one = made(tmp_path / "results", worker)
    out = tmp_path / "results" / "run.json" / "out"
    with pytest.raises(CallError, match="cannot be written") as caught:
        write_parquet(one, out)
    assert str(caught.value).startswith(f"{out}: ") and "\n" not in str(caught.value)
    assert write_parquet(one, tmp_path / "new" / "folder" / "out") == 5


def test_without_pyarrow_the_command_to_run_is_named(
    tmp_path: Path, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(tmp_path / "results", worker)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r'pip install "stance-nli\[parquet\]"'):
        write_parquet(one, tmp_path / "out")
    assert not (tmp_path / "out").exists()
