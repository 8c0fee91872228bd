"""Colours of pictures that are partly transparent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SEEN = 128
"""The opacity from which on a pixel counts as seen."""
_MOST_BRUSHES = 16
_ALIKE = 16
"""Colours in steps of this many levels count as one where rounding makes them differ."""


def straight_colours(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The colours of (H, W, 4), divided by the transparency where they were multiplied by it.

    Nothing in a file says so; then colours are no brighter than it is, and along soft rims fewer once they are divided.
    """
    colours, alpha = pixels[..., :3], pixels[..., 3:]
    soft = (alpha[..., 0] >= SEEN) & (alpha[..., 0] < 255)
    if not soft.any() or (colours > alpha).any():
        return colours
    divided = (colours.astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1)
    whole: NDArray[np.uint8] = np.minimum(divided, 255).astype(np.uint8)
    kinds = [len(np.unique(one[soft] // _ALIKE, axis=0)) for one in (colours, whole)]
    if kinds[1] >= kinds[0]:
        return colours
    seen = alpha[..., 0] >= SEEN
    shown = whole[seen]
    kept, counts = np.unique(shown, axis=0, return_counts=True)
    left = np.ones(len(shown), bool)
    for colour in kept[np.argsort(-counts)[:_MOST_BRUSHES]].astype(np.int16):
        # what rounding made of a colour is that colour
        alike = left & (np.abs(shown.astype(np.int16) - colour).max(axis=1) <= _ALIKE)
        shown[alike], left[alike] = colour, False
    whole[seen] = shown
    return whole
