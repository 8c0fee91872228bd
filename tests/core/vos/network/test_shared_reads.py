"""Cells in the windows of several objects are compared with the memory once, and read as if each were by itself."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import Box, Floats
from core.vos.network.shared_reads import shared_reads

HEIGHT, WIDTH, CHANNELS, CELLS = 24, 32, 3, 5
VALUES = np.arange(3 * 2 * CELLS, dtype=np.float32).reshape(3, 2, CELLS)
"""Of three objects: two values for each cell of the memory."""
KEYS = np.eye(CHANNELS, CELLS, dtype=np.float32)


class Reader:
    """Reads the mean of the memory, and beside it the cell's own key; notes how many cells were compared."""

    def __init__(self) -> None:
        self.compared: list[int] = []

    def read(self, cells: Floats, memory_keys: Floats, memory_values: Floats) -> Floats:
        assert memory_keys is KEYS
        self.compared.append(cells.shape[1])
        means = memory_values.mean(2)[:, :, None] * np.ones(cells.shape[1], np.float32)
        return np.concatenate([means, np.broadcast_to(cells, (len(means), *cells.shape))], axis=1)


def key() -> Floats:
    return np.random.default_rng(0).random((CHANNELS, HEIGHT, WIDTH), np.float32)


def in_pixels(x0: int, y0: int, x1: int, y1: int) -> Box:
    return Box(16 * x0, 16 * y0, 16 * x1, 16 * y1)


@pytest.mark.parametrize(
    ("groups", "compared"),
    [
        ([(in_pixels(0, 0, 10, 10), [0]), (in_pixels(20, 10, 32, 24), [1, 2])], 100 + 168),
        ([(in_pixels(0, 0, 16, 16), [0]), (in_pixels(8, 8, 24, 24), [1]), (in_pixels(4, 0, 20, 12), [2])], 704 - 112),
        ([(in_pixels(0, 0, 16, 16), [0, 2]), (in_pixels(8, 8, 24, 24), [1])], 256 + 256 - 64),
        # what two share is too little to be worth a read of its own
        ([(in_pixels(0, 0, 10, 10), [0]), (in_pixels(8, 8, 20, 20), [1])], 100 + 144),
        ([(in_pixels(0, 0, 32, 24), [0]), (in_pixels(0, 0, 32, 24), [1])], 768),
    ],
    ids=["apart", "three that overlap", "objects out of order", "a corner", "the whole canvas twice"],
)
def test_each_window_reads_what_it_would_alone(groups: list[tuple[Box, list[int]]], compared: int) -> None:
    reader, keys = Reader(), key()
    found = shared_reads(reader, keys, KEYS, VALUES, groups)
    assert len(found) == len(groups)
    for plane, (window, rows) in zip(found, groups, strict=True):
        part = keys[:, window.y0 // 16 : window.y1 // 16, window.x0 // 16 : window.x1 // 16]
        alone = Reader().read(part.reshape(CHANNELS, -1), KEYS, VALUES[rows])
        np.testing.assert_array_equal(plane, alone.reshape(len(rows), -1, *part.shape[1:]))
    assert sum(reader.compared) == compared


def test_rows_that_follow_each_other_are_not_copied() -> None:
    seen: list[bool] = []

    class Noting(Reader):
        def read(self, cells: Floats, memory_keys: Floats, memory_values: Floats) -> Floats:
            seen.append(np.shares_memory(memory_values, VALUES))
            return super().read(cells, memory_keys, memory_values)

    places = [in_pixels(start, 0, start + 16, 16) for start in (0, 4, 8)]
    shared_reads(Noting(), key(), KEYS, VALUES, [(place, [row]) for row, place in enumerate(places)])
    assert len(seen) == 5 and all(seen)
