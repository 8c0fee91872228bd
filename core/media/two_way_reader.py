"""Reads a clip for an engine that walks through it in either direction."""

from __future__ import annotations

from collections.abc import Callable

from core.closeable import Closeable
from core.media.cache import FrameCache
from core.types import Image, Video

_BYTE_LIMIT = 128 << 20
_READ_AHEAD = 16


class TwoWayReader(Closeable):
    """Reads on in the direction of the walk, alongside the engine's arithmetic; going back, a stretch at a time.

    A context manager; the caller keeps ownership of the clip.
    """

    def __init__(
        self, video: Video, byte_limit: int = _BYTE_LIMIT, thread_started: Callable[[], None] | None = None
    ) -> None:
        """`thread_started` is called first of all in the thread that decodes, to set its priority, say."""
        self._cache = FrameCache(video, byte_limit, _READ_AHEAD, thread_started)
        self._last = -1

    def read(self, frame_index: int) -> Image:
        """The frame as (H, W, 3) uint8 RGB, read-only. Raises MediaError."""
        direction = 1 if frame_index >= self._last else -1
        self._last = frame_index
        image = self._cache.read(frame_index)
        self._cache.prefetch(frame_index, direction)
        return image

    def close(self) -> None:
        """Stops reading. Calling it twice is harmless."""
        self._cache.close()
