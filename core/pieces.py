"""The separate pieces that a mask is made of."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def pieces_at(mask: NDArray[np.bool_], marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pieces of a mask (H, W) that have a pixel of what is marked (H, W); those that touch at a corner are one."""
    _count, pieces = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)
    meant = np.unique(pieces[marked & mask])
    found: NDArray[np.bool_] = np.isin(pieces, meant[meant > 0])
    return found
