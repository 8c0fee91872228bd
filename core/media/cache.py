"""A cache of decoded frames that is bounded in bytes, filled by one decode thread that reads ahead."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import RotoflowError
from core.types import Image, Video

FrameCallback = Callable[[int, Image | None, RotoflowError | None], None]
"""Called in the decode thread with (frame_index, image, None) or (frame_index, None, error)."""


@dataclass(frozen=True)
class CacheStats:
    frames: int
    bytes_used: int
    byte_limit: int


class FrameCache:
    """Frames of one clip, least recently used out first. The caller keeps ownership of the clip.

    Requests are served newest first, because whoever scrubs wants the frame under the playhead, not those passed over;
    reading ahead only happens when nothing is requested.
    """

    def __init__(self, video: Video, byte_limit: int = 512 << 20, read_ahead: int = 24) -> None:
        self._video = video
        self._byte_limit = byte_limit
        self._read_ahead = read_ahead
        self._frames: OrderedDict[int, Image] = OrderedDict()
        self._bytes = 0
        self._wake = threading.Condition()
        self._requests: deque[tuple[int, FrameCallback | None]] = deque()
        self._ahead: deque[int] = deque()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="rotoflow-decode", daemon=True)
        self._thread.start()

    @property
    def frame_count(self) -> int:
        return self._video.frame_count

    @property
    def size(self) -> tuple[int, int]:
        return self._video.size

    @property
    def stats(self) -> CacheStats:
        with self._wake:
            return CacheStats(len(self._frames), self._bytes, self._byte_limit)

    def get(self, frame_index: int) -> Image | None:
        """The frame if it is cached; never waits."""
        with self._wake:
            image = self._frames.get(frame_index)
            if image is not None:
                self._frames.move_to_end(frame_index)
            return image

    def read(self, frame_index: int) -> Image:
        """The frame, decoded in the calling thread if need be. Raises MediaError."""
        image = self.get(frame_index)
        if image is None:
            image = self._video.read(frame_index)
            self._store(frame_index, image)
        return image

    def request(self, frame_index: int, callback: FrameCallback) -> None:
        """Asks for a frame; the callback runs in the decode thread, at once in the caller's if it is cached.

        A request that a newer one overtakes is still answered, after it.
        """
        image = self.get(frame_index)
        if image is not None:
            callback(frame_index, image, None)
            return
        with self._wake:
            self._requests.append((frame_index, callback))
            self._wake.notify()

    def prefetch(self, frame_index: int, direction: int = 1) -> None:
        """Reads on from a frame in the direction of travel (+1 or -1) while nothing else is wanted."""
        step = 1 if direction >= 0 else -1
        wanted = range(frame_index + step, frame_index + step * (self._read_ahead + 1), step)
        with self._wake:
            self._ahead = deque(i for i in wanted if 0 <= i < self.frame_count and i not in self._frames)
            self._wake.notify()

    def close(self) -> None:
        """Stops the decode thread, after the frame in flight, and forgets the frames. Calling it twice is harmless."""
        with self._wake:
            self._closed = True
            self._requests.clear()
            self._ahead.clear()
            self._wake.notify_all()
        self._thread.join()
        with self._wake:
            self._frames.clear()
            self._bytes = 0

    def _store(self, frame_index: int, image: Image) -> None:
        with self._wake:
            if self._closed or image.nbytes > self._byte_limit or frame_index in self._frames:
                return
            self._frames[frame_index] = image
            self._bytes += image.nbytes
            while self._bytes > self._byte_limit:
                _, dropped = self._frames.popitem(last=False)
                self._bytes -= dropped.nbytes

    def _next(self) -> tuple[int, FrameCallback | None] | None:
        with self._wake:
            while not self._closed:
                if self._requests:
                    return self._requests.pop()
                if self._ahead:
                    return self._ahead.popleft(), None
                self._wake.wait()
        return None

    def _work(self) -> None:
        while (wanted := self._next()) is not None:
            frame_index, callback = wanted
            try:
                image = self.read(frame_index)
            except RotoflowError as error:
                if callback is not None:
                    callback(frame_index, None, error)
            else:
                if callback is not None:
                    callback(frame_index, image, None)
