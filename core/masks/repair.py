"""One-shot corrections of a mask: grow, shrink, fill holes, remove specks, smooth.

Masks are (H, W) bool and stay as they are; results are new arrays of the same shape. Beyond the frame things are
taken to go on like at its border, so a mask that leaves the frame is not pulled back from it.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.masks.edit import LabelEdit
from core.types import BACKGROUND, MAX_OBJECT_ID, Box, LabelMap

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""
Repair = Callable[[Mask], Mask]

_NOBODY: frozenset[int] = frozenset()


def grow(mask: Mask, pixels: float) -> Mask:
    """Every pixel whose centre is at most `pixels` from the centre of one of the mask's. Raises MaskError if < 0."""
    _check_distance(pixels)
    if not mask.any():
        return mask.copy()
    return _distance(mask) <= pixels


def shrink(mask: Mask, pixels: float) -> Mask:
    """The pixels whose centre is more than `pixels` from the centre of any that is not the mask's, within the frame.

    Raises MaskError if `pixels` < 0.
    """
    _check_distance(pixels)
    if mask.all():
        return mask.copy()
    return _distance(~mask) > pixels


def fill_holes(mask: Mask) -> Mask:
    """The mask without its holes: areas that no way of side-by-side pixels outside the mask joins with the border."""
    outside = np.pad(~mask, 1, constant_values=True).view(np.uint8)
    _, areas = cv2.connectedComponents(outside, connectivity=4)
    filled: Mask = (areas != areas[0, 0])[1:-1, 1:-1]
    return filled


def remove_specks(mask: Mask, smallest: int) -> Mask:
    """The mask without its separate pieces of fewer than `smallest` pixels; pieces that touch at corners are one.

    The largest piece always stays.
    """
    count, areas, numbers, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    if count <= 1:
        return mask.copy()
    sizes = numbers[:, cv2.CC_STAT_AREA]
    keep = sizes >= smallest
    keep[1 + int(np.argmax(sizes[1:]))] = True
    keep[0] = False
    kept: Mask = keep[areas]
    return kept


def fill_small_holes(mask: Mask, largest: int) -> Mask:
    """The mask with its holes of at most `largest` pixels filled; see `fill_holes` for what a hole is."""
    outside = np.pad(~mask, 1, constant_values=True).view(np.uint8)
    _, areas, numbers, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    small = numbers[:, cv2.CC_STAT_AREA] <= largest
    small[[0, areas[0, 0]]] = False
    filled: Mask = mask | small[areas][1:-1, 1:-1]
    return filled


def smooth(mask: Mask, radius: float) -> Mask:
    """The mask with its outline smoothed: details smaller than about `radius` pixels go, straight edges stay in place.

    A Gaussian of that standard deviation, cut at a half. Raises MaskError if `radius` < 0.
    """
    _check_distance(radius)
    if radius == 0:
        return mask.copy()
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), radius, borderType=cv2.BORDER_REPLICATE)
    smoothed: Mask = soft > 0.5
    return smoothed


def repair_object(
    labels: LabelMap, object_id: int, repair: Repair, reach: int = 0, locked: AbstractSet[int] = _NOBODY
) -> LabelEdit | None:
    """The edit that `repair` makes of one object's mask in `labels`, (H, W) uint8.

    The object gains background only: other objects keep every pixel, locked or not. `reach` is how far, in pixels,
    `repair` may spread the mask; it is given the mask with that much room around it. None if nothing would change,
    as for an object that has no pixel or is locked. Raises MaskError if the id is outside 1 to 255.
    """
    if not BACKGROUND < object_id <= MAX_OBJECT_ID:
        raise MaskError(
            "Object {object_id} cannot be changed; ids go from 1 to {max_object_id}.",
            object_id=object_id,
            max_object_id=MAX_OBJECT_ID,
        )
    if object_id in locked:
        return None
    tight = bounding_box((labels == object_id).view(np.uint8))
    if tight.empty:
        return None
    room = reach + 1
    box = Box(tight.x0 - room, tight.y0 - room, tight.x1 + room, tight.y1 + room).clipped(*labels.shape[::-1])
    part = labels[box.slices]
    wanted = repair(part == object_id)
    new = np.where(part == object_id, np.uint8(BACKGROUND), part)
    new[wanted & (new == BACKGROUND)] = object_id
    return LabelEdit.replace_part(labels, box, new)


def _check_distance(pixels: float) -> None:
    if not (np.isfinite(pixels) and pixels >= 0):
        raise MaskError("A distance of {pixels} pixels makes no sense; expected 0 or more.", pixels=pixels)


def _distance(mask: Mask) -> NDArray[np.float32]:
    """How far each pixel's centre is from that of the nearest pixel of the mask, exactly."""
    away: NDArray[np.float32] = cv2.distanceTransform((~mask).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # DIST_MASK_PRECISE is exact to float32's rounding: a distance of 3 must not come out as 3.0000002
    return np.round(away, 3)
