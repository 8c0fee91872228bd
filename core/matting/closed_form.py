"""Closed-form matting: alpha that is, in every small window, a linear function of the colours.

The system is solved by conjugate gradients on the open pixels alone, from a guess that is the solution of half the
size: what is far apart has been settled there, at a fraction of the work. Levin, Lischinski and Weiss, "A Closed-Form
Solution to Natural Image Matting", TPAMI 2008.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.matting.laplacian import OpenSystem, open_system, padded_colours, window_statistics
from core.matting.trimap import INSIDE, UNKNOWN
from core.types import Image

Plane = NDArray[np.float32]

_EPSILON = 1e-7 / 9
"""Variance of colours, in [0, 1] squared, that counts as flat; smaller than the guided filter's: hair is signal."""
_TOLERANCE = 6e-5
_COARSE_TOLERANCE = 3e-4
_FLAT = 1e-5
"""As _EPSILON, for the fit that carries alpha from half the size to all of it: its noise must not be enlarged."""
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
    half = half.astype(np.uint8)
    return _enlarged(image, small, half == UNKNOWN, _solved(small, half, None, _COARSE_TOLERANCE))


def _enlarged(image: Image, small: Image, unknown: NDArray[np.bool_], found: Plane) -> Plane:
    """The alpha of half the size at the picture's. What is enlarged is not alpha but how it follows from the colours
    around each pixel, so that strands stay sharp.
    """
    slopes = np.zeros((*found.shape, 4), np.float32)
    slopes[..., 3] = found
    around = cv2.dilate(unknown.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    step = found.shape[1] + 2
    centres = np.flatnonzero(np.pad(around, 1))
    windows = centres[None] + np.array([row * step + column for row in (-1, 0, 1) for column in (-1, 0, 1)])[:, None]
    mean, _, scaled = window_statistics(padded_colours(small, 1), windows, _FLAT)
    alpha = np.pad(found, 1, mode="edge").ravel()[windows]
    slope = np.einsum("kin,in->kn", scaled, alpha) / 9
    slopes[around, :3] = slope.T
    slopes[around, 3] = alpha.mean(axis=0) - (slope * mean).sum(axis=0)
    height, width = image.shape[:2]
    large = cv2.resize(cv2.blur(slopes, (3, 3)), (width, height), interpolation=cv2.INTER_LINEAR)
    followed = np.einsum("ijk,ijk->ij", large[..., :3], image.astype(np.float32) / np.float32(255)) + large[..., 3]
    return np.asarray(np.clip(followed, 0, 1), np.float32)


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
