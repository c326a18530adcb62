"""How the command says that something is wrong: one line, and the exit code of the contract."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

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


_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""A call that names no command, or options that are not there; typer does not export it."""


class OneLineGroup(TyperGroup):
    """Commands whose wrong calls are told in one line too, as those that are found later."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """The context of a call, once its words are known to be right."""
        with _one_line_usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Carry out the command that the call names."""
        with _one_line_usage():
            return super().invoke(ctx)


@contextmanager
def _one_line_usage() -> Iterator[None]:
    try:
        yield
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # no error: it shows the help
            raise
        typer.echo(f"stance: {_usage(error)}", err=True)
        raise typer.Exit(2) from None


def _usage(error: Any) -> str:
    """What is wrong with a call, and which help explains it."""
    names: list[str] = []
    context = error.ctx
    while context is not None and context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    said = " ".join(error.format_message().split()).rstrip(".")
    said = said[:1].lower() + said[1:]
    return f"{': '.join([' '.join(names), said] if names else [said])}; see  " + " ".join(
        ["stance", *names, "--help"]
    )
