"""Limits the growth of masks: pixels far from the object's former position are dropped where the network is uncertain.

New parts of an object move as the object does; pixels that move with the background need a higher probability. False
positives are seldom certain at first (measured, see docs/experiments.md).
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.types import Floats

_PRESENT = 0.5
_REACH = 0.1
"""How far from the warped mask a pixel has to be to count as grown, in square roots of the mask's area."""
_LEAST_REACH = 3.0
"""The same in pixels, of a small mask."""
_ENOUGH = 0.5
"""Share of the warped mask's area that must be found at its position: else the flow is taken to be wrong."""
_GROWTH = 0.05
"""Growth, as a share of the mask's area, up to which nothing is checked."""
_MOVES_WITH, _SURE = 0.5, 0.7
"""Affinity to the object's motion without which a cell beyond reach has to be found with this probability."""
_STAYS_BEHIND, _CERTAIN = -0.7, 0.85
"""Affinity below which a cell moves with the background, and the probability that it then needs."""

_RIM = 3
"""Pixels of a mask's soft rim."""


def limit_growth(found: Floats, warped: Floats, affinity: Floats) -> Floats:
    """Probabilities (K, h, w) in [0, 1] less what the objects have grown over of the rest since the warped masks
    (K, h, w); the very same array where there is no such thing.

    `affinity` (K, h / s, w / s) in [-1, 1] is how much better the object's motion explains a cell than that of the
    rest does, zero where it is not known (`motion_cues`). An object that nothing leads to (no pixel of its warped mask
    reaches one half) is left as it is: it may be anywhere.
    """
    limited = found
    for index, (mask, carried, alike) in enumerate(zip(found, warped, affinity, strict=True)):
        inside, before = bounding_box(mask, _PRESENT), bounding_box(carried, _PRESENT)
        if inside.empty or before.empty:
            continue
        # with room for the soft rim of what goes
        box = inside.union(before).grown(_RIM, _RIM).clipped(mask.shape[1], mask.shape[0])
        over = _grown_over(mask[box.slices], carried[box.slices])
        if over is None:
            continue
        large = cv2.resize(alike, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)[box.slices]
        needed = np.where(large < _STAYS_BEHIND, _CERTAIN, np.where(large < _MOVES_WITH, _SURE, 0))
        unsure = over & (mask[box.slices] < needed)
        if (unsure & (mask[box.slices] > _PRESENT)).any():
            limited = limited.copy() if limited is found else limited
            limited[index][box.slices][unsure] = 0
    return limited


def _grown_over(mask: Floats, carried: Floats) -> NDArray[np.bool_] | None:
    """Where the object is beyond reach of where it was; None where it has hardly grown, or is somewhere else."""
    present, before = mask > _PRESENT, carried > _PRESENT
    area = int(np.count_nonzero(before))
    both = int(np.count_nonzero(present & before))
    if np.count_nonzero(present) - both <= _GROWTH * area or both < _ENOUGH * area:
        return None
    distance = cv2.distanceTransform((~before).astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(distance > max(_LEAST_REACH, _REACH * math.sqrt(area)))
