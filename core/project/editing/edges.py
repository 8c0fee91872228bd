"""Painted zones of soft edges, and alpha that came in with masks: settings and attachments of a project."""

from __future__ import annotations

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

from core.matting import PaintedEdges, mask_mark, pack_plane, unpack_plane
from core.project.changes import Change, Listeners
from core.project.storage.settings import AttachmentStore
from core.project.storage.stores import Stores

_ZONE = "edge_zone/"
_MATTE = "matte/"


class Edges:
    """The soft edges of an open project, `Project.edges`.

    Zones are settings, so that painting them is in the history; alpha is an attachment that counts as long as the mask
    is the one that came with it, so undo needs nothing of it.
    """

    def __init__(self, stores: Stores, attachments: AttachmentStore, listeners: Listeners) -> None:
        """Called by `Project`."""
        self._stores, self._attachments, self._listeners = stores, attachments, listeners

    def zone(self, frame_index: int) -> NDArray[np.bool_] | None:
        """The zone of a frame in which the picture decides how soft the edge is, (H, W) bool; None if never painted."""
        data = _bytes(self._stores.settings.get(f"{_ZONE}{frame_index}"))
        read = None if data is None else unpack_plane(data, self._stores.size)
        return None if read is None else read[0] > 0

    def set_zone(self, frame_index: int, zone: NDArray[np.bool_], text: str = "Refine edge") -> bool:
        """Gives a frame another zone, (H, W) bool, as one undo step; False if it has that already.

        Raises ProjectError if there is no such frame, MaskError if the size is another.
        """
        self._stores.check_fit(frame_index, zone.astype(np.uint8))
        before = self.zone(frame_index)
        if (before is None and not zone.any()) or (before is not None and (before == zone).all()):
            return False
        stored = base64.b64encode(pack_plane(zone.astype(np.uint8))).decode("ascii")
        self._stores.change_setting(f"{_ZONE}{frame_index}", stored, text)
        self._listeners.notify((Change(frame_index, None, 0, "settings"),))
        return True

    def keep_matte(self, frame_index: int, object_id: int, alpha: NDArray[np.uint8]) -> None:
        """Keeps the alpha, (H, W) uint8, that an object's mask on a frame was made of: soft exports write it as long as
        that mask stays as it is. No undo step. Raises ProjectError if there is no such frame.
        """
        mask = self._stores.labels(frame_index) == object_id
        self._attachments.store(f"{_MATTE}{frame_index}/{object_id}", pack_plane(alpha, mask_mark(mask)))

    def painted(self, frame_index: int | None = None) -> PaintedEdges:
        """The painted zones of all frames, and the alpha that came with masks, or with those of one frame, packed: what
        exports and previews ask for."""
        zones: dict[int, bytes] = {}
        for key in self._stores.settings.keys(_ZONE):
            data, number = _bytes(self._stores.settings.get(key)), key[len(_ZONE) :]
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
