"""Reading forward and backward for an engine."""

from __future__ import annotations

import threading

import numpy as np

from core.media import TwoWayReader
from core.types import Image


class CountingVideo:
    """Forty frames of 4 x 2 pixels; writes down what was read, and by whom."""

    frame_count = 40
    size = (4, 2)

    def __init__(self) -> None:
        self.reads: list[int] = []
        self.threads: set[int] = set()

    def read(self, frame_index: int) -> Image:
        self.reads.append(frame_index)
        self.threads.add(threading.get_ident())
        return np.full((2, 4, 3), frame_index, np.uint8)


def test_each_frame_is_read_once_either_way_and_one_thread_decodes() -> None:
    video = CountingVideo()
    with TwoWayReader(video) as reader:
        for order in (range(40), range(39, -1, -1)):
            assert [int(reader.read(index)[0, 0, 0]) for index in order] == list(order)
    assert sorted(video.reads) == list(range(40)), "what came forward is still there going back"
    assert len(video.threads) == 1 and threading.get_ident() not in video.threads


def test_going_back_stretches_are_decoded_forward_within_the_limit() -> None:
    video = CountingVideo()
    with TwoWayReader(video, byte_limit=8 * 24) as reader:
        assert [int(reader.read(index)[0, 0, 0]) for index in range(39, -1, -1)] == list(range(39, -1, -1))
    steps = np.diff(video.reads)
    assert (steps == 1).sum() > len(steps) / 2, "codecs know no other direction"


def test_the_thread_that_decodes_is_made_known() -> None:
    started: list[int] = []
    with TwoWayReader(CountingVideo(), thread_started=lambda: started.append(threading.get_ident())) as reader:
        reader.read(3)
    assert len(started) == 1
    reader.close()
