"""A cue alongside another target model: what it may change, and what not."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import Floats, Image
from core.vos.flow.warping import WarpingOnly
from core.vos.targets.cue import Cued, average, decide_where_unsure
from core.vos.targets.trained import Learned, TrainedTarget, canvas_of

SIDE = 64


def mask(value: float, hole: float) -> Floats:
    """An object of `value` on the left half, but for a part of it."""
    plane = np.full((SIDE, SIDE), 0.001, np.float32)
    plane[:, :32] = value
    plane[:8, :8] = hole
    return plane


def test_a_cue_decides_what_was_left_open_and_nothing_else() -> None:
    found, cue = mask(0.999, 0.45), mask(0.99, 0.99)
    decided = decide_where_unsure(found, cue, 0.5)
    assert (decided[:8, :8] > 0).all()
    sure = np.ones_like(found, bool)
    sure[:8, :8] = False
    np.testing.assert_array_equal(decided[sure] > 0, found[sure] > 0.5)


def test_a_cue_that_is_wrong_about_the_frame_is_not_believed() -> None:
    found, cue = mask(0.999, 0.45), np.full((SIDE, SIDE), 0.99, np.float32)
    assert (decide_where_unsure(found, cue, 1.0)[:8, :8] < 0).all()


def test_an_average_brings_back_what_was_lost() -> None:
    lost, cue = np.zeros((SIDE, SIDE), np.float32), mask(0.998, 0.998)
    assert (average(lost, cue, 0.5)[:, :32] > 0).all()
    assert (average(lost, cue, 0.25) < 0).all()


@pytest.mark.parametrize("learned", [Learned((), lambda image: np.zeros((0, SIDE, SIDE), np.float32)), None])
def test_what_was_not_learned_of_is_left_to_the_other_model(learned: Learned | None) -> None:
    def everything(image: Image) -> Floats:
        return np.ones((1, *image.shape[:2]), np.float32)

    chosen = learned or Learned((3,), everything, (0.0,))
    cued = Cued(WarpingOnly(), TrainedTarget(lambda frames: chosen, SIDE, False), average, 0.5)
    warped = mask(0.9, 0.0)[None]
    found = cued.predict(1, np.zeros((SIDE, SIDE, 3), np.uint8), None, [3], warped, None)
    np.testing.assert_array_equal(found > 0.5, warped > 0.5)


def test_canvases_fit_the_strides_of_every_network() -> None:
    for size in ((1, 1), (300, 2), (1920, 1080), (64, 48)):
        assert all(side % 32 == 0 and side >= 64 for side in canvas_of(size, 192))
