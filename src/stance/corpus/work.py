"""What a worker does: the documents of a part → their records."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from stance.actors.table import unknown_actor
from stance.corpus.groups import check_installed, sketch
from stance.corpus.options import Options
from stance.corpus.results import Item
from stance.errors import DocumentError
from stance.output import jsonl
from stance.reading.language import identified
from stance.types import Analysis, Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its record (one line of JSON), or `item.failed` says why."""

    item: Item
    line: str
    claims: int = 0
    about: bool = False


class Worker:
    """Reads documents with one pipeline."""

    def __init__(self, options: Options, threads: int = 1) -> None:
        """
        Raises:
            CallError: as `stance.load`; or what finds near-duplicates is not installed.
        """
        check_installed()
        self._options = options
        self.pipeline = options.load(threads)

    def __call__(self, documents: Sequence[Document]) -> list[Outcome]:
        """The outcomes of a part's documents, in their order.

        Where one makes the pipeline fail, each is read by itself, so that only that one fails.
        """
        outcomes: dict[int, Outcome] = {}
        fit: list[tuple[int, Document]] = []
        for number, document in enumerate(documents):
            try:
                fit.append((number, self._checked(document)))
            except DocumentError as error:
                outcomes[number] = failure(document, str(error))
        try:
            analyses = list(self.pipeline.many((one for _, one in fit), at_once=64))
            for (number, document), analysis in zip(fit, analyses, strict=True):
                outcomes[number] = self._outcome(document, analysis)
        except Exception:
            for number, document in fit:
                outcomes[number] = self._alone(document)
        return [outcomes[number] for number in range(len(documents))]

    def _alone(self, document: Document) -> Outcome:
        try:
            return self._outcome(document, self.pipeline(document))
        except Exception as error:
            return failure(document, f"{type(error).__name__}: {error}")

    def _checked(self, document: Document) -> Document:
        one = identified(document)
        speaker, wrong = one.meta.speaker, self.pipeline.foreign(one)
        if wrong is not None and not self._options.any_language:
            raise DocumentError(wrong)
        if speaker is not None and speaker not in self.pipeline.table.actors:
            raise DocumentError(unknown_actor(speaker))
        return one

    def _outcome(self, document: Document, analysis: Analysis) -> Outcome:
        stream = io.StringIO()
        jsonl.write([analysis], stream, with_text=self._options.with_text)
        about = self.pipeline.questions.contexts.concern(document)
        item = Item(document.id, document.sha256, sketch=sketch(document.text) if about else "")
        return Outcome(item, stream.getvalue().rstrip("\n"), len(analysis.claims), about)


def failure(document: Document, reason: str) -> Outcome:
    """The outcome of a document that could not be read."""
    return Outcome(Item(document.id, document.sha256, failed=" ".join(reason.split())), "")
