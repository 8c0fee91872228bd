"""Which of several objects is which: what the anchors say of it, frame after frame.

Objects that look alike and cross are told apart by where they were a moment ago, and one mistake is carried on: the
memory of recent frames then vouches for it. The anchors do not drift, so their vote weighs in on every frame.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.vos.extents import FAINT, joint_extent
from core.vos.target import Floats

_DOUBT = 0.02
"""What an object keeps of a place where the vote is all for another: similarity is no proof."""
_CONTENDS = 0.001
"""Probability from which on a vote may raise an object that is next to nothing beside another."""


def settle_identity(found: Floats, votes: Floats) -> Floats:
    """Probabilities (K, h, w) float32 in [0, 1] with what is object shared out by the votes (K, h, w) in [0, 1] too.

    How likely a pixel is any object at all stays as it was; where the votes are even, nothing changes but that the
    objects' probabilities now compete.
    """
    settled = np.zeros(found.shape, np.float32)
    box = joint_extent(found, FAINT)
    there = found[:, *box.slices]
    any_object = 1 - np.prod(1 - np.clip(there, 0, 1), axis=0)
    doubted = votes[:, *box.slices] + np.float32(_DOUBT)
    shares = there * (doubted / doubted.sum(axis=0))
    settled[:, *box.slices] = any_object * shares / np.maximum(shares.sum(axis=0), 1e-6)
    return settled


def disputed(found: Floats, stride: int) -> NDArray[np.bool_]:
    """The cells (H / stride, W / stride) where more than one of the planes (K, H, W) has something, and those beside
    them: elsewhere votes change nothing.
    """
    objects, height, width = found.shape
    # rows first: whole rows are reduced many times faster than squares
    present = (found > _CONTENDS).reshape(objects, height // stride, stride, width).any(axis=2)
    several = present.reshape(objects, height // stride, width // stride, stride).any(axis=3).sum(axis=0) > 1
    return np.asarray(cv2.dilate(several.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
