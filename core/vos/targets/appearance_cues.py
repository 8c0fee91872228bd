"""The classical model's features: colour and texture around each pixel, mapped for a linear model.

The map is random Fourier features (Rahimi and Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007): a
linear model on them is a kernel machine with a Gaussian kernel.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from core.types import Floats, Image

COLOUR_SIGMAS = (0.0, 2.5, 7.0)
TEXTURE_SIGMAS = (2.0, 5.0)
CUES = 3 * len(COLOUR_SIGMAS) + len(TEXTURE_SIGMAS) + 2
_COLOUR_WEIGHTS = (1.0, 0.9, 0.6)
_TEXTURE_WEIGHT = 0.5
_POSITION_WEIGHT = 0.5
_POSITION_LIMIT = 2.5


def appearance_cues(image: Image, size: tuple[int, int]) -> Floats:
    """Lab colour at three scales and contrast at two, (h, w, 11) float32 of about unit variance, at `size` (w, h)."""
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB) * np.array([1 / 22, 1 / 10, 1 / 10], np.float32)
    channels = []
    for sigma, weight in zip(COLOUR_SIGMAS, _COLOUR_WEIGHTS, strict=True):
        channels.append(weight * (cv2.GaussianBlur(lab, (0, 0), sigma) if sigma else lab))
    lightness = np.ascontiguousarray(lab[..., 0])
    for sigma in TEXTURE_SIGMAS:
        mean = cv2.GaussianBlur(lightness, (0, 0), sigma)
        variance = cv2.GaussianBlur(lightness * lightness, (0, 0), sigma) - mean * mean
        channels.append(_TEXTURE_WEIGHT * 3 * np.sqrt(np.maximum(variance, 0))[..., None])
    return np.concatenate(channels, axis=2)


def position_cues(mask: Floats, shape: Sequence[int]) -> Floats:
    """The position of each pixel relative to the object's centre, in units of its spread: (h, w, 2) float32.

    `mask` (h, w) float32 in [0, 1]; without a pixel of it, every position is the centre.
    """
    rows, columns = shape[0], shape[1]
    total = float(mask.sum())
    if total < 1:
        return np.zeros((rows, columns, 2), np.float32)
    y, x = np.arange(rows, dtype=np.float32), np.arange(columns, dtype=np.float32)
    across, down = mask.sum(axis=0), mask.sum(axis=1)
    centre_x, centre_y = float(across @ x) / total, float(down @ y) / total
    spread_x = max(2.0, (float(across @ (x - centre_x) ** 2) / total) ** 0.5)
    spread_y = max(2.0, (float(down @ (y - centre_y) ** 2) / total) ** 0.5)
    result = np.empty((rows, columns, 2), np.float32)
    result[..., 0] = np.clip((x - centre_x) / spread_x, -_POSITION_LIMIT, _POSITION_LIMIT) * _POSITION_WEIGHT
    result[..., 1] = np.clip((y - centre_y) / spread_y, -_POSITION_LIMIT, _POSITION_LIMIT)[:, None] * _POSITION_WEIGHT
    return result


class FourierLift:
    """cos(W x + b) with W drawn once from a normal distribution: the same in every session."""

    def __init__(self, outputs: int, width: float) -> None:
        generator = np.random.default_rng(7)
        self.outputs = outputs
        self._directions = (generator.standard_normal((CUES, outputs)) / width).astype(np.float32)
        self._phases = (generator.random(outputs) * 2 * np.pi).astype(np.float32)

    def __call__(self, cues: Floats) -> Floats:
        """(N, CUES) float32 as (N, outputs) float32 in [-1, 1]."""
        return np.asarray(np.cos(cues @ self._directions + self._phases), np.float32)
