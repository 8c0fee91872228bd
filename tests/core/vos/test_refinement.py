"""The edge of a mask moves onto the edge of the picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from core.metrics import boundary_f, region_j
from core.vos.refinement import RefinementSettings, refine_probabilities


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
    plain = refine_probabilities(blunt, working, image, None)[0] > 0.5
    refined = refine_probabilities(blunt, working, image, RefinementSettings())[0] > 0.5
    assert plain.shape == refined.shape == image.shape[:2]
    assert iou(refined, inside) > 0.98
    assert 1 - iou(refined, inside) < 0.4 * (1 - iou(plain, inside))


def test_only_the_band_about_the_contour_changes() -> None:
    image, _ = scene((160, 120))
    # a bright thing far outside the mask looks like the object, and stays outside
    image[2:10, 2:10] = (200, 90, 40)
    share = disc(120, 160).astype(np.float32)[None]
    settings = RefinementSettings()
    refined = refine_probabilities(share, image, image, settings)[0]
    away = cv2.distanceTransform((share[0] > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    away += cv2.distanceTransform((share[0] < 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    far = away > settings.band + 1
    np.testing.assert_array_equal(refined[far], share[0][far])


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (53, 37)])
def test_any_size_and_empty_masks(size: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), 90, np.uint8)
    probabilities = np.stack([np.zeros(size[::-1]), np.ones(size[::-1])]).astype(np.float32)
    refined = refine_probabilities(probabilities, image, image, RefinementSettings())
    np.testing.assert_allclose(refined, probabilities, atol=1e-3)
    assert refine_probabilities(probabilities[:0], image, image).shape == (0, *size[::-1])


def test_in_the_band_it_is_the_guided_filter_of_the_whole_picture() -> None:
    image, _ = scene((48, 40))
    share = cv2.GaussianBlur(disc(40, 48).astype(np.float32), (0, 0), 1.5)
    settings = RefinementSettings(radius=2, band=3.0)
    inside = (share > 0.5).astype(np.uint8)
    away = cv2.distanceTransform(inside, cv2.DIST_L2, 3) + cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    weight = np.clip(settings.band + 1 - away, 0, 1)
    weight *= np.minimum(1, (1 - np.abs(2 * share - 1)) / 0.25)
    expected = share + weight * (np.clip(guided_filter(image / 255, share, settings), 0, 1) - share)
    refined = refine_probabilities(share[None], image, image, settings)[0]
    np.testing.assert_allclose(refined, expected, atol=1e-4)
    assert np.abs(refined - share).max() > 0.2


def guided_filter(guide: np.ndarray, share: np.ndarray, settings: RefinementSettings) -> np.ndarray:
    """As He et al. write it, window by window."""
    r, (height, width) = settings.radius, share.shape
    guides = np.pad(guide, ((r, r), (r, r), (0, 0)), mode="reflect")
    probabilities = np.pad(share, r, mode="reflect")
    slopes, offsets = np.zeros((height, width, 3)), np.zeros((height, width))
    for y in range(height):
        for x in range(width):
            colours = guides[y : y + 2 * r + 1, x : x + 2 * r + 1].reshape(-1, 3)
            values = probabilities[y : y + 2 * r + 1, x : x + 2 * r + 1].ravel().astype(np.float64)
            spread = np.cov(colours.T, bias=True) + settings.smoothness * np.eye(3)
            both = ((colours - colours.mean(0)) * (values - values.mean())[:, None]).mean(0)
            slopes[y, x] = np.linalg.solve(spread, both)
            offsets[y, x] = values.mean() - slopes[y, x] @ colours.mean(0)
    side, border = (2 * r + 1, 2 * r + 1), cv2.BORDER_REFLECT_101
    mean = np.stack([cv2.blur(slopes[..., index], side, borderType=border) for index in range(3)], axis=2)
    return (mean * guide).sum(axis=2) + cv2.blur(offsets, side, borderType=border)


def cluttered(seed: int, size: tuple[int, int] = (160, 120)) -> tuple[np.ndarray, np.ndarray]:
    """A picture whose edges are not the object's, and an object with thin parts and a hole."""
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(noise, (0, 0), 3)
    mask = disc(size[1], size[0]).astype(np.uint8)
    cv2.line(mask, (20, 20), (140, 90), 1, 2)
    cv2.circle(mask, (80, 60), 7, 0, -1)
    return picture, mask


@pytest.mark.parametrize("seed", range(3))
def test_a_true_mask_comes_out_as_it_went_in(seed: int) -> None:
    picture, mask = cluttered(seed)
    refined = refine_probabilities(mask[None].astype(np.float32), picture, picture, RefinementSettings())[0] > 0.5
    assert region_j(refined, mask > 0) == 1
    assert boundary_f(refined, mask > 0) == 1


@pytest.mark.parametrize("scale", [2, 4])
def test_a_true_mask_made_small_loses_nothing_by_refinement_that_enlarging_leaves(scale: int) -> None:
    """Where the picture shows the object's edge."""
    image, inside = scene((160 * scale, 120 * scale))
    working = cv2.resize(image, (160, 120), interpolation=cv2.INTER_AREA)
    small = cv2.resize(inside.astype(np.float32), (160, 120), interpolation=cv2.INTER_AREA)[None]
    plain = refine_probabilities(small, working, image, None)[0] > 0.5
    refined = refine_probabilities(small, working, image, RefinementSettings())[0] > 0.5
    assert region_j(refined, inside) >= region_j(plain, inside) - 1e-3
    assert boundary_f(refined, inside) >= boundary_f(plain, inside) - 1e-3
