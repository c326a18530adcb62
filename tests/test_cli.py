"""The command: its exit codes, its one-line errors, its outputs; no weights are needed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from stance.cli import app
from stance.nli.choose import Chosen
from stance.output.contract import schema
from stance.types import NliProbs

KENYA = "Kenya supports the autonomy plan for Western Sahara.\n"
PERU = "Peru rejects the autonomy plan for Western Sahara.\n"
SPEECH = "We support the autonomy plan for Western Sahara.\n"
CHECK = Draft202012Validator(schema())


class FakeNli:
    """Sure that who supports or rejects the plan does so, and of nothing else."""

    name = "fake"
    sha256 = "0" * 64

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        return [self._one(*pair) for pair in pairs]

    def _one(self, premise: str, hypothesis: str) -> NliProbs:
        same = any(
            verb in premise and verb in hypothesis and "autonomy plan" in hypothesis
            for verb in ("support", "reject")
        )
        return NliProbs(0.9, 0.05, 0.05) if same else NliProbs(0.02, 0.9, 0.08)


@pytest.fixture(autouse=True)
def fake_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str | None]:
    """The names of the models that were asked for; the working folder is empty."""
    asked: list[str | None] = []

    def choose(name: str | None, threads: int) -> Chosen:
        asked.append(name)
        return Chosen(FakeNli())

    monkeypatch.setattr("stance.build.choose_model", choose)
    monkeypatch.chdir(tmp_path)
    return asked


def run(*words: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(app, ["predict", *words], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write(name: str, content: str | bytes = KENYA) -> str:
    data = content.encode() if isinstance(content, str) else content
    Path(name).write_bytes(data)
    return name


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def actor(record: dict[str, Any], id: str) -> dict[str, Any]:
    (found,) = [one for one in record["actors"] if one["id"] == id]
    return found


def test_a_table_is_the_default() -> None:
    result = run(write("a.txt"))
    assert result.exit_code == 0
    assert "a.txt" in result.stdout and "Kenya" in result.stdout
    assert result.stderr == ""


def test_json_keeps_the_contract() -> None:
    result = run(write("a.txt"), write("b.txt", PERU), "--format", "json")
    assert result.exit_code == 0
    found = records(result.stdout)
    for record in found:
        CHECK.validate(record)
    assert [record["document"]["id"] for record in found] == ["a.txt", "b.txt"]
    assert found[0]["model"] == {"name": "fake", "sha256": "0" * 64}
    kenya, peru = actor(found[0], "KEN"), actor(found[1], "PER")
    assert kenya["labels"] == ["supports_sovereignty"]
    assert peru["labels"] == ["neutral"] and peru["opposes"]["supports_sovereignty"] == 0.9
    assert "text" not in found[0]["document"]


def test_the_text_is_added_on_demand() -> None:
    (record,) = records(run(write("a.txt"), "--format", "json", "--with-text").stdout)
    assert record["document"]["text"] == KENYA
    CHECK.validate(record)


def test_csv_has_a_head_and_a_row_for_each_actor() -> None:
    result = run(write("a.txt"), write("b.txt", PERU), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {row["document"] for row in rows} == {"a.txt", "b.txt"}
    assert {"KEN", "PER"} <= {row["actor"] for row in rows}


def test_standard_input_is_read() -> None:
    result = run("-", "--format", "json", stdin=KENYA.encode())
    assert result.exit_code == 0
    (record,) = records(result.stdout)
    assert record["document"]["id"] == "stdin" and actor(record, "KEN")


FRENCH = (
    "Le Kenya soutient depuis longtemps le plan d’autonomie pour le Sahara occidental, dit-il.\n"
)


def test_a_table_gives_a_result_for_each_row() -> None:
    Path("it.csv").write_text(
        f'who;body;when\nKEN;"{SPEECH.strip()}";2024-05-01\nPER;{PERU.strip()};2024-05-02\n'
    )
    columns = ["--column", "text=body", "--column", "speaker=who", "--column", "date=when"]
    result = run("it.csv", "--format", "json", *columns)
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    CHECK.validate(first)
    assert first["document"]["id"] == "it.csv:2"
    assert first["document"]["speaker"] == "KEN"
    assert first["document"]["format"] == "csv"
    assert [actor["id"] for actor in first["actors"]] == ["KEN"]
    assert second["document"]["date"] == "2024-05-02"


def test_a_column_that_is_not_there_is_named() -> None:
    Path("it.csv").write_text(f"who,body\nKEN,{SPEECH}")
    result = run("it.csv", "--column", "text=words")
    assert result.exit_code == 1
    assert "words" in result.stderr and "body" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["--column", "text"], ["--column", "place=x"]])
def test_a_wrong_column_is_a_wrong_call(words: list[str]) -> None:
    Path("it.csv").write_text(f"text\n{KENYA}")
    assert run("it.csv", *words).exit_code == 2


def test_an_unknown_speaker_in_a_row_fails_that_row_alone() -> None:
    Path("it.csv").write_text(f"speaker,text\nXYZ,{SPEECH}KEN,{SPEECH}")
    result = run("it.csv", "--format", "json")
    assert result.exit_code == 1
    assert [json.loads(line)["document"]["speaker"] for line in result.stdout.splitlines()] == [
        "KEN"
    ]
    assert "it.csv:2" in result.stderr and "'XYZ'" in result.stderr


def test_standard_input_may_be_a_table() -> None:
    line = json.dumps({"text": KENYA}).encode()
    result = run("-", "--input-format", "jsonl", "--format", "json", stdin=line)
    assert json.loads(result.stdout)["document"]["id"] == "stdin:1"


def test_another_language_is_read_on_request_and_with_a_warning() -> None:
    Path("fr.txt").write_text(FRENCH)
    refused = run("fr.txt", "--format", "json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "'fr'" in refused.stderr and "--any-language" in refused.stderr
    result = run("fr.txt", "--any-language", "--format", "json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert record["document"]["language"] == "fr"
    assert "do not trust" in record["warnings"][0]
    assert "Warning:" in run("fr.txt", "--any-language").stdout


def test_how_the_bytes_were_read_is_said() -> None:
    Path("it.txt").write_bytes("The café’s owner said Kenya supports it.\n".encode("cp1252"))
    record = json.loads(run("it.txt", "--format", "json").stdout)
    assert record["document"]["encoding"] == "windows-1252"
    assert "windows-1252" in record["warnings"][0]


def test_a_folder_is_read() -> None:
    Path("texts").mkdir()
    for name in ("b.txt", "a.md", "c.pdf"):
        write(f"texts/{name}")
    found = records(run("texts", "--format", "json").stdout)
    assert [record["document"]["id"] for record in found] == ["texts/a.md", "texts/b.txt"]


def test_the_speaker_is_who_says_we() -> None:
    (alone,) = records(run(write("a.txt", SPEECH), "--format", "json").stdout)
    assert alone["actors"] == [] and alone["document"]["speaker"] is None
    (record,) = records(run("a.txt", "--speaker", "KEN", "--format", "json").stdout)
    assert actor(record, "KEN")["labels"] == ["supports_sovereignty"]
    assert record["document"]["speaker"] == "KEN"


def test_the_threshold_decides() -> None:
    for threshold, expected in (("0.9", "supports_sovereignty"), ("0.91", "neutral")):
        (record,) = records(
            run(write("a.txt"), "--threshold", threshold, "--format", "json").stdout
        )
        assert actor(record, "KEN")["labels"] == [expected]


def test_an_issue_may_be_a_file_and_a_model_a_name(fake_model: list[str | None]) -> None:
    write(
        "harbour.toml",
        'id = "harbour"\ntitle = "H"\nterms = ["Western Sahara"]\n[[label]]\nid = "for_it"\n'
        'short = "for"\nsupports = ["{actor} supports the autonomy plan."]\n'
        'opposes = ["{actor} hates it."]\n',
    )
    result = run(write("a.txt"), "--issue", "harbour.toml", "--model", "mine", "--format", "json")
    (record,) = records(result.stdout)
    assert record["issue"] == "harbour" and actor(record, "KEN")["labels"] == ["for_it"]
    assert fake_model == ["mine"]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("nowhere.txt", None, "there is no such file"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "white space"),
        ("binary.txt", b"\x00\x01\x02\xff" * 50, "binary"),
        ("paper.txt", b"%PDF-1.7 and so on", "PDF"),
        ("folder", None, "folder without texts"),
    ],
)
def test_a_document_that_cannot_be_read_is_named_and_the_rest_done(
    name: str, content: bytes | None, complaint: str
) -> None:
    if name == "folder":
        Path(name).mkdir()
    elif content is not None:
        write(name, content)
    result = run(name, write("good.txt"), "--format", "json")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"stance: {name}: ") and complaint in line
    assert [record["document"]["id"] for record in records(result.stdout)] == ["good.txt"]


def test_each_failure_has_a_line_of_its_own() -> None:
    result = run("one.txt", "two.txt")
    assert result.exit_code == 1
    assert [line.split(":")[1] for line in result.stderr.splitlines()] == [" one.txt", " two.txt"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--issue", "harbour"], "no issue 'harbour'; known issues: "),
        (["--issue", "harbour.toml"], "harbour.toml: cannot be read"),
        (["--speaker", "Kenya"], "no actor 'Kenya'"),
        (["--threshold", "1.5"], "the threshold is 1.5; allowed is 0 to 1"),
        (["--threshold", "nan"], "the threshold is nan"),
        (["--format", "xml"], "--format xml: there is no such format; allowed: table, json"),
        (["--with-text"], "use --format json"),
        (["--out", "no/such/folder.txt"], "folder.txt: cannot be written"),
        (["--out", "."], "cannot be written"),
    ],
)
def test_a_wrong_call_does_nothing_and_says_why_in_one_line(
    words: list[str], complaint: str
) -> None:
    result = run(write("a.txt"), *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("stance: ") and complaint in line
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt"]


@pytest.mark.parametrize("words", [[], ["a.txt", "--treshold", "1"], ["a.txt", "--threshold", "x"]])
def test_a_call_that_typer_refuses_has_the_same_exit_code(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_out_is_what_would_have_been_printed() -> None:
    printed = run(write("a.txt"), "--format", "json").stdout
    result = run("a.txt", "--format", "json", "--out", "result.jsonl")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert Path("result.jsonl").read_text(encoding="utf-8") == printed
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "result.jsonl"]


def test_out_may_not_be_a_folder() -> None:
    Path("results").mkdir()
    result = run(write("a.txt"), "--out", "results")
    assert result.exit_code == 2
    assert result.stderr.startswith("stance: results: cannot be written")
    assert list(Path("results").iterdir()) == []


def test_out_holds_what_could_be_done() -> None:
    result = run(write("a.txt"), "nowhere.txt", "--format", "json", "--out", "result.jsonl")
    assert result.exit_code == 1
    assert len(records(Path("result.jsonl").read_text(encoding="utf-8"))) == 1


def test_a_crash_leaves_the_earlier_result_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: FakeNli, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(FakeNli, "__call__", crash)
    write("result.jsonl", "the earlier result")
    with pytest.raises(RuntimeError):
        run(write("a.txt"), "--format", "json", "--out", "result.jsonl")
    assert Path("result.jsonl").read_text(encoding="utf-8") == "the earlier result"
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "result.jsonl"]


def test_quiet_changes_no_result() -> None:
    loud = run(write("a.txt"), "--format", "json")
    quiet = run("a.txt", "--format", "json", "--quiet")
    assert (quiet.stdout, quiet.stderr) == (loud.stdout, "")


def test_the_result_of_a_document_does_not_depend_on_the_others() -> None:
    names = [write(f"{at:02}.txt", KENYA if at % 2 else PERU) for at in range(40)]
    together = run(*names, "--format", "json").stdout.splitlines()
    assert len(together) == 40
    assert run(names[7], "--format", "json").stdout.splitlines() == [together[7]]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["export", "r.jsonl", "--format", "csv"],
            "export: missing option '--out'; see  stance ex",
        ),
        (["predict"], "predict: missing argument 'paths'; see  stance predict --help"),
        (["issues", "nosuch"], "issues: no such command 'nosuch'; see  stance issues --help"),
        (["summary", "x", "--nosuch"], "summary: no such option: --nosuch"),
        (["nosuch"], "no such command 'nosuch'; see  stance --help"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(words: list[str], line: str) -> None:
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"stance: {line}") and result.stderr.count("\n") == 1


def test_no_words_at_all_show_the_help() -> None:
    assert "Commands:" in CliRunner().invoke(app, []).output
