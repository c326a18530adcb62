"""How the command says that something is wrong: one line, and the exit code of the contract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from stance.errors import CallError, StanceError


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Print an error of ours as one line, and end with the exit code of the contract."""
    try:
        yield
    except StanceError as error:
        typer.echo(f"stance: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, CallError) else 1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None
