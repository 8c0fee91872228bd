"""From stored numbers of a picture to RGB of 8 or 16 bits over the whole range."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.types import Image

Pixels = NDArray[Any]
"""(H, W, 3) RGB: uint8, uint16, or float32 where 1 is white."""


def as_rgb(stored: NDArray[Any]) -> Pixels:
    """(H, W) or (H, W, C) of any number of channels as (H, W, 3): grey is repeated, alpha is left out."""
    if stored.ndim == 2:
        stored = stored[..., None]
    if stored.shape[2] < 3:
        return np.repeat(stored[..., :1], 3, axis=2)
    return np.ascontiguousarray(stored[..., :3])


def to_eight(pixels: Pixels, linear: bool = False) -> Image:
    """The picture, (H, W, 3) RGB, in 8 bits. Floats are clipped to [0, 1]; `linear` ones are encoded as sRGB."""
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, np.uint8)
    if pixels.dtype == np.uint16:
        return _sixteen_to_eight()[pixels]
    # half floats are as fine as 8 bits can show, and there are few of them
    halves = pixels.astype(np.float16).view(np.uint16)
    return _half_to_eight(linear)[halves]


def to_sixteen(pixels: Pixels, linear: bool = False) -> NDArray[np.uint16]:
    """The picture, (H, W, 3) RGB, in 16 bits. Floats are clipped to [0, 1]; `linear` ones are encoded as sRGB."""
    if pixels.dtype == np.uint8:
        return np.asarray(pixels.astype(np.uint16) * 257, np.uint16)
    if pixels.dtype == np.uint16:
        return np.asarray(pixels, np.uint16)
    return _rounded(_shown(pixels.astype(np.float32), linear), 65535).astype(np.uint16)


def encode_srgb(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Linear light in [0, 1] as sRGB values in [0, 1] (IEC 61966-2-1), (H, W, 3) or of any other shape."""
    curve = 1.055 * np.power(np.maximum(light, 0.0031308), np.float32(1 / 2.4)) - 0.055
    return np.asarray(np.where(light <= 0.0031308, 12.92 * light, curve), np.float32)


def decode_srgb(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The inverse of `encode_srgb`."""
    curve = np.power((np.maximum(values, 0.04045) + 0.055) / 1.055, np.float32(2.4))
    return np.asarray(np.where(values <= 0.04045, values / 12.92, curve), np.float32)


def _shown(values: NDArray[np.float32], linear: bool) -> NDArray[np.float32]:
    cut = np.clip(np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=0.0), 0, 1)
    return encode_srgb(cut) if linear else np.asarray(cut, np.float32)


def _rounded(values: NDArray[np.float32], top: int) -> NDArray[np.float32]:
    return np.asarray(np.floor(values.astype(np.float64) * top + 0.5), np.float32)


@lru_cache(maxsize=1)
def _sixteen_to_eight() -> NDArray[np.uint8]:
    return ((np.arange(65536) * 255 + 32767) // 65535).astype(np.uint8)


@lru_cache(maxsize=2)
def _half_to_eight(linear: bool) -> NDArray[np.uint8]:
    halves = np.arange(65536, dtype=np.uint16).view(np.float16).astype(np.float32)
    return _rounded(_shown(halves, linear), 255).astype(np.uint8)
