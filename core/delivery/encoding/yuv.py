"""RGB to YUV 4:2:0 by the book: FFmpeg's scaler is a level off in full range, which shows as three in RGB."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.colour import LUMA_PARTS
from core.types import Image


def to_yuv420(image: Image, matrix: str, full_range: bool) -> NDArray[np.uint8]:
    """The picture, (H, W, 3) uint8 RGB of even size, as (H * 3 / 2, W) uint8: planes Y, U and V one after the other.

    `matrix` is a name such as "bt709". Chroma lies on the left of each pair of columns, where H.264 and HEVC have it.
    """
    red, blue = LUMA_PARTS[matrix]
    luma = np.array([red, 1 - red - blue, blue])
    difference_blue = (np.array([0, 0, 1]) - luma) / (2 * (1 - blue))
    difference_red = (np.array([1, 0, 0]) - luma) / (2 * (1 - red))
    luma_span, chroma_span, black = (255, 255, 0) if full_range else (219, 224, 16)
    rows = np.stack([luma * luma_span, difference_blue * chroma_span, difference_red * chroma_span]) / 255
    transform = np.hstack([rows, [[black], [128], [128]]]).astype(np.float32)
    stored = cv2.transform(image.astype(np.float32), transform)
    planes = [stored[..., 0].ravel()]
    for channel in (1, 2):
        wide = cv2.sepFilter2D(
            np.ascontiguousarray(stored[..., channel]),
            -1,
            np.array([0.25, 0.5, 0.25], np.float32),
            np.array([0, 0.5, 0.5], np.float32),
            borderType=cv2.BORDER_REPLICATE,
        )
        planes.append(wide[::2, ::2].ravel())
    values: NDArray[np.uint8] = np.clip(np.rint(np.concatenate(planes)), 0, 255).astype(np.uint8)
    return np.asarray(values.reshape(image.shape[0] * 3 // 2, image.shape[1]), np.uint8)
