"""A premise and all its hypotheses in one row: laid out by hand, asked once, answered in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from stance.errors import CallError, ModelError
from stance.nli.labels import LabelOrder
from stance.nli.packed import PackedBatch, PackedScorer, Packer, Row, pack

from .conftest import WORDS, tokenizer_json

LONG = " ".join(WORDS)
FIRST, LAST = 2, 3


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_str(tokenizer_json())


def test_rows_are_laid_out_side_by_side() -> None:
    batch = pack([Row((2, 7, 8, 3), ((9, 3), (10, 11, 3))), Row((2, 3), ((12, 3),))], 99)
    assert batch.ids.tolist() == [
        [2, 7, 8, 3, 9, 3, 10, 11, 3],
        [2, 3, 12, 3, 99, 99, 99, 99, 99],
    ]
    assert batch.segments.tolist() == [
        [0, 0, 0, 0, 1, 1, 2, 2, 2],
        [0, 0, 1, 1, -1, -1, -1, -1, -1],
    ]
    assert batch.positions.tolist() == [
        [0, 1, 2, 3, 4, 5, 4, 5, 6],
        [0, 1, 2, 3, 0, 0, 0, 0, 0],
    ]
    assert batch.ends.tolist() == [[5, 8], [3, 0]]


def test_the_model_is_fed_int64_by_name() -> None:
    batch = pack([Row((2, 3), ((12, 3),))], 0)
    feeds = batch.feeds()
    assert list(feeds) == ["input_ids", "segments", "position_ids", "ends"]
    assert feeds["position_ids"] is batch.positions
    assert {value.dtype for value in feeds.values()} == {np.dtype(np.int64)}


def test_a_premise_that_just_fits_is_one_piece(tokenizer: Tokenizer) -> None:
    text = "the king backs the plan"
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    for max_tokens in (14, 13):  # 7 and 6 are kept for a hypothesis: 7 are left
        assert Packer(tokenizer, max_tokens).premise(text) == [(FIRST, *ids, LAST)]
    assert len(Packer(tokenizer, 12).premise(text)) == 2
    assert Packer(tokenizer, 12).premise("") == [(FIRST, LAST)]


@pytest.mark.parametrize(
    ("max_tokens", "kept"),
    [(20, 10), (21, 10), (64, 32), (191, 95), (192, 96), (193, 96), (256, 96), (512, 96)],
)
def test_half_of_the_tokens_and_at_most_96_are_kept_for_a_hypothesis(
    tokenizer: Tokenizer, max_tokens: int, kept: int
) -> None:
    packer, room = Packer(tokenizer, max_tokens), max_tokens - kept
    for premise, pieces in (("war " * (room - 2), 1), ("war " * (room - 1), 2)):
        assert len(packer.premise(premise)) == pieces
    takes, refuses = "war " * (kept - 1), "war " * kept
    assert packer.takes(takes) and not packer.takes(refuses)
    assert len(packer.hypothesis(takes)) == kept
    with pytest.raises(CallError, match=f"has {kept} tokens; at most {kept - 1} are read"):
        packer.hypothesis(refuses)


def test_pieces_of_a_long_premise_overlap_and_nothing_is_lost(tokenizer: Tokenizer) -> None:
    pieces = Packer(tokenizer, 28).premise(LONG)
    assert all(len(piece) <= 14 for piece in pieces)
    assert {(piece[0], piece[-1]) for piece in pieces} == {(FIRST, LAST)}
    parts = [piece[1:-1] for piece in pieces]
    read = list(parts[0])
    for before, part in pairwise(parts):
        assert part[:4] == before[-4:]  # of 14 - 2 tokens one third
        read += part[4:]
    assert read == tokenizer.encode(LONG, add_special_tokens=False).ids


def test_a_hypothesis_ends_with_its_last_token(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("a plan", add_special_tokens=False).ids
    assert Packer(tokenizer, 20).hypothesis("a plan") == (*ids, LAST)


def test_a_hypothesis_without_room_is_refused(tokenizer: Tokenizer) -> None:
    packer = Packer(tokenizer, 20)
    assert len(packer.hypothesis(" ".join(WORDS[:9]))) == 10  # of 20 tokens one half
    with pytest.raises(CallError, match=r"has 10 tokens; at most 9 are read: shorten it$"):
        packer.hypothesis(" ".join(WORDS[:10]))


def test_half_a_surrogate_pair_is_no_crash(tokenizer: Tokenizer) -> None:
    packer = Packer(tokenizer, 20)
    assert packer.hypothesis("\ud83d") == (1, LAST)
    assert packer.takes("\ud83d")
    assert packer.premise("\ud83d") == [(FIRST, 1, LAST)]


def test_each_piece_holds_all_hypotheses_in_rows_of_48(tokenizer: Tokenizer) -> None:
    packer = Packer(tokenizer, 20)
    hypotheses = [(number, LAST) for number in range(49)] + [(7, 8, 9, LAST)]
    pieces = packer.premise(LONG)
    assert len(pieces) > 1
    assert packer.rows(LONG, hypotheses) == [
        [Row(piece, tuple(hypotheses[:48])), Row(piece, tuple(hypotheses[48:]))] for piece in pieces
    ]


def test_a_premise_is_cut_alike_whatever_is_asked_beside_it(tokenizer: Tokenizer) -> None:
    packer = Packer(tokenizer, 20)
    short, long = packer.hypothesis("war"), packer.hypothesis(" ".join(WORDS[:9]))
    for hypotheses in ([short], [long], [short, long], [short] * 60):
        rows = packer.rows(LONG, hypotheses)
        assert [piece[0].premise for piece in rows] == packer.premise(LONG)


def test_other_tokenizers_are_refused() -> None:
    with pytest.raises(ModelError, match=r"needs a tokenizer with \[CLS\] and \[SEP\]"):
        Packer(Tokenizer(WordLevel({"[UNK]": 0, "[CLS]": 1}, unk_token="[UNK]")), 20)


@dataclass
class Counting:
    """Entailment is (1 + words that the premise holds) / (2 + words), and 1/4 of the rest neutral.

    `asked` counts (premise, hypothesis), `shapes` the rows and hypotheses of each batch.
    """

    tokenizer: Tokenizer
    order: tuple[int, ...] = (0, 1, 2)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    shapes: list[tuple[int, ...]] = field(default_factory=list)

    def __call__(self, batch: PackedBatch) -> NDArray[np.floating]:
        logits = np.zeros((*batch.ends.shape, 3))
        self.shapes.append(batch.ends.shape)
        for row, (ids, segments) in enumerate(zip(batch.ids, batch.segments, strict=True)):
            premise = self._words(ids[segments == 0])
            for place in range(segments.max()):
                hypothesis = self._words(ids[segments == place + 1])
                assert batch.ends[row, place] == np.flatnonzero(segments == place + 1)[-1]
                self.asked[" ".join(premise), " ".join(hypothesis)] += 1
                held = (1 + sum(word in premise for word in hypothesis)) / (2 + len(hypothesis))
                probs = held, (1 - held) / 4, 3 * (1 - held) / 4
                logits[row, place] = np.log(probs)[list(self.order)]
        return logits

    def _words(self, ids: NDArray[np.int64]) -> list[str]:
        assert ids[-1] == LAST
        return str(self.tokenizer.decode([one for one in ids if one not in (FIRST, LAST)])).split()


@pytest.fixture
def model(tokenizer: Tokenizer) -> Counting:
    return Counting(tokenizer)


@pytest.fixture
def scorer(tokenizer: Tokenizer, model: Counting) -> PackedScorer:
    return PackedScorer("here", Packer(tokenizer, 20), LabelOrder(0, 1, 2), 0, 4, model)


PAIRS = [
    ("king plan", "war king"),
    ("war", "war"),
    ("king plan", "king plan"),
    ("war", "king"),
    ("king plan", "peace"),
    ("war", "king plan vote"),
]
ANSWERS = [2 / 4, 2 / 3, 3 / 4, 1 / 3, 1 / 3, 1 / 5]


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5], [3, 0, 5, 2, 1, 4]])
def test_answers_stand_in_the_order_of_the_pairs(scorer: PackedScorer, order: list[int]) -> None:
    found = scorer([PAIRS[index] for index in order])
    assert [one.entailment for one in found] == pytest.approx([ANSWERS[index] for index in order])
    assert not any(one.truncated for one in found)


@pytest.mark.parametrize("batch", [1, 2])
def test_batch_size_changes_nothing(scorer: PackedScorer, batch: int) -> None:
    found = replace(scorer, batch=batch)(PAIRS)
    assert [one.entailment for one in found] == pytest.approx(ANSWERS)


def test_classes_are_taken_by_name(tokenizer: Tokenizer, scorer: PackedScorer) -> None:
    turned = replace(
        scorer, order=LabelOrder(2, 0, 1), forward=Counting(tokenizer, order=(1, 2, 0))
    )
    (found,) = turned([("war", "king")])
    assert (found.entailment, found.neutral, found.contradiction) == pytest.approx(
        (1 / 3, 1 / 6, 1 / 2)
    )


def test_each_distinct_pair_is_scored_once(scorer: PackedScorer, model: Counting) -> None:
    first, *_, again = scorer([*PAIRS, PAIRS[0]])
    assert first == again
    assert model.asked == dict.fromkeys(PAIRS, 1)
    assert model.shapes == [(2, 3)]  # a row for each premise, three hypotheses in each


def test_no_pairs(scorer: PackedScorer, model: Counting) -> None:
    assert scorer([]) == []
    assert model.shapes == []


@pytest.mark.parametrize("word", [WORDS[0], WORDS[30], WORDS[-1]])
def test_the_window_with_the_highest_entailment_speaks(
    scorer: PackedScorer, model: Counting, word: str
) -> None:
    whole, short = scorer([(LONG, word), ("war peace", word)])
    windows = [premise for premise, _ in model.asked if premise != "war peace"]
    assert len(windows) > 2 and any(word not in one.split() for one in windows)
    assert (whole.entailment, whole.neutral, whole.contradiction) == pytest.approx(
        (2 / 3, 1 / 12, 1 / 4)
    )
    assert whole.truncated and not short.truncated


def test_other_hypotheses_of_the_call_change_nothing(scorer: PackedScorer) -> None:
    """A premise of 57 words is read in pieces of 8, each 6 words on, whatever is asked."""
    apart = [(LONG, f"{WORDS[at]} {WORDS[at + 7]}") for at in range(12)]
    longest, many = (LONG, " ".join(WORDS[:9])), [(LONG, word) for word in WORDS]
    expected = [3 / 4 if at % 6 == 0 else 2 / 4 for at in range(12)]
    for others in ([], [longest], many, [longest, *many, ("war", "peace")]):
        found = scorer([*others, *apart])[len(others) :]
        assert [one.entailment for one in found] == pytest.approx(expected)
        assert all(one.truncated for one in found)
    alone = [scorer([pair])[0].entailment for pair in apart]
    assert alone == pytest.approx(expected)


@pytest.mark.parametrize(("premise", "long"), [("moon", False), (LONG, True)])
def test_more_than_48_hypotheses_span_several_rows(
    scorer: PackedScorer, model: Counting, premise: str, long: bool
) -> None:
    found = scorer([(premise, word) for word in WORDS])
    expected = [2 / 3 if long or word == "moon" else 1 / 3 for word in WORDS]
    assert [one.entailment for one in found] == pytest.approx(expected)
    assert {one.truncated for one in found} == {long}
    assert len(WORDS) == 57 and WORDS.index("moon") >= 48
    if not long:
        assert model.shapes == [(2, 48)]


def test_progress_counts_rows(scorer: PackedScorer) -> None:
    seen: list[tuple[int, int]] = []
    counted = replace(scorer, batch=1, progress=lambda done, of: seen.append((done, of)))
    counted([*PAIRS, ("peace", "war")])
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_nothing_is_run_where_a_hypothesis_has_no_room(
    scorer: PackedScorer, model: Counting
) -> None:
    with pytest.raises(CallError, match="shorten it"):
        scorer([("war", "peace"), ("war", LONG)])
    assert model.shapes == []


@pytest.mark.parametrize(
    ("spoil", "shape"),
    [
        (lambda shape: (*shape, 2), r"\(1, 2, 2\)"),
        (lambda shape: (*shape, 4), r"\(1, 2, 4\)"),
        (lambda shape: (shape[0] + 1, shape[1], 3), r"\(2, 2, 3\)"),
        (lambda shape: (shape[0], shape[1] + 1, 3), r"\(1, 3, 3\)"),
        (lambda shape: (shape[0], shape[1] - 1, 3), r"\(1, 1, 3\)"),
    ],
)
def test_logits_of_another_shape_are_refused(
    scorer: PackedScorer, spoil: Callable[[tuple[int, ...]], tuple[int, ...]], shape: str
) -> None:
    wrong = replace(scorer, forward=lambda batch: np.zeros(spoil(batch.ends.shape)))
    with pytest.raises(ModelError, match=rf"here: .* {shape}, .* need \(1, 2, 3\)$"):
        wrong([("war", "king"), ("war", "plan")])
