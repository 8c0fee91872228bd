"""One object's lane as a picture: where its masks come from, and how sure the engine is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from core.types import Origin
from desktop.theme import theme

_RANK = np.zeros(256, np.uint8)
# of the frames that share a pixel column, the one a person should see: an anchor, then what went stale
_RANK[Origin.PROPAGATED], _RANK[Origin.STALE], _RANK[Origin.EDITED] = 1, 2, 3
_UNKNOWN_CONFIDENCE = 1.0
_LEAST_HEIGHT = 0.2
_REDDEST = 0.75
"""How much of the red a bar at its lowest has."""
_LOWEST_DRAWN = 0.5
"""Confidence at which a bar is at its lowest: engines that say less than that have lost the object."""


def column_spans(
    first: float, frames_per_pixel: float, width: int, frame_count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """First and last frame + 1 of each pixel column, and how many columns hold frames."""
    edges = first + np.arange(width + 1) * frames_per_pixel
    starts = np.floor(edges[:-1] + 1e-9).astype(np.int64)
    ends = np.maximum(starts + 1, np.floor(edges[1:] + 1e-9).astype(np.int64))
    columns = int(np.searchsorted(starts, frame_count))
    return starts[:columns], np.minimum(ends[:columns], frame_count), columns


def reduce_lane(
    origins: NDArray[np.uint8],
    confidence: NDArray[np.float32],
    first: float,
    frames_per_pixel: float,
    width: int,
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Per pixel column the highest rank (0 none, 1 propagated, 2 stale, 3 anchor) and the lowest known confidence.

    Looks only at the visible frames, so a lane of 100,000 frames costs what its width costs.
    """
    ranks = np.zeros(width, np.uint8)
    sure = np.full(width, _UNKNOWN_CONFIDENCE, np.float32)
    starts, ends, columns = column_spans(first, frames_per_pixel, width, len(origins))
    if columns == 0:
        return ranks, sure
    low, high = int(starts[0]), int(ends[-1])
    rank = _RANK[origins[low:high]]
    known = np.where(np.isnan(confidence[low:high]), _UNKNOWN_CONFIDENCE, confidence[low:high])
    known = np.where(rank == 0, _UNKNOWN_CONFIDENCE, known).astype(np.float32)
    if frames_per_pixel <= 1:
        ranks[:columns], sure[:columns] = rank[starts - low], known[starts - low]
    else:
        ranks[:columns] = np.maximum.reduceat(rank, starts - low)
        sure[:columns] = np.minimum.reduceat(known, starts - low)
    return ranks, sure


def lane_image(
    ranks: NDArray[np.uint8], confidence: NDArray[np.float32], colour: tuple[int, int, int], height: int
) -> QImage:
    """Draws a reduced lane as a (height, width) picture: bars that grow with the confidence, stale ones hatched.

    A bar has the object's colour where the engine is sure and turns towards the theme's red where it is not.
    """
    width = len(ranks)
    pixels = np.zeros((height, width, 4), np.uint8)
    rows, columns = np.arange(height)[:, None], np.arange(width)[None, :]
    sure = np.clip((confidence - _LOWEST_DRAWN) / (1 - _LOWEST_DRAWN), 0, 1)
    share = _LEAST_HEIGHT + (1 - _LEAST_HEIGHT) * sure
    share = np.where(ranks == 3, 1.0, share)
    filled = (rows >= np.round(height * (1 - share))[None, :]) & (ranks > 0)[None, :]
    hatched = (ranks == 2)[None, :] & ((rows + columns) % 6 >= 3)
    doubt = np.where(ranks == 3, 0, (1 - sure) * _REDDEST)[:, None]
    warning = QColor(theme.ERROR)
    mixed = (1 - doubt) * np.array(colour[::-1]) + doubt * np.array([warning.blue(), warning.green(), warning.red()])
    pixels[..., :3] = np.round(mixed).astype(np.uint8)[None]
    alpha = np.where(filled, 205, 0)
    alpha = np.where(filled & hatched, 60, alpha)
    # a faint ground, so that a low bar is seen to be low and not thin
    alpha = np.where(~filled & (ranks > 0)[None, :], 38, alpha)
    pixels[..., 3] = alpha
    picture = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
    # the array goes away with this function
    return picture.copy()


def anchor_columns(origins: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The frames on which a person has edited the object."""
    return np.flatnonzero(origins == Origin.EDITED)
