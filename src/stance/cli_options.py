"""Options that several commands share: said once, read alike."""

from __future__ import annotations

from typing import Annotated

import typer

Issue = Annotated[str, typer.Option(help="A shipped issue by name, or an issue file (.toml).")]
Model = Annotated[
    str | None, typer.Option(help="A model by name or folder; default: the one that ships.")
]
Threshold = Annotated[
    float | None, typer.Option(help="Probability from which a stance is asserted, 0 to 1.")
]
MinPrecision = Annotated[
    float | None,
    typer.Option(help="Assert only what was right this often in development: 0.95."),
]
InputFormat = Annotated[
    str | None,
    typer.Option(help="text, markdown, html, jsonl, csv or parquet; default: by the file name."),
]
Column = Annotated[
    list[str] | None,
    typer.Option(
        help="Which column of a table holds what, as ROLE=NAME; roles: text, id, title, date, "
        "outlet, speaker, language. May be repeated."
    ),
]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Read texts in other languages too, and warn.")
]
