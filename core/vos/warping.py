"""Optical flow between neighbouring frames, where to trust it, and masks carried along it.

The flow is DIS (Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016) in both directions. A pixel
whose forward flow does not lead back to where its backward flow came from is occluded or mistaken (Sundaram et al.,
"Dense point trajectories by GPU-accelerated large displacement optical flow", ECCV 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from core.types import Image
from core.vos.target import Floats

_LEAST_SIDE = 32
"""DIS needs room for its patches at the coarsest scale; smaller frames are padded."""


@dataclass(frozen=True)
class Flow:
    """Motion from one frame to the next. `backward` (h, w, 2) float32 in pixels: where each pixel was before, relative
    to itself. `consistency` (h, w) float32 in [0, 1]: 1 where the forward flow leads back to the same place.
    """

    backward: Floats
    consistency: Floats


class FlowSource(Protocol):
    """What finds the flow between neighbouring frames. Used from one thread."""

    def between(self, previous: Image, current: Image) -> Flow:
        """The flow from `previous` to `current`, both (h, w, 3) uint8 RGB of one size."""
        ...


def scaled_size(size: tuple[int, int], short_side: int) -> tuple[int, int]:
    """(width, height) with the shorter side at most `short_side`, the ratio kept; never larger than `size`, which it
    is for 0.
    """
    scale = min(1.0, short_side / min(size)) if short_side > 0 else 1.0
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


class FlowEstimator:
    """DIS flow, keeping what can be reused. Use from one thread."""

    def __init__(self, short_side: int = 0) -> None:
        """`short_side`: motion is found in frames of at most this many pixels high or wide; 0 means as they are."""
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        self._short_side = short_side

    def between(self, previous: Image, current: Image) -> Flow:
        """The flow from `previous` to `current`, both (h, w, 3) uint8 RGB of one size."""
        size = current.shape[1], current.shape[0]
        width, height = scaled = scaled_size(size, self._short_side)
        before, after = (_grey(image, scaled) for image in (previous, current))
        forward = self._flow.calc(before, after, None)[:height, :width]
        backward = self._flow.calc(after, before, None)[:height, :width]
        return enlarged(Flow(backward, round_trip_consistency(forward, backward)), size)


def enlarged(flow: Flow, size: tuple[int, int]) -> Flow:
    """A flow found in smaller frames for frames of `size` (width, height)."""
    height, width = flow.consistency.shape
    if (width, height) == size:
        return flow
    factors = np.array([size[0] / width, size[1] / height], np.float32)
    large = np.asarray(cv2.resize(flow.backward, size, interpolation=cv2.INTER_LINEAR), np.float32) * factors
    return Flow(large, np.asarray(cv2.resize(flow.consistency, size, interpolation=cv2.INTER_LINEAR), np.float32))


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
    returned = carry(forward, backward, border=cv2.BORDER_REPLICATE)
    error = _squared_length(returned + backward)
    tolerance = 0.01 * (_squared_length(returned) + _squared_length(backward)) + 0.5
    result: Floats = cv2.exp(-error / (2 * tolerance))
    # what comes from outside the frame was never seen
    x, y = _source(backward)
    height, width = backward.shape[:2]
    result[(x < -0.5) | (y < -0.5) | (x > width - 0.5) | (y > height - 0.5)] = 0
    return result


def _squared_length(flow: Floats) -> Floats:
    """(h, w, 2) -> (h, w). Plane by plane: reducing an axis of two is several times slower."""
    x, y = flow[..., 0], flow[..., 1]
    return np.asarray(x * x + y * y, np.float32)


def carry(values: Floats, backward: Floats, border: int = cv2.BORDER_CONSTANT) -> Floats:
    """Moves (h, w) or (h, w, C) float32 values along a flow; what comes from outside is zero unless `border` says."""
    x, y = _source(backward)
    moved: Floats = cv2.remap(values, x, y, cv2.INTER_LINEAR, borderMode=border)
    return moved


def warp_masks(masks: Floats, flow: Flow) -> Floats:
    """The previous frame's masks (K, h, w) float32 on the current frame, same shape and range."""
    if len(masks) == 0:
        return masks
    return np.stack([carry(mask, flow.backward) for mask in masks])


def _source(backward: Floats) -> tuple[Floats, Floats]:
    height, width = backward.shape[:2]
    x = backward[..., 0] + np.arange(width, dtype=np.float32)
    y = backward[..., 1] + np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(x, np.float32), np.asarray(y, np.float32)


class WarpingOnly:
    """The baseline every engine has to beat: a `TargetModel` that believes the flow and remembers nothing."""

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """Nothing to remember."""

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        consistency: Floats,
    ) -> Floats:
        """The warped masks, sharpened: interpolating soft masks again and again would melt them away."""
        return (warped > 0.5).astype(np.float32)
