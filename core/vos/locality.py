"""Nothing jumps: pieces of a mask that turn up away from where the object just was are not it.

Matching finds what looks alike anywhere in the picture, a red car in a red poster; taken in once, it is in memory and
vouches for more. An object's own new parts grow out of what is already known of it, or move as it does: a head that
comes out on the other side of a tree. Unless another object was there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from core.types import Box
from core.vos.extents import extent, grown
from core.vos.target import Floats

_PRESENT = 0.5
_REACH = 0.1
"""How far from the carried mask a piece may begin, in square roots of the mask's area."""
_LEAST_REACH = 3.0
_ENOUGH = 0.5
"""How much of the carried mask's area must be found in its place for pieces elsewhere to be none of it."""
_MOVES_ALONG = 0.2
"""Mean affinity to the object's motion from which on a piece apart is believed to be of it."""
_LEAP = 0.6
"""How far off such a piece may begin, in square roots of the mask's area."""
_RIM = 3
"""Pixels of the soft rim that goes with a piece."""
_SKIRT = np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)


def keep_near(found: Floats, warped: Floats, affinity: Floats) -> Floats:
    """Probabilities (K, h, w) in [0, 1] less the pieces that lie apart from the warped masks (K, h, w).

    `affinity` (K, h / s, w / s) in [-1, 1] is how much better the object's motion explains a place than that of the
    rest does, zero where it is not known (`core.vos.motion_cues`). An object that nothing leads to (no pixel of its
    warped mask reaches one half) is left as it is: it may be anywhere.
    """
    kept = found
    for place, (mask, carried, alike) in enumerate(zip(found, warped, affinity, strict=True)):
        inside, before = extent(mask, _PRESENT), extent(carried, _PRESENT)
        if inside.empty or before.empty:
            continue
        # with room for the soft rim
        box = grown(inside.union(before), _RIM, _RIM).clipped(mask.shape[1], mask.shape[0])
        free = partial(_free, alike, warped, place, box)
        near = _keep(mask[box.slices], carried[box.slices], free)
        if near is not None:
            kept = kept.copy() if kept is found else kept
            kept[place][box.slices] = near
    return kept


def _free(affinity: Floats, warped: Floats, place: int, box: Box) -> Floats:
    """The affinity in a box of the planes, at full size; the least possible where another object was."""
    large: Floats = cv2.resize(affinity, warped.shape[:0:-1], interpolation=cv2.INTER_LINEAR)[box.slices].copy()
    for other, carried in enumerate(warped):
        if other != place:
            large[carried[box.slices] > _PRESENT] = -1
    return large


def _keep(mask: Floats, carried: Floats, find_affinity: Callable[[], Floats]) -> Floats | None:
    """The mask less what lies apart; None if all of it stays."""
    parts, names, stats, _ = cv2.connectedComponentsWithStats((mask > _PRESENT).astype(np.uint8), connectivity=8)
    if parts <= 2:
        return None
    before = (carried > _PRESENT).astype(np.uint8)
    area = int(np.count_nonzero(before))
    distance = cv2.distanceTransform(1 - before, cv2.DIST_L2, 3)
    is_near = np.zeros(parts, bool)
    is_near[names[distance <= max(_LEAST_REACH, _REACH * area**0.5)]] = True
    is_near[0] = True
    if is_near.all() or stats[1:, cv2.CC_STAT_AREA][is_near[1:]].sum() < _ENOUGH * area:
        # a small fast thing may have left its place altogether: then the flow is wrong, not the network
        return None
    sums = np.bincount(names.ravel(), find_affinity().ravel(), minlength=parts)
    within = np.zeros(parts, bool)
    within[names[distance <= _LEAP * area**0.5]] = True
    is_near |= within & (sums > _MOVES_ALONG * stats[:, cv2.CC_STAT_AREA])
    away = cv2.dilate((~is_near)[names].astype(np.uint8), _SKIRT) > 0
    return np.where(away & ~(is_near[names] & (names > 0)), np.float32(0), mask)
