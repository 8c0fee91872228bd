"""Windows: the decoder runs on the part of the canvas that an object can have reached, instead of on all of it.

The canvas has a margin around the objects, for the memory's context and so that it need not move with every frame; most
of it is far from any one object. If an object is found at the edge of its window, or not found in it, the decoder runs
on the whole canvas. Only pieces apart from the object can be missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.boxes import bounding_box
from core.types import Box, Floats
from core.vos.flow.motion_cues import MOTION_STRIDE
from core.vos.network.runtime import DecoderInputs, Features, NetworkRuntime, ReadsMemory, RuntimeAround
from core.vos.network.shared_reads import as_slice, shared_reads

_STRIDES = (4, 8, 16, 16, 8)
"""Canvas pixels for each cell of the encoder's five outputs."""
_GRID = 32
"""Windows begin and end at multiples of this, so that there are few different sizes."""
_LEAST_SIDE = 96
"""Smallest side of a window in canvas pixels."""
_VISIBLE, _PRESENT = 0.1, 0.5
"""Probabilities from which on a pixel counts for the box of a mask, and as a part of the object."""
_RIM = 8
"""Width in pixels of the edge of a window."""
_ENOUGH = 0.5
"""Fraction of the warped mask's area that must be found in a window; with less, the whole canvas is searched."""
_SHARED_COST = 0.7
"""Cost of a window that its objects share (matching with the memory's keys), relative to the cost of each object."""


@dataclass(frozen=True)
class WindowSettings:
    """Margin around a mask in its window."""

    margin: float = 0.25
    """Margin on each side, relative to the longer side of the mask's box."""
    least: int = 64
    """Least margin on each side, in canvas pixels."""


class WindowedRuntime(RuntimeAround):
    """See `core.vos.network.runtime.NetworkRuntime`. Runs another runtime, whose features must be arrays that can be
    sliced, on windows. Outside its window an object's probability is zero.
    """

    def __init__(self, runtime: NetworkRuntime, settings: WindowSettings | None = None) -> None:
        super().__init__(runtime)
        self._settings = settings or WindowSettings()

    def decode(self, inputs: DecoderInputs) -> Floats:
        warped, previous = inputs.warped, inputs.previous
        whole = Box(0, 0, warped.shape[2], warped.shape[1])
        found = np.zeros(warped.shape, np.float32)

        def look(window: Box, rows: list[int], read: Floats | None) -> None:
            chosen = as_slice(rows)
            found[chosen] = 0
            part = (chosen, *window.slices)
            found[part] = self._runtime.decode(
                DecoderInputs(
                    _cut(inputs.features, window),
                    inputs.memory_keys,
                    inputs.memory_values[chosen],
                    None if previous is None else _cut(previous, window),
                    inputs.previous_masks[part],
                    warped[part],
                    _cut_plane(inputs.motion[chosen], window, MOTION_STRIDE),
                    read,
                )
            )

        missed = []
        groups = shared_windows([window_of(mask, self._settings) for mask in warped])
        for (window, rows), read in zip(groups, self._reads(inputs, groups), strict=True):
            look(window, rows, read)
            if window != whole:
                missed += [row for row in rows if not _is_inside(found[row], warped[row], window)]
        if missed:
            look(whole, missed, None)
        return found

    def _reads(self, inputs: DecoderInputs, groups: list[tuple[Box, list[int]]]) -> Sequence[Floats | None]:
        """What each window reads from the memory, where windows of several objects are read together."""
        if len(groups) < 2 or not isinstance(self._runtime, ReadsMemory):
            return [None] * len(groups)
        key = self._runtime.key(inputs.features)
        return shared_reads(self._runtime, key, inputs.memory_keys, inputs.memory_values, groups)


def window_of(mask: Floats, settings: WindowSettings) -> Box:
    """The window of an object, from its warped mask (H, W) in [0, 1]; the whole canvas if the mask is empty or
    uncertain.
    """
    height, width = mask.shape
    whole = Box(0, 0, width, height)
    box = bounding_box(mask, _VISIBLE)
    if box.empty or mask[box.slices].max() < _PRESENT:
        return whole
    room = max(settings.least, round(settings.margin * max(box.width, box.height)))
    wide = box.grown(*(max(room, (_LEAST_SIDE - side + 1) // 2) for side in (box.width, box.height)))
    return Box(
        wide.x0 // _GRID * _GRID, wide.y0 // _GRID * _GRID, -(-wide.x1 // _GRID) * _GRID, -(-wide.y1 // _GRID) * _GRID
    ).clipped(width, height)


def shared_windows(windows: Sequence[Box]) -> list[tuple[Box, list[int]]]:
    """Groups of objects with a common window, as (window, rows of its objects): windows are merged while that costs
    less.
    """
    groups = [(window, [row]) for row, window in enumerate(windows)]
    joined = True
    while joined:
        joined = False
        for first in range(len(groups)):
            for second in range(first + 1, len(groups)):
                (one, rows), (other, more) = groups[first], groups[second]
                both = one.union(other), sorted(rows + more)
                if _cost(*both) <= _cost(one, rows) + _cost(other, more):
                    groups[first] = both
                    del groups[second]
                    joined = True
                    break
            if joined:
                break
    return groups


def _cost(window: Box, rows: list[int]) -> float:
    return window.width * window.height * (_SHARED_COST + len(rows))


def _cut(features: Features, window: Box) -> Features:
    return tuple(_cut_plane(plane, window, stride) for plane, stride in zip(features, _STRIDES, strict=True))


def _cut_plane(plane: Any, window: Box, stride: int) -> Any:
    return plane[..., window.y0 // stride : window.y1 // stride, window.x0 // stride : window.x1 // stride]


def _is_inside(found: Floats, carried: Floats, window: Box) -> bool:
    """Whether an object was found in its window, without touching an edge of it that is not the canvas's.

    `found` and `carried`, the warped mask, are (H, W) in [0, 1].
    """
    height, width = found.shape
    present = found[window.slices] > _PRESENT
    if np.count_nonzero(present) < _ENOUGH * np.count_nonzero(carried[window.slices] > _PRESENT):
        return False
    return not (
        (window.y0 > 0 and present[:_RIM].any())
        or (window.x0 > 0 and present[:, :_RIM].any())
        or (window.y1 < height and present[-_RIM:].any())
        or (window.x1 < width and present[:, -_RIM:].any())
    )
