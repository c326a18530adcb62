"""The issue packs that ship and those written for training: all can be read, none lacks a term."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.issues import read_issue, shipped_issues
from stance.packs.lint import by_words
from stance.shipped import shipped

AUTHORED = Path(__file__).resolve().parents[2] / "seeds" / "authored" / "packs"
PACKS = [
    *sorted(shipped("configs", "issues").glob("*.toml")),
    *sorted(AUTHORED.glob("*.toml")),
]


def test_there_are_packs_of_both_kinds() -> None:
    assert "western_sahara" in shipped_issues()
    assert {path.parent for path in PACKS} == {AUTHORED, shipped("configs", "issues")}


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_is_named_after_its_issue(path: Path) -> None:
    """Curves are stored by the issue's id, and the command asks for it by the file's name."""
    assert read_issue(str(path)).id == path.stem


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_no_wording_is_out_of_reach(path: Path) -> None:
    assert [str(problem) for problem in by_words(read_issue(str(path)))] == []
