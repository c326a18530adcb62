"""Results → Parquet, partitioned by year: one row for each actor's side in a document."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stance.corpus.groups import story_of
from stance.corpus.results import Recorded
from stance.corpus.summary import Taken, taken_in, year_of
from stance.errors import CallError, need

_ROWS = 50_000
"""Rows held in memory at a time."""

COLUMNS = (
    "document", "story", "title", "date", "outlet", "speaker", "actor", "name", "kind", "label",
    "side", "probability", "uncertain", "passage", "model", "issue", "year",
)  # fmt: skip


def write_parquet(results: Recorded, out: Path) -> int:
    """Write `out/year=1999/part-0.parquet` and so on; returns the number of rows.

    A document without a date stands under year 0. `story` is the first of its near-duplicates.
    Where there are no rows the folder is empty.

    Raises:
        CallError: the results are none or damaged, or `out` is there already or cannot be written.
        MissingExtraError: pyarrow is not installed.
    """
    need("pyarrow", "parquet")
    import pyarrow
    import pyarrow.dataset

    results.issue()
    if out.exists():
        raise CallError(f"{out}: is there already; name a new folder")
    text, number = pyarrow.string(), pyarrow.float64()
    kinds = {"probability": number, "uncertain": pyarrow.bool_(), "year": pyarrow.int32()}
    schema = pyarrow.schema([(name, kinds.get(name, text)) for name in COLUMNS])
    count = 0

    def batches() -> Iterator[Any]:
        nonlocal count
        held: list[dict[str, Any]] = []
        for row in _rows(results):
            held.append(row)
            count += 1
            if len(held) == _ROWS:
                yield pyarrow.RecordBatch.from_pylist(held, schema)
                held = []
        yield pyarrow.RecordBatch.from_pylist(held, schema)

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # A new place each time: years that a stopped call left behind would become part of `out`.
        with tempfile.TemporaryDirectory(prefix=f"{out.name}.", dir=out.parent) as place:
            fresh = Path(place, out.name)
            fresh.mkdir()
            pyarrow.dataset.write_dataset(
                batches(),
                fresh,
                schema=schema,
                format="parquet",
                partitioning=pyarrow.dataset.partitioning(
                    pyarrow.schema([("year", pyarrow.int32())]), flavor="hive"
                ),
            )
            fresh.replace(out)
    except OSError as error:
        raise CallError(f"{out}: cannot be written ({error.strerror or error})") from None
    return count


def _rows(results: Recorded) -> Iterator[dict[str, Any]]:
    stories = story_of(results) if results.sketched() else {}
    for _, found in results.records():
        document, actors = found["document"], {one["id"]: one for one in found["actors"]}
        for one in taken_in(found, year_of(found)):
            yield {
                **{name: document[name] for name in ("title", "date", "outlet", "speaker")},
                **_row(one),
                "story": stories.get(one.document, one.document),
                "name": actors[one.actor]["name"],
                "kind": actors[one.actor]["kind"],
                "model": found["model"]["name"],
                "issue": found["issue"],
            }


def _row(one: Taken) -> dict[str, Any]:
    return {
        "document": one.document,
        "actor": one.actor,
        "label": one.label,
        "side": one.side,
        "probability": one.probability,
        "uncertain": one.uncertain,
        "passage": one.text,
        "year": one.year or 0,
    }
