"""The separate pieces that a mask is made of."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def pieces_at(mask: NDArray[np.bool_], marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pieces of a mask (H, W) that have a pixel of what is marked (H, W); those that touch at a corner are one."""
    found = np.zeros_like(mask)
    x, y, width, height = cv2.boundingRect(mask.view(np.uint8))
    if not width:
        return found
    # a piece of the picture is soon searched, all of it is not
    there = np.s_[y : y + height, x : x + width]
    part = np.ascontiguousarray(mask[there])
    count, pieces = cv2.connectedComponents(part.view(np.uint8), connectivity=8)
    meant = np.zeros(count, np.bool_)
    meant[pieces[marked[there] & part]] = True
    found[there] = meant[pieces]
    return found
