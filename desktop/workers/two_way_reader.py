"""Reads a clip for an engine that walks through it in either direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.types import Image

if TYPE_CHECKING:
    from core.media import VideoSource

_BYTE_LIMIT = 256 * 2**20
_CHUNK = 16


class TwoWayReader:
    """Ahead of a forward walk the decode thread of a cache reads on, beside the engine's arithmetic.

    A codec decodes forward only: going back frame by frame would decode from the last keyframe each time. So a backward
    walk takes a chunk at a time, forward, and hands it out from its end.
    """

    def __init__(self, video: VideoSource) -> None:
        from core.media import FrameCache

        self._cache = FrameCache(video, _BYTE_LIMIT, read_ahead=8)
        width, height = video.size
        self._chunk = max(1, min(_CHUNK, _BYTE_LIMIT // (3 * width * height) - 2))
        self._last: int | None = None

    def read(self, frame_index: int) -> Image:
        """The frame as (H, W, 3) uint8 RGB. Raises MediaError."""
        backward = self._last is not None and frame_index == self._last - 1
        self._last = frame_index
        if backward and self._cache.get(frame_index) is None:
            for index in range(max(0, frame_index - self._chunk + 1), frame_index):
                self._cache.read(index)
        image = self._cache.read(frame_index)
        if not backward:
            self._cache.prefetch(frame_index, 1)
        return image

    def close(self) -> None:
        self._cache.close()
