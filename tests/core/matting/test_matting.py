"""Soft edges on pictures whose true alpha and colours are known."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.matting import FrameBefore, MatteSettings, estimate_foreground, guided_filter, smooth_alphas, soft_alpha
from core.types import Image

SIZE = 96
FRONT, BACK = np.array([200, 60, 40], np.float32), np.array([30, 160, 70], np.float32)
Alpha = NDArray[np.float32]


def disc(x: float = 48, y: float = 48, radius: float = 24, softness: float = 3) -> Alpha:
    """A disc's true alpha, its edge `softness` pixels wide."""
    rows, columns = np.mgrid[:SIZE, :SIZE]
    return np.clip((radius - np.hypot(columns - x, rows - y)) / softness + 0.5, 0, 1).astype(np.float32)


def mixed(alpha: Alpha) -> Image:
    picture = alpha[..., None] * FRONT + (1 - alpha[..., None]) * BACK
    return np.rint(picture).astype(np.uint8)


def test_alpha_is_nearer_the_truth_than_the_mask() -> None:
    truth = disc()
    mask = truth > 0.5
    alpha = soft_alpha(mixed(truth), mask, MatteSettings(band=4))
    assert np.abs(alpha - truth).mean() < 0.5 * np.abs(mask - truth).mean()
    assert alpha.dtype == np.float32 and alpha.min() >= 0 and alpha.max() <= 1


def test_a_mask_that_misses_the_edge_is_pulled_to_it() -> None:
    truth = disc(softness=1)
    off = cv2.dilate((truth > 0.5).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    alpha = soft_alpha(mixed(truth), off, MatteSettings(band=5))
    assert np.abs(alpha - truth).mean() < 0.5 * np.abs(off - truth).mean()


def test_outside_the_band_the_mask_decides() -> None:
    generator = np.random.default_rng(1)
    noise = generator.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)
    mask = disc() > 0.5
    alpha = soft_alpha(noise, mask, MatteSettings(band=3))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))
    assert (alpha[cv2.erode(mask.astype(np.uint8), kernel) > 0] == 1).all()
    assert (alpha[cv2.dilate(mask.astype(np.uint8), kernel) == 0] == 0).all()


def test_no_band_keeps_the_mask() -> None:
    mask = disc() > 0.5
    np.testing.assert_array_equal(soft_alpha(mixed(disc()), mask, MatteSettings(band=0)), mask.astype(np.float32))


@pytest.mark.parametrize("mask", [np.zeros((SIZE, SIZE), bool), np.ones((SIZE, SIZE), bool)])
def test_nothing_and_everything(mask: NDArray[np.bool_]) -> None:
    alpha = soft_alpha(mixed(disc()), mask, MatteSettings(choke=2))
    np.testing.assert_array_equal(alpha, mask.astype(np.float32))


@pytest.mark.filterwarnings("error")
def test_an_object_that_fills_the_frame_has_no_edge_after_one_that_had() -> None:
    whole = np.ones((SIZE, SIZE), np.bool_)
    before = FrameBefore(mixed(disc()), disc())
    assert (soft_alpha(mixed(disc()), whole, MatteSettings(refinement="fine"), before=before) == 1).all()


def test_choke_and_feather() -> None:
    mask, image = disc() > 0.5, mixed(disc())
    area = [soft_alpha(image, mask, MatteSettings(band=0, choke=choke)).sum() for choke in (-3, 0, 3)]
    radii = np.sqrt(np.array(area) / np.pi)
    assert radii == pytest.approx([27, 24, 21], abs=0.6)
    soft = soft_alpha(image, mask, MatteSettings(band=0, feather=2))
    assert soft[48, 48 + 24] == pytest.approx(0.5, abs=0.12)
    assert 0 < soft[48, 48 + 27] < 0.2


def test_an_object_leaving_the_frame_is_solid_at_the_border() -> None:
    truth = disc(x=0)
    alpha = soft_alpha(mixed(truth), truth > 0.5, MatteSettings(band=4))
    assert alpha[48, 0] == 1


def test_foreground_has_no_fringe() -> None:
    truth = disc(softness=8)
    front = estimate_foreground(mixed(truth), truth, radius=12)
    edge = (truth > 0.1) & (truth < 0.9)
    weighted = truth[..., None] * np.abs(front - FRONT)
    assert weighted.max() < 10, "what shows in a composite"
    assert weighted[edge].mean() < 5
    assert np.abs(mixed(truth)[edge] - FRONT).mean() > 40
    near = (truth == 0) & (cv2.dilate(truth, np.ones((9, 9), np.uint8)) > 0)
    assert np.abs(front[near] - FRONT).mean() < 12, "the colour is spread on past the edge"


def test_foreground_keeps_opaque_pixels_and_depth() -> None:
    truth = disc()
    deep = mixed(truth).astype(np.uint16) * 257
    front = estimate_foreground(deep, truth)
    assert front.dtype == np.uint16
    np.testing.assert_array_equal(front[truth == 1], deep[truth == 1])
    assert not estimate_foreground(deep, np.zeros_like(truth)).any()


def test_guided_filter_of_a_flat_guide_is_a_blur() -> None:
    plane = disc(softness=1)
    flat = np.full((SIZE, SIZE, 3), 0.5, np.float32)
    blurred = cv2.blur(cv2.blur(plane, (9, 9), borderType=cv2.BORDER_REFLECT), (9, 9), borderType=cv2.BORDER_REFLECT)
    np.testing.assert_allclose(guided_filter(flat, plane, 4, 1e-4), blurred, atol=1e-4)


def test_smoothing_calms_chatter_and_leaves_no_trail() -> None:
    still = [(mixed(disc()), disc(radius=24 + (index % 2))) for index in range(8)]
    calm = list(smooth_alphas(iter(still), 2))
    assert len(calm) == len(still)

    def flicker(alphas: list[Alpha]) -> float:
        return float(np.mean([np.abs(after - before).mean() for before, after in itertools.pairwise(alphas)]))

    assert flicker(calm) < 0.4 * flicker([alpha for _, alpha in still])
    moving = [(mixed(disc(x=20 + 7 * index)), disc(x=20 + 7 * index)) for index in range(8)]
    for smoothed, (_, alpha) in zip(smooth_alphas(iter(moving), 2), moving, strict=True):
        assert np.abs(smoothed - alpha).max() < 0.25
        assert np.abs(smoothed - alpha).mean() < 0.002


def test_what_moves_over_a_ground_of_its_own_colour_leaves_no_trail() -> None:
    ground = np.full((80, 200, 3), 200, np.uint8)
    frames = []
    for index in range(5):
        alpha = np.zeros((80, 200), np.float32)
        alpha[20:60, 10 + 30 * index : 40 + 30 * index] = 1
        alpha[20:60, 9 + 30 * index] = 0.5
        frames.append((ground, alpha))
    for smoothed, (_, alpha) in zip(smooth_alphas(iter(frames), 2), frames, strict=True):
        beyond = cv2.dilate(alpha, np.ones((9, 9))) == 0
        assert smoothed[beyond].max() == 0, "the frames beside it lie where this one has nothing"
        assert smoothed[cv2.erode(alpha, np.ones((9, 9))) == 1].min() == 1, "nor do they thin it out inside"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
@pytest.mark.parametrize("radius", [0, 1, 3])
def test_smoothing_yields_one_alpha_a_frame(count: int, radius: int) -> None:
    frames = [(np.zeros((4, 4, 3), np.uint8), np.full((4, 4), index, np.float32)) for index in range(count)]
    assert len(list(smooth_alphas(iter(frames), radius))) == count
