"""Threads are shared out between the loop and what runs beside it, and change no result."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from core.engines import load
from core.engines.threads import shared_threads, use_threads
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, Image

SIZE = (160, 120)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    count = cv2.getNumThreads()
    yield
    use_threads(count)


@pytest.mark.parametrize(("count", "shares"), [(1, (1, 0)), (2, (1, 1)), (3, (2, 1)), (8, (4, 4))])
def test_threads_are_shared_out(count: int, shares: tuple[int, int]) -> None:
    assert shared_threads(count) == shares
    assert cv2.getNumThreads() == shares[0]


def clip() -> list[Image]:
    """A disc that crosses the picture and grows: its region has to be chosen again."""
    back = cv2.GaussianBlur(np.random.default_rng(0).integers(0, 256, (*SIZE[::-1], 3), np.uint8), (0, 0), 3)
    return [cv2.circle(back.copy(), (20 + 14 * index, 60), 8 + 2 * index, (250, 60, 40), -1) for index in range(8)]


def followed(threads: int, quality: str) -> list[FrameResult]:
    pictures = clip()
    labels = cv2.circle(np.zeros(SIZE[::-1], np.uint8), (20, 60), 8, 1, -1)
    options = {"threads": threads, "quality": quality, "network_side": 96}
    session = load("builtin").open(SIZE, "cpu", options)
    try:
        anchors = [Anchor(0, labels, frozenset({1}))]
        return list(session.track(anchors, range(len(pictures)), pictures.__getitem__, CancelToken()))
    finally:
        session.close()


@pytest.mark.parametrize("quality", ["balanced", "best"])
def test_the_built_in_engine_finds_the_same_with_two_threads(quality: str) -> None:
    one, two = followed(1, quality), followed(2, quality)
    assert sum(int(result.labels.any()) for result in one) == len(one)
    for alone, both in zip(one, two, strict=True):
        np.testing.assert_array_equal(alone.labels, both.labels)
        assert alone.confidence == both.confidence
