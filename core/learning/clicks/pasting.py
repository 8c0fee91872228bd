"""One crop's object pasted into another crop, so that one of two touching objects is the target."""

from __future__ import annotations

import cv2
import numpy as np

from core.learning.clicks.cutting import LEAST_SHARE, MOST_SHARE
from core.types import Floats, Image, LabelMap

_LEAST_LEFT = 0.35
"""Fraction of the covered object that must stay visible."""
_LEAST_SET_IN = 0.01
"""Least area of the pasted object, as a fraction of the crop's."""
_COVERED_MEANT = 0.6
"""Probability that the covered object is the target."""
_OFFSET = 20.0
"""Added to brightnesses before they are compared: dark crops are not made far too bright."""


def paste_object(
    rng: np.random.Generator, crop: tuple[Image, LabelMap], other: tuple[Image, LabelMap]
) -> tuple[Image, LabelMap] | None:
    """`other`'s object over `crop`, moved, made smaller and partly as bright as it; both are a picture (S, S, 3) uint8
    and a mask (S, S) uint8 of 0 and 1. Returns the picture and the mask of either object; None if too little of one of
    them would be seen.
    """
    picture, mask = crop
    side = len(picture)
    scale = rng.uniform(0.6, 1.0)
    shift = rng.uniform(-0.2, 0.2, 2) * side + (1 - scale) * side / 2
    way = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
    moved = cv2.warpAffine(other[0], way, (side, side), borderMode=cv2.BORDER_REFLECT)
    share: Floats = np.asarray(cv2.warpAffine(other[1].astype(np.float32), way, (side, side)), np.float32)
    over = share > 0.5
    left = (mask > 0) & ~over
    if left.sum() < _LEAST_LEFT * (mask > 0).sum() or over.mean() < _LEAST_SET_IN:
        return None
    meant = left if rng.random() < _COVERED_MEANT else over
    if not LEAST_SHARE < meant.mean() < MOST_SHARE:
        return None
    gain = np.clip((picture.mean() + _OFFSET) / (moved[over].mean() + _OFFSET), 0.6, 1.6) ** rng.uniform()
    # a rim as soft as a lens makes it, so that no seam shows what was pasted
    alpha = cv2.GaussianBlur(share, (0, 0), rng.uniform(0.7, 1.5))[..., None]
    made = picture * (1 - alpha) + np.clip(moved * gain, 0, 255) * alpha
    return np.asarray(np.clip(made, 0, 255), np.uint8), meant.astype(np.uint8)
