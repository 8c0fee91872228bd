"""Nothing jumps: pieces of a mask that turn up away from where the object just was are not it.

Matching finds what looks alike anywhere in the picture, a red car in a red poster; taken in once, it is in memory and
vouches for more. An object's own new parts grow out of what is already known of it, or move as it does and are known to
the anchors: a head that comes out on the other side of a tree. What a mask grows over a good way beyond where it was is
none of the object if the network is half-hearted about it, unless it moves as the object does; it has to be surer still
of what stays where the rest of the picture is. What it takes wrongly it is seldom sure of at first (measured, see
docs/experiments.md).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.types import Box, Floats, Image

_PRESENT = 0.5
_REACH = 0.1
"""How far from the carried mask a piece may begin, in square roots of the mask's area."""
_LEAST_REACH = 3.0
_ENOUGH = 0.5
"""How much of the carried mask's area must be found in its place for pieces elsewhere to be none of it."""
_MOVES_ALONG = 0.2
"""Mean affinity to the object's motion from which on a piece apart is believed to be of it."""
_KNOWN = 0.35
"""Mean vote of the anchors from which on such a piece is believed: an arm that plays with the dog moves, too."""
_LEAP = 0.6
"""How far off such a piece may begin, in square roots of the mask's area."""
_GROWTH = 0.05
"""How much a mask may grow, in parts of its area, before anybody asks over what."""
_MOVES_WITH, _SURE = 0.5, 0.7
"""Affinity to the object's motion without which a cell beyond reach has to be found with this probability."""
_STAYS_BEHIND, _CERTAIN = -0.7, 0.85
"""Affinity below which a cell moves as the rest of the picture does, and what that takes to be the object's."""
_RIM = 3
"""Pixels of the soft rim that goes with a piece."""
_SKIRT = np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)


def present_count(warped: Floats) -> Image:
    """At how many of the warped masks' objects (K, h, w), at most 255, each pixel lies, (h, w)."""
    return np.asarray(np.count_nonzero(warped > _PRESENT, axis=0), np.uint8)


def keep_near(
    found: Floats,
    warped: Floats,
    affinity: Floats,
    vouch: Callable[[int], Floats],
    count_all: Callable[[], Image] | None = None,
) -> Floats:
    """Probabilities (K, h, w) in [0, 1] less the pieces that lie apart from the warped masks (K, h, w), and less what
    the masks have grown over of the rest.

    `affinity` (K, h / s, w / s) in [-1, 1] is how much better the object's motion explains a cell than that of the
    rest does, zero where it is not known (`motion_cues`). `vouch` is asked for the anchors' vote on one of the
    K objects, (h / t, w / t) in [0, 1], where a piece apart may be of it. An object that nothing
    leads to (no pixel of its warped mask reaches one half) is left as it is: it may be anywhere.

    Where the K objects are some of several, `count_all` is asked for the `present_count` of all of them.
    """
    kept = found
    count_all = cache(count_all or partial(present_count, warped))
    for index, (mask, carried, alike) in enumerate(zip(found, warped, affinity, strict=True)):
        inside, before = bounding_box(mask, _PRESENT), bounding_box(carried, _PRESENT)
        if inside.empty or before.empty:
            continue
        # with room for the soft rim
        box = inside.union(before).grown(_RIM, _RIM).clipped(mask.shape[1], mask.shape[0])
        then, moved = carried[box.slices], partial(_enlarged, alike, mask.shape, box)
        given = mask[box.slices]
        votes = partial(_vote, vouch, index, mask.shape, box)
        reined = _reined(given, then, moved)
        near = _keep(reined, then, partial(_free, moved, count_all, then, box), votes)
        if near is not given:
            kept = kept.copy() if kept is found else kept
            kept[index][box.slices] = near
    return kept


def _enlarged(affinity: Floats, shape: tuple[int, ...], box: Box) -> Floats:
    """Affinity, or votes, in a box of planes of a shape (h, w)."""
    large: Floats = cv2.resize(affinity, shape[::-1], interpolation=cv2.INTER_LINEAR)
    return large[box.slices]


def _free(find_affinity: Callable[[], Floats], count_all: Callable[[], Image], carried: Floats, box: Box) -> Floats:
    """The affinity in a box; the least possible where another object was."""
    affinity = find_affinity().copy()
    affinity[count_all()[box.slices] > (carried > _PRESENT)] = -1
    return affinity


def _vote(vouch: Callable[[int], Floats], index: int, shape: tuple[int, ...], box: Box) -> Floats:
    return _enlarged(vouch(index), shape, box)


def _reined(mask: Floats, carried: Floats, find_affinity: Callable[[], Floats]) -> Floats:
    """The mask less what it has grown over half-heartedly; the very same where there is no such thing."""
    present, before = mask > _PRESENT, carried > _PRESENT
    area = int(np.count_nonzero(before))
    both = int(np.count_nonzero(present & before))
    if np.count_nonzero(present) - both <= _GROWTH * area or both < _ENOUGH * area:
        return mask
    affinity = find_affinity()
    needed = np.where(affinity < _STAYS_BEHIND, _CERTAIN, np.where(affinity < _MOVES_WITH, _SURE, 0))
    over = (_distance(before) > _reach(area)) & (mask < needed)
    return np.where(over, np.float32(0), mask) if (over & present).any() else mask


def _distance(before: NDArray[np.bool_]) -> Floats:
    """How far each pixel is from where the object was, in pixels."""
    return np.asarray(cv2.distanceTransform((~before).astype(np.uint8), cv2.DIST_L2, 3), np.float32)


def _reach(area: int) -> float:
    return max(_LEAST_REACH, _REACH * math.sqrt(area))


def _keep(
    mask: Floats, carried: Floats, find_affinity: Callable[[], Floats], find_votes: Callable[[], Floats]
) -> Floats:
    """The mask less what lies apart; the very same if nothing does."""
    parts, names, stats, _ = cv2.connectedComponentsWithStats((mask > _PRESENT).astype(np.uint8), connectivity=8)
    if parts <= 2:
        return mask
    before = carried > _PRESENT
    area = int(np.count_nonzero(before))
    distance = _distance(before)
    is_near = np.zeros(parts, bool)
    is_near[names[distance <= _reach(area)]] = True
    is_near[0] = True
    if is_near.all() or stats[1:, cv2.CC_STAT_AREA][is_near[1:]].sum() < _ENOUGH * area:
        # a small fast thing may have left its place altogether: then the flow is wrong, not the network
        return mask
    sums = np.bincount(names.ravel(), find_affinity().ravel(), minlength=parts)
    within = np.zeros(parts, bool)
    within[names[distance <= _LEAP * area**0.5]] = True
    along = ~is_near & within & (sums > _MOVES_ALONG * stats[:, cv2.CC_STAT_AREA])
    if along.any():
        sums = np.bincount(names.ravel(), find_votes().ravel(), minlength=parts)
        is_near |= along & (sums > _KNOWN * stats[:, cv2.CC_STAT_AREA])
    away = cv2.dilate((~is_near)[names].astype(np.uint8), _SKIRT) > 0
    return np.where(away & ~(is_near[names] & (names > 0)), np.float32(0), mask)
