"""The commands `run`, `merge` and `summary`: exit codes, one-line errors, what they leave."""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from stance.actors.table import ActorTable
from stance.claims.by_words.finder import RuleClaims
from stance.claims.cues import Cues
from stance.cli import app
from stance.corpus.engines import engine
from stance.corpus.options import Options
from stance.corpus.results import Results
from stance.corpus.work import Outcome, Worker
from stance.corpus.workers import Job, Processes
from stance.errors import CallError, MissingExtraError
from stance.nli.choose import Chosen
from stance.output.contract import schema

from .fakes import FAR, ISSUE, KENYA, PERU, SameVerb, failures, files

CHECK = Draft202012Validator(schema())


class Here:
    """An engine without processes: `asked` are the ids of what it was given."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def made(self, name: str, options: Options, workers: int, address: str | None) -> Here:
        engine(name, options, workers, address)  # which refuses what is none
        self._options = options
        return self

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[int, list[Outcome]]]:
        worker = Worker(self._options)
        for number, documents in jobs:
            self.asked += [one.id for one in documents]
            yield number, worker(documents)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: ActorTable, cues: Cues) -> Here:
    """No weights, no parser and no processes; the working folder holds an issue and texts."""
    one = Here()
    monkeypatch.setattr("stance.corpus.engines.engine", one.made)
    monkeypatch.setattr("stance.corpus.workers.apart", lambda work, *given: work(*given))
    monkeypatch.setattr("stance.build.choose_model", lambda name, threads: Chosen(SameVerb()))
    monkeypatch.setattr("stance.build.claim_finder", lambda *_: (RuleClaims(cues), ()))
    monkeypatch.setattr("stance.build.actor_table", lambda: table)
    monkeypatch.chdir(tmp_path)
    write("harbour.toml", ISSUE)
    for at, text in enumerate((KENYA, PERU, FAR, KENYA, PERU)):
        write(f"texts/{at}.txt", text)
    return one


def write(name: str, content: str | bytes) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def call(*words: str) -> Result:
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run(*words: str, out: str = "out") -> Result:
    given = ["--issue", "harbour.toml", "--part-size", "2", "--out", out]
    return call("run", *(words or ["texts"]), *given)


def refused(result: Result) -> str:
    """The one line of a call that was wrong."""
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("stance: ")
    return line.removeprefix("stance: ")


def test_a_folder_becomes_results_that_keep_the_contract() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(
        "out: 5 documents, 4 of them with words of the issue, 4 claims made now, in "
    )
    found = [record for _, record in Results(Path("out")).records()]
    for record in found:
        CHECK.validate(record)
        assert "text" not in record["document"]
    assert [one["document"]["id"] for one in found] == [f"texts/{at}.txt" for at in range(5)]
    assert [[one["id"] for one in record["actors"]] for record in found] == [
        ["KEN"], ["PER"], [], ["KEN"], ["PER"],
    ]  # fmt: skip
    assert found[0]["actors"][0]["labels"] == ["plan"]
    assert found[1]["actors"][0]["opposed"] == ["plan"]


def test_the_same_call_again_reads_nothing(here: Here) -> None:
    run()
    before = files(Path("out"))
    asked = list(here.asked)
    result = run()
    assert result.exit_code == 0 and "5 documents were there already" in result.stderr
    assert here.asked == asked and files(Path("out")) == before


def test_shards_are_merged_into_what_one_run_makes() -> None:
    run()
    for at in (1, 2):
        run("texts", "--shard", f"{at}/2", out=f"s{at}")
    result = call("merge", "s2", "s1", "--out", "merged")
    assert (result.exit_code, result.stderr) == (0, "merged: 5 documents in 3 parts\n")
    assert files(Path("merged")) == files(Path("out"))
    assert "name a new folder" in refused(call("merge", "s1", "s2", "--out", "texts"))
    assert "stands in none of the folders" in refused(call("merge", "s1", "--out", "other"))


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--threshold", "0.9"], "option threshold None, this call has 0.9"),
        (["--model", "mine"], "option model None, this call has mine"),
        (["--no-gate"], "option gate True, this call has False"),
        (["--any-language"], "option any_language False, this call has True"),
        (["--with-text"], "option with_text False, this call has True"),
        (["--part-size", "3"], "part_size 2, this call has 3"),
    ],
)
def test_another_way_of_reading_is_refused(words: list[str], complaint: str) -> None:
    run()
    before = files(Path("out"))
    result = call(
        "run", "texts", "--issue", "harbour.toml", "--out", "out", "--part-size", "2", *words
    )
    assert complaint in refused(result)
    assert files(Path("out")) == before


def test_another_model_or_issue_of_the_same_name_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run()
    write("harbour.toml", ISSUE.replace('["harbour"]', '["harbour", "quay"]'))
    assert "made with configuration " in refused(run())
    write("harbour.toml", ISSUE)
    monkeypatch.setattr(SameVerb, "sha256", "1" * 64)
    assert f"made with model_sha256 {'0' * 57}" in refused(run())


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--shard", "3/2"], "--shard 3/2: a shard is I/N"),
        (
            ["--engine", "abacus"],
            "--engine abacus: there is no such engine; it is processes or ray",
        ),
        (["--ray-address", "auto"], "--ray-address goes with --engine ray"),
        (["--issue", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["--threshold", "2"], "the threshold is 2.0; allowed is 0 to 1"),
        (["--column", "place=x"], "place"),
        (["--file-names", "{nobody}"], "nobody"),
        (["--input-format", "tar"], "'tar' is no format"),
        (["--out", "texts"], "texts: is there already and holds no results of stance"),
        (["--out", "harbour.toml"], "harbour.toml: is there already"),
    ],
)
def test_a_wrong_call_does_nothing_and_says_why_in_one_line(
    words: list[str], complaint: str
) -> None:
    before = files(Path())
    result = call("run", "texts", "--issue", "harbour.toml", "--out", "out", *words)
    assert complaint in refused(result)
    assert files(Path()) == before and not Path("out").exists()


@pytest.mark.parametrize("words", [[], ["--engine", "ray"]])
def test_an_environment_without_what_finds_near_duplicates_is_refused_at_the_start(
    words: list[str], here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    before = files(Path())
    said = refused(run("texts", *words))
    assert said == (
        "this needs the package rensa, which is not installed: the environment is older than "
        "stance; install stance-nli again, or run  pip install rensa"
    )
    assert here.asked == [] and files(Path()) == before and not Path("out").exists()


def test_a_worker_whose_environment_is_older_reads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker on another machine may lack what this one has."""
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(MissingExtraError, match="pip install rensa"):
        Worker(Options("harbour.toml"))


