"""The README is true: its Python runs, and its first screen is what the command prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stance.cli import app
from stance.shipped import shipped

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(
        not shipped("models", "stance-minilm").is_dir(), reason="the model is not in this checkout"
    ),
]


def test_the_first_screen_is_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    block = re.search(r"```console\n\$ make predict\n(.*?)```", README, re.DOTALL)
    assert block is not None
    found = CliRunner().invoke(app, ["predict", "seeds/retold/kazakhstan.txt"])
    assert found.exit_code == 0, found.output
    assert squeezed(found.stdout) == squeezed(block.group(1))


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block is not None
    exec(compile(block.group(1), "README.md", "exec"), {})
    assert "Japan" in capsys.readouterr().out


def squeezed(text: str) -> list[str]:
    """Lines without the space at their ends; the last digit of a probability may differ."""
    lines = [re.sub(r"(0\.\d)\d", r"\1", line.rstrip()) for line in text.splitlines()]
    return [line for line in lines if line]
