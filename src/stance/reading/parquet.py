"""Parquet → rows: only the columns that are needed, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any, BinaryIO

from stance.errors import need
from stance.reading import problem
from stance.reading.columns import Columns
from stance.reading.encodings import repaired
from stance.reading.formats import PARQUET
from stance.reading.parquet_pages import check_pages
from stance.reading.problem import Problem, megabytes, quoted
from stance.reading.rows import BadRow, Row, remarks

_AT_ONCE = 16_000_000
"""About how many bytes of text are held at once."""


def read_parquet(file: BinaryIO, columns: Columns) -> Iterator[Row | BadRow]:
    """The rows of an open file that can be read from any place; lines count rows from 1.

    Raises:
        Problem: it is no Parquet file, lacks a column, or is damaged.
        MissingExtraError: pyarrow is not installed.
    """
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    file.seek(0)
    if file.read(len(PARQUET)) != PARQUET:
        raise Problem("is no Parquet file, though it is named as one; check where it comes from")
    done = 0
    try:
        table, used = _opened(file, columns, arrow, parquet)
        names = list(dict.fromkeys(used.values()))
        for batch in table.iter_batches(
            _rows_at_once(table.metadata), columns=names, use_threads=False
        ):
            cells = {role: _cells(batch.column(name), arrow) for role, name in used.items()}
            for index in range(batch.num_rows):
                yield _row(done + index + 1, {role: cells[role][index] for role in cells})
            done += batch.num_rows
    except Problem:
        raise
    except Exception as error:  # of a damaged file pyarrow raises what it likes
        where = f"after row {done:,}: " if done else ""
        raise Problem(
            f"{where}its Parquet data is damaged ({type(error).__name__}); get the file again"
        ) from None


def _opened(
    file: BinaryIO, columns: Columns, arrow: ModuleType, parquet: ModuleType
) -> tuple[Any, dict[str, str]]:
    """The open table and the column of each role; all that can be checked has been."""
    table = parquet.ParquetFile(file)
    schema = table.schema_arrow
    used = columns.among(schema.names)
    for role, name in used.items():
        kind = schema.field(name).type
        inner = kind.value_type if arrow.types.is_dictionary(kind) else kind
        is_text = any(
            check(inner)
            for check in (
                arrow.types.is_string,
                arrow.types.is_large_string,
                arrow.types.is_string_view,
            )
        )
        if role == "text" and not is_text:
            raise Problem(
                f"the column {quoted(name)} is of type {kind}, not of strings; "
                "choose another with text=NAME"
            )
        if arrow.types.is_nested(inner):
            raise Problem(
                f"the column {quoted(name)} for the {role} is of type {kind}; choose another"
            )
    check_pages(file, set(used.values()))
    # A text that stands in many rows is unpacked once, if it is read as its dictionary.
    return parquet.ParquetFile(
        file,
        metadata=table.metadata,
        read_dictionary=[used["text"]],
        pre_buffer=False,
        buffer_size=1 << 16,
        page_checksum_verification=True,
    ), used


def _rows_at_once(metadata: Any) -> int:
    size: int = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    at_once: int = max(1, min(1000, _AT_ONCE * metadata.num_rows // max(size, 1)))
    return at_once


def _cells(column: Any, arrow: ModuleType) -> Any:
    """A column of which each value can be had in Python: its clock ticks microseconds."""
    kind = column.type
    if arrow.types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(arrow.timestamp("us", kind.tz), safe=False)
    return column


def _row(line: int, cells: dict[str, Any]) -> Row | BadRow:
    """One row of Arrow scalars; strings are decoded here, since a file may hold broken ones."""
    values: dict[str, object] = {}
    broken = 0
    for role, scalar in cells.items():
        value = scalar.value if hasattr(scalar, "dictionary") else scalar
        if value is None or not value.is_valid:
            values[role] = None
        elif hasattr(value, "as_buffer"):
            raw = value.as_buffer().to_pybytes()
            if len(raw) > problem.MAX_BYTES:
                return BadRow(
                    line, Problem(f"its {role} is larger than {megabytes(problem.MAX_BYTES)}")
                )
            values[role], count, _ = repaired(raw, "utf-8")
            broken += count
        else:
            try:
                values[role] = value.as_py()
            except (ValueError, OverflowError, LookupError):  # a year 10000, an unknown time zone
                return BadRow(line, Problem(f"its {role} is no value that can be written"))
    return Row(line, values, None, remarks(None, broken))
