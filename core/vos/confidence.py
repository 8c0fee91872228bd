"""How sure one can be of an object's mask on one frame, without knowing the truth."""

from __future__ import annotations

import numpy as np

from core.vos.target import Floats

_LEAST_PIXELS = 1e-3


def mask_confidence(shares: Floats, warped: Floats, consistency: Floats, follows: bool) -> Floats:
    """Confidence (K,) float32 in [0, 1] of the objects' shares (K, h, w) float32 in [0, 1] on one frame.

    The product of three cues, each in [0, 1]: how decided the mask's own pixels are; how far it agrees with the
    `warped` mask (K, h, w) of the frame before; how consistent the flow is on it (`consistency`, (h, w)). Where nothing
    was carried over (`follows` is False) only the first counts, halved: nobody vouches for the object being there.
    An object without a pixel has the confidence that it has really gone: low if the warped mask was large.
    """
    return np.array([_one(share, carried, consistency, follows) for share, carried in zip(shares, warped, strict=True)])


def _one(share: Floats, warped: Floats, consistency: Floats, follows: bool) -> np.float32:
    total = float(share.sum())
    before = float(warped.sum())
    if total < _LEAST_PIXELS:
        return np.float32(0.5 if before < _LEAST_PIXELS else 0.1)
    # the expected IoU of the mask with the truth, were the shares true probabilities
    inside = share > 0.5
    sure = float(share[inside].sum())
    decided = sure / max(float(inside.sum()) + total - sure, _LEAST_PIXELS)
    if not follows:
        return np.float32(0.5 * decided)
    shared = float(np.minimum(share, warped).sum())
    agreement = shared / max(total + before - shared, _LEAST_PIXELS)
    trusted = float((share * consistency).sum()) / total
    return np.float32(np.clip(decided * np.sqrt(agreement) * (0.5 + 0.5 * trusted), 0, 1))
