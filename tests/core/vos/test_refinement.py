"""The edge of a mask moves onto the edge of the picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.vos.refinement import RefinementSettings, refine_shares


def disc(height: int, width: int, share: float = 0.25) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return np.hypot((x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5) < share


def scene(size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    inside = disc(size[1], size[0])
    image = np.where(inside[..., None], (200, 90, 40), (60, 110, 70)).astype(np.uint8)
    noise = np.random.default_rng(0).integers(-6, 7, image.shape)
    return (image + noise).astype(np.uint8), inside


def iou(one: np.ndarray, two: np.ndarray) -> float:
    return (one & two).sum() / (one | two).sum()


@pytest.mark.parametrize("scale", [1, 3])
def test_a_blunt_mask_becomes_as_sharp_as_the_picture(scale: int) -> None:
    image, inside = scene((160 * scale, 120 * scale))
    working = cv2.resize(image, (160, 120), interpolation=cv2.INTER_AREA)
    blunt = np.roll(disc(120, 160, 0.26), 1, axis=1).astype(np.float32)[None]
    blunt = np.stack([cv2.GaussianBlur(blunt[0], (0, 0), 1.5)])
    plain = refine_shares(blunt, working, image, None)[0] > 0.5
    refined = refine_shares(blunt, working, image, RefinementSettings())[0] > 0.5
    assert plain.shape == refined.shape == image.shape[:2]
    assert iou(refined, inside) > 0.98
    assert 1 - iou(refined, inside) < 0.4 * (1 - iou(plain, inside))


def test_only_the_band_about_the_contour_changes() -> None:
    image, _ = scene((160, 120))
    # a bright thing far outside the mask looks like the object, and stays outside
    image[2:10, 2:10] = (200, 90, 40)
    share = disc(120, 160).astype(np.float32)[None]
    settings = RefinementSettings()
    refined = refine_shares(share, image, image, settings)[0]
    away = cv2.distanceTransform((share[0] > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    away += cv2.distanceTransform((share[0] < 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    far = away > settings.band + 1
    np.testing.assert_array_equal(refined[far], share[0][far])


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (53, 37)])
def test_any_size_and_empty_masks(size: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), 90, np.uint8)
    shares = np.stack([np.zeros(size[::-1]), np.ones(size[::-1])]).astype(np.float32)
    refined = refine_shares(shares, image, image, RefinementSettings())
    np.testing.assert_allclose(refined, shares, atol=1e-3)
    assert refine_shares(shares[:0], image, image).shape == (0, *size[::-1])
