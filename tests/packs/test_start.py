"""A started pack can be read at once; no file is ever replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.errors import CallError
from stance.issues import read_issue
from stance.packs.lint import by_words
from stance.packs.start import start
from stance.types import Issue, Label


def test_a_start_is_a_pack_without_problems(tmp_path: Path) -> None:
    path = tmp_path / "salt_coast.toml"
    start(path)
    label = Label(
        "supports_salt_coast",
        "salt coast",
        ("{actor} supports the salt coast.", "{actor} welcomes the salt coast."),
        ("{actor} rejects the salt coast.", "{actor} condemns the salt coast."),
    )
    issue = read_issue(str(path))
    assert issue == Issue("salt_coast", "salt coast", (label,), ("salt coast",))
    assert list(by_words(issue)) == []


def test_a_start_says_how_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    start(path)
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    assert f"# Try it:   stance issues lint {path}" in comments
    assert any("{actor} once" in line for line in comments)


@pytest.mark.parametrize("name", ["a.toml", "no2_.toml", "a__b.toml", "id.toml"])
def test_odd_names_make_good_packs_too(tmp_path: Path, name: str) -> None:
    start(tmp_path / name)
    assert list(by_words(read_issue(str(tmp_path / name)))) == []


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "harbour.toml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CallError, match=r"harbour\.toml: is there already; it was not touched"):
        start(path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("harbour.txt", "name the file after the issue"),
        ("harbour", "name the file after the issue"),
        (".toml", "name the file after the issue"),
        ("Harbour.toml", "name the file after the issue"),
        ("harbour.TOML", "name the file after the issue"),
        ("the-harbour.toml", "name the file after the issue"),
        ("2harbour.toml", "name the file after the issue"),
        ("häfen.toml", "name the file after the issue"),
        ("har.bour.toml", "name the file after the issue"),
        ("harbour\n.toml", "name a folder whose name can be printed"),
        ("neutral.toml", "'neutral' is taken"),
    ],
)
def test_a_bad_name_is_refused_and_nothing_written(
    tmp_path: Path, name: str, complaint: str
) -> None:
    with pytest.raises(CallError, match=complaint):
        start(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["od\nd", "ta\tb", "\x1b[31m", "\ud83d", "e\u200be"])
def test_a_path_that_cannot_be_printed_is_refused(tmp_path: Path, folder: str) -> None:
    """It stands in a comment of the file: a line end would leave the comment."""
    with pytest.raises(CallError, match="name a folder whose name can be printed") as caught:
        start(tmp_path / folder / "harbour.toml")
    assert str(caught.value).isprintable()
    assert list(tmp_path.iterdir()) == []


def test_a_path_in_another_script_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "häfen und straßen" / "harbour.toml"
    path.parent.mkdir()
    start(path)
    assert read_issue(str(path)).id == "harbour"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"harbour\.toml: cannot be written \(No such file"):
        start(tmp_path / "nowhere" / "harbour.toml")
