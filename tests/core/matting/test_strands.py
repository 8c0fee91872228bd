"""An automatic band goes where the picture shows hair, and alpha stands still where the picture does."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.mattes import scene
from core.matting import FrameBefore, MatteSettings, soft_alpha
from core.matting.strands import strands
from core.matting.trimap import OUTSIDE, trimap
from core.types import Image

SIZE = 320
FINE = MatteSettings(refinement="fine")


def as_followed(alpha: NDArray[np.float32]) -> NDArray[np.bool_]:
    """The mask as an engine has it: without strands."""
    return cv2.morphologyEx((alpha > 0.5).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)) > 0


@pytest.mark.parametrize(("name", "share"), [("hair", 0.9), ("fur", 0.7)])
def test_strands_beside_the_mask_are_found(name: str, share: float) -> None:
    image, truth, _, _ = scene(name, SIZE)
    mask = as_followed(truth)
    band = FINE.band_for(SIZE, SIZE)
    narrow, wide = (
        float(np.abs(soft_alpha(image, mask, settings) - truth).sum())
        for settings in (MatteSettings(band=band, refinement="fine"), FINE)
    )
    assert wide < share * narrow


def test_a_plain_edge_gets_no_more_than_its_band() -> None:
    rows, columns = np.mgrid[:SIZE, :SIZE]
    mask = np.hypot(columns - 160, rows - 160) < 80
    image = np.where(mask[..., None], (200, 120, 60), (40, 60, 90)).astype(np.uint8)
    image = np.clip(image + np.random.default_rng(1).normal(0, 2, image.shape), 0, 255).astype(np.uint8)
    beyond = strands(image, mask, 3) & (trimap(mask, 3) == OUTSIDE)
    assert beyond.sum() < 0.002 * mask.sum()


def test_ground_like_the_object_is_no_hair() -> None:
    rng = np.random.default_rng(2)
    # leaves before leaves
    image = cv2.resize(rng.integers(0, 256, (SIZE // 4, SIZE // 4, 3)).astype(np.uint8), (SIZE, SIZE))
    mask = np.zeros((SIZE, SIZE), np.bool_)
    mask[120:200, 120:200] = True
    assert not strands(np.asarray(image, np.uint8), mask, 3).any()


def test_masks_of_nothing_and_everything() -> None:
    image = np.zeros((40, 60, 3), np.uint8)
    assert not strands(image, np.zeros((40, 60), np.bool_), 2).any()
    assert not strands(image, np.ones((40, 60), np.bool_), 2).any()


def test_alpha_stands_still_where_the_picture_does() -> None:
    image, truth, _, _ = scene("hair", SIZE)
    again: Image = scene("hair", SIZE, 1)[0]
    mask = as_followed(truth)
    first = soft_alpha(image, mask, FINE)
    alone = soft_alpha(again, mask, FINE)
    after = soft_alpha(again, mask, FINE, before=FrameBefore(image, first))
    mixed = (first > 0) & (first < 1)
    flicker = {name: float(np.abs(found - first)[mixed].mean()) for name, found in (("alone", alone), ("after", after))}
    assert flicker["after"] < 0.5 * flicker["alone"]
    assert flicker["after"] <= 0.02


def test_what_moves_leaves_no_trail() -> None:
    rows, columns = np.mgrid[:120, :160]

    def frame(x: int) -> tuple[Image, NDArray[np.bool_]]:
        mask = np.hypot(columns - x, rows - 60) < 25
        return np.where(mask[..., None], (220, 120, 40), (30, 60, 90)).astype(np.uint8), mask

    before: FrameBefore | None = None
    for x in (50, 62, 74):
        image, mask = frame(x)
        alpha = soft_alpha(image, mask, FINE, before=before)
        before = FrameBefore(image, alpha)
        assert np.abs(alpha - mask)[np.abs(np.hypot(columns - x, rows - 60) - 25) > 3].max() < 0.02
