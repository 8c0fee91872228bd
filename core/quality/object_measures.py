"""What is measured of each object on each frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.types import Box, LabelMap

_FAR = 0.3
"""A part is far off when it is outside the largest one's rectangle by this share of the object's size."""
_SMALL = 0.02
"""A part or hole is small below this share of the object's area."""


@dataclass(frozen=True)
class ObjectMeasures:
    """One object on one frame, in pixels. Small parts are `specks`, of which `far_specks` lie well away from the
    largest part; `small_holes` likewise, `hole_area` is of all, `small_hole_area` and `speck_area` of the small."""

    area: int
    x: float
    y: float
    specks: int
    far_specks: int
    small_holes: int
    hole_area: int
    at_edge: bool
    small_hole_area: int = 0
    speck_area: int = 0

    @property
    def size(self) -> float:
        """The side of a square of the same area."""
        return float(np.sqrt(self.area))


def measure_objects(labels: LabelMap) -> dict[int, ObjectMeasures]:
    """The measures of every object of a label map, (H, W) uint8, by id."""
    height, width = labels.shape
    found = {}
    inside = bounding_box(labels)
    for object_id in np.flatnonzero(np.bincount(labels[inside.slices].ravel(), minlength=256)):
        if object_id == 0:
            continue
        mask = cv2.compare(labels, int(object_id), cv2.CMP_EQ)
        box = bounding_box(mask)
        found[int(object_id)] = _measure(mask[box.slices], box, width, height)
    return found


def overlaps(before: LabelMap, now: LabelMap) -> Mapping[tuple[int, int], float]:
    """Intersection over union of each object before, first key, with each object now, where they meet."""
    pairs = np.bincount((before.astype(np.uint16).ravel() << 8) | now.ravel(), minlength=1 << 16).reshape(256, 256)
    areas_before, areas_now = pairs.sum(axis=1), pairs.sum(axis=0)
    return {
        (int(old), int(new)): float(pairs[old, new] / (areas_before[old] + areas_now[new] - pairs[old, new]))
        for old, new in zip(*np.nonzero(pairs[1:, 1:]), strict=True)
        for old, new in ((old + 1, new + 1),)
    }


def _measure(mask: NDArray[np.uint8], box: Box, width: int, height: int) -> ObjectMeasures:
    _, _, parts, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    moments = cv2.moments(mask, binaryImage=True)
    area = int(moments["m00"])
    parts = parts[1:]
    small = parts[:, cv2.CC_STAT_AREA] < _SMALL * area
    # all that surrounds the object is one region: what is none of it is a hole
    outside = cv2.copyMakeBorder(cv2.bitwise_not(mask), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    regions, numbers, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    holes = np.delete(stats[:regions, cv2.CC_STAT_AREA], [0, int(numbers[0, 0])])
    return ObjectMeasures(
        area,
        moments["m10"] / area + box.x0,
        moments["m01"] / area + box.y0,
        int(np.count_nonzero(small)),
        int(np.count_nonzero(small & _far(parts, _FAR * np.sqrt(area)))),
        int(np.count_nonzero(holes < _SMALL * area)),
        int(holes.sum()),
        box.x0 == 0 or box.y0 == 0 or box.x1 == width or box.y1 == height,
        int(holes[holes < _SMALL * area].sum()),
        int(parts[small, cv2.CC_STAT_AREA].sum()),
    )


def _far(parts: NDArray[np.int32], distance: float) -> NDArray[np.bool_]:
    """Which parts, rows of OpenCV's statistics, lie farther than that from the rectangle of the largest one."""
    main = parts[int(np.argmax(parts[:, cv2.CC_STAT_AREA]))]
    gaps = []
    for start, length in ((cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH), (cv2.CC_STAT_TOP, cv2.CC_STAT_HEIGHT)):
        before = main[start] - (parts[:, start] + parts[:, length])
        after = parts[:, start] - (main[start] + main[length])
        gaps.append(np.maximum(before, after))
    return np.asarray(np.maximum(*gaps) > distance, bool)
