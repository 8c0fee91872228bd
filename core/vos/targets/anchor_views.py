"""Augmented views of an anchor: mirrored, at a smaller and at a larger scale.

An object that turns resembles its mirror image, and one that comes closer shows details that were too small before:
with these views in memory they are recognised (test-time augmentation, applied to the reference frame rather than to
the query frame).
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from core.types import Floats, Image

VIEWS = 3
"""Number of views."""
_SCALES = (0.7, 1.4)
"""Scale factors of the smaller and the larger view."""
_PRESENT = 0.5


def views_of(image: Image, masks: Floats) -> Iterator[tuple[Image, Floats]]:
    """Views of a picture (h, w, 3) uint8 RGB with its masks (K, h, w) in [0, 1], each of the same shapes, made one at a
    time: mirrored, then scaled, with the middle of all that is masked in the middle. None if no mask has a pixel.
    """
    height, width = image.shape[:2]
    rows, columns = np.nonzero((masks > _PRESENT).any(axis=0))
    if not len(rows):
        return
    yield np.ascontiguousarray(image[:, ::-1]), np.ascontiguousarray(masks[..., ::-1])
    for scale in _SCALES:
        across, down = width / 2 - scale * columns.mean(), height / 2 - scale * rows.mean()
        moved = np.array([[scale, 0, across], [0, scale, down]], np.float32)
        seen = cv2.warpAffine(image, moved, (width, height), borderMode=cv2.BORDER_REPLICATE)
        yield np.asarray(seen, np.uint8), np.stack([cv2.warpAffine(mask, moved, (width, height)) for mask in masks])
