"""What a picture's header says, and turning pictures upright."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.messages import Message

DEGREES = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
"""Degrees by which pictures of an EXIF orientation are turned clockwise to stand upright, apart from mirroring."""
CMYK_NOTE = Message("CMYK is converted without a colour profile, so colours may be off")


@dataclass(frozen=True)
class PictureHead:
    """(width, height) is upright."""

    size: tuple[int, int]
    format: str
    mode: str
    rotation: int
    bit_depth: int = 8
    has_alpha: bool = False
    is_float: bool = False
    linear: bool = False
    """Numbers are proportional to light."""
    pages: int = 1
    """Pictures in the file, of which this is the first."""
    notes: tuple[Message, ...] = ()


def upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Stored (H, W, ...) pixels of an EXIF orientation (1 to 8; others count as 1), standing upright."""
    if orientation >= 5 and orientation <= 8:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """The (width, height) that stored ones become."""
    return (height, width) if 5 <= orientation <= 8 else (width, height)
