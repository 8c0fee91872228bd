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
        cut = random_crop(np.random.default_rng((seed, number)), data, examples[number], side)
        if cut is not None:
            features = runtime.encode(cut[0])
            yield Crop(cut[1], tuple(one[0].astype(np.float16) for one in features))


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
