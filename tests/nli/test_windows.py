"""Long premises are read in windows, never cut; batches hold windows of like length."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tokenizers import Tokenizer

from stance.errors import CallError
from stance.nli.labels import LabelOrder
from stance.nli.windows import Window, batches, cut, join, pad, softmax

from .conftest import WORDS, tokenizer_json

LONG = " ".join(WORDS)
ORDER = LabelOrder(0, 1, 2)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_str(tokenizer_json())


def test_a_short_pair_is_one_window(tokenizer: Tokenizer) -> None:
    (window,) = cut([("the king", "a plan")], tokenizer, 16)
    assert window.ids == tuple(tokenizer.encode("the king", "a plan").ids)
    assert window.types == (0, 0, 0, 0, 1, 1, 1)


def test_a_pair_that_just_fits_is_one_window(tokenizer: Tokenizer) -> None:
    length = len(tokenizer.encode(LONG, "a plan").ids)
    assert len(cut([(LONG, "a plan")], tokenizer, length)) == 1
    assert len(cut([(LONG, "a plan")], tokenizer, length - 1)) == 2


def test_windows_hold_the_whole_premise_and_overlap(tokenizer: Tokenizer) -> None:
    windows = cut([("war", "peace"), (LONG, "a plan")], tokenizer, 20)
    assert [window.pair for window in windows] == [0, *[1] * (len(windows) - 1)]
    parts = [window.ids[1 : window.types.index(1) - 1] for window in windows[1:]]
    premise = tokenizer.encode(LONG, add_special_tokens=False).ids
    read, at = list(parts[0]), 0
    for before, part in pairwise(parts):
        at += len(before) - 15 // 3
        assert part[: 15 // 3] == before[-(15 // 3) :]
        read[at:] = part
    assert read == premise
    hypothesis = tuple(tokenizer.encode("a plan", add_special_tokens=False).ids)
    for window in windows[1:]:
        assert len(window.ids) == len(window.types) <= 20
        assert (window.ids[0], window.ids[-3:-1], window.ids[-1]) == (2, hypothesis, 3)


def test_a_hypothesis_without_room_is_refused(tokenizer: Tokenizer) -> None:
    with pytest.raises(CallError, match=r"has 57 tokens; .* reads 64 in all"):
        cut([(LONG, LONG)], tokenizer, 64)


def test_half_a_surrogate_pair_is_no_crash(tokenizer: Tokenizer) -> None:
    (window,) = cut([("the \ud83d king", "a plan")], tokenizer, 16)
    assert (window.ids[1], window.ids[2]) == (4, 1)


def test_batches_are_sorted_and_bounded() -> None:
    lengths = [5, 90, 3, 5000, 4, 5000, 91]
    found = list(batches(lengths, 2))
    assert found == [[2, 4], [0, 1], [6], [3], [5]]
    assert list(batches([], 2)) == []


def test_padding_stands_on_the_right() -> None:
    batch = pad([Window(0, (2, 7, 3), (0, 0, 1)), Window(1, (2, 3), (0, 1))], 9)
    assert batch.ids.tolist() == [[2, 7, 3], [2, 3, 9]]
    assert batch.mask.tolist() == [[1, 1, 1], [1, 1, 0]]
    assert batch.types.tolist() == [[0, 0, 1], [0, 1, 0]]


def test_softmax_of_large_logits() -> None:
    assert softmax(np.array([[1000.0, 1000.0, -1000.0]])).tolist() == [[0.5, 0.5, 0.0]]


def test_the_window_with_the_highest_entailment_speaks() -> None:
    windows = [Window(0, (), ()), Window(1, (), ()), Window(1, (), ()), Window(1, (), ())]
    scores = np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1], [0.6, 0.1, 0.3], [0.2, 0.2, 0.6]])
    first, second = join(windows, scores, ORDER)
    assert (first.entailment, first.truncated) == (0.5, False)
    assert (second.entailment, second.neutral, second.contradiction) == (0.6, 0.1, 0.3)
    assert second.truncated


def test_two_classes_put_the_rest_into_contradiction() -> None:
    (found,) = join([Window(0, (), ())], np.array([[0.3, 0.7]]), LabelOrder(1, None, 0))
    assert (found.entailment, found.neutral, found.contradiction) == (0.7, 0.0, 0.3)
