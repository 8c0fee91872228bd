"""Trimaps from masks and the engine's confidence: sure foreground, sure background, and the unknown band between."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

OUTSIDE, UNKNOWN, INSIDE = 0, 128, 255
_RIND = 0.5
"""Share of a thin part's thickness, from its contour inwards, that may be unknown."""
_HAIR = 1.6
"""Half the thickness, in pixels, up to which a part of a mask is hair."""
_WIDEST = 4.0
"""The band of a mask that nobody trusts, in bands of a mask that is sure."""


def band_factor(confidence: float | None) -> float:
    """How much wider the unknown band is for a mask of some confidence in [0, 1]; None is a person's mask: 1."""
    if confidence is None or np.isnan(confidence):
        return 1.0
    return _WIDEST + (1.0 - _WIDEST) * min(1.0, max(0.0, confidence))


def trimap(mask: NDArray[np.bool_], half_width: float) -> NDArray[np.uint8]:
    """(H, W) uint8 of OUTSIDE, UNKNOWN, INSIDE: unknown is what is no further than `half_width` pixels from the
    contour of the mask, (H, W) bool. A mask that touches the frame's border has no contour there.

    The core of thin parts, such as legs, stays INSIDE however wide the band is: the inner half of what they are thick.
    Hair has no core.
    """
    distance = signed_distance(mask)
    result = np.where(distance > 0, np.uint8(INSIDE), np.uint8(OUTSIDE))
    window = np.ones((2 * int(np.ceil(half_width)) + 1,) * 2, np.uint8)
    thickness = np.asarray(cv2.dilate(np.maximum(distance, 0), window), np.float32)
    rind = np.where(thickness > _HAIR, np.minimum(half_width, _RIND * thickness), half_width)
    result[(distance > 0) & (distance <= rind)] = UNKNOWN
    result[(distance <= 0) & (distance >= -half_width)] = UNKNOWN
    return result


def signed_distance(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Distance to the contour in pixels, (H, W) float32: positive inside, negative outside.

    A mask that touches the frame's border has no contour there: objects that leave the picture are not eaten into.
    """
    values = mask.astype(np.uint8)
    if not values.any() or values.all():
        return np.full(mask.shape, 1e6 if values.any() else -1e6, np.float32)
    inner = np.asarray(cv2.distanceTransform(values, cv2.DIST_L2, 5), np.float32)
    outer = np.asarray(cv2.distanceTransform(1 - values, cv2.DIST_L2, 5), np.float32)
    return np.where(mask, inner - np.float32(0.5), np.float32(0.5) - outer)
