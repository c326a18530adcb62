"""One sequence for a premise and all its hypotheses: what a model with one-way attention reads.

    [CLS] premise [SEP] hypothesis 1 [SEP] hypothesis 2 [SEP] …

The premise attends to itself alone and each hypothesis to the premise and itself, so a hypothesis
is read as if it stood there alone: the positions of each go on where the premise ends, and each is
classified at its own last token. A pair's result depends neither on the other hypotheses nor on
the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stance.errors import CallError, ModelError
from stance.nli.labels import LabelOrder
from stance.nli.windows import OVERLAP, Progress, batches, encodable, probabilities, softmax
from stance.types import NliProbs

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 96
"""The most tokens that are kept for a hypothesis; wordings have 5 to 25."""

_MOST = 48
"""Hypotheses in one sequence: more gain little, and their tokens look at each other in vain."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence: the premise from `[CLS]` to `[SEP]`, each hypothesis with its `[SEP]`."""

    premise: tuple[int, ...]
    hypotheses: tuple[tuple[int, ...], ...]

    @property
    def tokens(self) -> int:
        """The length of the sequence."""
        return len(self.premise) + sum(len(one) for one in self.hypotheses)


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """Rows padded to the longest of them, all int64.

    Shapes: `ids`, `segments`, `positions` (rows, tokens); `ends` (rows, hypotheses). A segment is
    0 for the premise, k for the k-th hypothesis, -1 for padding; `ends` holds the index of each
    hypothesis's last token, and 0 where a row has fewer.
    """

    ids: NDArray[np.int64]
    segments: NDArray[np.int64]
    positions: NDArray[np.int64]
    ends: NDArray[np.int64]

    def feeds(self) -> dict[str, NDArray[np.int64]]:
        """The arrays by the names of the model's inputs."""
        return {
            "input_ids": self.ids,
            "segments": self.segments,
            "position_ids": self.positions,
            "ends": self.ends,
        }


Forward = Callable[[PackedBatch], NDArray[np.floating]]
"""A batch → its logits. Shape of the result: (rows, hypotheses, classes)."""


def pack(rows: Sequence[Row], pad_id: int) -> PackedBatch:
    """Lay rows side by side; there must be at least one."""
    shape = len(rows), max(row.tokens for row in rows)
    most = max(len(row.hypotheses) for row in rows)
    batch = PackedBatch(
        np.full(shape, pad_id, np.int64),
        np.full(shape, -1, np.int64),
        np.zeros(shape, np.int64),
        np.zeros((len(rows), most), np.int64),
    )
    for index, row in enumerate(rows):
        at = len(row.premise)
        batch.ids[index, :at] = row.premise
        batch.segments[index, :at] = 0
        batch.positions[index, :at] = np.arange(at)
        for number, hypothesis in enumerate(row.hypotheses):
            end = at + len(hypothesis)
            batch.ids[index, at:end] = hypothesis
            batch.segments[index, at:end] = number + 1
            batch.positions[index, at:end] = np.arange(len(hypothesis)) + len(row.premise)
            batch.ends[index, number] = end - 1
            at = end
    return batch


