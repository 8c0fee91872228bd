"""Objects that a detector or a text prompt found in a clip, each with its class and masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from core.masks.patch import Patch
from core.types import Box, Image, LabelMap

_TINT = (60, 220, 120)


@dataclass(frozen=True, eq=False)
class FoundObject:
    """A class, how sure it is, in [0, 1], and the pixels by frame index."""

    label: str
    score: float
    masks: Mapping[int, Patch]


def lay_out(found: Sequence[FoundObject], frame_index: int, free: LabelMap) -> LabelMap:
    """The objects on a frame as a label map: the n-th of `found` is n + 1, the surer one lies on top, and nothing lies
    where `free` (H, W) is not 0. At most 255 objects.
    """
    labels = np.zeros_like(free)
    for index in sorted(range(len(found)), key=lambda index: found[index].score):
        patch = found[index].masks.get(frame_index)
        if patch is not None:
            labels[patch.box.slices][patch.mask & (free[patch.box.slices] == 0)] = index + 1
    return labels


def names_of(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A unique name for each object of these classes: dog, dog 2, dog 3."""
    used = set(taken)
    names = []
    for label in labels:
        number = 1
        name = label
        while name in used:
            number += 1
            name = f"{label} {number}"
        used.add(name)
        names.append(name)
    return names


def thumbnail(image: Image, patch: Patch, size: tuple[int, int]) -> Image:
    """The part of a picture (H, W, 3) around a mask, tinted where the mask is, in `size` (width, height)."""
    height, width = image.shape[:2]
    box = patch.box
    # as wide, compared with its height, as the thumbnail
    side = max(box.width / size[0], box.height / size[1], 0.02 * max(width / size[0], height / size[1]))
    across, down = 1.25 * side * size[0], 1.25 * side * size[1]
    x0, y0 = round((box.x0 + box.x1 - across) / 2), round((box.y0 + box.y1 - down) / 2)
    around = Box(x0, y0, x0 + max(1, round(across)), y0 + max(1, round(down)))
    part = around.clipped(width, height)
    tinted = image[part.slices].astype(np.float32)
    mask = np.zeros((height, width), np.bool_)
    mask[box.slices] = patch.mask
    inside = mask[part.slices]
    tinted[inside] = 0.55 * tinted[inside] + 0.45 * np.array(_TINT, np.float32)
    tinted[~inside] *= 0.6
    framed = np.zeros((around.height, around.width, 3), np.uint8)
    framed[part.y0 - around.y0 : part.y1 - around.y0, part.x0 - around.x0 : part.x1 - around.x0] = tinted
    return np.asarray(cv2.resize(framed, size, interpolation=cv2.INTER_AREA), np.uint8)
