"""The order of training: reproducible, complete, by length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.training.batches import epoch_batches, epoch_indices

LENGTHS = [(index * 37) % 101 + 5 for index in range(1000)]


def test_without_shares_every_pair_takes_part_once() -> None:
    assert sorted(epoch_indices(["a", "b", "a"], {}, 13, 0)) == [0, 1, 2]
    assert epoch_indices([], {}, 13, 0) == []


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("abc"), max_size=60),
    st.dictionaries(st.sampled_from("abc"), st.floats(0.05, 1.0)),
    st.integers(0, 20),
)
def test_each_epoch_shows_as_many_pairs_and_none_twice(
    groups: list[str], shares: dict[str, float], epoch: int
) -> None:
    chosen = epoch_indices(groups, shares, 13, epoch)
    assert len(set(chosen)) == len(chosen) == len(epoch_indices(groups, shares, 13, 0))
    for group in set(groups):
        size = sum(groups[index] == group for index in chosen)
        assert size == round(groups.count(group) * shares.get(group, 1.0))


def test_a_half_is_followed_by_the_other_half() -> None:
    groups = ["half"] * 100 + ["whole"] * 10
    first, second, third = (set(epoch_indices(groups, {"half": 0.5}, 13, at)) for at in range(3))
    whole = set(range(100, 110))
    assert len(first) == 60
    assert first & second == whole and first | second == set(range(110))
    assert third == first


def test_shares_show_everything_in_time() -> None:
    seen: set[int] = set()
    for epoch in range(4):
        seen |= set(epoch_indices(["a"] * 90, {"a": 0.3}, 13, epoch))
    assert seen == set(range(90))


def test_the_same_epoch_has_the_same_order() -> None:
    indices = range(1000)
    first = epoch_batches(indices, LENGTHS, 16, 13, 2)
    assert first == epoch_batches(indices, LENGTHS, 16, 13, 2)
    assert first != epoch_batches(indices, LENGTHS, 16, 13, 3)
    assert first != epoch_batches(indices, LENGTHS, 16, 14, 2)
    groups = ["a", "b"] * 500
    assert epoch_indices(groups, {"a": 0.4}, 13, 2) == epoch_indices(groups, {"a": 0.4}, 13, 2)
    assert epoch_indices(groups, {"a": 0.4}, 13, 2) != epoch_indices(groups, {"a": 0.4}, 14, 2)


@pytest.mark.parametrize(
    ("count", "batch", "pool"), [(1000, 16, 64), (1000, 16, 2), (5, 8, 4), (0, 8, 4)]
)
def test_every_index_is_in_one_batch(count: int, batch: int, pool: int) -> None:
    batches = epoch_batches(range(count), LENGTHS, batch, 13, 0, pool)
    assert sorted(index for one in batches for index in one) == list(range(count))
    assert len(batches) == -(-count // batch)
    assert sum(len(one) < batch for one in batches) <= 1
    assert all(batches)


def test_a_batch_holds_pairs_of_like_length() -> None:
    spread = [
        max(LENGTHS[index] for index in one) - min(LENGTHS[index] for index in one)
        for one in epoch_batches(range(1000), LENGTHS, 16, 13, 0)
    ]
    assert max(spread) <= 5


def test_batches_are_not_sorted_by_length() -> None:
    widths = [LENGTHS[one[0]] for one in epoch_batches(range(1000), LENGTHS, 16, 13, 0)]
    assert widths != sorted(widths)


def test_indices_may_be_a_part_of_the_pairs() -> None:
    chosen = [3, 500, 999, 7]
    batches = epoch_batches(chosen, LENGTHS, 3, 13, 0)
    assert sorted(index for one in batches for index in one) == sorted(chosen)
