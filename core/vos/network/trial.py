"""Tests a runtime on a device: compares its results on a small scene with those of a reference runtime."""

from __future__ import annotations

import cv2
import numpy as np

from core.types import Floats
from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.runtime import DecoderInputs, NetworkRuntime

_SIDE = 128
_NEAR = 0.02
"""Largest difference of probabilities of the same network in the same precision."""


def agrees(runtime: NetworkRuntime, reference: NetworkRuntime) -> bool:
    """Whether both return the same probabilities within rounding errors. Raises whatever the runtimes raise."""
    return float(np.abs(_answer(runtime) - _answer(reference)).max()) < _NEAR


def _answer(runtime: NetworkRuntime) -> Floats:
    """Probabilities (1, H, W) of a moved disc on noise, through memory, local matching and decoder."""
    masks = [_disc(48), _disc(56)]
    noise = np.random.default_rng(0).integers(0, 120, (_SIDE, _SIDE, 3), dtype=np.uint8)
    images = [np.where(mask[..., None] > 0, np.uint8(220), noise).astype(np.uint8) for mask in masks]
    before, now = (runtime.encode(image) for image in images)
    keys, values = runtime.memorise(before, masks[0][None])
    motion = np.zeros((1, MOTION_CHANNELS, _SIDE // 8, _SIDE // 8), np.float32)
    return runtime.decode(DecoderInputs(now, keys, values, before, masks[0][None], masks[0][None], motion))


def _disc(x: int) -> Floats:
    drawn = np.zeros((_SIDE, _SIDE), np.uint8)
    cv2.circle(drawn, (x, _SIDE // 2), 24, 1, -1)
    return drawn.astype(np.float32)
