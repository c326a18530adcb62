"""The notebook runs from top to bottom, imports nothing but stance, and is kept without outputs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "misclassifications.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]


def test_outputs_are_stripped() -> None:
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in CELLS)


def test_it_imports_stance_alone() -> None:
    imported = re.findall(r"^(?:from|import) (\w+)", "\n".join(CODE), re.MULTILINE)
    assert set(imported) == {"pathlib", "stance"}


@pytest.mark.model
def test_it_runs(tmp_path: Path) -> None:
    words = ["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", str(tmp_path)]
    subprocess.run([sys.executable, *words, str(NOTEBOOK)], check=True, capture_output=True)
    done = json.loads((tmp_path / NOTEBOOK.name).read_text(encoding="utf-8"))
    outputs = [out for cell in done["cells"] for out in cell.get("outputs", [])]
    images = [out for out in outputs if "image/png" in out.get("data", {})]
    assert len(images) == 2
    assert not any(out["output_type"] == "error" for out in outputs)
    assert any(
        "background" in "".join(out["data"].get("text/html", ""))
        for out in outputs
        if "data" in out
    )
