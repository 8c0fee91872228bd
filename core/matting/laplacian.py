"""The matting Laplacian, restricted to the pixels that a trimap leaves open, as a stencil of 5 x 5 for each of them.

Levin, Lischinski and Weiss, "A Closed-Form Solution to Natural Image Matting", TPAMI 2008: alpha is in every window of
3 x 3 a linear function of the colours. Pixels that are sure only enter the right-hand side, so that work and memory go
with the length of the outline and not with the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Image

_CHUNK = 100_000
"""Windows taken at once."""
_OFFSETS = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]


@dataclass(frozen=True)
class OpenSystem:
    """L alpha = 0 at the open pixels, where alpha is given at the others."""

    stencil: NDArray[np.float32]
    """(25, open pixels)."""
    neighbours: NDArray[np.int32]
    """(25, open pixels): which open pixel each entry belongs to; the last number for one that is sure."""
    right: NDArray[np.float32]
    """(open pixels,): what the sure ones contribute."""

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Applies it to (open pixels,)."""
        padded = np.append(values, np.float32(0))
        result, part = np.zeros_like(values), np.empty_like(values)
        for weights, indices in zip(self.stencil, self.neighbours, strict=True):
            np.take(padded, indices, out=part, mode="clip")
            part *= weights
            result += part
        return result

    @property
    def diagonal(self) -> NDArray[np.float32]:
        """The matrix's diagonal, (open pixels,)."""
        return np.asarray(self.stencil[12], np.float32)


def open_system(image: Image, unknown: NDArray[np.bool_], sure: NDArray[np.float32], epsilon: float) -> OpenSystem:
    """The system of a picture (H, W, 3) uint8 RGB at the `unknown` pixels, (H, W) bool; `sure` has the rest."""
    # a rim of repeated pixels, with no windows in it, saves every question for the border
    height, width = unknown.shape
    rim = ((2, 2), (2, 2))
    step = width + 4
    open_ = np.pad(unknown, rim).ravel()
    colours = (np.pad(image, (*rim, (0, 0)), mode="edge").reshape(-1, 3) / np.float32(255)).astype(np.float32)
    number = np.cumsum(open_, dtype=np.int64).astype(np.int32) - 1
    count = int(open_.sum())
    number[~open_] = count
    inside = np.zeros((height, width), bool)
    inside[1:-1, 1:-1] = cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3), np.uint8))[1:-1, 1:-1] > 0
    centres = np.flatnonzero(np.pad(inside, rim))
    moves = np.array([row * step + column for row, column in _OFFSETS])
    stencil = np.zeros((25, count + 1), np.float32)
    for begin in range(0, centres.size, _CHUNK):
        _add_windows(stencil, colours, centres[begin : begin + _CHUNK, None] + moves, number, epsilon)
    stencil = np.ascontiguousarray(stencil[:, :count])
    pixels = np.flatnonzero(open_)
    reach = np.array([row * step + column for row in range(-2, 3) for column in range(-2, 3)])
    around = pixels[None, :] + reach[:, None]
    neighbours = number[around]
    given = np.where(open_, np.float32(0), np.pad(sure, rim).ravel())
    right = -(stencil * given[around]).sum(axis=0, dtype=np.float32)
    return OpenSystem(stencil, neighbours, np.asarray(right, np.float32))


def _add_windows(
    stencil: NDArray[np.float32],
    colours: NDArray[np.float32],
    windows: NDArray[np.int64],
    number: NDArray[np.int32],
    epsilon: float,
) -> None:
    """Adds what windows (N, 9) of pixels say to the rows of those that are open."""
    apart = colours[windows].astype(np.float64)
    apart -= apart.mean(axis=1, keepdims=True)
    covariance = np.einsum("nik,nil->nkl", apart, apart) / 9 + epsilon * np.eye(3)
    scaled = np.einsum("nik,nkl->nil", apart, np.linalg.inv(covariance))
    for one, (row, column) in enumerate(_OFFSETS):
        rows = number[windows[:, one]]
        for other, (other_row, other_column) in enumerate(_OFFSETS):
            affinity = (1 + (scaled[:, one] * apart[:, other]).sum(axis=1)) / 9
            entry = 12 + 5 * (other_row - row) + (other_column - column)
            # each pixel is the n-th of one window only, so no sum is lost; sure ones share the last element, unread
            stencil[entry, rows] += ((one == other) - affinity).astype(np.float32)
