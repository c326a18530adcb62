"""The rows as a CSV file for spreadsheets and statistics, or as a typed Parquet file."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

from stance.desk.exports.files import fresh
from stance.desk.exports.rows import COLUMNS, Row, Value, rows
from stance.desk.saved import Saved
from stance.errors import need
from stance.output.characters import spreadsheet, well_formed

BATCH = 10_000
"""Rows of Parquet that are held in memory at a time."""


def write_csv(saved: Saved, out: Path, *, bom: bool = False) -> int:
    """Write a header and the rows, UTF-8, commas, text in quotes; returns the number of rows.

    Cells of text are those of `characters.spreadsheet`; booleans are true and false, what is not
    known is empty. `bom` begins the file with a byte-order mark: Excel then knows the encoding.

    Raises:
        CallError: there are no results, or the file cannot be written.
    """
    count = 0
    with (
        fresh(out) as part,
        part.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as stream,
    ):
        # All text is quoted: a bare carriage return in a cell would end the row for many readers.
        table = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        table.writerow(COLUMNS)
        for row in rows(saved):
            table.writerow(_cell(value) for value in row.values())
            count += 1
    return count


def _cell(value: Value) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return spreadsheet(value)
    return "" if value is None else value


def write_parquet(saved: Saved, out: Path) -> int:
    """Write the rows as Parquet (zstd), in batches; returns their number.

    Text is as in the results, whole; what is not known is null.

    Raises:
        CallError: there are no results, or the file cannot be written.
        MissingExtraError: pyarrow is not installed.
    """
    pyarrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    kinds = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    count = 0
    with fresh(out) as part, parquet.ParquetWriter(part, schema, compression="zstd") as table:
        found = rows(saved)
        while held := [_whole(row) for row in islice(found, BATCH)]:
            table.write_batch(pyarrow.RecordBatch.from_pylist(held, schema))
            count += len(held)
    return count


def _whole(row: Row) -> Row:
    """The row in text that UTF-8 can hold."""
    return {key: well_formed(one) if isinstance(one, str) else one for key, one in row.items()}
