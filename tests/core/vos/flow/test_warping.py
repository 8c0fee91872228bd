"""Flow on pictures whose motion is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.types import Box
from core.vos.flow.warping import Flow, FlowEstimator, reach_of, warp_masks


def texture(seed: int = 0, shape: tuple[int, int] = (120, 160)) -> np.ndarray:
    noise = np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 2)


def test_a_shift_is_found_and_carries_the_mask() -> None:
    image = texture()
    moved = np.roll(image, (3, 5), axis=(0, 1))
    flow = FlowEstimator().between(image, moved)
    middle = np.s_[20:-20, 20:-20]
    np.testing.assert_allclose(np.median(flow.backward[middle], axis=(0, 1)), (-5, -3), atol=0.3)
    assert flow.consistency[middle].mean() > 0.8
    mask = np.zeros((1, 120, 160), np.float32)
    mask[0, 40:70, 50:90] = 1
    carried = warp_masks(mask, flow)
    wanted = np.roll(mask, (3, 5), axis=(1, 2))
    assert np.minimum(carried, wanted).sum() / np.maximum(carried, wanted).sum() > 0.9


def test_what_has_nothing_to_do_with_each_other_is_inconsistent() -> None:
    same = FlowEstimator().between(texture(1), texture(1)).consistency.mean()
    other = FlowEstimator().between(texture(1), texture(2)).consistency.mean()
    assert other < 0.6 * same


def test_what_comes_into_the_frame_is_inconsistent() -> None:
    wide = texture(3, (120, 180))
    consistency = FlowEstimator().between(wide[:, 6:166], wide[:, :160]).consistency
    assert consistency[20:-20, :4].mean() < 0.2 < 0.8 < consistency[20:-20, 30:-20].mean()


@pytest.mark.parametrize("shape", [(1, 1), (5, 7), (31, 200), (37, 53)])
def test_any_size(shape: tuple[int, int]) -> None:
    flow = FlowEstimator().between(texture(0, shape), texture(0, shape))
    assert flow.backward.shape == (*shape, 2)
    assert flow.consistency.shape == shape
    assert flow.consistency.dtype == np.float32
    assert ((flow.consistency >= 0) & (flow.consistency <= 1)).all()


def test_what_comes_from_outside_is_background() -> None:
    backward = np.zeros((4, 6, 2), np.float32)
    backward[..., 0] = -2
    flow = Flow((4, 6), Box(0, 0, 6, 4), backward, lambda: -backward)
    carried = warp_masks(np.ones((1, 4, 6), np.float32), flow)
    np.testing.assert_array_equal(carried[0, 0], [0, 0, 1, 1, 1, 1])


def test_a_flow_found_in_smaller_frames_states_the_same() -> None:
    image = texture(0, (240, 320))
    moved = np.roll(image, (6, 10), axis=(0, 1))
    flow = FlowEstimator(120).between(image, moved)
    assert flow.backward.shape == (240, 320, 2) and flow.consistency.shape == (240, 320)
    middle = np.s_[30:-30, 30:-30]
    np.testing.assert_allclose(np.median(flow.backward[middle], axis=(0, 1)), (-10, -6), atol=0.6)
    assert flow.consistency[middle].mean() > 0.8


def test_in_a_box_the_flow_is_that_of_the_frame_and_beyond_it_nothing_is_carried() -> None:
    image = texture(4, (240, 320))
    moved = np.roll(image, (3, -4), axis=(0, 1))
    mask = np.zeros((2, 240, 320), np.float32)
    mask[0, 100:150, 80:140] = 1
    box = reach_of(mask)
    assert box == Box(80 - 24, 100 - 24, 140 + 24, 150 + 24)
    flow = FlowEstimator().between(image, moved, box)
    assert flow.backward.shape == (box.height, box.width, 2)
    whole = warp_masks(mask, FlowEstimator().between(image, moved))
    carried = warp_masks(mask, flow)
    assert np.minimum(carried[0], whole[0]).sum() > 0.98 * np.maximum(carried[0], whole[0]).sum()
    assert not carried[1].any()
    outside = np.ones((240, 320), bool)
    outside[box.slices] = False
    assert not carried[:, outside].any() and not flow.consistency[outside].any()
    assert flow.consistency[110:140, 90:130].mean() > 0.8


def test_masks_without_a_pixel_have_no_reach() -> None:
    empty = np.zeros((1, 30, 40), np.float32)
    assert reach_of(empty).empty and reach_of(empty[:0]).empty
    flow = FlowEstimator().between(texture(0, (30, 40)), texture(1, (30, 40)), reach_of(empty))
    assert not warp_masks(empty, flow).any() and not flow.consistency.any()


def test_the_forward_flow_is_found_only_when_it_is_wanted() -> None:
    asked = []
    flow = FlowEstimator().between(texture(), texture())

    def forward() -> np.ndarray:
        asked.append(1)
        return flow.find_forward()

    watched = Flow(flow.shape, flow.box, flow.backward, forward)
    warp_masks(np.ones((1, 120, 160), np.float32), watched)
    assert not asked
    np.testing.assert_array_equal(watched.consistency, flow.consistency)
    assert watched.consistency.mean() > 0.9 and len(asked) == 1
