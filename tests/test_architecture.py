"""The arrows between the parts: they hold, and the contract notices when one is turned round."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stance
from stance.nli.choose import DEFAULT_MODEL
from stance.nli.folder import MANIFEST
from stance.shipped import shipped

PACKAGE = Path(stance.__file__).parent
CONTRACT = Path(__file__).resolve().parents[1] / "pyproject.toml"
HEAVY = ("torch", "transformers", "onnxruntime", "datasets", "accelerate", "sklearn", "pandas")


def python(code: str, folder: Path = PACKAGE.parent) -> subprocess.CompletedProcess[str]:
    """Run `code` in an interpreter of its own that finds `stance` in `folder`."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(folder), "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return python(
        "import sys\n"
        "from importlinter.cli import lint_imports\n"
        f"sys.exit(lint_imports(config_filename={str(CONTRACT)!r}, no_cache=True))",
        folder,
    )


def test_the_contract_is_kept() -> None:
    result = lint(PACKAGE.parent)
    assert result.returncode == 0, result.stdout + result.stderr
    assert " 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("types.py", "from stance.pipeline import Pipeline", "arrows run one way BROKEN"),
        ("tokens.py", "from stance.issues import read_issue", "arrows run one way BROKEN"),
        ("actors/words.py", "from stance.claims.cues import Cues", "arrows run one way BROKEN"),
        ("claims/cues.py", "def late():\n    import torch", "torch stays behind its doors BROKEN"),
        ("nli/labels.py", "import onnxruntime", "onnxruntime stays behind its door BROKEN"),
    ],
)
def test_a_wrong_import_breaks_the_contract(
    tmp_path: Path, module: str, line: str, broken: str
) -> None:
    copy = tmp_path / "stance"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "_shipped"))
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = lint(tmp_path)
    assert result.returncode == 1, result.stderr
    assert broken in result.stdout
    assert " 1 broken" in result.stdout


@pytest.mark.parametrize(
    "code",
    [
        "import stance",
        "from typer.testing import CliRunner\n"
        "from stance.cli import app\n"
        "shown = CliRunner().invoke(app, ['predict', '--help'])\n"
        "assert shown.exit_code == 0 and '--speaker' in shown.output, shown.output",
        "import stance.training.ship, stance.nli.onnx, stance.nli.torch_model",
    ],
    ids=["import", "help", "doors"],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    result = python(f"{code}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])")
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"


@pytest.mark.model
@pytest.mark.skipif(
    not (shipped("models", DEFAULT_MODEL) / MANIFEST).is_file(),
    reason="the model is not in this checkout",
)
def test_predicting_needs_no_torch(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Kenya supports the autonomy plan for Western Sahara.", encoding="utf-8")
    result = python(
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['torch', 'transformers', 'datasets', 'accelerate']))\n"
        "from stance.cli import app\n"
        f"app(['predict', {str(text)!r}, '--format', 'json'])"
    )
    assert result.returncode == 0, result.stderr
    assert '"id": "KEN"' in result.stdout
