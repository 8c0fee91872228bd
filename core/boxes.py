"""Bounding boxes of masks and planes: most of a frame is background, and is left out of computations."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Box, Floats

EMPTY_BOX = Box(0, 0, 0, 0)

Plane = NDArray[np.float32] | NDArray[np.uint8] | NDArray[np.bool_]
"""Values of each pixel, (H, W)."""


def bounding_box(plane: Plane, above: float = 0.0) -> Box:
    """The smallest box around the values of a plane (H, W) that are greater than `above`; empty if none is.

    Any plane goes: a bool mask, a label map, probabilities. Of one that was `confined`, no more than its box is read.
    """
    known = None if plane.flags.writeable or above < 0 else _CONFINED.get(_address(plane))
    if known is not None:
        inner = _search(plane[known.slices], above)
        return inner if inner.empty else inner.moved(known.x0, known.y0)
    return _search(plane, above)


def confined(planes: Floats, boxes: Sequence[Box]) -> Floats:
    """The same planes (K, h, w), none negative, from now on read-only, with a box for each outside of which it is zero.

    `bounding_box` reads nothing else of them then: most of a large plane of zeros is memory that nobody has touched,
    and to look at it for the first time takes longest.
    """
    planes.flags.writeable = False
    owner = planes if planes.base is None else planes.base
    addresses = [_address(plane) for plane in planes]
    _CONFINED.update(zip(addresses, boxes, strict=True))
    weakref.finalize(owner, _forget, addresses).atexit = False
    return planes


_CONFINED: dict[tuple[int, tuple[int, ...], tuple[int, ...]], Box] = {}
"""Boxes of the planes that were confined, for as long as their memory is theirs."""


def _address(plane: Plane) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Where in memory a plane lies, and how."""
    return plane.__array_interface__["data"][0], plane.shape, plane.strides


def _forget(addresses: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]]) -> None:
    for address in addresses:
        _CONFINED.pop(address, None)


def _search(plane: Plane, above: float) -> Box:
    if not plane.size:
        # OpenCV crashes on pictures without a pixel
        return EMPTY_BOX
    if plane.dtype == np.uint8 and above == 0:
        mask = np.ascontiguousarray(plane)
    elif plane.dtype == np.bool_:
        mask = np.ascontiguousarray(plane).view(np.uint8)
    else:
        mask = (plane > above).view(np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    return Box(x, y, x + width, y + height)


def copy_channels(channels: Iterable[Floats], into: Floats, rows: Sequence[int]) -> None:
    """Copies planes (h, w), none negative, to the given rows of `into` (K, h, w), which are zero: no more than the box
    around what each has. Memory of zeros that nobody writes to costs nothing.
    """
    for plane, row in zip(channels, rows, strict=True):
        box = bounding_box(plane)
        into[row][box.slices] = plane[box.slices]
