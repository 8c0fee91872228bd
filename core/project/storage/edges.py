"""Painted zones of soft edges, and alpha that came in with masks: settings and attachments of a project."""

from __future__ import annotations

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

from core.matting import PaintedEdges, mask_mark, pack_plane, unpack_plane
from core.project.storage.settings import AttachmentStore, SettingStore

_ZONE = "edge_zone/"
_MATTE = "matte/"


class EdgeStore:
    """What a person says of edges. Zones are settings, so that painting them is in the history; alpha is an attachment
    that counts as long as the mask is the one that came with it, so undo needs nothing of it.
    """

    def __init__(self, settings: SettingStore, attachments: AttachmentStore, size: tuple[int, int]) -> None:
        self._settings, self._attachments, self._size = settings, attachments, size

    @staticmethod
    def zone_key(frame_index: int) -> str:
        """The name of the setting with a frame's zone."""
        return f"{_ZONE}{frame_index}"

    def zone(self, frame_index: int) -> NDArray[np.bool_] | None:
        """The zone painted on a frame, (H, W) bool; None where nothing was painted."""
        data = _bytes(self._settings.get(self.zone_key(frame_index)))
        read = None if data is None else unpack_plane(data, self._size)
        return None if read is None else read[0] > 0

    def with_zone(self, frame_index: int, zone: NDArray[np.bool_]) -> str | None:
        """What the frame's setting is with this zone, (H, W) bool; None if it is that already."""
        before = self.zone(frame_index)
        if (before is None and not zone.any()) or (before is not None and (before == zone).all()):
            return None
        return base64.b64encode(pack_plane(zone.astype(np.uint8))).decode("ascii")

    def keep_matte(self, frame_index: int, object_id: int, alpha: NDArray[np.uint8], mask: NDArray[np.bool_]) -> None:
        """Keeps alpha, (H, W) uint8, of an object's mask, (H, W) bool, on a frame."""
        self._attachments.store(f"{_MATTE}{frame_index}/{object_id}", pack_plane(alpha, mask_mark(mask)))

    def painted(self, frame_index: int | None) -> PaintedEdges:
        """All zones and alpha, packed, for who exports; the alpha of one frame alone if that is asked for."""
        zones: dict[int, bytes] = {}
        for key in self._settings.keys(_ZONE):
            data, number = _bytes(self._settings.get(key)), key[len(_ZONE) :]
            if data is not None and number.isdecimal():
                zones[int(number)] = data
        mattes: dict[tuple[int, int], bytes] = {}
        for name in self._attachments.names(_MATTE if frame_index is None else f"{_MATTE}{frame_index}/"):
            numbers = name[len(_MATTE) :].split("/")
            data = self._attachments.load(name)
            if data is not None and len(numbers) == 2 and all(number.isdecimal() for number in numbers):
                mattes[int(numbers[0]), int(numbers[1])] = data
        return PaintedEdges(zones, mattes)


def _bytes(value: object) -> bytes | None:
    """What a setting holds; None if it was damaged."""
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except binascii.Error:
        return None
