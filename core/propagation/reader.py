"""Reading a clip against its direction of time without decoding from the keyframe for each single frame."""

from __future__ import annotations

from core.types import Image, Video

_BYTE_LIMIT = 96 << 20


class BackwardReader:
    """Reads like the video itself; a step back decodes a whole stretch forward and keeps it, bounded in bytes."""

    def __init__(self, video: Video, byte_limit: int = _BYTE_LIMIT) -> None:
        width, height = video.size
        self._video = video
        self._length = max(1, byte_limit // (3 * width * height))
        self._kept: dict[int, Image] = {}
        self._last: int | None = None

    def read(self, frame_index: int) -> Image:
        """The frame as (H, W, 3) uint8 RGB."""
        backward = self._last is not None and frame_index == self._last - 1
        self._last = frame_index
        if frame_index in self._kept:
            return self._kept[frame_index]
        self._kept.clear()
        if not backward:
            return self._video.read(frame_index)
        first = max(0, frame_index - self._length + 1)
        self._kept = {index: self._video.read(index) for index in range(first, frame_index + 1)}
        return self._kept[frame_index]
