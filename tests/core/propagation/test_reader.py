"""Reading backward in stretches."""

from __future__ import annotations

import numpy as np

from core.propagation.reader import BackwardReader
from core.types import Image


class CountingVideo:
    """Ten frames of 4 x 2 pixels; writes down what was read."""

    frame_count = 10
    size = (4, 2)

    def __init__(self) -> None:
        self.reads: list[int] = []

    def read(self, frame_index: int) -> Image:
        self.reads.append(frame_index)
        return np.full((2, 4, 3), frame_index, np.uint8)


def test_forward_reads_each_frame_once_and_keeps_none() -> None:
    video = CountingVideo()
    reader = BackwardReader(video)
    assert [int(reader.read(index)[0, 0, 0]) for index in range(10)] == list(range(10))
    assert video.reads == list(range(10))
    assert not reader._kept


def test_backward_reads_stretches_forward_within_the_limit() -> None:
    video = CountingVideo()
    reader = BackwardReader(video, byte_limit=3 * 24)
    assert [int(reader.read(index)[0, 0, 0]) for index in range(9, -1, -1)] == list(range(9, -1, -1))
    assert video.reads == [9, 6, 7, 8, 3, 4, 5, 0, 1, 2]
    assert len(reader._kept) <= 3
