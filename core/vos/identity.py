"""Which of several objects is which: what the anchors say of it, frame after frame.

Objects that look alike and cross are told apart by where they were a moment ago, and one mistake is carried on: the
memory of recent frames then vouches for it. The anchors do not drift, so their vote weighs in on every frame.
"""

from __future__ import annotations

import numpy as np

from core.vos.extents import FAINT, joint_extent
from core.vos.target import Floats

_DOUBT = 0.02
"""What an object keeps of a place where the vote is all for another: similarity is no proof."""


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
