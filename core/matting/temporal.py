"""Alpha smoothed over time where the picture stands still, against edges that chatter."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Image

Matted = tuple[Image, NDArray[np.float32]]
_REACH = 256
"""The longer side over this is how far an edge may chatter, in pixels, and `_LEAST_REACH` where that is less."""
_LEAST_REACH = 3
_NOISE = 10.0
"""Levels of 255 by which a pixel may differ between frames and still count as the same thing."""


def smooth_alphas(frames: Iterable[Matted], radius: int) -> Iterator[NDArray[np.float32]]:
    """Yields one alpha (H, W) float32 for every (picture (H, W, 3) uint8, alpha (H, W) float32 in [0, 1]), in order.

    Each is the weighted mean of up to `radius` frames to either side. A neighbour's weight falls with the difference of
    the pictures at the pixel (as in a bilateral filter over time), so what moves keeps its own edge without a trail.
    What moves over a ground of its own colour looks still: a frame's alpha changes only near its own edge.
    Reads `radius` frames ahead and holds 2 * radius + 1.
    """
    if radius <= 0:
        for _, alpha in frames:
            yield alpha
        return
    window: deque[Matted] = deque(maxlen=2 * radius + 1)
    centre = 0
    for frame in frames:
        if len(window) == window.maxlen:
            centre -= 1
        window.append(frame)
        if len(window) - 1 - centre == radius:
            yield _mean(window, centre)
            centre += 1
    while centre < len(window):
        yield _mean(window, centre)
        centre += 1


def stillness(image: Image, other: Image) -> NDArray[np.float32]:
    """(H, W) float32: 1 where two pictures, (H, W, 3) uint8, show the same, falling to 0 where something moved."""
    difference = cv2.absdiff(image, other).max(axis=2)
    # a single pixel's noise must not count as motion, nor motion as noise
    difference = np.asarray(cv2.blur(difference.astype(np.float32), (3, 3)), np.float32)
    return np.asarray(np.exp(-((difference / _NOISE) ** 2)), np.float32)


def _mean(window: deque[Matted], centre: int) -> NDArray[np.float32]:
    image, alpha = window[centre]
    total, weights = alpha.copy(), np.ones_like(alpha)
    edge = _about_edge(alpha)
    radius = (window.maxlen or 1) // 2
    for index, (other, other_alpha) in enumerate(window):
        if index == centre or abs(index - centre) > radius:
            continue
        weight = edge * stillness(image, other) / np.float32(1 + abs(index - centre))
        total += weight * other_alpha
        weights += weight
    return np.asarray(total / weights, np.float32)


def _about_edge(alpha: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(H, W): where alpha is between 0 and 1, or changes, and as far around that as an edge may chatter."""
    reach = max(_LEAST_REACH, max(alpha.shape) // _REACH)
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    some, all_of_it = (alpha > 0).view(np.uint8), (alpha >= 1).view(np.uint8)
    return np.asarray(cv2.dilate(some, kernel) != cv2.erode(all_of_it, kernel))
