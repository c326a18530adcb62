"""The field's own yardsticks, read where they lie beside the project and skipped where not."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark's module, where its data is at hand."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    sys.modules.pop("segmentation", None)
    import segmentation

    if not segmentation.SHARED.is_dir():
        pytest.skip("the golden rules and GUM are not beside this checkout (../shared)")
    return segmentation


def test_golden_rules(bench: ModuleType) -> None:
    assert bench.golden_rules(bench.ours) >= 47  # pySBD: 47 of 48


@pytest.mark.parametrize(("between", "floor"), [(" ", 0.945), ("\n", 0.98)])
def test_boundaries_on_gum(bench: ModuleType, between: str, floor: float) -> None:
    rows = [bench.counts(bench.ours, one) for one in bench.gum(between)]
    assert bench.f1(rows) >= floor