class Packer:
    """Texts → rows, with a tokenizer of the BERT kind."""

    def __init__(self, tokenizer: Tokenizer, max_tokens: int) -> None:
        """`max_tokens` bounds a premise with any one of its hypotheses.

        Raises:
            ModelError: the tokenizer is of another kind.
        """
        self._tokenizer = tokenizer
        self._longest = min(LONGEST, max_tokens // 2)
        self._room = max_tokens - self._longest
        first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        if first is None or last is None:
            raise ModelError("one-way attention needs a tokenizer with [CLS] and [SEP]")
        self._first, self._last = int(first), int(last)

    def premise(self, text: str) -> list[tuple[int, ...]]:
        """A premise as one piece, or as several that overlap where it is too long for one."""
        encoded = self._tokenizer.encode(encodable(text), add_special_tokens=False)
        parts = [encoded]
        most = self._room - 2
        if len(encoded.ids) > most:
            encoded.truncate(most, stride=most // OVERLAP)
            parts += encoded.overflowing
        return [(self._first, *part.ids, self._last) for part in parts]

    def takes(self, text: str) -> bool:
        """Whether a hypothesis is short enough."""
        return (
            len(self._tokenizer.encode(encodable(text), add_special_tokens=False)) < self._longest
        )

    def hypothesis(self, text: str) -> tuple[int, ...]:
        """A hypothesis with its last token.

        Raises:
            CallError: it leaves no room for a premise.
        """
        encoded = self._tokenizer.encode(encodable(text), add_special_tokens=False)
        if len(encoded.ids) >= self._longest:
            raise CallError(
                f"the hypothesis {text[:40]!r} … has {len(encoded.ids)} tokens; "
                f"at most {self._longest - 1} are read: shorten it"
            )
        return (*encoded.ids, self._last)

    def rows(self, premise: str, hypotheses: Sequence[tuple[int, ...]]) -> list[list[Row]]:
        """A premise with its hypotheses: for each piece of the premise, rows of at most 48.

        Each piece holds all hypotheses, in their order. Where a premise is cut depends on it
        alone, so that a result does not depend on what else is asked.
        """
        return [
            [
                Row(piece, tuple(hypotheses[at : at + _MOST]))
                for at in range(0, len(hypotheses), _MOST)
            ]
            for piece in self.premise(premise)
        ]


@dataclass(frozen=True, slots=True)
class PackedScorer:
    """All of a one-way NLI model but its arithmetic, which is `forward`."""

    where: str
    packer: Packer
    order: LabelOrder
    pad_id: int
    batch: int
    forward: Forward
    progress: Progress | None = None

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        """Probabilities, one for each pair and in their order; equal pairs are scored once.

        Raises:
            CallError: a hypothesis leaves no room for a premise.
            ModelError: the model gives another number of classes than its labels name.
        """
        asked: dict[str, dict[str, None]] = {}
        for premise, hypothesis in pairs:
            asked.setdefault(premise, {})[hypothesis] = None
        known = {text: self.packer.hypothesis(text) for text in dict.fromkeys(h for _, h in pairs)}
        rows: list[Row] = []
        owners: list[tuple[str, list[str]]] = []
        for premise, texts in asked.items():
            names = list(texts)
            for piece in self.packer.rows(premise, [known[one] for one in names]):
                at = 0
                for row in piece:
                    rows.append(row)
                    owners.append((premise, names[at : at + len(row.hypotheses)]))
                    at += len(row.hypotheses)
        found: dict[tuple[str, str], NliProbs] = {}
        for (premise, names), scores in zip(owners, self._scores(rows), strict=True):
            for name, row_scores in zip(names, scores, strict=True):
                fresh = probabilities(row_scores, self.order)
                before = found.get((premise, name))
                if before is not None:
                    fresh = max(before, fresh, key=lambda probs: probs.entailment)
                    fresh = replace(fresh, truncated=True)
                found[premise, name] = fresh
        return [found[pair] for pair in pairs]

    def _scores(self, rows: Sequence[Row]) -> list[NDArray[np.float64]]:
        """For each row the class probabilities of its hypotheses: (hypotheses, classes)."""
        results: dict[int, NDArray[np.float64]] = {}
        for members in batches([row.tokens for row in rows], self.batch):
            chosen = [rows[index] for index in members]
            logits = self.forward(pack(chosen, self.pad_id))
            most = max(len(row.hypotheses) for row in chosen)
            if logits.shape != (len(members), most, self.order.width):
                raise ModelError(
                    f"{self.where}: gives logits of shape {logits.shape}, its labels need "
                    f"({len(members)}, {most}, {self.order.width})"
                )
            scores = softmax(logits)
            for place, index in enumerate(members):
                results[index] = scores[place, : len(rows[index].hypotheses)]
            if self.progress is not None:
                self.progress(len(results), len(rows))
        return [results[index] for index in range(len(rows))]
