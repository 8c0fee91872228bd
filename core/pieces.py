"""The connected components of a mask."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box


def pieces_at(mask: NDArray[np.bool_], marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pieces of a mask (H, W) that have a pixel of what is marked (H, W); those that touch at a corner are one."""
    found = np.zeros_like(mask)
    box = bounding_box(mask)
    if box.empty:
        return found
    # a piece of the picture is soon searched, all of it is not
    there = box.slices
    part = np.ascontiguousarray(mask[there])
    count, pieces = cv2.connectedComponents(part.view(np.uint8), connectivity=8)
    meant = np.zeros(count, np.bool_)
    meant[pieces[marked[there] & part]] = True
    found[there] = meant[pieces]
    return found
