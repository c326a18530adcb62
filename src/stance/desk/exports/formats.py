"""One door to all formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stance.desk.exports.dna import write_dna
from stance.desk.exports.label_studio import write_tasks
from stance.desk.exports.networks import WEIGHTS, write_bipartite, write_congruence
from stance.desk.exports.tables import write_csv, write_parquet
from stance.desk.saved import Saved
from stance.errors import CallError

FORMATS = ("csv", "parquet", "dna", "graphml", "congruence", "label-studio")
NETWORKS = ("graphml", "congruence")


def write_export(
    saved: Saved,
    out: Path,
    format: str,
    *,
    texts: Sequence[str] = (),
    weight: str = "count",
    bom: bool = False,
) -> int:
    """Write results in the format of another tool.

    Args:
        saved: the results; read as a stream, once or twice.
        out: the file to write; label-studio writes `OUT.config.xml` beside it.
        format: one of `FORMATS`.
        texts: where the texts stand, for dna and label-studio, if the results hold none.
        weight: of graphml and congruence: one of `WEIGHTS`.
        bom: csv begins with a byte-order mark, for Excel.

    Returns:
        The number of rows, statements, edges or tasks.

    Raises:
        CallError: an unknown format or weight, an option that the format does not have, no or
            damaged results, a text that is found nowhere, a file that cannot be written.
        MissingExtraError: an optional package is missing.
    """
    if format not in FORMATS:
        raise CallError(f"the format is {format!r}; allowed are {', '.join(FORMATS)}")
    if weight not in WEIGHTS:
        raise CallError(f"--weight {weight}: allowed are {', '.join(WEIGHTS)}")
    if weight != WEIGHTS[0] and format not in NETWORKS:
        raise CallError(f"--weight goes with {' and '.join(NETWORKS)}; {format} has no weights")
    if bom and format != "csv":
        raise CallError(f"--bom goes with csv; {format} has no byte-order mark")
    if format == "csv":
        return write_csv(saved, out, bom=bom)
    if format == "parquet":
        return write_parquet(saved, out)
    if format == "dna":
        return write_dna(saved, out, texts)
    if format == "graphml":
        return write_bipartite(saved, out, weight)
    if format == "congruence":
        return write_congruence(saved, out, weight)
    return write_tasks(saved, out, texts)
