"""Shapes fitted to masks: few points, near enough, holes and pieces; and over many frames with keyframes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import CancelledError, MaskError
from core.jobs import CancelToken, watched
from core.shapes import Fit, ShapeMode, flatten, follow_masks
from core.shapes.alignment import aligned
from core.shapes.contours import outlines, resampled, signed_area
from tests.core.shapes.curves import circle, disc, mask_of, square

SIZE = (160, 120)


def follow(masks: list[NDArray[np.bool_]], tolerance: float = 1.0, every: int | None = None) -> Fit:
    return watched(
        follow_masks(masks.__getitem__, range(len(masks)), 1, CancelToken(), tolerance, every), lambda _: None
    )


def fit_mask(mask: NDArray[np.bool_], object_id: int, frame_index: int, tolerance: float = 1.0) -> Fit:
    return watched(follow_masks(lambda _: mask, [frame_index], object_id, CancelToken(), tolerance), lambda _: None)


def test_outlines_are_unbiased_and_distinguished_by_their_direction() -> None:
    mask = disc(80, 60, 40, SIZE) & ~disc(80, 60, 15, SIZE)
    outer, hole = sorted(outlines(mask), key=len, reverse=True)
    assert signed_area(outer) == pytest.approx(np.pi * 1600, rel=5e-3)
    assert signed_area(hole) == pytest.approx(-np.pi * 225, rel=2e-2)
    assert np.abs(np.hypot(*(outer - (80, 60)).T) - 40).max() < 1
    checked = np.zeros((4, 4), np.bool_)
    checked[1, 1] = checked[2, 2] = True
    assert len(outlines(checked)) == 2
    assert outlines(np.zeros((4, 4), np.bool_)) == []


def test_a_circle_takes_few_points_and_is_nowhere_farther_than_the_tolerance() -> None:
    fit = fit_mask(disc(80.3, 60.6, 40.2, SIZE), 3, 7, tolerance=0.8)
    (one,) = fit.shapes
    assert one.object_id == 3
    assert list(one.keys) == [7]
    assert one.point_count <= 6
    assert fit.worst_iou > 0.985
    polyline = flatten(one.keys[7])
    assert np.abs(np.hypot(*(polyline - (80.3, 60.6)).T) - 40.2).max() < 0.9


def test_corners_stay_corners() -> None:
    fit = fit_mask(mask_of(square(20, 15, 131, 95), SIZE), 1, 0)
    (one,) = fit.shapes
    assert one.point_count == 4
    assert fit.worst_iou > 0.995
    for x, y in ((20, 15), (131, 15), (131, 95), (20, 95)):
        assert min(np.hypot(point.x - x, point.y - y) for point in one.keys[0]) < 0.1


def test_pieces_and_holes_are_shapes_of_their_own_and_specks_are_left_out() -> None:
    mask = disc(50, 60, 40, SIZE) & ~disc(50, 60, 20, SIZE) | disc(50, 60, 8, SIZE) | disc(130, 40, 18, SIZE)
    mask[5, 5] = True
    fit = fit_mask(mask, 1, 0)
    assert [shape.mode for shape in fit.shapes] == [ShapeMode.ADD, ShapeMode.SUBTRACT, ShapeMode.ADD, ShapeMode.ADD]
    assert [shape.name for shape in fit.shapes] == ["Piece 1", "Hole 1", "Piece 2", "Piece 3"]
    assert fit.worst_iou > 0.97
    assert fit.points < 40


def test_a_finer_tolerance_takes_more_points_and_covers_better() -> None:
    rng = np.random.default_rng(1)
    mask = np.zeros(SIZE[::-1], np.bool_)
    for _ in range(12):
        x, y, radius = rng.uniform((40, 35, 8), (120, 85, 25))
        mask |= disc(x, y, radius, SIZE)
    fits = [fit_mask(mask, 1, 0, tolerance) for tolerance in (0.7, 1.5, 4)]
    assert fits[0].points > fits[1].points > fits[2].points
    assert fits[0].worst_iou > fits[1].worst_iou > fits[2].worst_iou
    assert fits[0].worst_iou > 0.98


def test_tiny_and_extreme_masks_are_fitted_or_refused() -> None:
    for box in ((40, 40, 41, 41), (40, 40, 42, 41), (0, 0, 160, 120), (10, 60, 150, 61)):
        fit = fit_mask(mask_of(square(*box), SIZE), 1, 0)
        assert fit.worst_iou > 0.9, box
    with pytest.raises(MaskError, match="no mask on these frames"):
        fit_mask(np.zeros((9, 9), np.bool_), 1, 0)
    for tolerance in (0, -1, float("nan"), 1e9):
        with pytest.raises(MaskError, match="tolerance"):
            fit_mask(disc(9, 9, 5, SIZE), 1, 0, tolerance)


def test_corresponding_samples_lie_at_the_same_places_of_a_turned_outline() -> None:
    wanted = resampled(flatten(circle(80, 60, 40)), 300)
    wanted[:, 0] = 80 + (wanted[:, 0] - 80) * 1.5
    turned = np.roll(wanted + np.array([6, -4]), 113, axis=0)
    found = aligned(wanted, turned)
    assert np.linalg.norm(found - (6, -4) - wanted, axis=1).max() < 3


def test_a_steady_motion_takes_two_keyframes_with_points_that_correspond() -> None:
    frames = 9
    masks = [mask_of(square(20.0 + 5 * t, 20, 70.0 + 5 * t, 80), SIZE) for t in range(frames)]
    fit = follow(masks)
    (one,) = fit.shapes
    assert one.frames == [0, 8]
    assert one.point_count == 4
    moved = np.array(one.keys[8]) - np.array(one.keys[0])
    assert np.abs(moved[:, 0] - 40).max() < 1.5
    assert np.abs(moved[:, 1]).max() < 1.5
    assert fit.worst_iou > 0.98


def test_keyframes_come_where_the_motion_changes_or_where_they_are_asked_for() -> None:
    there_and_back = [mask_of(circle(40 + 6 * (t if t < 6 else 12 - t), 60, 25), SIZE) for t in range(13)]
    fit = follow(there_and_back)
    (one,) = fit.shapes
    assert one.frames == [0, 6, 12]
    assert fit.worst_iou > 0.95
    (one,) = follow(there_and_back, every=4).shapes
    assert one.frames == [0, 4, 8, 12]


def test_pieces_that_come_part_and_go_are_shapes_for_as_long_as_they_are_there() -> None:
    masks = []
    for t in range(12):
        mask = disc(40, 60, 20, SIZE)
        if 3 <= t <= 8:
            mask |= disc(120, 60, 14, SIZE)
        masks.append(mask if t < 10 else mask & False)
    fit = follow(masks)
    assert sorted((shape.first, shape.last) for shape in fit.shapes) == [(0, 9), (3, 8)]
    assert fit.worst_iou > 0.97


def test_following_can_be_cancelled_and_needs_a_mask() -> None:
    with pytest.raises(MaskError, match="no mask on these frames"):
        follow([np.zeros((20, 20), np.bool_)] * 3)
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        watched(follow_masks(lambda _: disc(9, 9, 5, (20, 20)), range(3), 1, token), lambda _: None)
