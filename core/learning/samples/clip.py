"""The value that both kinds of sample, real and synthetic, come as; and how hard samples are to be."""

from __future__ import annotations

from dataclasses import dataclass

from core.types import Image, LabelMap


@dataclass(frozen=True)
class Clip:
    """`frames` (T, S, S, 3) uint8 RGB and `masks` (T, S, S) uint8, 0 or 1, of one object."""

    frames: Image
    masks: LabelMap

    @property
    def usable(self) -> bool:
        """Whether the first mask shows something to follow and leaves something that is not it."""
        return bool(0.01 < self.masks[0].mean() < 0.8)


@dataclass(frozen=True)
class Difficulty:
    """`frames` T in a sample; `longest_gap` between two of a real clip; `pace`, most motion a step of a synthetic one,
    where 1 moves objects by about a twentieth of the picture.
    """

    frames: int = 4
    longest_gap: int = 12
    pace: float = 1.6
