"""Which clip goes to which part. A clip is never divided: its frames are too similar to learn from and test on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from core.datasets.clips import SPLITS
from core.errors import DatasetError


def assign_splits(names: Iterable[str], ratios: Sequence[float], seed: int = 0) -> dict[str, str]:
    """A part for each clip name, drawn by `seed`; the order of the names does not matter.

    `ratios` are those of train, val and test; left out ones are 0, and they need not add up to 1. Each part with a
    share gets at least one clip if there are enough, the first ones first. Raises DatasetError for impossible shares.
    """
    if not 1 <= len(ratios) <= len(SPLITS) or min(ratios) < 0 or sum(ratios) <= 0:
        raise DatasetError("Ratios are one to three numbers, none below 0, for train, val and test: 0.8,0.1,0.1.")
    drawn = sorted(names)
    random.Random(seed).shuffle(drawn)
    counts = _counts(len(drawn), ratios)
    parts = [split for split, count in zip(SPLITS, counts, strict=False) for _ in range(count)]
    return dict(zip(drawn, parts, strict=True))


def split_counts(total: int, ratios: Sequence[float]) -> list[int]:
    """How many of `total` clips each part gets by `assign_splits`; zeros where no share is more than 0."""
    return _counts(total, ratios) if sum(ratios) > 0 else [0] * len(ratios)


def _counts(total: int, ratios: Sequence[float]) -> list[int]:
    """Whole numbers that add up to `total`, by largest remainder after one for each share above 0."""
    wanted = [index for index, ratio in enumerate(ratios) if ratio > 0]
    counts = [0] * len(ratios)
    for index in wanted[:total]:
        counts[index] = 1
    quotas = [total * ratio / sum(ratios) for ratio in ratios]
    for _ in range(total - sum(counts)):
        counts[max(wanted, key=lambda index: quotas[index] - counts[index])] += 1
    return counts
