"""Whether an export's colours are the clip's, judged by the means of small blocks well inside the objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_BLOCK = 8
_MARGIN = 4
"""Pixels left out at the objects' edge: chroma of neighbouring pixels is stored together."""


_CALM = 0.25
"""So much may red or blue differ from green, over a block and what chroma of it is interpolated from, of 1."""
_PATIENCE = 3.0
"""Where colours meet in every block, they may be `count` times as far off."""


@dataclass(frozen=True)
class ColourBlocks:
    """What a frame has to look like: the mean colours of its blocks that show the clip and nothing else."""

    means: NDArray[np.float32]
    """(rows, columns, 3) RGB in [0, 1]."""
    shown: NDArray[np.bool_]
    """(rows, columns)."""
    calm: bool = True
    """No two colours meet in them, which each interpolation of chroma shows in another way."""

    def is_off(self, error: float, most: float) -> bool:
        """Whether an error is more than what may be, `most` in calm blocks; both in levels of 255."""
        return error > most * (1.0 if self.calm else _PATIENCE)

    def error(self, found: NDArray[Any]) -> float:
        """How far an (H, W, 3) RGB picture in [0, 1] is off on average, in levels of 255.

        Some levels are no fault: where colours meet, or are out of gamut, each interpolation of chroma gives others.
        """
        means = _block_means(found)
        # an odd row may have been added or cut off
        rows, columns = min(means.shape[0], self.means.shape[0]), min(means.shape[1], self.means.shape[1])
        off = np.abs(means[:rows, :columns] - self.means[:rows, :columns])[self.shown[:rows, :columns]]
        return float(off.mean() * 255) if off.size else 0.0


def colour_blocks(reference: NDArray[np.float32], shown: NDArray[np.bool_]) -> ColourBlocks | None:
    """The blocks of a clip's frame, (H, W, 3) RGB in [0, 1], where `shown`, (H, W), says that it is seen; None if it is
    seen nowhere for a whole block.
    """
    size = shown.shape[1], shown.shape[0]
    if (reference.shape[1], reference.shape[0]) != size:
        smaller = size[0] < reference.shape[1]
        reference = cv2.resize(reference, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    kernel = np.ones((2 * _MARGIN + 1, 2 * _MARGIN + 1), np.uint8)
    inside = cv2.erode(shown.astype(np.uint8), kernel, borderType=cv2.BORDER_CONSTANT, borderValue=1)
    whole = _block_means(inside.astype(np.float32)) > 0.999
    if not whole.any():
        return None
    calm = whole & (_block_means(_chroma_contrast(reference)) < _CALM)
    return ColourBlocks(_block_means(reference), calm if calm.any() else whole, bool(calm.any()))


def _chroma_contrast(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """(H, W): how much red or blue less green differs around each pixel."""
    chroma = np.ascontiguousarray(picture[..., [0, 2]] - picture[..., 1:2], np.float32)
    around = np.ones((_BLOCK + 1, _BLOCK + 1), np.uint8)
    return np.asarray((cv2.dilate(chroma, around) - cv2.erode(chroma, around)).max(axis=2), np.float32)


def _block_means(picture: NDArray[Any]) -> NDArray[np.float32]:
    rows, columns = picture.shape[0] // _BLOCK, picture.shape[1] // _BLOCK
    if not rows or not columns:
        return np.zeros((0, 0, *picture.shape[2:]), np.float32)
    cut = np.ascontiguousarray(picture[: rows * _BLOCK, : columns * _BLOCK], np.float32)
    return np.asarray(cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)
