"""The commands that work on results: `stance report`, `review`, `export` and `import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance import cli_options
from stance.cli_errors import one_line_errors

if TYPE_CHECKING:
    from stance.desk.saved import Saved as Results

Saved = Annotated[
    Path,
    typer.Argument(
        help="A folder that stance run has written, or a file of stance predict --format json."
    ),
]
Texts = Annotated[
    list[str] | None,
    typer.Option(
        help="Where the texts stand, if the results were not written --with-text: files, folders, "
        "archives. May be repeated."
    ),
]
Labels = Annotated[
    Path | None,
    typer.Option(
        help="Labels by which the results are corrected: the file that stance review wrote. Other "
        "documents stay as predicted."
    ),
]


def _results(results: Path, labels: Path | None, texts: list[str] | None) -> Results:
    """The results, corrected by labels if there are any; a line says which labels are left over."""
    from stance.desk.saved import Saved as Results

    if labels is None:
        return Results(results)
    from stance.desk.corrected import corrected

    found = corrected(Results(results), labels, texts or [])
    if found.unmatched:
        typer.echo(
            f"stance: {labels}: {found.unmatched:,} of {found.labelled:,} labelled documents "
            f"{'is' if found.unmatched == 1 else 'are'} not in {results}",
            err=True,
        )
    return found


def report(
    results: Saved,
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path("report.html"),
    title: Annotated[str | None, typer.Option(help="The heading of the page.")] = None,
    labels: Labels = None,
    texts: Texts = None,
) -> None:
    """One page to read: who takes which side, with every passage, offline and printable."""
    with one_line_errors():
        from stance.desk.report import write_report

        count = write_report(_results(results, labels, texts), out, title=title)
        typer.echo(f"{out}: {count:,} documents", err=True)


def review(
    results: Saved,
    labels: Annotated[Path, typer.Option(help="The file of labels to write and go on with.")],
    annotator: Annotated[str, typer.Option(help="Your name, kept with each decision.")] = "me",
    texts: Texts = None,
    issue: cli_options.Issue = "western_sahara",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port on this computer; 0 for any.")
    ] = 8377,
) -> None:
    """A local page on which a person checks and corrects; every decision is kept at once."""
    with one_line_errors():
        from stance.desk.review import serve
        from stance.desk.saved import Saved as Results

        serve(Results(results), labels, annotator, texts or [], issue, port=port)


def export(
    results: Saved,
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format: Annotated[
        str, typer.Option(help="csv, parquet, dna, graphml, congruence or label-studio.")
    ],
    labels: Labels = None,
    texts: Texts = None,
    weight: Annotated[
        str, typer.Option(help="For graphml and congruence: count or probability.")
    ] = "count",
    bom: Annotated[
        bool, typer.Option("--bom", help="CSV: begin with a byte-order mark, for Excel.")
    ] = False,
) -> None:
    """The results in the format of another tool."""
    with one_line_errors():
        from stance.desk.exports import write_export

        found = _results(results, labels, texts)
        count = write_export(found, out, format, texts=texts or [], weight=weight, bom=bom)
        typer.echo(f"{out}: {count:,} entries", err=True)


def import_labels(
    annotations: Annotated[
        Path, typer.Argument(help="Annotations exported from Label Studio (JSON).")
    ],
    labels: Annotated[Path, typer.Option(help="The file of labels to write.")],
    issue: cli_options.Issue = "western_sahara",
) -> None:
    """Annotations made in Label Studio, as labels for `stance train` and `stance evaluate`."""
    with one_line_errors():
        from stance.desk.exports.label_studio import import_annotations

        for file, count in import_annotations(annotations, labels, issue).items():
            typer.echo(f"{file}: {count:,} texts", err=True)
