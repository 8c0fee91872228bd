"""Alpha of objects that are drawn by shapes with a feather: the edge is as soft as the feather states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.shapes import Shape, drawn_alpha, drawn_patch, is_drawn, points_at
from core.types import LabelMap

Alpha = NDArray[np.float32]
SoftAlpha = Callable[[NDArray[np.bool_]], Alpha]
"""Makes soft alpha of a mask, both (H, W)."""


class Feathers:
    """The feathers of a project's shapes, for pictures of `size` (width, height)."""

    def __init__(self, shapes: Sequence[Shape], size: tuple[int, int]) -> None:
        self._shapes: dict[int, list[Shape]] = {}
        for shape in shapes:
            self._shapes.setdefault(shape.object_id, []).append(shape)
        self._size = size

    def __bool__(self) -> bool:
        """Whether any shape has a feather on any keyframe."""
        return any(
            point.feather
            for shapes in self._shapes.values()
            for shape in shapes
            for points in shape.keys.values()
            for point in points
        )

    def alpha(self, frame_index: int, labels: LabelMap, soft: SoftAlpha) -> Alpha:
        """The alpha of all objects in the labels of a frame, (H, W) in [0, 1].

        Those that feathered shapes draw there get the shapes' alpha; what was painted next to the shapes, or taken out
        of them, is as it was painted. The others get what `soft` makes of their masks.
        """
        feathered = [object_id for object_id in self._feathered(frame_index) if (labels == object_id).any()]
        if not feathered:
            return soft(labels > 0)
        rest = (labels > 0) & ~np.isin(labels, feathered)
        whole = soft(rest) if rest.any() else np.zeros(labels.shape, np.float32)
        for object_id in feathered:
            shapes = self._shapes[object_id]
            alpha = drawn_alpha(shapes, frame_index, self._size)
            covered = np.zeros(labels.shape, np.bool_)
            patch = drawn_patch(shapes, frame_index, self._size)
            covered[patch.box.slices] = patch.mask
            mask = labels == object_id
            alpha[mask & ~covered] = 1
            # where another object lies over it, it is that one's edge that counts
            alpha[covered & ~mask] = 0
            whole = np.maximum(whole, alpha)
        return whole

    def _feathered(self, frame_index: int) -> list[int]:
        return [
            object_id
            for object_id, shapes in self._shapes.items()
            if any(
                point.feather
                for shape in shapes
                if is_drawn(shape, frame_index)
                for point in points_at(shape, frame_index)
            )
        ]
