"""`stance issues`: the packs are listed, shown, checked and started; no weights are needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from stance.cli import app
from stance.issues import read_issue, shipped_issues
from stance.nli.choose import Chosen
from stance.types import NliProbs

HARBOUR = """
id = "harbour"
title = "the harbour"
terms = ["harbour", "quay*"]

[[label]]
id = "for_it"
short = "for"
supports = ["{actor} supports the harbour.", "{actor} welcomes the harbour."]
opposes = ["{actor} rejects the harbour."]
terms = ["harbour"]
"""


class FakeNli:
    """Tells who is for something from who is against it."""

    name = "fake"
    sha256 = "0" * 64

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        return [
            NliProbs(0.9, 0.1, 0.0) if self._is_for(one) == self._is_for(other)
            else NliProbs(0.1, 0.1, 0.8)
            for one, other in pairs
        ]  # fmt: skip

    def _is_for(self, text: str) -> bool:
        return "supports" in text or "welcomes" in text


@pytest.fixture(autouse=True)
def fake_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str | None]:
    """The names of the models that were asked for; the working folder is empty."""
    asked: list[str | None] = []

    def choose(name: str | None, threads: int) -> Chosen:
        asked.append(name)
        return Chosen(FakeNli())

    monkeypatch.setattr("stance.nli.choose.choose_model", choose)
    monkeypatch.chdir(tmp_path)
    return asked


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, ["issues", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write(content: str = HARBOUR, name: str = "harbour.toml") -> str:
    Path(name).write_text(content, encoding="utf-8")
    return name


@pytest.mark.parametrize("words", [[], ["list"]])
def test_the_shipped_issues_are_listed(words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == shipped_issues()
    for line, name in zip(lines, shipped_issues(), strict=True):
        issue = read_issue(name)
        assert issue.title in line and all(label.id in line for label in issue.labels)


def test_an_issue_is_shown_with_all_its_sentences() -> None:
    result = run("show", write())
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "the harbour (harbour)",
        "terms: harbour, quay*",
        "",
        "for_it (for)",
        "  supports  {actor} supports the harbour.",
        "  supports  {actor} welcomes the harbour.",
        "  opposes   {actor} rejects the harbour.",
        "  asked about where a passage holds: harbour",
    ]


@pytest.mark.parametrize("name", shipped_issues())
def test_every_shipped_issue_can_be_shown(name: str) -> None:
    shown = run("show", name).stdout
    for label in read_issue(name).labels:
        assert all(wording in shown for wording in (*label.supports, *label.opposes))


@pytest.mark.parametrize("command", ["show", "lint"])
@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("atlantis", "there is no issue 'atlantis'; known issues: "),
        ("atlantis.toml", "atlantis.toml: cannot be read"),
        ("broken.toml", "broken.toml: label 'for_it': wording 1 of `opposes` must hold {actor}"),
    ],
)
def test_an_issue_that_cannot_be_read_is_refused_in_one_line(
    command: str, name: str, complaint: str
) -> None:
    write(HARBOUR.replace("{actor} rejects", "It rejects"), "broken.toml")
    result = run(command, name)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("stance: ") and complaint in line


def test_a_good_issue_has_nothing_to_mend(fake_model: list[str | None]) -> None:
    result = run("lint", write(), "--model", "mine")
    assert (result.exit_code, result.stdout) == (0, "harbour.toml: nothing to mend\n")
    assert fake_model == ["mine"]


@pytest.mark.parametrize("both", [False, True])
def test_what_must_be_mended_is_said_line_by_line_before_all_advice(both: bool) -> None:
    issue = HARBOUR.replace("welcomes the harbour", "welcomes it")
    result = run("lint", write(issue.replace("rejects", "hardly supports") if both else issue))
    assert (result.exit_code, result.stderr) == (1, "")
    first, *rest = result.stdout.splitlines()
    assert first.startswith("label 'for_it', wording 2 of `supports`: holds none of the")
    assert bool(rest) == both and all(line.startswith("advice: label 'for_it'") for line in rest)


def test_advice_alone_is_no_failure() -> None:
    result = run("lint", write(HARBOUR.replace("rejects", "hardly supports")))
    assert (result.exit_code, result.stderr) == (0, "")
    first, *rest = result.stdout.splitlines()
    assert first == "harbour.toml: nothing to mend"
    assert rest and all(line.startswith("advice: label 'for_it'") for line in rest)
    assert "follow from its opposite" in rest[0]


def test_terms_that_the_texts_lack_are_named() -> None:
    Path("texts").mkdir()
    write("Kenya opens the harbour of its old coast.\n", "texts/a.txt")
    result = run("lint", write(), "texts")
    assert result.exit_code == 0
    assert "1 term matches nothing in the one text: 'quay*'\n" in result.stdout
    write("Kenya opens the quays of its old coast.\n", "texts/b.txt")
    assert run("lint", "harbour.toml", "texts").stdout == "harbour.toml: nothing to mend\n"


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["nowhere.txt"], "nowhere.txt: there is no such file or folder; check the path"),
        (["harbour.txt", "nowhere.txt"], "nowhere.txt: there is no such file or folder"),
        (["empty"], "empty: a folder without texts"),
    ],
)
def test_texts_that_cannot_be_read_are_refused_in_one_line(
    fake_model: list[str | None], texts: list[str], complaint: str
) -> None:
    Path("empty").mkdir()
    write("Kenya opens the harbour and its quays.\n", "harbour.txt")
    result = run("lint", write(), *texts)
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"stance: {complaint}")
    assert fake_model == []


def test_a_new_issue_is_to_be_filled_in() -> None:
    result = run("new", "fish_quota.toml")
    assert result.exit_code == 0
    assert result.stdout.startswith("wrote fish_quota.toml; ")
    assert "stance issues lint fish_quota.toml" in result.stdout
    assert read_issue("fish_quota.toml").id == "fish_quota"
    result = run("lint", "fish_quota.toml")
    assert result.exit_code == 1 and "nothing to mend" not in result.stdout
    assert "label 'supports_fish_quota': still holds the sentences" in result.stdout


@pytest.mark.parametrize("name", ["harbour.toml", "Harbour.toml", "harbour", "no/such/place.toml"])
def test_an_issue_that_cannot_be_written_is_refused_in_one_line(name: str) -> None:
    write()
    result = run("new", name)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"stance: {name}: ")
    assert Path("harbour.toml").read_text(encoding="utf-8") == HARBOUR
    assert [path.name for path in Path().iterdir()] == ["harbour.toml"]
