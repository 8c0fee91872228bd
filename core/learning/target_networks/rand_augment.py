"""RandAugment: two operations drawn from a list, all of the same magnitude (Cubuk et al., CVPR Workshops 2020)."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from core.learning.target_networks.examples import Example
from core.types import Floats, Image

_CHANGES = 2
"""Operations applied to each picture."""
_STRENGTH = 0.3
"""Magnitude, as a fraction of the largest: 9 of the paper's 30."""


def rand_augment(rng: np.random.Generator, example: Example) -> Example:
    """`example` after the operations; geometric ones are applied to the masks, too."""
    for _ in range(_CHANGES):
        index = int(rng.integers(len(_COLOURS) + len(_MOVES)))
        strength = _STRENGTH * (1 if rng.random() < 0.5 else -1)
        if index < len(_COLOURS):
            image = _COLOURS[index](example.image, strength)
            example = Example(image, example.masks, example.known, example.given)
        else:
            example = _moved(example, _MOVES[index - len(_COLOURS)](example.image.shape, strength))
    return example


def _as_is(image: Image, strength: float) -> Image:
    return image


def _auto_contrast(image: Image, strength: float) -> Image:
    low, high = image.min(axis=(0, 1)), image.max(axis=(0, 1))
    return _bytes((image - low.astype(np.float32)) * (255 / np.maximum(1.0, high.astype(np.float32) - low)))


def _equalise(image: Image, strength: float) -> Image:
    return np.dstack([cv2.equalizeHist(np.ascontiguousarray(image[..., channel])) for channel in range(3)])


def _posterise(image: Image, strength: float) -> Image:
    kept = 8 - round(4 * abs(strength))
    return image & np.uint8(256 - 2 ** (8 - kept))


def _solarise(image: Image, strength: float) -> Image:
    return np.where(image < 256 * (1 - abs(strength)), image, 255 - image)


def _contrast(image: Image, strength: float) -> Image:
    mean = float(image.mean())
    return _bytes(mean + (image - np.float32(mean)) * (1 + 0.9 * strength))


def _brightness(image: Image, strength: float) -> Image:
    return _bytes(image * np.float32(1 + 0.9 * strength))


def _saturation(image: Image, strength: float) -> Image:
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
    return _bytes(grey + (image - grey) * (1 + 0.9 * strength))


def _sharpness(image: Image, strength: float) -> Image:
    soft = cv2.GaussianBlur(image, (3, 3), 0).astype(np.float32)
    return _bytes(soft + (image - soft) * (1 + 0.9 * strength))


def _bytes(values: Floats) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


def _shear_x(shape: tuple[int, ...], strength: float) -> Floats:
    return np.array([[1, strength, -strength * shape[0] / 2], [0, 1, 0]], np.float32)


def _shear_y(shape: tuple[int, ...], strength: float) -> Floats:
    return np.array([[1, 0, 0], [strength, 1, -strength * shape[1] / 2]], np.float32)


def _shift_x(shape: tuple[int, ...], strength: float) -> Floats:
    return np.array([[1, 0, 0.45 * strength * shape[1]], [0, 1, 0]], np.float32)


def _shift_y(shape: tuple[int, ...], strength: float) -> Floats:
    return np.array([[1, 0, 0], [0, 1, 0.45 * strength * shape[0]]], np.float32)


def _rotate(shape: tuple[int, ...], strength: float) -> Floats:
    return np.asarray(cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), 30 * strength, 1), np.float32)


_COLOURS: tuple[Callable[[Image, float], Image], ...] = (
    _as_is,
    _auto_contrast,
    _equalise,
    _posterise,
    _solarise,
    _contrast,
    _brightness,
    _saturation,
    _sharpness,
)
_MOVES: tuple[Callable[[tuple[int, ...], float], Floats], ...] = (_shear_x, _shear_y, _shift_x, _shift_y, _rotate)


def _moved(example: Example, matrix: Floats) -> Example:
    size = (example.image.shape[1], example.image.shape[0])
    border = cv2.BORDER_REFLECT_101
    image = cv2.warpAffine(example.image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border)
    masks = np.zeros_like(example.masks)
    for mask, target in zip(example.masks, masks, strict=True):
        target[:] = cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_LINEAR, borderMode=border)
    return Example(np.asarray(image, np.uint8), masks, example.known, example.given)
