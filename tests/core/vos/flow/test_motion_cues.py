"""What moves with the object is distinguished from what moves with the camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from core.learning.rollout import motion_input, reach
from core.types import Box, Floats
from core.vos.flow.motion_cues import MOTION_CHANNELS, cell_positions, motion_affinity, motion_channels
from core.vos.flow.warping import Flow, reach_of
from core.vos.region import Region, RegionKeeper, RegionSettings

SIDE = 96


def camera() -> Floats:
    """The flow of a camera that pans, turns and zooms a little."""
    x, y = cell_positions(SIDE, SIDE)
    return np.stack([4 + 2 * x - y, -1 + x + 2 * y], axis=2).astype(np.float32)


def scene() -> tuple[Floats, Floats]:
    """A thing that moves by itself, right and down, and its mask."""
    flow, mask = camera(), np.zeros((SIDE, SIDE), np.float32)
    mask[24:64, 32:80] = 1
    flow[mask > 0] += (-5.0, 3.0)
    return flow, mask


WHOLE = Region(0, 0, SIDE, SIDE)
FRAME = Box(0, 0, SIDE, SIDE)


def seen(backward: Floats, box: Box = FRAME) -> Flow:
    """A flow that can be trusted: the way there is the way back."""
    x, y = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))
    forward = -cv2.remap(backward, x - backward[..., 0], y - backward[..., 1], cv2.INTER_LINEAR)
    return Flow((SIDE, SIDE), box, backward[box.slices], lambda: forward[box.slices])


def channels(flow: Floats, mask: Floats) -> Floats:
    return motion_channels(seen(flow), mask[None], WHOLE)[0]


def test_a_part_that_is_not_in_the_mask_moves_with_the_object() -> None:
    flow, whole = scene()
    known = whole.copy()
    known[:, 60:] = 0
    affinity = channels(flow, known)[0]
    inside = np.s_[4:7, 8:9]
    assert affinity.shape == (SIDE // 8, SIDE // 8)
    assert affinity[inside].min() > 0.6, "the part that the mask lacks"
    assert affinity[4:7, 5:7].min() > 0.6
    assert affinity[9:, :].max() < -0.6 and affinity[:, :3].max() < -0.6


def test_something_taken_in_by_mistake_does_not() -> None:
    flow, mask = scene()
    mask[70:86, 8:24] = 1
    affinity = channels(flow, mask)[0]
    assert affinity[9:10, 1:3].max() < -0.5
    assert affinity[4:7, 5:9].min() > 0.5


def test_nothing_is_reported_of_things_that_move_alike_or_are_not_there() -> None:
    flow, mask = scene()
    assert np.abs(channels(0.3 * camera(), mask)[0]).max() < 0.2
    assert not channels(flow, np.zeros_like(mask))[0].any()
    assert np.isfinite(channels(flow, np.ones_like(mask))).all()
    assert np.isfinite(channels(np.full_like(flow, 500), mask)).all()


def test_flow_is_in_pixels_of_the_canvas() -> None:
    """Looked at twice as closely, things are the same: but for the noise, which is in pixels of the canvas."""
    flow, mask = scene()
    keeper = RegionKeeper((SIDE, SIDE), (SIDE, SIDE), RegionSettings())
    region = Region(24, 16, 48, 48)
    close = motion_channels(seen(flow), keeper.cut_masks(mask[None], region), region)[0]
    assert close.shape == (MOTION_CHANNELS, 12, 12)
    whole = channels(flow, mask)
    # cells of the region's middle lie in cells 5 to 7 of the whole
    assert (close[0, 4:9, 4:9] >= whole[0, 4:6, 5:7].max() - 0.05).all()
    assert close[0, :1].max() < -0.5 and close[1, :1].min() > 0.5


def test_motion_is_known_in_the_box_of_the_flow_only() -> None:
    flow, mask = scene()
    found = motion_channels(seen(flow, Box(16, 16, 88, 72)), mask[None], WHOLE)[0]
    assert not found[:, :1].any() and not found[:, 10:].any() and not found[:, :, :1].any()
    assert found[0, 4:7, 5:9].min() > 0.5 and found[0, 3:8, 2:3].max() < -0.5
    assert not motion_channels(None, mask[None], WHOLE).any()
    assert not motion_channels(seen(flow, Box(5, 5, 5, 9)), mask[None], WHOLE).any()


def test_the_engine_and_the_training_state_the_same() -> None:
    flow, mask = scene()
    soft = cv2.GaussianBlur(mask, (0, 0), 4)
    engine = seen(flow)
    trust = torch.from_numpy(engine.consistency)[None]
    found = motion_input(
        torch.from_numpy(flow)[None], trust, torch.from_numpy(soft)[None, None], torch.ones(1, 1, 12, 12)
    )[0].numpy()
    # the engine averages flow over other squares: contours differ
    difference = np.abs(found - motion_channels(engine, soft[None], WHOLE)[0])
    assert np.median(difference) < 0.02 and difference.mean() < 0.08


def test_the_training_knows_motion_where_the_engine_does() -> None:
    masks = torch.zeros(2, 1, 160, 160)
    masks[0, 0, 64:96, 48:112] = 1
    known = reach(masks)
    box = reach_of(masks[0].numpy())
    assert known.shape == (2, 1, 20, 20) and not known[1].any()
    rows, columns = np.flatnonzero(known[0, 0].any(1)), np.flatnonzero(known[0, 0].any(0))
    assert (columns[0] * 8, columns[-1] * 8 + 8) == pytest.approx((box.x0, box.x1), abs=8)
    assert (rows[0] * 8, rows[-1] * 8 + 8) == pytest.approx((box.y0, box.y1), abs=8)


def test_objects_are_looked_at_each_by_itself() -> None:
    flow, mask = scene()
    other = np.zeros_like(mask)
    other[72:88, 8:32] = 1
    x, y = cell_positions(SIDE, SIDE)
    both = motion_affinity(flow[..., 0], flow[..., 1], np.stack([mask, other]), np.ones_like(mask), x, y)
    alone = motion_affinity(flow[..., 0], flow[..., 1], other[None], np.ones_like(mask), x, y)
    assert both.shape == (2, SIDE, SIDE)
    assert both[1] == pytest.approx(alone[0])
