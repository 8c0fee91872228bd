"""Trimaps and closed-form matting, on hair whose alpha is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.matting import MatteSettings, band_factor, closed_form_alpha, soft_alpha, trimap
from core.matting.closed_form import MattingLaplacian
from core.matting.trimap import INSIDE, OUTSIDE, UNKNOWN
from core.types import Image

SIZE = 192


def hairy() -> tuple[Image, NDArray[np.float32]]:
    """A ball with hair on uneven ground, and its true alpha."""
    random = np.random.default_rng(1)
    large, middle = np.zeros((4 * SIZE, 4 * SIZE), np.uint8), 2 * SIZE
    cv2.circle(large, (middle, middle), SIZE, 255, -1)
    for _ in range(90):
        turn = random.uniform(0, 2 * np.pi)
        bent, length = turn + random.uniform(-0.08, 0.08), SIZE * random.uniform(1.02, 1.12)
        root = (int(middle + 0.95 * SIZE * np.cos(turn)), int(middle + 0.95 * SIZE * np.sin(turn)))
        tip = (int(middle + length * np.cos(bent)), int(middle + length * np.sin(bent)))
        cv2.line(large, root, tip, 255, 3, cv2.LINE_AA)
    alpha = cv2.resize(large, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    y, x = np.mgrid[:SIZE, :SIZE]
    ground = np.stack([60 + 30 * np.sin(x / 17), 90 + 40 * np.cos(y / 23), 170 + 30 * np.sin((x + y) / 31)], -1)
    ball = np.stack([200 + 20 * np.sin(y / 19), 140 + 20 * np.cos(x / 13), 60 + 15 * np.sin(x / 29)], -1)
    mixed = alpha[..., None] * ball + (1 - alpha[..., None]) * ground + random.normal(0, 1.5, (SIZE, SIZE, 3))
    return np.clip(mixed, 0, 255).astype(np.uint8), alpha


@pytest.mark.parametrize("band", [4, 8])
def test_fine_finds_hair_that_fast_does_not(band: int) -> None:
    image, truth = hairy()
    mask = truth > 0.5
    unknown = trimap(mask, band) == UNKNOWN
    errors = {}
    for refinement in ("fast", "fine"):
        alpha = soft_alpha(image, mask, MatteSettings(band=band, refinement=refinement))
        assert alpha.min() >= 0
        assert alpha.max() <= 1
        errors[refinement] = float(np.abs(alpha - truth)[unknown].mean())
    # alpha is now that of "fine": what is sure is as the mask has it
    np.testing.assert_array_equal(alpha[~unknown], mask[~unknown])
    assert errors["fine"] < 0.6 * errors["fast"]
    assert errors["fine"] < 0.01


def test_what_is_sure_stays_and_nothing_unknown_is_the_trimap(tmp_path: object) -> None:
    image, truth = hairy()
    tri = trimap(truth > 0.5, 5)
    alpha = closed_form_alpha(image, tri)
    assert (alpha[tri == INSIDE] == 1).all()
    assert (alpha[tri == OUTSIDE] == 0).all()
    tri[tri == UNKNOWN] = OUTSIDE
    np.testing.assert_array_equal(closed_form_alpha(image, tri), tri == INSIDE)


@pytest.mark.parametrize("radius", [1, 3])
def test_the_laplacian_is_that_of_the_paper(radius: int) -> None:
    """Against the sum over windows, written out, on a picture small enough for it."""
    random = np.random.default_rng(2)
    image = random.integers(0, 256, (9, 7, 3)).astype(np.uint8)
    height, width = image.shape[:2]
    colours = image.reshape(-1, 3) / 255
    matrix = np.zeros((height * width, height * width))
    for y in range(height):
        for x in range(width):
            rows, columns = np.meshgrid(
                np.arange(max(0, y - radius), min(height, y + radius + 1)),
                np.arange(max(0, x - radius), min(width, x + radius + 1)),
                indexing="ij",
            )
            window = (rows * width + columns).ravel()
            centred = colours[window] - colours[window].mean(axis=0)
            covariance = centred.T @ centred / len(window) + 1e-5 * np.eye(3)
            affinity = (1 + centred @ np.linalg.inv(covariance) @ centred.T) / len(window)
            matrix[np.ix_(window, window)] += np.eye(len(window)) - affinity
    laplacian = MattingLaplacian(image, radius)
    plane = random.random((height, width)).astype(np.float32)
    np.testing.assert_allclose(laplacian(plane).ravel(), matrix @ plane.ravel(), atol=2e-2)
    np.testing.assert_allclose(laplacian(np.ones_like(plane)), 0, atol=1e-3)


def test_a_trimap_is_a_band_around_the_contour() -> None:
    mask = np.zeros((40, 60), bool)
    mask[10:30, 20:60] = True
    tri = trimap(mask, 3)
    assert tri[20, 40] == INSIDE
    assert tri[20, 5] == OUTSIDE
    assert (tri[20, 17:23] == UNKNOWN).all()
    assert tri[20, 16] == OUTSIDE
    assert tri[20, 23] == INSIDE
    thin = np.zeros((40, 60), bool)
    thin[17:23, 5:55] = True
    assert (trimap(thin, 6)[19:21, 12:48] == INSIDE).all()
    assert (trimap(thin, 6)[17, 12:48] == UNKNOWN).all()
    # the object leaves the picture at the right: there is no contour there
    assert tri[20, 59] == INSIDE


def test_a_mask_that_is_not_sure_gets_a_wider_band() -> None:
    assert band_factor(None) == band_factor(1.0) == band_factor(float("nan")) == 1
    assert band_factor(0.5) == pytest.approx(2.5)
    assert band_factor(0) == 4
    automatic = MatteSettings()
    widths = [automatic.band_for(1920, 1080, confidence) for confidence in (None, 0.9, 0.5, 0.1)]
    assert widths == sorted(widths)
    assert widths[-1] > 3 * widths[0]
    assert MatteSettings(band=3).band_for(1920, 1080, 0.1) == 3
    image, truth = hairy()
    mask = truth > 0.5
    soft = [
        np.count_nonzero((alpha > 0.02) & (alpha < 0.98))
        for alpha in (soft_alpha(image, mask, automatic, confidence) for confidence in (1.0, 0.0))
    ]
    assert soft[1] > soft[0]
