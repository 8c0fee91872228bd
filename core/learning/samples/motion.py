"""Synthetic motion: affine and elastic paths, and random shapes where there is no object to cut out.

Matrices (2, 3) and displacements (S, S, 2), all float32, say where a pixel (x, y) of the result comes from, in pixels.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from core.types import Floats


@lru_cache(maxsize=4)
def _grid(side: int) -> tuple[Floats, Floats]:
    """x and y of every pixel, (S, S)."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    return x, y


def random_affine(
    rng: np.random.Generator, side: int, rotation: float, scale: float, shift: float, shear: float = 0.1
) -> Floats:
    """A matrix (2, 3) float32 that turns (radians), scales (logarithm), shifts (fraction of the side) and shears about
    the centre of a picture (side, side); the numbers are standard deviations.
    """
    angle, size = rng.normal(0, rotation), np.exp(rng.normal(0, scale))
    aspect, lean = np.exp(rng.normal(0, scale / 2)), rng.normal(0, shear)
    cosine, sine = np.cos(angle) * size, np.sin(angle) * size
    linear = np.array([[cosine * aspect, lean - sine], [sine, cosine / aspect]])
    centre = np.full(2, side / 2)
    moved = centre + rng.normal(0, shift, 2) * side - linear @ centre
    return np.concatenate([linear, moved[:, None]], axis=1).astype(np.float32)


def compose(first: Floats, second: Floats) -> Floats:
    """The matrix (2, 3) that applies `second` and then `first`, both (2, 3), to where a pixel comes from."""
    bottom = np.array([[0, 0, 1]], np.float32)
    product: Floats = (np.vstack([first, bottom]) @ np.vstack([second, bottom]))[:2].astype(np.float32)
    return product


def zoomed(side: int, factor: float) -> Floats:
    """The matrix (2, 3) float32 that makes a picture (side, side) `factor` times smaller about its centre."""
    shift = side / 2 * (1 - factor)
    return np.array([[factor, 0, shift], [0, factor, shift]], np.float32)


def random_bend(rng: np.random.Generator, side: int, pixels: float) -> Floats:
    """A smooth displacement (S, S, 2), of `pixels` standard deviation at a few control points."""
    cells = int(rng.integers(3, 7))
    control = rng.normal(0, pixels, (cells, cells, 2)).astype(np.float32)
    return np.asarray(cv2.resize(control, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)


def moved_picture(picture: Floats, matrix: Floats, bend: Floats | None = None) -> Floats:
    """A picture (S, S, 3) after the motion; borders are mirrored."""
    return _remap(picture, matrix, bend, cv2.BORDER_REFLECT_101)


def moved_mask(mask: Floats, matrix: Floats, bend: Floats | None = None) -> Floats:
    """A mask (S, S) in [0, 1] after the motion; zero outside."""
    return _remap(mask, matrix, bend, cv2.BORDER_CONSTANT)


def random_blob(rng: np.random.Generator, side: int) -> Floats:
    """A random shape, (S, S) of 0 and 1: a disc whose radius varies."""
    x, y = _grid(side)
    cells = int(rng.integers(4, 9))
    ripple = cv2.resize(
        rng.normal(0, 1, (cells, cells)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC
    )
    across, down = rng.uniform(0.3, 0.7, 2) * side
    distance = np.hypot(x - across, y - down) / (side * rng.uniform(0.12, 0.35))
    blob: Floats = (ripple / 2 - 2 * (distance - 1) > 0).astype(np.float32)
    return blob


def _remap(values: Floats, matrix: Floats, bend: Floats | None, border: int) -> Floats:
    x, y = _grid(values.shape[0])
    from_x = matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]
    from_y = matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]
    if bend is not None:
        from_x, from_y = from_x + bend[..., 0], from_y + bend[..., 1]
    moved: Floats = cv2.remap(values, from_x, from_y, cv2.INTER_LINEAR, borderMode=border)
    return moved
