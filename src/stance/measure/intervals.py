"""How far a figure would move with other texts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20261122


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share `right` of `n`, both ends in 0 to 1; (0, 1) where n is 0.

    Wilson 1927, Journal of the American Statistical Association 22, 209-212.
    """
    if n == 0:
        return 0.0, 1.0
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return centre - half, centre + half


def bootstrap(
    clusters: Sequence[str],
    figure: Callable[[NDArray[np.int64]], float],
    resamples: int = RESAMPLES,
) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of `figure` when whole clusters are drawn again.

    `clusters` names the cluster of each unit. `figure` takes, for each unit, how often it was
    drawn. Shape of its argument: (units,). The draws are the same in every run. With a single
    cluster there is nothing to draw, and both ends are the figure itself.
    """
    names, of_unit = np.unique(np.asarray(clusters, dtype=object).astype(str), return_inverse=True)
    if len(names) < 2:
        value = figure(np.ones(len(clusters), dtype=np.int64))
        return value, value
    chance = np.random.default_rng(SEED)
    draws = chance.multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    values = [figure(draw[of_unit]) for draw in draws]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def resampled(size: int, resamples: int = RESAMPLES) -> NDArray[np.int64]:
    """Indices of `size` clusters drawn again, the same in every run. Shape: (resamples, size)."""
    chance = np.random.default_rng(SEED)
    return chance.integers(0, size, (resamples, size))
