"""How large the objects of a label map are, and where."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.masks.codec import label_box
from core.types import LabelMap


@dataclass(frozen=True)
class Measure:
    """Area in pixels and the centre of gravity in pixels of the picture, x to the right, y down."""

    area: int
    x: float
    y: float


def areas(labels: LabelMap) -> dict[int, int]:
    """Pixels of each object that has any, by rising id, of an (H, W) uint8 map."""
    part = np.ascontiguousarray(labels[label_box(labels).slices])
    if part.size == 0:
        return {}
    counts = cv2.calcHist([part], [0], None, [256], [0, 256]).ravel()
    return {int(value): round(float(counts[value])) for value in np.flatnonzero(counts) if value}


def measure(labels: LabelMap) -> dict[int, Measure]:
    """Area and centre of each object that has a pixel, by rising id, of an (H, W) uint8 map."""
    box = label_box(labels)
    part = np.ascontiguousarray(labels[box.slices])
    found = {}
    for object_id in areas(part):
        mask = cv2.compare(part, object_id, cv2.CMP_EQ)
        x, y, width, height = cv2.boundingRect(mask)
        moments = cv2.moments(np.ascontiguousarray(mask[y : y + height, x : x + width]), binaryImage=True)
        area = moments["m00"]
        centre = moments["m10"] / area + box.x0 + x, moments["m01"] / area + box.y0 + y
        found[object_id] = Measure(round(area), *centre)
    return found
