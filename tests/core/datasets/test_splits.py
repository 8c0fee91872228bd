"""Parts are drawn by clip."""

from __future__ import annotations

from collections import Counter

import pytest

from core.datasets.splits import assign_splits
from core.errors import DatasetError


def names(count: int) -> list[str]:
    return [f"clip{index}" for index in range(count)]


def counts(count: int, *ratios: float) -> dict[str, int]:
    return dict(Counter(assign_splits(names(count), ratios).values()))


def test_ratios_are_met() -> None:
    assert counts(100, 0.8, 0.1, 0.1) == {"train": 80, "val": 10, "test": 10}
    assert counts(7, 0.5, 0.5) == {"train": 4, "val": 3}
    assert counts(5, 8, 1, 1) == {"train": 3, "val": 1, "test": 1}
    assert counts(4, 0, 0, 1) == {"test": 4}


def test_no_part_goes_without_if_there_are_enough_clips() -> None:
    assert counts(3, 0.9, 0.05, 0.05) == {"train": 1, "val": 1, "test": 1}
    assert counts(2, 0.8, 0.1, 0.1) == {"train": 1, "val": 1}
    assert counts(1, 0.8, 0.1, 0.1) == {"train": 1}


def test_the_seed_decides_and_the_order_does_not() -> None:
    ratios = (0.6, 0.2, 0.2)
    assert assign_splits(names(20), ratios, 5) == assign_splits(reversed(names(20)), ratios, 5)
    assert assign_splits(names(20), ratios, 5) != assign_splits(names(20), ratios, 6)


@pytest.mark.parametrize("ratios", [(), (0.5, -0.1), (0, 0), (1, 1, 1, 1)])
def test_ratios_that_make_no_sense(ratios: tuple[float, ...]) -> None:
    with pytest.raises(DatasetError, match=r"0\.8,0\.1,0\.1"):
        assign_splits(names(3), ratios)
