"""One probability is shown alike everywhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from stance.output.probability import shown

CASES = {
    0.78496: "0.79", 0.785: "0.79", 0.78494: "0.78", 0.145: "0.15", 0.125: "0.13", 0.0: "0.00",
    0.99494: "0.99", 0.99496: ">0.99", 1.0: ">0.99",
}  # fmt: skip
PAGES = ("desk/report/scripts/render.js", "desk/review/page/values.js")


def test_half_up_of_what_the_records_keep() -> None:
    assert {value: shown(value) for value in CASES} == CASES


def test_what_is_read_from_a_record_is_shown_as_the_table_of_an_article_shows_it() -> None:
    for step in range(20_001):
        assert shown(step / 20_000) == shown(round(step / 20_000, 4))


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_use_the_same_rule(page: str) -> None:
    source = (Path(__file__).parents[2] / "src/stance" / page).read_text(encoding="utf-8")
    (at,) = set(re.findall(r"\w+ \+ 1e-9 >= 0\.995 \? \">0\.99\"", source))
    name = at.split()[0]
    assert f"({name} + 1e-9).toFixed(2)" in source
    assert len(re.findall(r"toFixed", source)) == 1
    node = shutil.which("node")
    if node is None:
        return
    values = [round(value, 4) for value in CASES]
    rule = f'{name} => {name} + 1e-9 >= 0.995 ? ">0.99" : ({name} + 1e-9).toFixed(2)'
    code = f"console.log(JSON.stringify({json.dumps(values)}.map({rule})))"
    told = subprocess.run([node, "-e", code], capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == list(CASES.values())
