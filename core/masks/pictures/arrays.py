"""Masks as NumPy arrays: .npy, and .npz with one array, as scripts of segmentation networks save them."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy

from core.masks.pictures.deep import DeepPicture, DeepPictureError, Plane
from core.messages import Message

ARRAY_SUFFIXES = frozenset({".npy", ".npz"})
_COLOURS = (3, 4)


class ArrayFile:
    """An array whose header is read. Raises DeepPictureError if it is no (H, W) mask, nor (H, W, 3 or 4) colours.

    Axes of length 1 do not count. `True` is white; other numbers are what they are in a grey picture.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _stream(path) as stream:
            shape, self._dtype = _header(stream)
        long = tuple(length for length in shape if length != 1)
        self._shape = long if len(long) >= 2 else shape[:2]
        fits = len(self._shape) == 2 or (len(self._shape) == 3 and self._shape[2] in _COLOURS)
        if not fits or 0 in self._shape or math.prod(self._shape) != math.prod(shape):
            raise DeepPictureError(
                Message(
                    "its array has the shape {shape}; a mask is height x width, so save one a file",
                    shape=" x ".join(map(str, shape)) or "()",
                )
            )
        if self._dtype.kind not in "buif":
            raise DeepPictureError(Message("its array holds no numbers but {kind}", kind=str(self._dtype)))
        self.size = (self._shape[1], self._shape[0])
        """(width, height)."""

    def read(self) -> DeepPicture:
        """The array as planes. Raises DeepPictureError."""
        with _stream(self._path) as stream:
            array = npy.read_array(stream, allow_pickle=False).reshape(self._shape)
        if array.ndim == 2:
            return DeepPicture((_plane(array),), None)
        planes = [_plane(np.ascontiguousarray(array[..., channel])) for channel in range(array.shape[2])]
        return DeepPicture(tuple(planes[:3]), planes[3] if len(planes) > 3 else None)


def _plane(array: Plane) -> Plane:
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype in (np.uint8, np.uint16):
        return array.astype(array.dtype.newbyteorder("="))
    return array.astype(np.float32 if array.dtype.kind == "f" else np.int64)


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    """The array's bytes. Raises DeepPictureError if there are several, or none."""
    if path.suffix.lower() == ".npy":
        with path.open("rb") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".npy")]
            if len(names) != 1:
                listed = ", ".join(name.removesuffix(".npy") for name in names[:4])
                raise DeepPictureError(
                    Message("it holds {count} arrays ({names}); save one a file", count=len(names), names=listed)
                )
            with archive.open(names[0]) as member:
                yield member
    except (zipfile.BadZipFile, RuntimeError) as error:
        # the latter for encrypted archives and for methods of compression that zipfile does not know
        raise DeepPictureError(Message("it is no archive of arrays, or damaged")) from error


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[np.generic]]:
    try:
        version = npy.read_magic(stream)
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read(stream)
    except (ValueError, OSError) as error:
        raise DeepPictureError(Message("it is no array, or its start is damaged")) from error
    return tuple(int(length) for length in shape), dtype
