"""Areas of similar colour around a pixel, for bucket fill and magic wand."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks.patch import Patch
from core.types import Image


def similar_area(
    image: Image,
    seed: tuple[int, int],
    tolerance: int,
    contiguous: bool = True,
    allowed: NDArray[np.bool_] | None = None,
) -> Patch:
    """The pixels whose colour is that of the pixel `seed` (x, y), give or take `tolerance` in each channel.

    `image` is (H, W, 3) uint8 RGB, `tolerance` in [0, 255]. If `contiguous`, only those joined with the seed through
    others of them (by sides, not corners). `allowed`, (H, W) bool, bounds the area; a seed outside of it gives an empty
    patch. Raises MaskError if the seed lies outside the image.
    """
    height, width = image.shape[:2]
    x, y = seed
    if not (0 <= x < width and 0 <= y < height):
        raise MaskError(
            "Pixel {x}, {y} lies outside the picture, which is {width} x {height}.",
            x=x,
            y=y,
            width=width,
            height=height,
        )
    if allowed is not None and not allowed[y, x]:
        return Patch.nothing()
    found = _joined(image, seed, tolerance, allowed) if contiguous else _similar(image, seed, tolerance, allowed)
    box = bounding_box(found)
    return Patch(box, found[box.slices].astype(np.bool_))


def _joined(
    image: Image, seed: tuple[int, int], tolerance: int, allowed: NDArray[np.bool_] | None
) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    # what is not zero stops the fill, and what is filled becomes 2: so the two can be distinguished afterwards
    mask = np.zeros((height + 2, width + 2), np.uint8)
    if allowed is not None:
        np.logical_not(allowed, out=mask[1:-1, 1:-1].view(np.bool_))
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (2 << 8)
    reach = (tolerance,) * 3
    # with MASK_ONLY the picture is only read, but OpenCV takes none that is not writable
    cv2.floodFill(np.require(image, requirements=("C", "W")), mask, seed, (0, 0, 0), reach, reach, flags)
    filled: NDArray[np.uint8] = (mask[1:-1, 1:-1] == 2).view(np.uint8)
    return filled


def _similar(
    image: Image, seed: tuple[int, int], tolerance: int, allowed: NDArray[np.bool_] | None
) -> NDArray[np.uint8]:
    colour = image[seed[1], seed[0]].astype(int)
    low, high = np.clip(colour - tolerance, 0, 255), np.clip(colour + tolerance, 0, 255)
    found: NDArray[np.uint8] = cv2.inRange(image, low.astype(np.uint8), high.astype(np.uint8))
    if allowed is not None:
        found[~allowed] = 0
    return found
