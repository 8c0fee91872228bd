"""Soft edges set by a person: zones in which the picture decides alpha, and alpha imported with a mask."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import LabelMap

Plane = NDArray[np.uint8]
Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""
_SIZE = struct.Struct("<III")
_NEAR = 9
"""Pixels next to a zone in which an object counts as one that the zone belongs to."""


def pack_plane(plane: Plane, mark: int = 0) -> bytes:
    """A plane (H, W) uint8 and a number of 32 bits as bytes."""
    height, width = plane.shape
    return _SIZE.pack(width, height, mark) + zlib.compress(np.ascontiguousarray(plane).tobytes(), 3)


def unpack_plane(data: bytes, size: tuple[int, int]) -> tuple[Plane, int] | None:
    """The plane, (H, W) uint8, and the number; None where it is damaged or not of `size` (width, height)."""
    wanted = size[0] * size[1]
    if len(data) < _SIZE.size or _SIZE.unpack_from(data)[:2] != size:
        return None
    unpacker = zlib.decompressobj()
    try:
        # no further than is wanted, whatever the file says
        pixels = unpacker.decompress(data[_SIZE.size :], wanted + 1)
    except zlib.error:
        return None
    if len(pixels) != wanted or not unpacker.eof:
        return None
    return np.frombuffer(pixels, np.uint8).reshape(size[1], size[0]), int(_SIZE.unpack_from(data)[2])


def mask_mark(mask: Mask) -> int:
    """A number that identifies this mask, (H, W) bool."""
    return zlib.crc32(np.packbits(mask).tobytes())


@dataclass(frozen=True)
class PaintedEdges:
    """Zones by frame, and alpha of imported mattes by frame and object, each packed by `pack_plane`.

    The number packed with alpha is the `mask_mark` of the mask that was made of it.
    """

    zones: Mapping[int, bytes] = field(default_factory=dict)
    mattes: Mapping[tuple[int, int], bytes] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.zones or self.mattes)


class EdgeReader:
    """Gives each frame its painted edges. `labels(i)` is frame i's label map, (H, W) uint8."""

    def __init__(self, edges: PaintedEdges, labels: Callable[[int], LabelMap], size: tuple[int, int]) -> None:
        self._edges, self._labels, self._size = edges, labels, size
        self._key: tuple[int, Mask, list[int], tuple[float, float]] | None = None

    def zone(self, frame_index: int) -> Mask | None:
        """The unknown zone of a frame, (H, W) bool: its own, else that of the nearest painted frame, moved as the
        objects next to it have moved; None if there is none.
        """
        if not self._edges.zones:
            return None
        nearest = min(self._edges.zones, key=lambda one: (abs(one - frame_index), one))
        if self._key is None or self._key[0] != nearest:
            self._key = self._read(nearest)
        _, zone, objects, centre = self._key
        if nearest == frame_index or not zone.any():
            return zone if zone.any() else None
        there = _centre(np.isin(self._labels(frame_index), objects))
        if there is None:
            return None
        move = np.array([[1, 0, there[0] - centre[0]], [0, 1, there[1] - centre[1]]], np.float32)
        moved = cv2.warpAffine(zone.astype(np.uint8), move, self._size, flags=cv2.INTER_NEAREST)
        return np.asarray(moved, np.uint8) > 0

    def mattes(self, frame_index: int, labels: LabelMap) -> dict[int, NDArray[np.float32]]:
        """Alpha, (H, W) float32 in [0, 1], of the objects whose mask in `labels` is still the one that came with it."""
        found = {}
        for (frame, object_id), data in self._edges.mattes.items():
            if frame != frame_index:
                continue
            read = unpack_plane(data, self._size)
            mask = labels == object_id
            if read is not None and mask.any() and read[1] == mask_mark(mask):
                found[object_id] = read[0].astype(np.float32) / np.float32(255)
        return found

    def _read(self, frame_index: int) -> tuple[int, Mask, list[int], tuple[float, float]]:
        read = unpack_plane(self._edges.zones[frame_index], self._size)
        zone = np.zeros(self._size[::-1], np.bool_) if read is None else read[0] > 0
        labels = self._labels(frame_index)
        near = cv2.dilate(zone.astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8)) > 0
        objects = [int(value) for value in np.unique(labels[near]) if value]
        return frame_index, zone, objects, _centre(np.isin(labels, objects)) or (0.0, 0.0)


def _centre(mask: Mask) -> tuple[float, float] | None:
    """The mean position (x, y) of a mask's pixels."""
    count = int(np.count_nonzero(mask))
    if not count:
        return None
    columns, rows = mask.sum(axis=0), mask.sum(axis=1)
    return float(columns @ np.arange(len(columns))) / count, float(rows @ np.arange(len(rows))) / count
