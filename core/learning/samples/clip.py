"""The common type of real and synthetic samples, and the difficulty of samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.types import Image, LabelMap


@dataclass(frozen=True)
class Clip:
    """`frames` (T, S, S, 3) uint8 RGB and `masks` (T, S, S) uint8, 0 or 1, of the object to follow; `other`
    likewise, of another object in the same frames, where its mask is known. The two never overlap.
    """

    frames: Image
    masks: LabelMap
    other: LabelMap | None = None

    @property
    def usable(self) -> bool:
        """Whether the first mask has enough pixels to follow, and does not cover nearly everything."""
        return _to_be_followed(self.masks)

    @property
    def rival(self) -> LabelMap:
        """Masks (T, S, S) of the other object, where that could be followed, too; else zeros."""
        if self.other is None or not _to_be_followed(self.other):
            return np.zeros_like(self.masks)
        return self.other


@dataclass(frozen=True)
class Difficulty:
    """`frames` T in a sample; `longest_gap` between two of a real clip; `pace`, most motion a step of a synthetic one,
    where 1 moves objects by about a twentieth of the picture.
    """

    frames: int = 4
    longest_gap: int = 12
    pace: float = 1.6


def _to_be_followed(masks: LabelMap) -> bool:
    return bool(0.01 < masks[0].mean() < 0.8)
