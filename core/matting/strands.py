"""Fine structure next to a mask, such as hair: where the picture, not the mask, says how far the unknown band goes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.matting.trimap import signed_distance
from core.types import Image

_REACH = 8.0
"""Bands beyond the contour in which strands are looked for."""
SEEN = 36.0
"""Bands beyond it that are examined, to know the ground."""
_SHARE = 0.12
"""How much of the object's colour a pixel must have on top of the ground's."""
_APART = 30.0
"""Levels of 255 by which the two have to differ there; else nothing is known."""
_DENSER = 2.0
"""Times as much of it near the contour as further away; else the ground itself is textured."""


def strands(image: Image, mask: NDArray[np.bool_], band: float) -> NDArray[np.bool_]:
    """What to take for unknown besides a band of half width `band`, (H, W) bool: pixels outside the mask that have some
    of the colour that the object has nearby, in pieces that are joined to it. `image` is (H, W, 3) uint8 RGB.
    """
    nothing = np.zeros(mask.shape, np.bool_)
    reach = _REACH * band
    distance = signed_distance(mask)
    ring = (distance < 0) & (distance >= -reach)
    far = (distance < -3 * reach) & (distance >= -SEEN * band)
    if not ring.any() or not (distance > band).any():
        return nothing
    smooth = cv2.GaussianBlur(image, (0, 0), 0.6).astype(np.float32)
    window = 2 * round(2 * reach) + 1
    front = _mean(smooth, distance > band / 2, window)
    # the ground is what lies there apart from strands, which are thin: the median of neighbours
    small = 2 * max(3, round(2 * band)) + 1
    behind = cv2.medianBlur(np.where(mask[..., None], 0, image).astype(np.uint8), min(small, 31)).astype(np.float32)
    behind = np.where((distance < -small / 2)[..., None], behind, _mean(smooth, distance < -band, 2 * small + 1))
    way = front - behind
    length = (way**2).sum(axis=2)
    share = ((smooth - behind) * way).sum(axis=2) / np.maximum(length, 1)
    fine = (share > _SHARE) & (length > _APART**2) & ~mask
    if far.any() and fine[ring].mean() < _DENSER * fine[far].mean():
        return nothing
    near = (fine & (distance >= -reach)).astype(np.uint8)
    _, pieces = cv2.connectedComponents(near)
    joined = np.unique(pieces[(distance >= -band) & (near > 0)])
    chosen = np.isin(pieces, joined[joined > 0]).astype(np.uint8)
    grown = cv2.dilate(chosen, np.ones((3, 3), np.uint8)) > 0
    return np.asarray(grown & ring, np.bool_)


def _mean(picture: NDArray[np.float32], where: NDArray[np.bool_], window: int) -> NDArray[np.float32]:
    """The mean of pixels that are chosen, in a window."""
    weight = where.astype(np.float32)
    total = cv2.blur(picture * weight[..., None], (window, window))
    return np.asarray(total / np.maximum(cv2.blur(weight, (window, window)), 1e-4)[..., None], np.float32)
