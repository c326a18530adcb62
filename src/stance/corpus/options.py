"""What decides the results of a corpus run, beside its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from stance.pipeline import Pipeline


class Options(msgspec.Struct, frozen=True):
    """How each document is read; see `stance.load` for the first four.

    `gate` passes over what no term of the issue is near; `any_language` reads other languages too;
    `with_text` keeps the text in the results.
    """

    issue: str
    model: str | None = None
    threshold: float | None = None
    min_precision: float | None = None
    gate: bool = True
    any_language: bool = False
    with_text: bool = False

    def load(self, threads: int) -> Pipeline:
        """The pipeline of these options.

        Raises:
            CallError: as `stance.load`.
        """
        from dataclasses import replace

        from stance.build import load

        pipeline = load(
            self.issue,
            self.model,
            threshold=self.threshold,
            min_precision=self.min_precision,
            threads=threads,
        )
        return replace(pipeline, gate=self.gate)
