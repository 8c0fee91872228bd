"""Crops of annotated pictures, and the split into training and test pictures."""

from __future__ import annotations

import cv2
import numpy as np

from core.learning.samples.examples import Example, TrainingData
from core.types import Floats, Image, LabelMap

LEAST_SHARE, MOST_SHARE = 0.005, 0.85
"""Least and largest area of the object, as a fraction of the crop's."""
_EVERY = 6
"""Every n-th frame of a sequence is used: neighbouring frames are similar."""
_FAR = 0.35
"""Share of the crops in which the object is small and may lie anywhere, as it does on the whole of a picture."""
_HELD_BACK = 25
"""Every n-th picture is held out for tests."""


def split(data: TrainingData) -> tuple[list[Example], list[Example]]:
    """Training examples, each picture once and some frames of each sequence; and the pictures held out for tests."""
    pictures = list(dict.fromkeys(data.pictures[sum(map(len, data.sequences.values())) :]))
    held_back = pictures[::_HELD_BACK]
    frames = [example for some in data.sequences.values() for example in some[::_EVERY]]
    return [*(one for number, one in enumerate(pictures) if number % _HELD_BACK), *frames], held_back


def random_crop(
    rng: np.random.Generator, data: TrainingData, example: Example, side: int
) -> tuple[Image, LabelMap] | None:
    """A square of a picture about one of its objects, with room around it, and the object's mask, (side, side) each;
    None if the picture cannot be read, or the object is a speck or everything.
    """
    found = data.read(example)
    if found is None:
        return None
    picture, labels = found
    ids = np.unique(labels[labels > 0])
    if not len(ids):
        return None
    mask = (labels == rng.choice(ids)).astype(np.uint8)
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return None
    height, width = mask.shape
    reach = 1.1 * max(np.ptp(rows), np.ptp(columns))
    far = rng.random() < _FAR
    size = int(np.clip(reach * rng.uniform(*((3, 6) if far else (1, 3))), 0.3 * min(height, width), min(height, width)))
    centre = np.array([rows.mean(), columns.mean()]) + rng.normal(0, 0.25 if far else 0.1, 2) * size
    top, left = np.clip(centre - size / 2, 0, [height - size, width - size]).astype(int)
    window = slice(top, top + size), slice(left, left + size)
    shrinks = size > side
    square = cv2.resize(picture[window], (side, side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    soft: Floats = cv2.resize(mask[window].astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    cut = (soft > 0.5).astype(np.uint8)
    if not LEAST_SHARE < cut.mean() < MOST_SHARE:
        return None
    step = -1 if rng.random() < 0.5 else 1
    return np.ascontiguousarray(square[:, ::step]), np.ascontiguousarray(cut[:, ::step])
