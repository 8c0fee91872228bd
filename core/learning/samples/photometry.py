"""Photometric augmentation as by a camera: exposure, white balance, blur, noise and compression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from core.types import Floats, Image

_DIM = 0.08
"""Fraction of clips in low light."""


@dataclass(frozen=True)
class Exposure:
    """`contrast` about mid-grey, `brightness` in grey levels, `balance` (3,) a factor per channel."""

    contrast: float
    brightness: float
    balance: Floats

    @classmethod
    def random(cls, rng: np.random.Generator) -> Exposure:
        """A clip's own."""
        balance = np.exp(rng.normal(0, 0.1, 3)).astype(np.float32)
        if rng.random() < _DIM:
            # evening: dark, flat and in odd colours
            return cls(float(rng.uniform(0.3, 0.7)), float(rng.uniform(-80, -40)), balance * balance)
        return cls(float(np.exp(rng.normal(0, 0.18))), float(rng.normal(0, 14)), balance)

    def flickered(self, rng: np.random.Generator) -> Exposure:
        """This exposure a frame later: much the same."""
        return Exposure(
            self.contrast * float(np.exp(rng.normal(0, 0.08))),
            self.brightness + float(rng.normal(0, 6)),
            self.balance * np.exp(rng.normal(0, 0.05, 3)).astype(np.float32),
        )

    def apply(self, picture: Floats) -> Floats:
        """(H, W, 3) in [0, 255] to the same."""
        exposed: Floats = np.clip((picture * self.balance - 128) * self.contrast + 128 + self.brightness, 0, 255)
        return exposed


Film = Callable[[np.random.Generator, Exposure, Floats], Image]
"""What makes a frame (H, W, 3) uint8 of what is before the camera, (H, W, 3) float32 in [0, 255]."""


def expose_and_blur(rng: np.random.Generator, exposure: Exposure, picture: Floats) -> Image:
    """A frame as a cheap camera takes and stores it; see `Film`."""
    return degraded(rng, exposure.apply(picture))


def as_it_is(rng: np.random.Generator, exposure: Exposure, picture: Floats) -> Image:
    """A frame that nothing was done to, for `core.learning.samples.batch_photometry` to do; see `Film`."""
    return np.clip(picture, 0, 255).astype(np.uint8)


def degrade(rng: np.random.Generator, frames: Image) -> Image:
    """Frames (T, H, W, 3) uint8 with what optical flow suffers from, at little cost: flicker, blur, and noise that is
    the same in all channels.
    """
    height, width = frames.shape[1:3]
    rough = np.empty_like(frames)
    for frame, target in zip(frames, rough, strict=True):
        if rng.random() < 0.3:
            frame = cv2.GaussianBlur(frame, (0, 0), float(rng.uniform(0.4, 1.3)))
        level = np.zeros((height, width), np.float32)
        if rng.random() < 0.7:
            bank = _noise(2 * max(height, width))
            top, left = rng.integers(0, bank.shape[0] - height), rng.integers(0, bank.shape[1] - width)
            level = bank[top : top + height, left : left + width] * np.float32(rng.uniform(0.5, 4))
        gain, lift = np.float32(np.exp(rng.normal(0, 0.08))), np.float32(rng.normal(0, 6))
        target[:] = np.clip(frame * gain + (level + lift)[..., None], 0, 255).astype(np.uint8)
    return rough


@cache
def _noise(side: int) -> Floats:
    """Noise to cut pieces from."""
    return np.random.default_rng(0).standard_normal((side, side), np.float32)


def degraded(rng: np.random.Generator, picture: Floats) -> Image:
    """(H, W, 3) float32 in [0, 255] as a cheap camera would store it: sometimes blurred, noisy, compressed; uint8."""
    if rng.random() < 0.3:
        picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.4, 1.3)))
    elif rng.random() < 0.1:
        picture = _motion_blur(rng, picture)
    if rng.random() < 0.7:
        noise = rng.standard_normal(picture.shape, np.float32)
        picture = picture + noise * np.float32(rng.uniform(0.5, 4))
    stored = np.clip(picture, 0, 255).astype(np.uint8)
    return compressed(stored, int(rng.integers(25, 75))) if rng.random() < 0.2 else stored


def compressed(picture: Image, quality: int) -> Image:
    """(H, W, 3) uint8 after a round trip through JPEG."""
    # OpenCV takes the channels for blue, green, red: chroma is subsampled all the same, and comes back in place
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _motion_blur(rng: np.random.Generator, picture: Floats) -> Floats:
    blurred: Floats = cv2.filter2D(picture, -1, motion_kernel(int(rng.integers(3, 10)), rng.uniform(0, np.pi)))
    return blurred


def motion_kernel(length: int, angle: float) -> Floats:
    """A line through the middle of (length, length), at an angle in radians; its sum is 1."""
    kernel = np.zeros((length, length), np.float32)
    reach = (length - 1) / 2
    for offset in np.linspace(-reach, reach, 2 * length):
        kernel[round(reach + offset * np.sin(angle)), round(reach + offset * np.cos(angle))] = 1
    kernel /= kernel.sum()
    return kernel
