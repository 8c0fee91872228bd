"""Thin things: limbs and straps that belong to an object, and wires, twigs and railings that do not."""

from __future__ import annotations

import cv2
import numpy as np

from core.types import Floats

_SUBPIXEL = 4
"""Fractional bits of the coordinates that OpenCV draws at."""


def random_limbs(rng: np.random.Generator, mask: Floats) -> Floats:
    """A mask (S, S) in [0, 1] with a few thin bent lines that grow out of it, as limbs, tails and handles do."""
    pixels = np.argwhere(mask > 0.5)
    if not len(pixels):
        return mask
    side = len(mask)
    grown = mask.copy()
    middle = pixels.mean(axis=0)
    for _ in range(int(rng.integers(1, 5))):
        start = pixels[rng.integers(len(pixels))]
        outwards = np.arctan2(*(start - middle)) + rng.normal(0, 0.6)
        _draw(grown, _path(rng, start[::-1].astype(np.float32), outwards, side), rng.uniform(0.006, 0.03) * side)
    return grown


def random_lines(rng: np.random.Generator, side: int) -> Floats:
    """Thin occluders, (S, S) in [0, 1]: wires and twigs, or a railing."""
    lines = np.zeros((side, side), np.float32)
    thickness = float(rng.uniform(0.004, 0.02)) * side
    if rng.random() < 0.3:
        # parallel ones, a railing or blinds, at any angle
        angle, pitch = rng.uniform(0, np.pi), rng.uniform(0.06, 0.2) * side
        along, across = _direction(angle), _direction(angle + np.pi / 2)
        for shift in np.arange(-side, side, pitch):
            foot = side / 2 + across * shift
            _draw(lines, np.stack([foot - along * side, foot + along * side]), thickness)
        return lines
    for _ in range(int(rng.integers(1, 5))):
        _draw(lines, _path(rng, rng.uniform(0, side, 2).astype(np.float32), rng.uniform(0, 2 * np.pi), side), thickness)
    return lines


def _path(rng: np.random.Generator, start: Floats, angle: float, side: int) -> Floats:
    """Points (x, y) of a line that bends now and then, (N, 2)."""
    points = [np.asarray(start, np.float32)]
    for _ in range(int(rng.integers(1, 4))):
        points.append(points[-1] + _direction(angle) * rng.uniform(0.06, 0.25) * side)
        angle += rng.normal(0, 0.7)
    return np.stack(points)


def _direction(angle: float) -> Floats:
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


def _draw(mask: Floats, points: Floats, thickness: float) -> None:
    fixed = np.round(points * (1 << _SUBPIXEL)).astype(np.int32)
    cv2.polylines(mask, [fixed], False, 1.0, max(1, round(thickness)), cv2.LINE_AA, _SUBPIXEL)
