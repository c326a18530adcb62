"""From pairs of texts to padded batches of token ids, and from logits back to probabilities.

    pairs → distinct pairs → windows → batches of like length → logits → one result for each pair

A premise that is too long is read in overlapping windows, never cut; the window with the highest
entailment speaks for the pair, and its result says `truncated`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stance.errors import CallError, ModelError
from stance.nli.labels import LabelOrder
from stance.types import NliProbs

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

Progress = Callable[[int, int], None]
"""Called after each batch with (windows done, windows in all)."""

ROOM = 8
"""The fewest tokens of a premise worth reading beside its hypothesis."""

OVERLAP = 3
"""Neighbouring windows share one part in three: a clause cut by one stands whole in the next."""

_TOKENS = 2048
"""The most tokens, padding included, that one batch may hold: it bounds the memory."""


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of one premise window with its hypothesis. Shape of `ids`, `types`: (tokens,)."""

    pair: int
    ids: tuple[int, ...]
    types: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to the longest of them. Shape of all three: (windows, tokens), int64."""

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    types: NDArray[np.int64]


Forward = Callable[[Batch], NDArray[np.floating]]
"""A batch → its logits. Shape of the result: (windows, classes)."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """All of an NLI model but its arithmetic, which is `forward`."""

    where: str
    tokenizer: Tokenizer
    order: LabelOrder
    max_tokens: int
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
        distinct = list(dict.fromkeys(pairs))
        windows = cut(distinct, self.tokenizer, self.max_tokens)
        scores = np.empty((len(windows), self.order.width), np.float64)
        done = 0
        for members in batches([len(window.ids) for window in windows], self.batch):
            logits = self.forward(pad([windows[index] for index in members], self.pad_id))
            if logits.shape != (len(members), self.order.width):
                raise ModelError(
                    f"{self.where}: gives logits of shape {logits.shape}, its labels need "
                    f"({len(members)}, {self.order.width})"
                )
            scores[members] = softmax(logits)
            done += len(members)
            if self.progress is not None:
                self.progress(done, len(windows))
        results = dict(zip(distinct, join(windows, scores, self.order), strict=True))
        return [results[pair] for pair in pairs]


def cut(pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, max_tokens: int) -> list[Window]:
    """The windows of all pairs, in the order of the pairs; each pair has at least one.

    Raises:
        CallError: a hypothesis leaves no room for a premise.
    """
    windows: list[Window] = []
    pairs = [(encodable(premise), encodable(hypothesis)) for premise, hypothesis in pairs]
    encodings = tokenizer.encode_batch(pairs)
    for index, (pair, encoding) in enumerate(zip(pairs, encodings, strict=True)):
        parts = (
            [encoding] if len(encoding.ids) <= max_tokens else _split(*pair, tokenizer, max_tokens)
        )
        windows += [Window(index, tuple(part.ids), tuple(part.type_ids)) for part in parts]
    return windows


def encodable(text: str) -> str:
    """The text, half surrogate pairs (a text may hold them) as `?`: the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _split(premise: str, hypothesis: str, tokenizer: Tokenizer, max_tokens: int) -> list[Encoding]:
    """One pair as several, each with a part of the premise and the whole hypothesis."""
    first = tokenizer.encode(premise, add_special_tokens=False)
    second = tokenizer.encode(hypothesis, add_special_tokens=False)
    room = max_tokens - len(second.ids) - tokenizer.num_special_tokens_to_add(True)
    if room < ROOM:
        raise CallError(
            f"the hypothesis {hypothesis[:40]!r} … has {len(second.ids)} tokens; with a premise "
            f"the model reads {max_tokens} in all: shorten the hypothesis"
        )
    first.truncate(room, stride=room // OVERLAP)
    return [tokenizer.post_process(part, second) for part in (first, *first.overflowing)]


def batches(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Indices in batches of like length, so that little is padding; short windows come first."""
    members: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        if members and (len(members) == size or (len(members) + 1) * lengths[index] > _TOKENS):
            yield members
            members = []
        members.append(index)
    if members:
        yield members


def pad(windows: Sequence[Window], pad_id: int) -> Batch:
    """Fill windows up to the longest of them, on the right."""
    shape = len(windows), max(len(window.ids) for window in windows)
    batch = Batch(
        np.full(shape, pad_id, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    )
    for row, window in enumerate(windows):
        batch.ids[row, : len(window.ids)] = window.ids
        batch.mask[row, : len(window.ids)] = 1
        batch.types[row, : len(window.types)] = window.types
    return batch


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Logits → probabilities. Shapes: (windows, classes) both."""
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=-1, keepdims=True))
    result: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True)
    return result


def join(
    windows: Sequence[Window], scores: NDArray[np.float64], order: LabelOrder
) -> list[NliProbs]:
    """One result for each pair: that of its window with the highest entailment.

    Shape of `scores`: (windows, classes).
    """
    best: dict[int, NliProbs] = {}
    for window, row in zip(windows, scores, strict=True):
        found = probabilities(row, order)
        known = best.get(window.pair)
        if known is None:
            best[window.pair] = found
        else:
            higher = max(known, found, key=lambda probs: probs.entailment)
            best[window.pair] = replace(higher, truncated=True)
    return [best[pair] for pair in sorted(best)]


def probabilities(row: NDArray[np.float64], order: LabelOrder) -> NliProbs:
    """The class probabilities of one pair by name. Shape of `row`: (classes,)."""
    neutral = 0.0 if order.neutral is None else float(row[order.neutral])
    return NliProbs(float(row[order.entailment]), neutral, float(row[order.contradiction]))
