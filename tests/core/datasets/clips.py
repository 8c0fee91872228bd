"""Annotated clips made up for tests: parts, holes, an object that comes late, one that goes, an empty frame."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from core.datasets.clips import AnnotatedClip, DatasetObject
from core.datasets.writing import DatasetSettings, write_dataset
from core.jobs import CancelToken
from core.types import Image, LabelMap

SIZE = (61, 43)
FRAMES = 6


def labels(frame_index: int, ids: tuple[int, int, int] = (1, 2, 3)) -> LabelMap:
    """A ring with a dot in it, a thing in two parts, and a single pixel on the frame's corner."""
    ring, parts, corner = ids
    found = np.zeros(SIZE[::-1], np.uint8)
    if frame_index == 4:
        return found
    left = 3 + 2 * frame_index
    found[10:30, left : left + 20] = ring
    found[14:26, left + 4 : left + 16] = 0
    found[18:22, left + 8 : left + 12] = ring
    if frame_index >= 1:
        found[33:40, left : left + 6] = parts
        found[35:37, left + 9 : left + 30] = parts
    if frame_index != 3:
        found[-1, -1] = corner
    return found


def picture(frame_index: int) -> Image:
    """A grey ramp that identifies the frame."""
    image = np.full((SIZE[1], SIZE[0], 3), 20 * frame_index + 10, np.uint8)
    image[..., 0] = np.arange(SIZE[0]) * 4
    return image


def clip(name: str = "ring", ids: tuple[int, int, int] = (1, 2, 3), split: str = "") -> AnnotatedClip:
    """A clip of `FRAMES` frames, all of them annotated, in the classes ring, bar and ring."""
    classes = dict(zip(ids, ("ring", "bar: long, thin", "ring"), strict=True))
    return AnnotatedClip(
        name,
        SIZE,
        tuple(DatasetObject(object_id, classes[object_id]) for object_id in sorted(ids)),
        tuple(f"{index:05}" for index in range(FRAMES)),
        tuple(range(FRAMES)),
        lambda frame_index: labels(frame_index, ids),
        picture,
        split=split,
    )


def clips(count: int = 3) -> list[AnnotatedClip]:
    """Clips called a, b, c and so on."""
    return [clip(chr(ord("a") + index)) for index in range(count)]


def write(found: list[AnnotatedClip], folder: Path, format_name: str, **settings: object) -> None:
    """Writes a dataset to the end."""
    for _ in write_dataset(found, folder, replace(DatasetSettings(format_name), **settings), CancelToken()):  # type: ignore[arg-type]
        pass