def test_what_fails_is_listed_and_the_rest_is_done() -> None:
    write("bad/a.txt", b"")
    write("bad/b.txt", KENYA)
    write("bad/c.txt", "The harbour is old. Kenya supports mayhem.\n")
    write("bad/d.txt", "Le port est vieux, et le Kenya soutient le plan depuis longtemps, dit-il.")
    write("bad/e.csv", f"speaker,text\nXYZ,{KENYA}KEN,{KENYA}")
    result = run("bad", "gone.txt", "no*.txt")
    assert result.exit_code == 1
    assert "6 failed: out/failures.jsonl says why" in result.stderr
    told = {name: reason for _, name, reason in failures(Path("out"))}
    assert list(told) == [
        "bad/a.txt",
        "bad/c.txt",
        "bad/d.txt",
        "bad/e.csv:2",
        "gone.txt",
        "no*.txt",
    ]
    assert "is empty" in told["bad/a.txt"]
    assert told["bad/c.txt"] == "RuntimeError: it broke down"
    assert "'fr'" in told["bad/d.txt"] and "'XYZ'" in told["bad/e.csv:2"]
    assert "there is no such file" in told["gone.txt"] and "nothing matches" in told["no*.txt"]
    ids = [item.id for item, _ in Results(Path("out")).records()]
    assert ids == ["bad/b.txt", "bad/e.csv:3"]


def test_what_changed_or_failed_is_read_again_on_demand(here: Here) -> None:
    write("texts/5.txt", b"")
    assert run().exit_code == 1
    here.asked.clear()
    assert run().exit_code == 1 and here.asked == []
    write("texts/5.txt", KENYA)
    write("texts/1.txt", KENYA)
    said = refused(run())
    assert "(texts/1.txt is new, changed or gone); --update" in said
    assert run("texts", "--update").exit_code == 0
    assert here.asked == ["texts/1.txt", "texts/5.txt"]
    assert Path("out/failures.jsonl").read_bytes() == b""


