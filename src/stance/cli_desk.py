"""The commands that work on results: `stance report`, `review`, `export` and `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stance import cli_options
from stance.cli_errors import one_line_errors

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


def report(
    results: Saved,
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path("report.html"),
    title: Annotated[str | None, typer.Option(help="The heading of the page.")] = None,
) -> None:
    """One page to read: who takes which side, with every passage, offline and printable."""
    with one_line_errors():
        from stance.desk.report import write_report
        from stance.desk.saved import Saved as Results

        count = write_report(Results(results), out, title=title)
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
        from stance.desk.saved import Saved as Results

        count = write_export(
            Results(results), out, format, texts=texts or [], weight=weight, bom=bom
        )
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
