"""F against a slow transcription of its definition, and its conventions."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.metrics import boundary_f, boundary_map, boundary_radius


def contour_by_definition(mask: np.ndarray) -> np.ndarray:
    height, width = mask.shape
    contour = np.zeros_like(mask)
    for y in range(height):
        for x in range(width):
            others = []
            if x + 1 < width:
                others.append((y, x + 1))
            if y + 1 < height:
                others.append((y + 1, x))
            if x + 1 < width and y + 1 < height:
                others.append((y + 1, x + 1))
            contour[y, x] = any(mask[y, x] != mask[other] for other in others)
    return contour


def f_by_definition(result: np.ndarray, truth: np.ndarray) -> float:
    radius = boundary_radius(*truth.shape)
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disk = (x * x + y * y <= radius * radius).astype(np.uint8)
    found, wanted = contour_by_definition(result), contour_by_definition(truth)
    near = [
        cv2.dilate(one.astype(np.uint8), disk, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0
        for one in (found, wanted)
    ]
    precision = (found & near[1]).sum() / found.sum()
    recall = (wanted & near[0]).sum() / wanted.sum()
    return 2 * precision * recall / (precision + recall)


def blob(seed: int, shape: tuple[int, int]) -> np.ndarray:
    noise = np.random.default_rng(seed).random(shape).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), min(shape) / 9)
    return smooth > np.quantile(smooth, 0.7)


@pytest.mark.parametrize("shape", [(160, 284), (61, 47), (200, 120)])
@pytest.mark.parametrize("seed", range(3))
def test_equals_the_definition(shape: tuple[int, int], seed: int) -> None:
    """The blobs touch the frame's edges, where cropping could go wrong."""
    truth = blob(seed, shape)
    result = np.roll(truth, (seed + 1, 2 * seed - 3), axis=(0, 1)) | (blob(seed + 50, shape) & truth)
    assert boundary_f(result, truth) == pytest.approx(f_by_definition(result, truth), abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_contour_equals_the_definition(seed: int) -> None:
    mask = blob(seed, (40, 53))
    np.testing.assert_array_equal(boundary_map(mask), contour_by_definition(mask))


def test_radius_of_480p_is_eight_pixels() -> None:
    assert boundary_radius(480, 854) == 8
    assert boundary_radius(10, 10) == 1


def test_the_disk_is_exact() -> None:
    """Seven and four pixels off is outside x² + y² <= 64 by one; OpenCV's elliptic kernel has that pixel."""
    truth = np.zeros((480, 854), bool)
    truth[200, 300] = True
    for down, across, expected in ((5, 6, 1.0), (0, 8, 1.0), (7, 4, 0.0), (4, 7, 0.0), (0, 12, 0.0)):
        result = np.zeros_like(truth)
        result[200 + down, 300 + across] = True
        near = boundary_f(result, truth)
        # the contours are 2 x 2 dots, so that a part of them may be near when the middle is not
        assert near == 1.0 if expected else near < 1.0


def test_empty_masks() -> None:
    empty, full = np.zeros((30, 40), bool), np.ones((30, 40), bool)
    some = empty.copy()
    some[5:10, 5:10] = True
    assert boundary_f(empty, empty) == 1
    assert boundary_f(some, empty) == 0
    assert boundary_f(empty, some) == 0
    assert boundary_f(full, full) == 1
    assert boundary_f(full, empty) == 1, "a mask that covers the frame has no contour either"
    assert boundary_f(some, full) == 0
