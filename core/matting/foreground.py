"""The object's own colour where a pixel mixes it with the background, so that no fringe of the old one shows."""

from __future__ import annotations

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box

Pixels = TypeVar("Pixels", NDArray[np.uint8], NDArray[np.uint16])
_TINY = 1e-4


def estimate_foreground(image: Pixels, alpha: NDArray[np.float32], radius: int = 24) -> Pixels:
    """Foreground colours, (H, W, 3), of a picture (H, W, 3) uint8 or uint16 RGB under its alpha (H, W) in [0, 1].

    Where alpha is 1 the picture is returned untouched. Where it is 0 the nearby foreground is spread on, so that
    scaling and lossy compression find nothing foreign next to the edge. Two passes of blur fusion, Forte, "Approximate
    Fast Foreground Colour Estimation", ICIP 2021, with box blurs of `radius` pixels and a quarter of it; far from the
    object its colours come from a pyramid instead of a wider blur.
    """
    scale = np.float32(255 if image.dtype == np.uint8 else 65535)
    box = bounding_box(alpha)
    if box.empty:
        return np.zeros_like(image)
    near_object = box.grown(2 * radius, 2 * radius).clipped(alpha.shape[1], alpha.shape[0]).slices
    picture = image[near_object].astype(np.float32) / scale
    part = np.ascontiguousarray(alpha[near_object], np.float32)
    wide, background = _fuse(picture, picture, picture, part, radius)
    fine, _ = _fuse(picture, wide, background, part, max(1, radius // 4))
    spread = _spread(np.clip(fine, 0.0, 1.0), part)
    near = (_blur(part, radius // 2) > _TINY)[..., None]
    colours = np.where(part[..., None] > 0, np.clip(fine, 0.0, 1.0), spread)
    colours = np.where(near | (part[..., None] > 0), colours, spread)
    result = np.zeros_like(image)
    result[near_object] = np.rint(colours * scale).astype(image.dtype)
    opaque = alpha >= 1
    result[opaque] = image[opaque]
    return result


def _blur(values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    return np.asarray(cv2.blur(values, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REPLICATE), np.float32)


def _fuse(
    picture: NDArray[np.float32],
    foreground: NDArray[np.float32],
    background: NDArray[np.float32],
    alpha: NDArray[np.float32],
    radius: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One pass: blurred colours of both sides, then the foreground corrected so that the mixture is the picture."""
    weight = alpha[..., None]
    # squared, so that a mixed pixel, whose colour is neither side's, says less than a pure one
    front_weight, back_weight = weight * weight, (1 - weight) * (1 - weight)
    inside, outside = _blur(front_weight[..., 0], radius)[..., None], _blur(back_weight[..., 0], radius)[..., None]
    front = _blur(foreground * front_weight, radius) / (inside + 1e-5)
    back = _blur(background * back_weight, radius) / (outside + 1e-5)
    return front + weight * (picture - weight * front - (1 - weight) * back), back


def _spread(colours: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours outside from those inside, by halving weighted colours until everything has some, and back up."""
    weighted, weight = colours * alpha[..., None], alpha
    levels = [(weighted, weight)]
    while min(weight.shape) > 2:
        size = ((weight.shape[1] + 1) // 2, (weight.shape[0] + 1) // 2)
        weighted = np.asarray(cv2.resize(weighted, size, interpolation=cv2.INTER_AREA), np.float32)
        weight = np.asarray(cv2.resize(weight, size, interpolation=cv2.INTER_AREA), np.float32)
        levels.append((weighted, weight))
    weighted, weight = levels[-1]
    result = np.asarray(weighted / np.maximum(weight, _TINY)[..., None], np.float32)
    for weighted, weight in reversed(levels[:-1]):
        shape = (weight.shape[1], weight.shape[0])
        coarse = np.asarray(cv2.resize(result, shape, interpolation=cv2.INTER_LINEAR), np.float32)
        trust = np.clip(weight, 0.0, 1.0)[..., None]
        filled = trust * (weighted / np.maximum(weight, _TINY)[..., None]) + (1 - trust) * coarse
        result = np.asarray(filled, np.float32)
    return result
