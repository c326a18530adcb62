"""The pages of docs/ are true: commands do what is shown, options exist and all are explained.

`python tools/refresh_docs.py` brings shown output up to date.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from stance.build import actor_table
from stance.cli import app
from stance.evaluation.texts import documents
from stance.measure.gold import read_gold
from stance.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

PAGES: Mapping[str, tuple[str, ...]] = {
    "evaluate.md": ("evaluate",),
    "export.md": ("export", "import"),
    "issues.md": ("issues list", "issues show", "issues lint", "issues new"),
    "predict.md": ("predict",),
    "report.md": ("report",),
    "review.md": ("review",),
    "run.md": ("run", "merge"),
    "summary.md": ("summary",),
    "train.md": ("train",),
}
"""Which page explains which commands."""

GUIDES = ("README.md", "own-issue.md")
"""Pages that speak of all commands."""

NEEDS = {
    "evaluate.md": ("scipy",),
    "report.md": ("jinja2", "matplotlib"),
    "summary.md": ("matplotlib", "pyarrow"),
}
"""Optional packages without which a page cannot be run."""

OPTION = re.compile(r"--[a-z][a-z-]*")


def tool(name: str) -> ModuleType:
    """A program of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


docs = tool("refresh_docs")


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def helped(*words: str) -> str:
    found = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*words, "--help"])
    assert found.exit_code == 0, found.output
    return found.output


def options(command: str) -> set[str]:
    """All options of a command, as its help lists them."""
    lines = re.findall(r"^  (--.*?)(?:  |$)", helped(*command.split()), re.MULTILINE)
    return {option for line in lines for option in OPTION.findall(line)} - {"--help"}


def subcommands(*words: str) -> list[str]:
    """The commands below one, as its help lists them."""
    listed = helped(*words).partition("Commands:")[2]
    return re.findall(r"^  ([a-z]+)(?:  |$)", listed, re.MULTILINE)


def called(said: str) -> str | None:
    """The command that `stance issues show NAME` calls; None where it names none of `PAGES`."""
    known = [command for commands in PAGES.values() for command in commands]
    words = f"{said} ".removeprefix("stance ")
    return next((command for command in known if words.startswith(f"{command} ")), None)


def calls(page: str) -> list[str]:
    """Each call of a page, in a block or in a line of text."""
    found = [one.said for block in docs.blocks(text(page)) for one in docs.commands(block)]
    return found + re.findall(r"`(stance [^`]+)`", text(page))


def test_every_page_and_every_command_is_known() -> None:
    assert {path.name for path in DOCS.glob("*.md")} == {*PAGES, *GUIDES}
    told = [command for commands in PAGES.values() for command in commands]
    deep = [f"issues {name}" for name in subcommands("issues")]
    assert sorted(told) == sorted([*(set(subcommands()) - {"issues"}), *deep])


@pytest.mark.parametrize("page", PAGES)
def test_every_option_is_explained_and_exists(page: str) -> None:
    rows = [line.split("|")[1] for line in text(page).splitlines() if line.startswith("| ")]
    explained = {option for row in rows for option in OPTION.findall(row)}
    own = {option for command in PAGES[page] for option in options(command)}
    assert own - explained == set(), "not explained in a table of the page"
    others = {called(said) for said in calls(page)} - {None}
    known = own | {option for command in others if command for option in options(command)}
    prose = re.sub(r"<!--.*?-->", "", text(page))
    assert set(OPTION.findall(prose)) - known == set(), "there is no such option"


@pytest.mark.parametrize("page", [*PAGES, *GUIDES])
def test_every_call_names_options_of_its_command(page: str) -> None:
    for said in calls(page):
        command = called(said)
        if command is None:
            assert said in ("stance issues", "stance COMMAND --help")
        else:
            assert set(OPTION.findall(said)) <= options(command), said


@pytest.mark.parametrize("page", [*PAGES, *GUIDES])
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)", text(page))
    assert [
        one for one in targets if not one.startswith("https:") and not (DOCS / one).exists()
    ] == []


def test_the_index_names_every_page() -> None:
    assert all(f"({page})" in text("README.md") for page in [*PAGES, "own-issue.md"])


def test_the_line_of_labels_that_is_shown_fits_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for block in docs.blocks(text("train.md")):
        if block.file:
            Path(block.file).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
    gold = read_gold(Path("labels.jsonl"), ["supports_sovereignty"], actor_table().actors)
    (document,) = documents(gold, [Path()])
    ((shown,),) = gold[0].actors["KEN"].evidence.values()
    assert document.text[shown.start : shown.end] == "supports the autonomy plan"
    assert gold[0].actors["DZA"].opposes == ("supports_sovereignty",)


@pytest.mark.model
@pytest.mark.skipif(
    not shipped("models", "stance-minilm").is_dir(), reason="the model is not in this checkout"
)
@pytest.mark.parametrize("page", [page for page in [*PAGES, *GUIDES] if "$ stance" in text(page)])
def test_the_commands_print_what_the_page_shows(page: str) -> None:
    for package in NEEDS.get(page, ()):
        pytest.importorskip(package)
    fresh, problems = docs.refreshed(text(page))
    assert problems == []
    assert fresh == text(page), "out of date: run  python tools/refresh_docs.py"


def test_what_is_shown_may_differ_in_the_last_digits_and_in_seconds() -> None:
    shown = ["Kenya  0.95", "done in 12 s"]
    assert docs.same(shown, ["Kenya  0.94", "done in 3 s"])
    assert not docs.same(shown, ["Kenya  0.85", "done in 12 s"])
    assert not docs.same(shown, ["Japan  0.95", "done in 12 s"])
    assert not docs.same(shown, shown[:1])


def test_output_is_cut_where_the_page_cuts_it() -> None:
    assert docs.fitted([], "a\nb\n") == []
    assert docs.fitted(["a", "…"], "x\ny\nz\n") == ["x", "…"]
    assert docs.fitted(["a", "b", "…"], "x\n") == ["x"]
    assert docs.fitted(["a"], "x \ny\n\n") == ["x", "y"]


def test_commands_that_take_long_or_wait_are_not_run() -> None:
    page = "\n".join(
        ["```console", "$ pip install x", "$ stance train a.jsonl", "$ stance run a --engine ray",
         "$ stance predict a \\", "    --quiet", "shown", "```",
         "<!-- not run -->", "```console", "$ stance predict b", "```"]
    )  # fmt: skip
    found = [one for block in docs.blocks(page) for one in docs.commands(block)]
    assert [one.is_run for one in found] == [False, False, True, False]
    assert found[2].words == ("predict", "a", "--quiet")
    assert found[2].shown == ("shown",)
