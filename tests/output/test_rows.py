"""CSV: one row for each actor, safe to open in a spreadsheet; and the table of formats."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from stance.errors import CallError
from stance.output import jsonl, rows, table
from stance.output.formats import FORMATS, writer
from stance.types import Actor, Analysis

from .factory import ACTORS, ISSUE, SOVEREIGNTY, Said, analysis


def written(*analyses: Analysis) -> str:
    stream = io.StringIO(newline="")
    rows.write(analyses, stream)
    return stream.getvalue()


def read(*analyses: Analysis) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(*analyses), newline="")))


def one(text: str, name: str = "Belmark", **more: Any) -> Analysis:
    actors = {**ACTORS, "BEL": Actor("BEL", name, "state")}
    said = Said("BEL", "backs", {SOVEREIGNTY: (0.9, 0.0)})
    return analysis(text, [said], neutral=(), unresolved=(), actors=actors, **more)


def test_a_row() -> None:
    first, belmark, *_, last = read(analysis())
    assert first == {
        "document": "coast.txt",
        "issue": "salt_coast",
        "actor": "AST",
        "name": "Astoria",
        "kind": "state",
        "labels": "supports_sovereignty|supports_un_process",
        "opposed": "",
        "uncertain": "false",
        "score_supports_sovereignty": "0.97",
        "score_supports_un_process": "0.8812",
        "opposed_supports_sovereignty": "0.01",
        "opposed_supports_un_process": "0.02",
        "mentions": "3",
        "evidence_start": "0",
        "evidence_end": "94",
        "evidence": "Astoria's minister Ina Roth said her country "
        "“fully backs Norland's rule over the Salt Coast”.",
    }
    assert (belmark["labels"], belmark["opposed"]) == ("neutral", SOVEREIGNTY)
    assert belmark["evidence"] == "Belmark called that rule an occupation."
    assert (last["actor"], last["labels"], last["evidence"]) == ("DUN", "neutral", "")
    assert (last["score_supports_un_process"], last["evidence_start"]) == ("", "")


def test_the_header_stands_once_and_a_row_per_actor_and_document() -> None:
    found = read(analysis(id="one.txt"), analysis(said=(), neutral=()), analysis(id="two.txt"))
    assert [row["document"] for row in found] == ["one.txt"] * 5 + ["two.txt"] * 5
    assert written(analysis(said=(), neutral=())).count("\n") == 1
    assert written() == ""


def test_the_evidence_is_the_text_between_its_offsets() -> None:
    text = "Well. Belmark\r\nbacks, “so to say”,\r it\x85 all.\n"
    [row] = read(one(text))
    assert row["evidence"] == text[int(row["evidence_start"]) : int(row["evidence_end"])]
    assert row["evidence"].startswith("Belmark\r\nbacks")


@pytest.mark.parametrize("start", ["=1+1|cmd ", "+1 ", "-1 ", "@SUM ", "\tx ", "\rx "])
def test_no_cell_is_a_formula(start: str) -> None:
    [row] = read(one(f"{start.strip()} backs.", name=start, id=start))
    assert row["name"] == f"'{start}" and row["document"] == f"'{start}"
    if not start[0].isspace():
        assert row["evidence"] == f"'{start.strip()} backs."


def test_separators_quotes_and_surrogates_stay_in_their_cell() -> None:
    [row] = read(one('Bel, "backs";\n\nit', name='a,"b"\n', id="caf\udce9"))
    assert row["name"] == 'a,"b"\n' and row["document"] == "caf�"
    assert row["evidence"] == 'Bel, "backs";\n\nit'


def test_one_csv_holds_one_issue() -> None:
    other = replace(analysis(said=(), id="b.txt"), issue=replace(ISSUE, id="x", labels=()))
    with pytest.raises(ValueError, match=r"b\.txt: issue 'x' has other labels"):
        written(analysis(), other)


def test_formats_by_name() -> None:
    assert dict(FORMATS) == {"table": table.write, "json": jsonl.write, "csv": rows.write}
    assert writer("csv") is rows.write
    stream = io.StringIO()
    writer("json", with_text=True)([analysis()], stream)
    assert '"text": "Astoria\'s minister Ina Roth said' in stream.getvalue()


@pytest.mark.parametrize(
    ("name", "with_text", "line"),
    [
        ("xml", False, "--format xml: there is no such format; allowed: table, json, csv"),
        ("csv", True, "--with-text: --format csv has no place for the text; use --format json"),
        ("table", True, "--with-text: --format table has no place for the text; use"),
    ],
)
def test_a_wrong_format_is_one_clear_line(name: str, with_text: bool, line: str) -> None:
    with pytest.raises(CallError) as caught:
        writer(name, with_text=with_text)
    assert str(caught.value).startswith(line)


def test_formats_load_nothing_heavy() -> None:
    code = (
        "import sys; import stance.output.formats; "
        "sys.exit(sorted({'rich', 'torch', 'onnxruntime', 'jsonschema'} & set(sys.modules)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)})
    assert result.returncode == 0
