"""Computing with the parts of a frame that matter gives what computing with all of it does."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import core.boxes
from core.boxes import EMPTY_BOX, bounding_box, confined
from core.types import Box
from core.vos.aggregation import exclusive_labels, soft_aggregate
from core.vos.flow.warping import FlowEstimator, round_trip_consistency
from core.vos.region import Region, RegionKeeper, RegionSettings

FRAME, CANVAS = (320, 180), (192, 112)


def blobs(count: int, size: tuple[int, int] = FRAME) -> np.ndarray:
    channels = np.zeros((count, size[1], size[0]), np.float32)
    for index, plane in enumerate(channels):
        cv2.ellipse(plane, (60 + 40 * index, 50 + 30 * index), (50, 25), 20 * index, 0, 360, 0.95 - 0.1 * index, -1)
        plane[:] = cv2.GaussianBlur(plane, (0, 0), 3)
        plane[plane < 1e-3] = 0
    return channels


def test_boxes_are_tight() -> None:
    plane = np.zeros((20, 30), np.float32)
    assert bounding_box(plane) == EMPTY_BOX and bounding_box(plane[:0]) == EMPTY_BOX
    plane[4, 7] = plane[9, 12] = 0.4
    assert bounding_box(plane) == Box(7, 4, 13, 10)
    assert bounding_box(plane, 0.4).empty
    assert Box(7, 4, 13, 10).grown(2, 1) == Box(5, 3, 15, 11)


def test_of_confined_planes_only_their_boxes_are_read() -> None:
    planes = np.zeros((3, 20, 30), np.float32)
    planes[0, 4, 7] = planes[0, 9, 12] = 0.4
    planes[1, 2, 3] = 0.9
    # not true of the second, so that it shows what is read
    given = confined(planes, [Box(5, 2, 20, 15), Box(10, 10, 20, 20), EMPTY_BOX])
    assert given is planes
    assert [bounding_box(plane) for plane in given] == [Box(7, 4, 13, 10), EMPTY_BOX, EMPTY_BOX]
    assert bounding_box(given[0], 0.4).empty
    assert bounding_box(given[0][3:10]) == Box(7, 1, 13, 7), "a part of a plane has no box of its own"
    with pytest.raises(ValueError, match="read-only"):
        given[0, 0, 0] = 1


def test_a_box_is_forgotten_with_its_plane() -> None:
    known = len(core.boxes._CONFINED)
    view = confined(np.zeros((2, 20, 30), np.float32), [EMPTY_BOX] * 2)[1]
    assert len(core.boxes._CONFINED) == known + 2
    assert bounding_box(view).empty
    del view
    assert len(core.boxes._CONFINED) == known
    # memory that is given again is read again
    for _ in range(20):
        assert bounding_box(np.ones((2, 20, 30), np.float32)[1]) == Box(0, 0, 30, 20)


@pytest.mark.parametrize("region", [Region(0, 0, 320, 180), Region(20.5, 8.25, 180.0, 101.25), Region(150, 80, 80, 45)])
def test_masks_are_cut_and_pasted_as_whole_pictures_are(region: Region) -> None:
    masks = np.concatenate([blobs(3), np.zeros((1, 180, 320), np.float32), np.ones((1, 180, 320), np.float32)])
    keeper = RegionKeeper(FRAME, CANVAS, RegionSettings())
    cut = keeper.cut_masks(masks, region)
    np.testing.assert_allclose(cut, np.stack([keeper.cut(mask, region) for mask in masks]), atol=2e-2)
    x, y = region.width / CANVAS[0], region.height / CANVAS[1]
    matrix = np.array([[x, 0, region.left + x / 2 - 0.5], [0, y, region.top + y / 2 - 0.5]])
    whole = np.stack([cv2.warpAffine(plane, matrix, FRAME, flags=cv2.INTER_LINEAR) for plane in cut])
    # fixed-point interpolation rounds otherwise when it starts elsewhere
    np.testing.assert_allclose(keeper.paste(cut, region), whole, atol=2e-2)


def test_probabilities_and_labels_are_those_of_the_whole_frame() -> None:
    found = blobs(3)
    bounded = np.clip(found, 1e-6, 1 - 1e-6)
    odds = bounded / (1 - bounded)
    background = np.clip(np.prod(1 - bounded, axis=0), 1e-6, 1 - 1e-6)
    probabilities = soft_aggregate(found)
    np.testing.assert_allclose(probabilities, odds / (odds.sum(axis=0) + background / (1 - background)), atol=1e-5)
    best = np.concatenate([1 - probabilities.sum(axis=0, keepdims=True), probabilities]).argmax(axis=0)
    np.testing.assert_array_equal(exclusive_labels(probabilities, [2, 5, 9]), np.array([0, 2, 5, 9], np.uint8)[best])


def test_coarse_consistency_is_about_the_mean_of_the_fine_one() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (160, 240, 3), dtype=np.uint8)
    image = cv2.GaussianBlur(noise, (0, 0), 2)
    moved = np.roll(image, (3, 5), axis=(0, 1))
    moved[60:100, 80:140] = image[20:60, 10:70]
    flow = FlowEstimator().between(image, moved, Box(20, 10, 220, 150))
    backward, trust = flow.coarse((50, 35))
    np.testing.assert_allclose(backward, cv2.resize(flow.backward, (50, 35), interpolation=cv2.INTER_AREA))
    fine = round_trip_consistency(flow.find_forward(), flow.backward)
    mean = cv2.resize(fine, (50, 35), interpolation=cv2.INTER_AREA)
    assert np.abs(trust - mean).mean() < 0.05
    assert np.corrcoef(trust.ravel(), mean.ravel())[0, 1] > 0.9
