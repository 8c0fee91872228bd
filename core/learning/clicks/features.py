"""Crops of annotated pictures with the encoder's features, found once: the encoder stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from core.learning.samples.examples import Example, TrainingData
from core.types import Floats, Image, LabelMap
from core.vos.network.onnx_runtime import OnnxRuntime

_LEAST_SHARE, _MOST_SHARE = 0.005, 0.85
_EVERY = 6
"""One frame in so many of a sequence: neighbours are alike."""
_HELD_BACK = 25
"""One picture in so many is for tests."""
_SET_IN = 0.4
"""The share of crops with another picture's object set in beside or before their own: pictures with one thing that
stands out teach to take all that stands out, and here one of two touching things is meant.
"""
_VISIBLE = 0.4
"""Less of an object than this share must not be left to see for it to be what is meant."""


@dataclass(frozen=True)
class Crop:
    """`mask` (S, S) uint8 of 0 and 1, and the encoder's five outputs, (C, h, w) float16 each."""

    mask: LabelMap
    features: tuple[np.ndarray, ...]


def split(data: TrainingData) -> tuple[list[Example], list[Example]]:
    """What is learned from, each picture once and some frames of each sequence; and the pictures that are held back."""
    pictures = list(dict.fromkeys(data.pictures[sum(map(len, data.sequences.values())) :]))
    held_back = pictures[::_HELD_BACK]
    frames = [example for some in data.sequences.values() for example in some[::_EVERY]]
    return [*(one for number, one in enumerate(pictures) if number % _HELD_BACK), *frames], held_back


def crops(
    data: TrainingData, examples: Sequence[Example], runtime: OnnxRuntime, side: int, seed: int
) -> Iterator[Crop]:
    """One crop of `side` pixels about an object of each example, in no order."""
    for number in np.random.default_rng(seed).permutation(len(examples)):
        rng = np.random.default_rng((seed, number))
        cut = random_crop(rng, data, examples[number], side)
        if cut is not None and rng.random() < _SET_IN:
            other = random_crop(rng, data, examples[int(rng.integers(len(examples)))], side)
            cut = cut if other is None else set_in(rng, cut, other)
        if cut is not None:
            features = runtime.encode(cut[0])
            yield Crop(cut[1], tuple(one[0].astype(np.float16) for one in features))


def set_in(
    rng: np.random.Generator, scene: tuple[Image, LabelMap], other: tuple[Image, LabelMap]
) -> tuple[Image, LabelMap]:
    """The object of `other` set into `scene`, so that it touches or covers a part of the one there; the mask is that of
    either, of what is to be seen of it. Crops as of `random_crop`; `scene` itself where the two do not go together.
    """
    picture, mask = scene
    side = len(mask)
    rows, columns = np.nonzero(mask)
    inner = np.nonzero(other[1])
    extent, inner_extent = (float(max(np.ptp(down), np.ptp(across))) for down, across in ((rows, columns), inner))
    scale = rng.uniform(0.5, 1.1) * extent / max(inner_extent, 1.0)
    place = int(rng.integers(len(rows)))
    # about a point of the object, or pushed outwards to where the two only touch
    centre = np.array([columns[place], rows[place]], np.float64)
    away = centre - [columns.mean(), rows.mean()]
    centre += away * rng.uniform(0, 1)
    middle = np.array([inner[1].mean(), inner[0].mean()])
    matrix = np.array([[scale, 0, centre[0] - scale * middle[0]], [0, scale, centre[1] - scale * middle[1]]])
    moved = cv2.warpAffine(other[0], matrix, (side, side), flags=cv2.INTER_LINEAR)
    opaque = cv2.warpAffine(other[1].astype(np.float32), matrix, (side, side), flags=cv2.INTER_LINEAR)
    # a hard edge would give away what was set in
    opaque = cv2.GaussianBlur(opaque, (0, 0), float(rng.uniform(0.4, 1.2)))
    front = (opaque > 0.5).astype(np.uint8)
    behind = mask * (1 - front)
    if behind.sum() < _VISIBLE * mask.sum() or not _LEAST_SHARE < front.mean() < _MOST_SHARE:
        return scene
    mixed = picture + (moved.astype(np.float32) - picture) * opaque[..., None]
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8), front if rng.random() < 0.5 else behind


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
    size = int(np.clip(reach * rng.uniform(1, 3), 0.3 * min(height, width), min(height, width)))
    centre = np.array([rows.mean(), columns.mean()]) + rng.normal(0, 0.1, 2) * size
    top, left = np.clip(centre - size / 2, 0, [height - size, width - size]).astype(int)
    window = slice(top, top + size), slice(left, left + size)
    square = cv2.resize(picture[window], (side, side), interpolation=cv2.INTER_AREA)
    soft: Floats = cv2.resize(mask[window].astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    cut = (soft > 0.5).astype(np.uint8)
    if not _LEAST_SHARE < cut.mean() < _MOST_SHARE:
        return None
    step = -1 if rng.random() < 0.5 else 1
    return np.ascontiguousarray(square[:, ::step]), np.ascontiguousarray(cut[:, ::step])
