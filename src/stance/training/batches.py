"""Length-bucketed batches in a reproducible order."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence


def epoch_indices(
    groups: Sequence[str], shares: Mapping[str, float], seed: int, epoch: int
) -> list[int]:
    """The pairs that take part in an epoch: of each group its share, another part each time.

    A group with share 0.5 shows one half in even epochs and the other in odd ones. Groups
    without a share take part whole. The number of indices is the same in every epoch.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        members[group].append(index)
    chosen: list[int] = []
    for group, indices in sorted(members.items()):
        size = round(len(indices) * shares.get(group, 1.0))
        if size < len(indices):
            random.Random(f"{seed}:{group}").shuffle(indices)
            first = epoch * size % len(indices)
            indices = (indices + indices)[first : first + size]
        chosen += indices
    return chosen


def epoch_batches(
    indices: Sequence[int],
    lengths: Sequence[int],
    batch: int,
    seed: int,
    epoch: int,
    pool: int = 64,
) -> list[list[int]]:
    """Batches of `indices` for one epoch: shuffled, then sorted by length within pools.

    A pool holds `pool` batches; within it pairs of like length share a batch, so little is
    padded, and the batches are shuffled again. The result depends on the arguments alone: a
    resumed run finds the same order. `lengths` is indexed by the members of `indices`.
    """
    shuffler = random.Random(f"{seed}:{epoch}")
    order = list(indices)
    shuffler.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), batch * pool):
        chunk = sorted(order[start : start + batch * pool], key=lambda index: lengths[index])
        batches += [chunk[at : at + batch] for at in range(0, len(chunk), batch)]
    shuffler.shuffle(batches)
    return batches
