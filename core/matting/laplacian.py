"""The matting Laplacian, restricted to the pixels that a trimap leaves open, of which each has a stencil of 5 x 5.

Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image Matting", TPAMI 2008: alpha is in every window of
3 x 3 a linear function of the colours. Pixels that are sure only enter the right-hand side, so that work and memory go
with the length of the outline and not with the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Image

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CHUNK = 100_000
"""Windows taken at once."""
_OFFSETS = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]


@dataclass(frozen=True)
class OpenSystem:
    """L alpha = 0 at the open pixels, where alpha is given at the others."""

    matrix: csr_array
    """(open pixels, open pixels) float32, symmetric."""
    diagonal: NDArray[np.float32]
    """The matrix's diagonal, (open pixels,)."""
    right: NDArray[np.float32]
    """(open pixels,): what the sure ones contribute."""

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Applies it to (open pixels,)."""
        return np.asarray(self.matrix @ values, np.float32)


def open_system(image: Image, unknown: NDArray[np.bool_], sure: NDArray[np.float32], epsilon: float) -> OpenSystem:
    """The system of a picture (H, W, 3) uint8 RGB at the `unknown` pixels, (H, W) bool; `sure` has the rest."""
    # a rim of repeated pixels, with no windows in it, saves every question for the border
    height, width = unknown.shape
    rim = ((2, 2), (2, 2))
    step = width + 4
    open_ = np.pad(unknown, rim).ravel()
    colours = padded_colours(image, 2)
    count = int(open_.sum())
    inside = np.zeros((height, width), bool)
    inside[1:-1, 1:-1] = cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3), np.uint8))[1:-1, 1:-1] > 0
    centres = np.flatnonzero(np.pad(inside, rim))
    moves = np.array([row * step + column for row, column in _OFFSETS])
    # sure pixels in a window have rows, too, behind those of the open ones: what an open one says of them stands there
    near = np.zeros(open_.size, bool)
    for move in moves:
        near[centres + move] = True
    numbered = np.concatenate([np.flatnonzero(open_), np.flatnonzero(near & ~open_)])
    row_of = np.full(open_.size, numbered.size, np.int32)
    row_of[numbered] = np.arange(numbered.size, dtype=np.int32)
    half = np.zeros((13, numbered.size + 1), np.float32)
    for begin in range(0, centres.size, _CHUNK):
        _add_windows(half, colours, centres[None, begin : begin + _CHUNK] + moves[:, None], row_of, epsilon)
    pixels = numbered[:count]
    reach = np.array([row * step + column for row in range(-2, 3) for column in range(-2, 3)])
    around = pixels[None, :] + reach[:, None]
    # the matrix is symmetric: the entry of a pixel to the left or above stands at that pixel
    stencil = np.empty((25, count), np.float32)
    stencil[12:] = half[:, :count]
    for entry in range(12):
        stencil[entry] = half[12 - entry][row_of[around[entry]]]
    given = np.where(open_, np.float32(0), np.pad(sure, rim).ravel())
    right = -(stencil * given[around]).sum(axis=0, dtype=np.float32)
    return OpenSystem(_matrix(stencil, row_of[around]), stencil[12], np.asarray(right, np.float32))


def _matrix(stencil: NDArray[np.float32], columns: NDArray[np.int32]) -> csr_array:
    """The matrix of (25, open pixels) weights and the columns that they stand in; those of sure pixels are left out."""
    # imported when it is needed: it takes as long as all the rest of the package
    from scipy.sparse import csr_array

    count = stencil.shape[1]
    sure = columns >= count
    weights = np.where(sure, np.float32(0), stencil).T.ravel()
    begins = np.arange(0, weights.size + 1, 25, dtype=np.int32)
    return csr_array((weights, np.where(sure, np.int32(0), columns).T.ravel(), begins), shape=(count, count))


def padded_colours(image: Image, rim: int) -> NDArray[np.float64]:
    """The channels of a picture, (3, pixels) in [0, 1], with a rim of repeated pixels around it."""
    padded = np.pad(image, ((rim, rim), (rim, rim), (0, 0)), mode="edge")
    return np.ascontiguousarray(padded.reshape(-1, 3).T / 255.0)


def window_statistics(
    colours: NDArray[np.float64], windows: NDArray[np.int64], epsilon: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of windows (9, N) of pixels: the channels' means (3, N), the differences from them (3, 9, N), and these times the
    inverse of the covariance plus `epsilon` (3, 9, N).
    """
    apart = colours[:, windows]
    mean = apart.mean(axis=1)
    apart -= mean[:, None]
    rr, rg, rb, gg, gb, bb = (
        np.einsum("in,in->n", apart[one], apart[other]) / 9 + (epsilon if one == other else 0.0)
        for one in range(3)
        for other in range(one, 3)
    )
    # the inverse of a symmetric 3 x 3 matrix, written out: NumPy's takes them one by one
    first, second, third = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    fourth, fifth, sixth = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    inverse = np.stack([first, second, third, second, fourth, fifth, third, fifth, sixth]).reshape(3, 3, -1)
    inverse /= rr * first + rg * second + rb * third
    scaled = np.empty_like(apart)
    for channel in range(3):
        scaled[channel] = inverse[channel, 0] * apart[0]
        scaled[channel] += inverse[channel, 1] * apart[1]
        scaled[channel] += inverse[channel, 2] * apart[2]
    return mean, apart, scaled


def _add_windows(
    half: NDArray[np.float32],
    colours: NDArray[np.float64],
    windows: NDArray[np.int64],
    row_of: NDArray[np.int32],
    epsilon: float,
) -> None:
    """Adds what windows (9, N) of pixels say to the later half of the rows of their pixels, the diagonal first."""
    _, apart, scaled = window_statistics(colours, windows, epsilon)
    for one, (row, column) in enumerate(_OFFSETS):
        rows = row_of[windows[one]]
        for other in range(one, 9):
            other_row, other_column = _OFFSETS[other]
            affinity = scaled[0, one] * apart[0, other]
            affinity += scaled[1, one] * apart[1, other]
            affinity += scaled[2, one] * apart[2, other]
            entry = 5 * (other_row - row) + (other_column - column)
            # each pixel is the n-th of one window only, so no sum is lost
            half[entry, rows] += ((one == other) - (1 + affinity) / 9).astype(np.float32)
