"""Reads a clip for an engine that walks through it in either direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.types import Image
from desktop.program.scheduling import give_way

if TYPE_CHECKING:
    from core.media import VideoSource

_BYTE_LIMIT = 256 * 2**20
_READ_AHEAD = 16


class TwoWayReader:
    """A cache whose decode thread reads on in the direction of the walk, beside the engine's arithmetic."""

    def __init__(self, video: VideoSource) -> None:
        from core.media import FrameCache

        self._cache = FrameCache(video, _BYTE_LIMIT, _READ_AHEAD, give_way)
        self._last = -1

    def read(self, frame_index: int) -> Image:
        """The frame as (H, W, 3) uint8 RGB, read-only. Raises MediaError."""
        direction = 1 if frame_index >= self._last else -1
        self._last = frame_index
        image = self._cache.read(frame_index)
        self._cache.prefetch(frame_index, direction)
        return image

    def close(self) -> None:
        self._cache.close()
