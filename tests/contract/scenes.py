"""Small clips with known objects, drawn by arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from core.types import Anchor, Image, LabelMap

COLOURS = {3: (220, 60, 40), 200: (40, 90, 230), 7: (240, 220, 60)}


@dataclass(frozen=True)
class Scene:
    """Textured discs, one an object id, moving two pixels a frame before a still texture."""

    size: tuple[int, int] = (96, 64)
    object_ids: tuple[int, ...] = (3,)
    radius: int = 9
    frame_count: int = 8
    speed: int = 2

    def labels(self, frame_index: int) -> LabelMap:
        labels = np.zeros(self.size[::-1], np.uint8)
        y, x = np.mgrid[: self.size[1], : self.size[0]]
        for index, object_id in enumerate(self.object_ids):
            centre = self.centre(frame_index, index)
            labels[(x - centre[0]) ** 2 + (y - centre[1]) ** 2 <= self.radius**2] = object_id
        return labels

    def centre(self, frame_index: int, position: int) -> tuple[int, int]:
        """Objects move right, one below the other."""
        rows = len(self.object_ids) + 1
        return self.size[0] // 4 + self.speed * frame_index, self.size[1] * (position + 1) // rows

    def read(self, frame_index: int) -> Image:
        image = _texture(self.size, 1)
        skin = np.roll(_texture(self.size, 2), self.speed * frame_index, axis=1)
        labels = self.labels(frame_index)
        for object_id in self.object_ids:
            inside = labels == object_id
            image[inside] = (skin[inside] // 4 + np.array(COLOURS[object_id]) * 3 // 4).astype(np.uint8)
        image.flags.writeable = False
        return image

    def anchor(self, frame_index: int, object_ids: Sequence[int] | None = None) -> Anchor:
        """The true mask of a frame, read-only; of all objects unless some are named."""
        labels = self.labels(frame_index)
        ids = frozenset(self.object_ids if object_ids is None else object_ids)
        labels[~np.isin(labels, sorted(ids))] = 0
        labels.flags.writeable = False
        return Anchor(frame_index, labels, ids)


def _texture(size: tuple[int, int], seed: int) -> Image:
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.5) // 2 + 60, np.uint8)


def iou(labels: LabelMap, truth: LabelMap, object_id: int) -> float:
    found, wanted = labels == object_id, truth == object_id
    either = int((found | wanted).sum())
    return int((found & wanted).sum()) / either if either else 1.0
