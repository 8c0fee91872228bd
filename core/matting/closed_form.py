"""Closed-form matting: alpha that is, in every small window, a linear function of the colours.

The system is solved by conjugate gradients on the open pixels alone, from a guess that is the solution of half the
size: what is far apart has been settled there, at an eighth of the work.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.matting.laplacian import OpenSystem, open_system
from core.matting.trimap import INSIDE, UNKNOWN
from core.types import Image

Plane = NDArray[np.float32]

_EPSILON = 1e-7 / 9
"""Variance of colours, in [0, 1] squared, that counts as flat; smaller than the guided filter's: hair is signal."""
_TOLERANCE = 6e-5
_COARSE_TOLERANCE = 3e-4
_MOST_STEPS = 3000
_SMALLEST = 64
"""Pixels on the shorter side from which on a guess is not looked for in half the size."""


def closed_form_alpha(image: Image, tri: NDArray[np.uint8], guess: Plane | None = None) -> Plane:
    """Alpha, (H, W) float32 in [0, 1], of a picture (H, W, 3) uint8 RGB under a trimap (H, W) uint8.

    What the trimap is sure of stays as it is. `guess`, (H, W) float32 in [0, 1], such as the frame before, is where the
    search sets out; without one, half the size is solved first.
    """
    return _solved(image, tri, guess, _TOLERANCE)


def _solved(image: Image, tri: NDArray[np.uint8], guess: Plane | None, tolerance: float) -> Plane:
    sure: Plane = (tri == INSIDE).astype(np.float32)
    unknown = tri == UNKNOWN
    if not unknown.any() or min(unknown.shape) < 3:
        return sure if guess is None else np.where(unknown, guess, sure).astype(np.float32)
    if guess is None:
        guess = _from_half(image, tri)
    system = open_system(image, unknown, sure, _EPSILON)
    start = np.ascontiguousarray(guess[unknown], np.float32)
    result = sure
    result[unknown] = np.clip(_conjugate_gradients(system, start, tolerance), 0, 1)
    return result


def _from_half(image: Image, tri: NDArray[np.uint8]) -> Plane:
    height, width = tri.shape
    if min(height, width) < _SMALLEST:
        blurred = cv2.blur((tri == INSIDE).astype(np.float32), (15, 15))
        return np.asarray(blurred, np.float32)
    size = (width + 1) // 2, (height + 1) // 2
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    levels = cv2.resize(tri.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    # what holds anything unknown is unknown
    opened = cv2.resize((tri == UNKNOWN).astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    half = np.where(opened, np.uint8(UNKNOWN), np.where(levels > UNKNOWN, np.uint8(INSIDE), np.uint8(0)))
    found = _solved(small, half.astype(np.uint8), None, _COARSE_TOLERANCE)
    return np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _conjugate_gradients(system: OpenSystem, start: NDArray[np.float32], tolerance: float) -> NDArray[np.float32]:
    """Solves the system, with the diagonal as preconditioner, until the residual has fallen to `tolerance`, as measured
    from alpha 0.
    """
    diagonal = np.maximum(system.diagonal, np.float32(1e-6))
    found = start.copy()
    residual = system.right - system(found)
    turned = residual / diagonal
    direction = turned.copy()
    energy = float(np.vdot(residual, turned))
    goal = tolerance**2 * float(np.vdot(system.right, system.right / diagonal))
    for _ in range(_MOST_STEPS):
        if energy <= goal:
            break
        image = system(np.asarray(direction, np.float32))
        curve = float(np.vdot(direction, image))
        if curve <= 0:
            break
        step = np.float32(energy / curve)
        found += step * direction
        residual -= step * image
        turned = residual / diagonal
        before, energy = energy, float(np.vdot(residual, turned))
        direction = turned + np.float32(energy / before) * direction
    return found
