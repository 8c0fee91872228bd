"""Motion affinity: a cue for parts of an object that were never visible before.

A car that turns shows a side that matches nothing in memory but moves with the rest of it. Two affine motions are
fitted to the optical flow, one to the object's mask and one to the background; each position is compared with both.
All operations work on NumPy arrays and torch tensors alike, so that the engine and the training share this code.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from core.types import Floats
from core.vos.flow.warping import Flow
from core.vos.region import Region

MOTION_STRIDE = 8
MOTION_CHANNELS = 2
"""Affinity to the object's motion, and where flow can be trusted."""

_SHRUNK = 4
"""Flow is averaged over squares of so many pixels first: cells of the grid are about as large, or larger."""
_FITS = 2
_NOISE = 1.0
"""Error of the flow, in pixels, below which two motions are the same."""
_LEAST_WEIGHT = 1e-3
"""Added to sums of weights, so that no object is no division by zero."""
_DAMPING = 0.02
"""Added to the variance of positions, in squares of half a picture: small objects get no wild affine motion."""


def motion_affinity(flow_x: Any, flow_y: Any, masks: Any, trust: Any, x: Any, y: Any) -> Any:
    """How much better the object's motion explains each position than that of the rest does, (..., h, w) in (-1, 1).

    `flow_x` and `flow_y` in pixels, `masks` and `trust` in [0, 1], (..., h, w), broadcast against each other; `x` and
    `y` (h, w) are where the positions are, in [-1, 1]. Zero where the two motions are the same, or there is no object.
    """
    inside = _residual(flow_x, flow_y, masks * trust, x, y)
    outside = _residual(flow_x, flow_y, (1 - masks) * trust, x, y)
    present = _sum(masks)
    return (outside - inside) / (outside + inside + _NOISE) * (present / (present + 1))


def _residual(flow_x: Any, flow_y: Any, weights: Any, x: Any, y: Any) -> Any:
    """How far each position's flow is from the affine motion that fits the weighted ones best, in pixels."""
    fitted = weights
    for _ in range(_FITS):
        error = _squared_misfit((flow_x, flow_y), fitted, x, y)
        # a second, reweighted fit: masks are partly wrong
        spread = _mean(error, weights) + _NOISE**2 / 4
        fitted = weights * (spread / (spread + error))
    return _squared_misfit((flow_x, flow_y), fitted, x, y) ** 0.5


def _squared_misfit(flow: tuple[Any, Any], weights: Any, x: Any, y: Any) -> Any:
    """Squared length of what the two components of a flow have beyond the best a + b x + c y of each, by weighted least
    squares about the weighted centre.
    """
    share = weights / (_sum(weights) + _LEAST_WEIGHT)
    centre_x, centre_y = _sum(share * x), _sum(share * y)
    right, down = x - centre_x, y - centre_y
    to_right, to_down = share * right, share * down
    across, along, both = _sum(to_right * right) + _DAMPING, _sum(to_down * down) + _DAMPING, _sum(to_right * down)
    scale = across * along - both * both

    def squared(values: Any) -> Any:
        level = values - _sum(share * values)
        with_x, with_y = _sum(to_right * level), _sum(to_down * level)
        slope_x, slope_y = (along * with_x - both * with_y) / scale, (across * with_y - both * with_x) / scale
        return (level - slope_x * right - slope_y * down) ** 2

    return squared(flow[0]) + squared(flow[1])


def _mean(values: Any, weights: Any) -> Any:
    """The weighted mean over the last two axes, which stay, of length one."""
    return _sum(values * weights) / (_sum(weights) + _LEAST_WEIGHT)


def _sum(values: Any) -> Any:
    """The sum over the last two axes, which stay, of length one."""
    return values.sum((-2, -1))[..., None, None]


def motion_channels(flow: Flow | None, masks: Floats, region: Region) -> Floats:
    """The network's motion input for a region: (K, `MOTION_CHANNELS`, h, w) float32 at stride `MOTION_STRIDE`.

    `masks` (K, H, W) in [0, 1] are the warped ones on the region's canvas. Zero where there is no flow.
    """
    height, width = masks.shape[1] // MOTION_STRIDE, masks.shape[2] // MOTION_STRIDE
    if flow is None or flow.box.empty:
        return np.zeros((len(masks), MOTION_CHANNELS, height, width), np.float32)
    seen = _on_grid(flow, region, (width, height))
    trust, known = seen[..., 2], seen[..., 3]
    flow_x, flow_y = seen[..., 0] * (masks.shape[2] / region.width), seen[..., 1] * (masks.shape[1] / region.height)
    # of whole cells that is their mean, in a tenth of the time of NumPy's
    cells = np.stack([cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA) for mask in masks])
    affinity = motion_affinity(flow_x, flow_y, cells, trust, *cell_positions(height, width)) * known
    return np.stack([affinity, np.broadcast_to(trust, affinity.shape)], axis=1).astype(np.float32, copy=False)


def _on_grid(flow: Flow, region: Region, size: tuple[int, int]) -> Floats:
    """Flow in the frame's pixels, its consistency and whether it is known at all, of a grid of `size` (width, height)
    over a region: (h, w, 4).
    """
    width, height = size
    box = flow.box
    coarse = max(1, round(box.width / _SHRUNK)), max(1, round(box.height / _SHRUNK))
    backward, trust = flow.coarse(coarse)
    small = np.dstack([backward, trust, np.ones_like(trust)])
    across, down = region.width / width, region.height / height
    x = (region.left + (np.arange(width, dtype=np.float32) + 0.5) * across - box.x0) * (coarse[0] / box.width) - 0.5
    y = (region.top + (np.arange(height, dtype=np.float32) + 0.5) * down - box.y0) * (coarse[1] / box.height) - 0.5
    x, y = np.broadcast_to(x, (height, width)), np.broadcast_to(y[:, None], (height, width))
    return np.asarray(
        cv2.remap(small, x.copy(), y.copy(), cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), np.float32
    )


def cell_positions(height: int, width: int) -> tuple[Floats, Floats]:
    """x and y of the cells of a grid, (h, w) float32; the shorter side goes from -1 to 1."""
    half = min(height, width) / 2
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return (x + 0.5 - width / 2) / half, (y + 0.5 - height / 2) / half
