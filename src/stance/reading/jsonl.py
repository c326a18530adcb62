"""JSON Lines → rows: one object in each line, read one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator

from stance.reading import problem
from stance.reading.columns import Columns
from stance.reading.lines import Line, Lines
from stance.reading.problem import Problem, megabytes, quoted
from stance.reading.rows import BadRow, Row, remarks


def read_jsonl(lines: Lines, columns: Columns) -> Iterator[Row | BadRow]:
    """The objects of a file; blank lines are passed over.

    Raises:
        Problem: the stream is damaged.
    """
    remark = lines.encoding.remark
    for line in lines:
        if line.text is not None and not line.text.strip():
            continue
        try:
            found = _object(line)
            values = {role: found[name] for role, name in columns.among(found).items()}
        except Problem as found_problem:
            yield BadRow(line.number, found_problem)
            continue
        yield Row(line.number, values, lines.encoding.name, remarks(remark, line.broken))
        remark = None  # said once, with the first document


def _object(line: Line) -> dict[str, object]:
    if line.text is None:
        raise Problem(f"the line is longer than {megabytes(problem.MAX_BYTES)}, the most for one")
    try:
        found = json.loads(line.text.rstrip())
    except json.JSONDecodeError as error:
        raise Problem(
            f"is not JSON at character {error.pos:,} ({quoted(line.text.strip(), 20)}); "
            "each line must be one whole object"
        ) from None
    except (RecursionError, ValueError):  # a ValueError is a number of thousands of digits
        raise Problem("nests too deeply or holds a number too long; simplify it") from None
    if not isinstance(found, dict):
        raise Problem('holds no JSON object; each line must be one, such as {"text": "…"}')
    return found