def test_an_archive_and_the_names_in_it_are_read() -> None:
    write("KEN_79_2024.txt", "The harbour is old. We support the plan.\n")
    with tarfile.open("it.tgz", "w:gz") as archive:
        archive.add("KEN_79_2024.txt", "Session 79/KEN_79_2024.txt")
        archive.add("texts/2.txt", "2.txt")
    assert run("it.tgz").exit_code == 0
    (_, speech), (item, _) = Results(Path("out")).records()
    assert speech["document"]["id"] == "it.tgz/Session 79/KEN_79_2024.txt"
    assert (speech["document"]["speaker"], speech["document"]["date"]) == ("KEN", "2024")
    assert speech["actors"][0]["labels"] == ["plan"] and item.sketch == ""


def test_the_gate_can_be_left_open_and_the_text_kept() -> None:
    run("texts", "--no-gate", "--with-text", "--quiet")
    far = [record for _, record in Results(Path("out")).records()][2]
    assert [one["id"] for one in far["actors"]] == ["TGO"]
    assert far["document"]["text"] == FAR


def test_quiet_says_nothing() -> None:
    assert run("texts", "--quiet").stderr == ""


def test_a_summary_is_a_table_csv_or_json() -> None:
    run()
    table = call("summary", "out", "--least", "2")
    assert table.exit_code == 0
    assert "harbour: 5 documents, 4 of them with words of the issue\n" in table.stdout
    assert "Kenya  supports plan" in table.stdout and "Peru   opposes plan" in table.stdout
    assert "2 more with fewer than 3 documents" in call("summary", "out").stdout
    rows = call("summary", "out", "--format", "csv", "--least", "1").stdout.splitlines()
    assert rows[0].startswith("actor,name,") and len(rows) == 3
    told = json.loads(call("summary", "out", "--format", "json", "--each-story-once").stdout)
    assert (told["documents"], told["duplicates"]) == (3, 2)


def test_a_summary_of_a_file_of_records_is_that_of_the_folder() -> None:
    run("texts", "--with-text", "--quiet")
    lines = [json.dumps(record) for _, record in Results(Path("out")).records()]
    Path("results.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    folder, file = (
        json.loads(call("summary", name, "--format", "json", "--each-story-once").stdout)
        for name in ("out", "results.jsonl")
    )
    assert file["rows"] and file["about"] is None
    for part in ("rows", "changes", "doubtful", "duplicates"):
        assert file[part] == folder[part]
    table = call("summary", "results.jsonl").stdout
    assert table.startswith("harbour: 5 documents\n")
    Path("bare").mkdir()
    Path("results.jsonl").rename("bare/one.jsonl")
    assert call("summary", "bare").stdout == table
    without = [record | {"document": record["document"] | {"text": None}} for record in map(
        json.loads, lines
    )]  # fmt: skip
    Path("r.jsonl").write_text("\n".join(map(json.dumps, without)), encoding="utf-8")
    assert call("summary", "r.jsonl").stdout == table
    assert "hold no texts" in refused(call("summary", "r.jsonl", "--each-story-once"))
    other = json.dumps(without[0] | {"issue": "other"})
    for wrong, complaint in (
        ("", "wrong.jsonl: holds no results"),
        ("{", "wrong.jsonl:1: is no result of stance"),
        ('{"schema": 1}', "wrong.jsonl:1: is no result of stance"),
        (f"{lines[0]}\n{other}", "wrong.jsonl:2: is of the issue 'other', those before"),
    ):
        Path("wrong.jsonl").write_text(wrong, encoding="utf-8")
        result = call("summary", "wrong.jsonl")
        assert complaint in refused(result) and not result.stdout


def test_a_plot_without_dates_is_refused_before_anything_is_printed() -> None:
    run()
    result = call("summary", "out", "--plot", "who.png")
    assert "a plot over time needs dates" in refused(result)
    assert "column `date`" in result.stderr and "--file-names" in result.stderr
    assert not Path("who.png").exists()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["texts"], "texts: holds no results; stance run and stance predict --format json"),
        (["out", "--by", "month"], "--by month: allowed is year, decade"),
        (["out", "--format", "xml"], "--format xml: there is no such format"),
    ],
)
def test_a_wrong_summary_is_refused(words: list[str], complaint: str) -> None:
    run()
    assert complaint in refused(call("summary", *words))


def test_the_engine_of_a_name() -> None:
    options = Options("harbour")
    assert isinstance(engine("processes", options, 2), Processes)
    with pytest.raises(CallError, match="no such engine"):
        engine("Processes", options, 2)
