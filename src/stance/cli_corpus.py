"""The commands for a whole corpus: `stance run`, `stance merge`, `stance summary`."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance import cli_options
from stance.cli_errors import one_line_errors
from stance.errors import DocumentError

if TYPE_CHECKING:
    from stance.corpus import Options
    from stance.corpus.results import RunRecord
    from stance.types import Document


def run(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, archives (tar, zip), or - for stdin."),
    ],
    out: Annotated[Path, typer.Option(help="The folder of the results; a stopped run goes on.")],
    issue: cli_options.Issue = "western_sahara",
    model: cli_options.Model = None,
    threshold: cli_options.Threshold = None,
    min_precision: cli_options.MinPrecision = None,
    input_format: cli_options.InputFormat = None,
    column: cli_options.Column = None,
    file_names: Annotated[
        str | None,
        typer.Option(help="What the names of files say, such as '{actor}_{session}_{year}'."),
    ] = None,
    any_language: cli_options.AnyLanguage = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the whole texts into the results.")
    ] = False,
    gate: Annotated[
        bool,
        typer.Option(
            "--gate/--no-gate",
            help="Pass over what no term of the issue is near, before it is parsed.",
        ),
    ] = True,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: one for each processor, 8 most.")
    ] = None,
    part_size: Annotated[int, typer.Option(min=1, help="Documents of one part.")] = 200,
    shard: Annotated[
        str, typer.Option(help="I/N: make each N-th part only; see stance merge.")
    ] = "1/1",
    update: Annotated[
        bool, typer.Option("--update", help="Read again what changed or failed.")
    ] = False,
    engine: Annotated[str, typer.Option(help="processes, or ray (needs the extra `ray`).")] = (
        "processes"
    ),
    ray_address: Annotated[
        str | None, typer.Option(help="A running Ray cluster; default: one on this machine.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar and no remarks.")] = False,
) -> None:
    """Read a whole corpus into a folder; stopped at any moment it goes on where it stood."""
    with one_line_errors():
        from stance.build import actor_table
        from stance.build import file_names as shipped_names
        from stance.cli_progress import progress
        from stance.corpus import Options, Results, Shard
        from stance.corpus import run as run_parts
        from stance.corpus.engines import engine as engine_named
        from stance.corpus.workers import apart, processors
        from stance.reading import Columns, FileNames, read_all
        from stance.reading.paths import STDIN

        part = Shard.parse(shard)
        options = Options(
            issue=issue,
            model=model,
            threshold=threshold,
            min_precision=min_precision,
            gate=gate,
            any_language=any_language,
            with_text=with_text,
        )
        count = workers or min(8, processors())
        make = engine_named(engine, options, count, ray_address)
        results = Results(out)
        table = actor_table()
        columns = Columns.parse(column or [])
        names = (
            shipped_names(table)
            if file_names is None
            else FileNames.of([file_names] if file_names else [], table.actors)
        )

        def found() -> Iterator[Document | DocumentError]:
            return read_all(paths, format=input_format, columns=columns, names=names)

        documents = found()  # which refuses a wrong call before anything is written
        results.begin(apart(_record, options, part_size))
        with progress(quiet, None if STDIN in paths else found) as bar:
            run_parts(
                documents,
                results,
                make,
                part_size=part_size,
                shard=part,
                update=update,
                seen=bar.add,
            )
        if not quiet:
            typer.echo(bar.closing(out), err=True)
        if bar.failed:
            raise typer.Exit(1)


def merge(
    folders: Annotated[list[Path], typer.Argument(help="The results of all shards.")],
    out: Annotated[Path, typer.Option(help="The folder to write.")],
) -> None:
    """Put the results of shards together."""
    with one_line_errors():
        from stance.corpus.results import merge as merge_results

        corpus = merge_results(out, folders)
        typer.echo(f"{out}: {corpus.documents:,} documents in {corpus.parts:,} parts", err=True)


def summary(
    results: Annotated[
        Path,
        typer.Argument(
            help="A folder that stance run has written, or a file of stance predict --format json."
        ),
    ],
    by: Annotated[str, typer.Option(help="year or decade, for the counts over time.")] = "decade",
    least: Annotated[
        int, typer.Option(min=1, help="Show actors with at least this many documents.")
    ] = 3,
    each_story_once: Annotated[
        bool, typer.Option("--each-story-once", help="Count near-duplicates as one document.")
    ] = False,
    parquet: Annotated[
        Path | None,
        typer.Option(help="Also write a row for each actor's side, as Parquet by year."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(help="Draw who backed what, over time (.png, .svg, .pdf); needs dates."),
    ] = None,
    format: Annotated[str, typer.Option(help="table, json or csv.")] = "table",
) -> None:
    """Actors × labels over a corpus, over time, and the positions that changed."""
    with one_line_errors():
        from stance.corpus.record_files import recorded
        from stance.corpus.show import check_format, write
        from stance.corpus.summary import summarise

        check_format(format)
        known = recorded(results)
        found = summarise(known, by=by, each_story_once=each_story_once)
        if plot is not None:  # before anything is printed, as it may be refused
            from stance.corpus.timeline import draw

            draw(found, plot)
        if parquet is not None:
            from stance.corpus.tables import write_parquet

            typer.echo(f"{parquet}: {write_parquet(known, parquet):,} rows", err=True)
        write(found, sys.stdout, format=format, least=least)


def _record(options: Options, part_size: int) -> RunRecord:
    """What decides the results, for the note in their folder."""
    import msgspec

    from stance.corpus.results import RunRecord

    pipeline = options.load(threads=1)
    made_by = pipeline.fingerprint
    decision = hashlib.sha256(repr(pipeline.decision).encode()).hexdigest()
    return RunRecord(
        version=made_by.version,
        configuration=made_by.configuration,
        issue=pipeline.issue.id,
        model=made_by.model,
        model_sha256=made_by.model_sha256,
        decision=decision,
        options=msgspec.to_builtins(options),
        part_size=part_size,
    )
