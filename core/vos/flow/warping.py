"""Optical flow between neighbouring frames, its consistency, and masks warped by it.

The flow is DIS (Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016) in both directions. A pixel
whose forward and backward flow do not cancel out is occluded or its flow is wrong (Sundaram et al.,
"Dense point trajectories by GPU-accelerated large displacement optical flow", ECCV 2010).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import cv2
import numpy as np

from core.boxes import EMPTY_BOX, bounding_box, confined
from core.types import Box, Floats, Image
from core.vos.stages import stage

_LEAST_SIDE = 32
"""DIS needs room for its patches at the coarsest scale; smaller frames are padded."""
_VISIBLE = 0.02
REACH, LEAST_REACH = 0.25, 0.1
"""Room around a mask for its next step, in sides of the mask and of the frame."""


@dataclass(frozen=True)
class Flow:
    """Motion from one frame to the next inside `box`, of frames of `shape` (h, w).

    `backward` (box.height, box.width, 2) float32 in pixels: where each pixel was before, relative to itself.
    `find_forward` finds the motion the other way in the same box, like `backward`; it is asked at most once.
    """

    shape: tuple[int, int]
    box: Box
    backward: Floats
    find_forward: Callable[[], Floats]

    @cached_property
    def _forward(self) -> Floats:
        """Finding it costs as much again as the backward flow, so it waits until it is wanted."""
        return self.find_forward()

    @property
    def consistency(self) -> Floats:
        """(h, w) float32 in [0, 1]: 1 where the forward flow leads back to the same pixel; 0 outside the box."""
        whole = np.zeros(self.shape, np.float32)
        if not self.box.empty:
            whole[self.box.slices] = round_trip_consistency(self._forward, self.backward)
        return whole

    def coarse(self, size: tuple[int, int]) -> tuple[Floats, Floats]:
        """Flow and consistency in the box for a coarse grid of `size` (width, height): `backward` (h, w, 2), still in
        pixels of the frame, as the mean of each cell, and how well that leads back from the cell's middle, (h, w).
        """
        width, height = size
        across, down = self.box.width / width, self.box.height / height
        small = np.asarray(cv2.resize(self.backward, size, interpolation=cv2.INTER_AREA), np.float32)
        x = small[..., 0] + ((np.arange(width) + 0.5) * across - 0.5).astype(np.float32)
        y = small[..., 1] + ((np.arange(height) + 0.5) * down - 0.5).astype(np.float32)[:, None]
        return small, _round_trip(self._forward, small, x, y)


class FlowSource(Protocol):
    """What finds the flow between neighbouring frames. Used from one thread."""

    def between(self, previous: Image, current: Image, box: Box | None = None) -> Flow:
        """The flow from `previous` to `current`, both (h, w, 3) uint8 RGB of one size; with `box`, at least in it."""
        ...


def scaled_size(size: tuple[int, int], short_side: int) -> tuple[int, int]:
    """(width, height) with the shorter side at most `short_side`, the ratio kept; never larger than `size`, which it
    is for 0.
    """
    scale = min(1.0, short_side / min(size)) if short_side > 0 else 1.0
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


class FlowEstimator:
    """DIS flow. Use from one thread."""

    def __init__(self, short_side: int = 0) -> None:
        """`short_side`: motion is found in frames of at most this many pixels high or wide; 0 means as they are."""
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        # smoothing by variation costs two fifths of the time, and masks fit better without (docs/experiments.md)
        self._flow.setVariationalRefinementIterations(0)
        self._short_side = short_side

    @stage("flow")
    def between(self, previous: Image, current: Image, box: Box | None = None) -> Flow:
        """The flow from `previous` to `current`, both (h, w, 3) uint8 RGB of one size; with `box`, inside it alone:
        what moves into or out of it is not seen.
        """
        height, width = current.shape[:2]
        box = Box(0, 0, width, height) if box is None else box.clipped(width, height)
        if box.empty:
            nothing = np.zeros((box.height, box.width, 2), np.float32)
            return Flow((height, width), box, nothing, lambda: nothing)
        whole = scaled_size((width, height), self._short_side)
        size = max(1, round(box.width * whole[0] / width)), max(1, round(box.height * whole[1] / height))
        before, after = (_grey(image[box.slices], size) for image in (previous, current))
        backward = self._motion(after, before, box, size)
        return Flow((height, width), box, backward, lambda: self._motion(before, after, box, size))

    @stage("flow")
    def _motion(self, start: Image, end: Image, box: Box, size: tuple[int, int]) -> Floats:
        """Where each pixel of `start` is found in `end`, (box.height, box.width, 2) in pixels of the box."""
        width, height = size
        return enlarged(self._flow.calc(start, end, None)[:height, :width], (box.width, box.height))


def enlarged(motion: Floats, size: tuple[int, int]) -> Floats:
    """Motion (h, w, 2) that was found in smaller frames for frames of `size` (width, height), in their pixels."""
    height, width = motion.shape[:2]
    if (width, height) == size:
        return motion
    factors = np.array([size[0] / width, size[1] / height], np.float32)
    return np.asarray(cv2.resize(motion, size, interpolation=cv2.INTER_LINEAR), np.float32) * factors


def _grey(image: Image, size: tuple[int, int]) -> Image:
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    width, height = size
    if grey.shape != (height, width):
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    below, right = max(0, _LEAST_SIDE - height), max(0, _LEAST_SIDE - width)
    if below or right:
        grey = cv2.copyMakeBorder(grey, 0, below, 0, right, cv2.BORDER_REPLICATE)
    return np.asarray(grey, np.uint8)


def round_trip_consistency(forward: Floats, backward: Floats) -> Floats:
    """exp(-e² / t) of two flows (h, w, 2), with the round trip's error e in pixels and the tolerance t of Sundaram et
    al.: (h, w) in [0, 1].
    """
    return _round_trip(forward, backward, *_source(backward))


def _round_trip(forward: Floats, backward: Floats, x: Floats, y: Floats) -> Floats:
    """The same for some pixels of the frame only, with where they were before, `x` and `y` (h, w)."""
    returned = cv2.remap(forward, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    error = _squared_length(returned + backward)
    tolerance = 0.01 * (_squared_length(returned) + _squared_length(backward)) + 0.5
    result: Floats = cv2.exp(-error / (2 * tolerance))
    # what comes from outside the frame was never seen
    height, width = forward.shape[:2]
    result[(x < -0.5) | (y < -0.5) | (x > width - 0.5) | (y > height - 0.5)] = 0
    return result


def _squared_length(flow: Floats) -> Floats:
    """(h, w, 2) -> (h, w). Plane by plane: reducing an axis of two is several times slower."""
    x, y = flow[..., 0], flow[..., 1]
    return np.asarray(x * x + y * y, np.float32)


@stage("flow")
def warp_masks(masks: Floats, flow: Flow) -> Floats:
    """The previous frame's masks (K, h, w) float32 on the current frame, same shape and range; zero outside the flow's
    box, which is to have room for where they may have gone.
    """
    moved = np.zeros(masks.shape, np.float32)
    if flow.box.empty:
        return moved
    x, y = _source(flow.backward)
    if flow.box.x0 or flow.box.y0:
        x, y = x + flow.box.x0, y + flow.box.y0
    (least_x, most_x), (least_y, most_y) = (_range(flow.backward[..., axis]) for axis in (0, 1))
    written = [EMPTY_BOX] * len(masks)
    for row, (mask, target) in enumerate(zip(masks, moved, strict=True)):
        start = bounding_box(mask)
        if start.empty:
            continue
        # whatever comes from the mask's box lies here; in pixels of the flow's box
        reached = Box(
            start.x0 - most_x - flow.box.x0,
            start.y0 - most_y - flow.box.y0,
            start.x1 - least_x - flow.box.x0,
            start.y1 - least_y - flow.box.y0,
        ).clipped(flow.box.width, flow.box.height)
        if not reached.empty:
            target[flow.box.slices][reached.slices] = cv2.remap(
                mask, x[reached.slices], y[reached.slices], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
            )
            written[row] = reached.moved(flow.box.x0, flow.box.y0)
    return confined(moved, written)


def reach_of(masks: Floats) -> Box:
    """Where the pixels of masks (K, h, w) may be on the next frame: the box around them with room on all sides."""
    height, width = masks.shape[1:]
    box = EMPTY_BOX
    for mask in masks:
        seen = bounding_box(mask, _VISIBLE)
        room = round(max(REACH * max(seen.width, seen.height), LEAST_REACH * min(height, width)))
        box = box.union(seen if seen.empty else seen.grown(room, room))
    return box.clipped(width, height)


def _range(plane: Floats) -> tuple[int, int]:
    """Whole numbers between which all values of a plane (h, w) lie, with one to spare on both sides."""
    # in memory of its own: NumPy takes ten times as long over every second value
    values = np.ascontiguousarray(plane)
    return math.floor(values.min()) - 1, math.ceil(values.max()) + 1


def _source(backward: Floats) -> tuple[Floats, Floats]:
    height, width = backward.shape[:2]
    x = backward[..., 0] + np.arange(width, dtype=np.float32)
    y = backward[..., 1] + np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


class WarpingOnly:
    """The baseline for every engine: a `TargetModel` without memory that returns the warped masks."""

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """Does nothing: there is no memory. See `core.vos.target.TargetModel`."""

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """The warped masks, (K, h, w), binarised: repeated interpolation would blur soft ones away."""
        return (warped > 0.5).astype(np.float32)
