"""Simulated clicks: in the centre of the object, then in the centre of the largest error region."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Box

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""
Click = tuple[float, float, bool]
"""x and y in pixels, and whether it is on the object."""

_EDGE = 2.5
"""Pixels from the edge of an object within which nobody clicks who means it."""


def next_click(truth: Mask, found: Mask, rng: np.random.Generator | None = None) -> Click | None:
    """The middle of the largest piece of what is wrong, (H, W) bool both, or somewhere about it, drawn from `rng`; None
    if nothing is. With nothing found yet, it is a click on the object.
    """
    best: tuple[float, Mask, bool] | None = None
    for wrong, inside in ((truth & ~found, True), (found & ~truth, False)):
        depth = distance_to_edge(wrong)
        deepest = float(depth.max())
        if deepest > 0 and (best is None or deepest > best[0]):
            best = deepest, depth >= (deepest if rng is None else rng.uniform(0.4, 1) * deepest), inside
    if best is None:
        return None
    rows, columns = np.nonzero(best[1])
    chosen = len(rows) // 2 if rng is None else int(rng.integers(len(rows)))
    return float(columns[chosen]), float(rows[chosen]), best[2]


def click_anywhere(truth: Mask, rng: np.random.Generator) -> Click:
    """A click somewhere on an object (H, W), but not on its very edge. There must be a pixel of it."""
    depth = distance_to_edge(truth)
    rows, columns = np.nonzero(depth >= min(_EDGE, float(depth.max())))
    chosen = int(rng.integers(len(rows)))
    return float(columns[chosen]), float(rows[chosen]), True


def loose_box(truth: Mask, rng: np.random.Generator) -> Box:
    """A box around an object as a person drags it: each side is off by up to a tenth."""
    rows, columns = np.nonzero(truth)
    height, width = truth.shape
    tall, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    x0, x1 = (edge + rng.uniform(-0.1, 0.1) * wide for edge in (columns.min(), columns.max() + 1))
    y0, y1 = (edge + rng.uniform(-0.1, 0.1) * tall for edge in (rows.min(), rows.max() + 1))
    left, top = round(x0), round(y0)
    return Box(left, top, max(left + 1, round(x1)), max(top + 1, round(y1))).clipped(width, height)


def distance_to_edge(mask: Mask) -> NDArray[np.float32]:
    """How far each pixel of a mask (H, W) lies from its edge, in pixels; the picture's own edge counts as one."""
    padded = np.pad(mask, 1).astype(np.uint8)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1], np.float32)
