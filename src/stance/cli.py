"""The command `stance`. Heavy packages are imported inside the commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from stance.errors import CallError, DocumentError, StanceError

if TYPE_CHECKING:
    from stance.output.formats import Writer
    from stance.pipeline import Pipeline
    from stance.types import Analysis, Document

app = typer.Typer(
    help="Who takes which side in a political text, in whose words, and how sure are we?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def predict(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")],
    issue: Annotated[
        str, typer.Option(help="A shipped issue by name, or an issue file (.toml).")
    ] = "western_sahara",
    speaker: Annotated[
        str | None, typer.Option(help="Who speaks in the text, by actor id: KAZ, POLISARIO.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="A model by name or folder; default: the one that ships.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Probability from which a stance is asserted, 0 to 1.")
    ] = None,
    format: Annotated[str, typer.Option(help="table, json or csv.")] = "table",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the whole text into the JSON result.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
    input_format: Annotated[
        str | None,
        typer.Option(
            help="text, markdown, html, jsonl, csv or parquet; default: by the file name."
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="Which column of a table holds what, as ROLE=NAME; roles: text, id, title, date, "
            "outlet, speaker, language. May be repeated."
        ),
    ] = None,
    file_names: Annotated[
        str | None,
        typer.Option(
            help="What the names of files say, such as '{actor}_{session}_{year}' "
            "(see configs/reading/file_names.toml); '' for nothing."
        ),
    ] = None,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Read texts in other languages too, and warn.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar and no remarks.")] = False,
) -> None:
    """Say for every actor of the texts which side it takes, with the evidence."""
    from stance.output.formats import writer

    with _one_line_errors():
        write = writer(format, with_text=with_text)
        from stance.build import file_names as shipped_names
        from stance.build import load
        from stance.reading import Columns, FileNames, read_all
        from stance.types import Meta

        pipeline = load(issue, model, threshold=threshold)
        if speaker is not None:
            pipeline.table.known(speaker)
        if not quiet:
            for loss in pipeline.losses:
                typer.echo(f"stance: {loss}", err=True)
        failures: list[DocumentError] = []
        documents = _documents(
            read_all(
                paths,
                Meta(speaker=speaker),
                format=input_format,
                columns=Columns.parse(column or []),
                names=shipped_names(pipeline.table)
                if file_names is None
                else FileNames.of([file_names] if file_names else [], pipeline.table.actors),
            ),
            pipeline,
            failures,
            any_language=any_language,
        )
        analyses = pipeline.many(documents, 8 if sys.stderr.isatty() else 32)
        if not quiet:
            analyses = _with_progress(analyses)
        if out is None:
            write(analyses, _utf8_stdout())
        else:
            _write_whole(out, analyses, write)
        if failures:
            raise typer.Exit(1)


@app.command()
def train(
    config: Annotated[Path, typer.Option(help="A training file, such as configs/nli.toml.")],
    out: Annotated[Path, typer.Option(help="The folder that holds the models.")] = Path("models"),
    runs: Annotated[
        Path, typer.Option(help="Where checkpoints stand; a stopped run goes on from them.")
    ] = Path("runs"),
) -> None:
    """Fine-tune a pretrained encoder into an NLI model, test it, and write it with its card."""
    with _one_line_errors():
        from stance.training.ship import train_and_ship

        folder = train_and_ship(config, out, runs)
        typer.echo(f"wrote {folder}")


@app.command()
def evaluate(
    predictions: Annotated[
        list[str],
        typer.Argument(help="Results of `stance predict --format json`, as FILE or NAME=FILE."),
    ],
    gold: Annotated[
        list[Path], typer.Option(help="Labels (.jsonl), see seeds/README.md; may be repeated.")
    ],
    issue: Annotated[
        str, typer.Option(help="A shipped issue by name, or an issue file (.toml).")
    ] = "western_sahara",
    format: Annotated[str, typer.Option(help="table or json.")] = "table",
) -> None:
    """Hold results, of stance or of any other tool, against hand labels. No model is run."""
    with _one_line_errors():
        if format not in ("table", "json"):
            raise CallError(f"the format is {format!r}; allowed are table, json")
        from stance.build import actor_table
        from stance.errors import need

        need("scipy", "evaluate")
        from stance.evaluation.harness import evaluate as score
        from stance.evaluation.report import record, table
        from stance.issues import read_issue
        from stance.measure.gold import read_gold
        from stance.measure.predictions import read_predictions

        question = read_issue(issue)
        labels = [label.id for label in question.labels]
        known = actor_table().actors
        texts = [text for path in gold for text in read_gold(path, labels, known)]
        scored = {}
        for one in predictions:
            name, _, file = one.rpartition("=")
            scored[name or Path(file).stem] = score(texts, read_predictions(Path(file)), labels)
        if format == "json":
            typer.echo(json.dumps(record(scored), ensure_ascii=False))
        else:
            typer.echo(table(scored, question))


def _documents(
    found: Iterable[Document | DocumentError],
    pipeline: Pipeline,
    failures: list[DocumentError],
    *,
    any_language: bool,
) -> Iterator[Document]:
    """The documents to analyse; what cannot be read is named at once and kept in `failures`."""
    from stance.actors.table import unknown_actor
    from stance.reading.language import foreign, identified

    for one in found:
        try:
            if isinstance(one, DocumentError):
                raise one
            document = identified(one)
            language = document.meta.language
            if not any_language and language is not None and language not in pipeline.languages:
                raise DocumentError(
                    f"{document.id}: {foreign(language, pipeline.languages)}; "
                    "--any-language reads it all the same"
                )
            speaker = document.meta.speaker
            if speaker is not None and speaker not in pipeline.table.actors:
                raise DocumentError(f"{document.id}: {unknown_actor(speaker)}")
        except DocumentError as error:
            failures.append(error)
            typer.echo(f"stance: {error}", err=True)
        else:
            yield document


def _utf8_stdout() -> TextIO:
    """Standard output; in UTF-8 where it goes to a file or a pipe, whatever the system's habit."""
    stream = sys.stdout
    if isinstance(stream, TextIOWrapper) and not stream.isatty():
        stream.reconfigure(encoding="utf-8")
    return stream


def _with_progress(analyses: Iterator[Analysis]) -> Iterator[Analysis]:
    """Pass analyses on, with a bar on standard error when it is a terminal and takes a while."""
    if not sys.stderr.isatty():
        yield from analyses
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed} documents, {task.fields[claims]} claims"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("reading", total=None, claims=0)
        claims = 0
        for analysis in analyses:
            claims += len(analysis.claims)
            bar.update(task, advance=1, claims=claims)
            yield analysis


def _write_whole(out: Path, analyses: Iterator[Analysis], write: Writer) -> None:
    """Write to a temporary name first, so that `out` is whole or not there."""
    if not out.name or out.is_dir():
        raise CallError(f"{out}: cannot be written (it is a folder); name a file")
    fresh = out.with_name(out.name + ".part")
    try:
        with fresh.open("w", encoding="utf-8", newline="") as stream:
            write(analyses, stream)
        fresh.replace(out)
    except OSError as error:
        raise CallError(f"{out}: cannot be written ({error.strerror})") from None
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Print an error of ours as one line, and end with the exit code of the contract."""
    try:
        yield
    except StanceError as error:
        typer.echo(f"stance: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, CallError) else 1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None


def main() -> None:
    """Entry point of the console script."""
    app()
