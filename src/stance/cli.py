"""The command `stance`. Heavy packages are imported inside the commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from stance import cli_options
from stance.cli_corpus import merge, run, summary
from stance.cli_desk import export, import_labels, report, review
from stance.cli_errors import OneLineGroup, one_line_errors
from stance.errors import CallError, DocumentError

if TYPE_CHECKING:
    from stance.output.formats import Writer
    from stance.pipeline import Pipeline
    from stance.types import Analysis, Document

app = typer.Typer(
    cls=OneLineGroup,
    help="Who takes which side in a political text, in whose words, and how sure are we?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def predict(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")],
    issue: cli_options.Issue = "western_sahara",
    speaker: Annotated[
        str | None, typer.Option(help="Who speaks in the text, by actor id: KAZ, POLISARIO.")
    ] = None,
    model: cli_options.Model = None,
    threshold: cli_options.Threshold = None,
    min_precision: cli_options.MinPrecision = None,
    format: Annotated[str, typer.Option(help="table, json or csv.")] = "table",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the whole text into the JSON result.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
    input_format: cli_options.InputFormat = None,
    column: cli_options.Column = None,
    file_names: Annotated[
        str | None,
        typer.Option(
            help="What the names of files say, such as '{actor}_{session}_{year}' "
            "(see configs/reading/file_names.toml); '' for nothing."
        ),
    ] = None,
    any_language: cli_options.AnyLanguage = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar and no remarks.")] = False,
) -> None:
    """Say for every actor of the texts which side it takes, with the evidence."""
    from stance.output.formats import writer

    with one_line_errors():
        write = writer(format, with_text=with_text)
        from stance.build import file_names as shipped_names
        from stance.build import load
        from stance.reading import Columns, FileNames, read_all
        from stance.types import Meta

        pipeline = load(issue, model, threshold=threshold, min_precision=min_precision)
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
    labels: Annotated[
        list[Path] | None,
        typer.Argument(help="Corrected labels (.jsonl) of an issue, 20 to 500 texts."),
    ] = None,
    issue: cli_options.Issue = "western_sahara",
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            help="Where the labelled texts stand: folders or tar archives; default: the folder of "
            "the labels. May be repeated."
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="The name of the new model.")] = "my-model",
    model: Annotated[
        str | None, typer.Option(help="The model to go on from; default: the one that ships.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(help="Instead of labels: a training file, such as configs/train.toml."),
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder that holds the models.")] = Path("models"),
    runs: Annotated[
        Path, typer.Option(help="Where checkpoints stand; a stopped run goes on from them.")
    ] = Path("runs"),
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not show how far it is.")] = False,
) -> None:
    """Learn from corrected labels; a new model is written only where it is better."""
    with one_line_errors():
        if (config is None) == (not labels):
            raise CallError("name labels to learn from, or a training file with --config")
        if config is not None:
            from stance.training.ship import train_and_ship

            typer.echo(f"wrote {train_and_ship(config, out, runs)}")
            return
        _learn(labels or [], issue, texts or [], name, model, out, quiet=quiet)


def _learn(
    labels: list[Path],
    issue: str,
    texts: list[Path],
    name: str,
    model: str | None,
    out: Path,
    *,
    quiet: bool,
) -> None:
    """`stance train labels.jsonl`: say what it came to, and write the model if it is better."""
    import re

    from stance.build import actor_table
    from stance.cli_progress import rounds
    from stance.evaluation.texts import documents
    from stance.issues import read_issue
    from stance.measure.gold import read_gold
    from stance.nli.choose import own_folder
    from stance.training.adapt import adapt
    from stance.training.keep import keep, table, verdict

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise CallError(f"the name is {name!r}; it names a folder: letters, digits, . _ -")
    question = read_issue(issue)
    base = own_folder(model)
    known = [label.id for label in question.labels]
    gold = [text for path in labels for text in read_gold(path, known, actor_table().actors)]
    roots = texts or [path.parent for path in labels]
    found = list(zip(documents(gold, roots), gold, strict=True))
    with rounds(quiet, len(found)) as report:
        adapted = adapt(found, issue, base, report=report)
    typer.echo(table(adapted))
    if adapted.is_better:
        folder = keep(adapted, base, question.id, out, name)
        called = name if out == Path("models") else folder
        typer.echo(f"wrote {folder}; use it with  --model {called}")
    else:
        typer.echo(verdict(adapted, base))


@app.command()
def evaluate(
    predictions: Annotated[
        list[str],
        typer.Argument(help="Results of `stance predict --format json`, as FILE or NAME=FILE."),
    ],
    gold: Annotated[
        list[Path], typer.Option(help="Labels (.jsonl), see seeds/README.md; may be repeated.")
    ],
    issue: cli_options.Issue = "western_sahara",
    format: Annotated[str, typer.Option(help="table or json.")] = "table",
) -> None:
    """Hold results, of stance or of any other tool, against hand labels. No model is run."""
    with one_line_errors():
        if format not in ("table", "json"):
            raise CallError(f"the format is {format!r}; allowed are table, json")
        from stance.build import actor_table
        from stance.errors import need

        need("scipy", "evaluate")
        from stance.evaluation.harness import evaluate as score
        from stance.evaluation.report import CORRECTED, record, table
        from stance.issues import read_issue
        from stance.measure.gold import read_gold
        from stance.measure.predictions import read_predictions

        question = read_issue(issue)
        labels = [label.id for label in question.labels]
        known = actor_table().actors
        read = {path: read_gold(path, labels, known) for path in gold}
        texts = [text for found in read.values() for text in found]
        scored = {}
        for one in predictions:
            name, _, file = one.rpartition("=")
            scored[name or Path(file).stem] = score(texts, read_predictions(Path(file)), labels)
        if format == "json":
            typer.echo(json.dumps(record(scored), ensure_ascii=False))
        else:
            typer.echo(table(scored, question))
        for path, found in read.items():
            if any(text.annotator for text in found):
                typer.echo(f"{path}: {CORRECTED}", err=True)


issues = typer.Typer(help="The issue packs: list, show, check, or start one.")
app.add_typer(issues, name="issues")


@issues.callback(invoke_without_command=True)
def issues_all(context: typer.Context) -> None:
    """List the issues that ship, unless another command follows."""
    if context.invoked_subcommand is None:
        list_issues()


@issues.command("list")
def list_issues() -> None:
    """The issues that ship."""
    with one_line_errors():
        from stance.issues import read_issue, shipped_issues

        for name in shipped_issues():
            issue = read_issue(name)
            labels = ", ".join(label.id for label in issue.labels)
            typer.echo(f"{name:28} {issue.title}: {labels}")


@issues.command("show")
def show_issue(
    name: Annotated[str, typer.Argument(help="A shipped issue by name, or a file (.toml).")],
) -> None:
    """The labels of an issue and the sentences that state them."""
    with one_line_errors():
        from stance.issues import read_issue

        issue = read_issue(name)
        typer.echo(f"{issue.title} ({issue.id})\nterms: {', '.join(issue.terms)}")
        for label in issue.labels:
            typer.echo(f"\n{label.id} ({label.short})")
            for side, wordings in (("supports", label.supports), ("opposes", label.opposes)):
                for wording in wordings:
                    typer.echo(f"  {side:8}  {wording}")
            if label.terms:
                typer.echo(f"  asked about where a passage holds: {', '.join(label.terms)}")


@issues.command("lint")
def lint_issue(
    name: Annotated[str, typer.Argument(help="A shipped issue by name, or a file (.toml).")],
    texts: Annotated[
        list[str] | None, typer.Argument(help="Texts of the issue: terms that they lack are named.")
    ] = None,
    model: cli_options.Model = None,
) -> None:
    """Say what must be mended in an issue (exit code 1), then what could be better (advice)."""
    with one_line_errors():
        from stance.issues import read_issue
        from stance.nli.choose import choose_model
        from stance.packs.lint import by_model, by_start, by_texts, by_words
        from stance.reading import read_all
        from stance.types import Document, Meta

        issue = read_issue(name)
        known: list[str] = []
        for one in read_all(texts, Meta()) if texts else ():
            if not isinstance(one, Document):
                raise one
            known.append(one.text)
        nli = choose_model(model, threads=0).nli
        problems = [
            *by_start(issue),
            *by_words(issue),
            *(by_texts(issue, known) if known else ()),
            *by_model(issue, nli),
        ]
        to_mend = [problem for problem in problems if not problem.advice]
        for problem in to_mend:
            typer.echo(str(problem))
        if not to_mend:
            typer.echo(f"{name}: nothing to mend")
        for problem in problems:
            if problem.advice:
                typer.echo(str(problem))
        if to_mend:
            raise typer.Exit(1)


@issues.command("new")
def new_issue(
    path: Annotated[Path, typer.Argument(help="The file to write, named after the issue.")],
) -> None:
    """Write a commented start of an issue."""
    with one_line_errors():
        from stance.packs.start import start

        start(path)
        typer.echo(f"wrote {path}; mend its sentences, then:  stance issues lint {path}")


def _documents(
    found: Iterable[Document | DocumentError],
    pipeline: Pipeline,
    failures: list[DocumentError],
    *,
    any_language: bool,
) -> Iterator[Document]:
    """The documents to analyse; what cannot be read is named at once and kept in `failures`."""
    from stance.actors.table import unknown_actor
    from stance.reading.language import identified

    for one in found:
        try:
            if isinstance(one, DocumentError):
                raise one
            document = identified(one)
            wrong = pipeline.foreign(document)
            if wrong is not None and not any_language:
                raise DocumentError(f"{document.id}: {wrong}; --any-language reads it all the same")
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


app.command()(run)
app.command()(merge)
app.command()(summary)
app.command()(report)
app.command()(review)
app.command()(export)
app.command("import")(import_labels)


def main() -> None:
    """Entry point of the console script."""
    app()
