"""A cache of decoded frames that is bounded in bytes, filled by one decode thread that reads ahead."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from core.closeable import Closeable
from core.errors import CancelledError, MediaError, RotoflowError
from core.media.source import GiveUp, VideoSource
from core.messages import message_of
from core.types import Image, Video

FrameCallback = Callable[[int, Image | None, RotoflowError | None], None]
"""Called with (frame_index, image, None) or (frame_index, None, error)."""

_Answer = Callable[[Image | None, Exception | None], None]

_CHUNK = 16
"""Going back, so many frames are decoded forward at a time: codecs know no other direction."""
_KEPT_OF_LOOP = 3
"""A third of the limit is for the frames at which a loop begins anew."""

Loop = tuple[int, int]
"""The first and the last frame of what is played round and round."""


def frames_ahead(frame_index: int, step: int, count: int, frame_count: int, loop: Loop | None = None) -> list[int]:
    """The next `count` frames in the direction of travel (+1 or -1), at the end of a loop those at its other end; fewer
    where a clip of `frame_count` frames ends, or the loop comes round to where it was.
    """
    ahead: list[int] = []
    index = frame_index
    for _ in range(count):
        index += step
        if loop is not None and not loop[0] <= index <= loop[1]:
            index = loop[0] if step > 0 else loop[1]
        if not 0 <= index < frame_count or index == frame_index:
            break
        ahead.append(index)
    return ahead


@dataclass(frozen=True)
class _Request:
    """A frame that is to be decoded; nobody waits for one that is only read ahead."""

    frame_index: int
    draft: bool
    give_up: GiveUp | None
    answer: _Answer | None = None


@dataclass(frozen=True)
class CacheStats:
    """How full the cache is. `bytes_used` never passes `byte_limit`."""

    frames: int
    bytes_used: int
    byte_limit: int


class FrameCache(Closeable):
    """Frames of one clip, least recently used out first. A context manager; the caller keeps ownership of the clip.

    All decoding happens in one thread, so that reading ahead never fights a reader over the decoder's position. It
    serves whoever waits first, newest request first, because scrubbing wants the frame under the playhead, not those
    passed over; it reads ahead only when nobody waits. Frames are handed out read-only, because they are shared.

    Where a draft will do (`VideoSource.fetch`: playing), one is made and kept in the frame's place
    until the frame itself is requested; a caller that does not ask for drafts never gets one.
    """

    def __init__(
        self,
        video: Video,
        byte_limit: int = 512 << 20,
        read_ahead: int = 24,
        thread_started: Callable[[], None] | None = None,
    ) -> None:
        """`byte_limit` in bytes, `read_ahead` in frames; reading ahead never takes more than the limit has room for.

        `thread_started` is called first of all in the thread that decodes, to set its priority, say.
        """
        self._thread_started = thread_started
        self._video = video
        self._most_ahead = read_ahead
        self._byte_limit = byte_limit
        self._read_ahead = self._ahead_within()
        self._frames: OrderedDict[int, Image] = OrderedDict()
        self._drafts: set[int] = set()
        self._bytes = 0
        self._generation = 0
        """How often all frames were let go of: what is being decoded then is no longer kept."""
        self._wake = threading.Condition()
        self._wanted: list[_Request] = []
        self._ahead: list[int] = []
        self._step, self._ahead_draft = 1, False
        self._unreadable: set[int] = set()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="rotoflow-decode", daemon=True)
        self._thread.start()

    @property
    def frame_count(self) -> int:
        """The clip's number of frames."""
        return self._video.frame_count

    @property
    def size(self) -> tuple[int, int]:
        """The clip's (width, height) in pixels."""
        return self._video.size

    @property
    def video(self) -> Video:
        """The clip whose frames these are."""
        return self._video

    def forget(self) -> None:
        """Lets go of all frames: the clip gives other pictures from now on."""
        with self._wake:
            self._frames.clear()
            self._drafts.clear()
            self._bytes = 0
            self._generation += 1

    @property
    def stats(self) -> CacheStats:
        """How full the cache is now."""
        with self._wake:
            return CacheStats(len(self._frames), self._bytes, self._byte_limit)

    @property
    def cached(self) -> frozenset[int]:
        """Indices of the frames that `get` returns now."""
        with self._wake:
            return frozenset(self._frames)

    def get(self, frame_index: int, draft: bool = False) -> Image | None:
        """The frame if it is cached, (H, W, 3) uint8 RGB, read-only; never waits for decoding."""
        with self._wake:
            return self._touch(frame_index, draft)

    def read(self, frame_index: int) -> Image:
        """The frame, (H, W, 3) uint8 RGB, read-only; waits for the decode thread. Raises what the clip's does."""
        if threading.current_thread() is self._thread:
            return self._decode(frame_index, draft=False)
        done = threading.Event()
        results: list[tuple[Image | None, Exception | None]] = []

        def answer(image: Image | None, error: Exception | None) -> None:
            results.append((image, error))
            done.set()

        image = self._ask(frame_index, False, answer)
        if image is not None:
            return image
        done.wait()
        image, error = results[0]
        if error is not None:
            raise error
        assert image is not None
        return image

    def request(
        self, frame_index: int, callback: FrameCallback, draft: bool = False, give_up: GiveUp | None = None
    ) -> None:
        """Asks for a frame without waiting.

        The callback runs in the decode thread, or at once in the caller's if the frame is cached. A request that a
        newer one overtakes is still answered, after it; those that are open when the cache is closed are not. One that
        `give_up` says is no longer wanted may be answered with a CancelledError.
        """

        image = self._ask(frame_index, draft, self._answer_to(frame_index, callback), give_up)
        if image is not None:
            callback(frame_index, image, None)

    def hand(
        self, frame_index: int, callback: FrameCallback, draft: bool = False, give_up: GiveUp | None = None
    ) -> None:
        """As `request`, but the callback always runs in the decode thread: for what takes time to make of a frame."""
        with self._wake:
            if self._closed:
                raise _closed()
            self._wanted.append(_Request(frame_index, draft, give_up, self._answer_to(frame_index, callback)))
            self._wake.notify_all()

    def prefetch(self, frame_index: int, direction: int = 1, draft: bool = False, loop: Loop | None = None) -> None:
        """Reads `read_ahead` frames on from a frame in the direction of travel (+1 or -1) while nobody waits.

        In a `loop` those follow at which it begins anew. They are kept longer than others once they were used, and
        reading ahead goes beyond them: a decoder may take seconds to go back. Replaces the reading ahead that was
        requested before.
        """
        step = 1 if direction >= 0 else -1
        with self._wake:
            kept = 0 if loop is None else self._room() // _KEPT_OF_LOOP
            count = min(self._read_ahead + kept, max(0, self._room() - 1))
            self._ahead = frames_ahead(frame_index, step, count, self.frame_count, loop)
            self._step, self._ahead_draft = step, draft
            self._unreadable.clear()
            if loop is not None:
                start = loop[0] - 1 if step > 0 else loop[1] + 1
                for index in frames_ahead(start, step, kept, self.frame_count, loop):
                    self._touch(index, True)
            # what lies ahead is used soon, so it must not make room for itself
            for index in reversed(self._ahead):
                self._touch(index, True)
            self._touch(frame_index, True)
            self._wake.notify_all()

    def resize(self, byte_limit: int) -> None:
        """Sets another limit, in bytes, at once: frames beyond it are dropped."""
        with self._wake:
            self._byte_limit = byte_limit
            self._read_ahead = self._ahead_within()
            # frames that no longer fit would push each other out in turn
            self._ahead = self._ahead[: self._read_ahead]
            self._evict()

    def close(self) -> None:
        """Stops the decode thread, after the frame in flight, and forgets the frames. Calling it twice is harmless."""
        with self._wake:
            self._closed = True
            waiting, self._wanted = self._wanted, []
            self._ahead = []
            self._wake.notify_all()
        for request in waiting:
            if request.answer is not None:
                request.answer(None, _closed())
        if threading.current_thread() is not self._thread:
            self._thread.join()
        with self._wake:
            self._frames.clear()
            self._drafts.clear()
            self._bytes = 0

    def _ahead_within(self) -> int:
        return max(0, min(self._most_ahead, self._room() - 1))

    def _room(self) -> int:
        """How many frames the limit has room for."""
        width, height = self._video.size
        return self._byte_limit // max(1, 3 * width * height)

    def _evict(self) -> None:
        while self._bytes > self._byte_limit:
            frame_index, image = self._frames.popitem(last=False)
            self._drafts.discard(frame_index)
            self._bytes -= image.nbytes

    def _has(self, frame_index: int, draft: bool) -> bool:
        return frame_index in self._frames and (draft or frame_index not in self._drafts)

    def _touch(self, frame_index: int, draft: bool) -> Image | None:
        if not self._has(frame_index, draft):
            return None
        self._frames.move_to_end(frame_index)
        return self._frames[frame_index]

    def _ask(self, frame_index: int, draft: bool, answer: _Answer, give_up: GiveUp | None = None) -> Image | None:
        with self._wake:
            if self._closed:
                raise _closed()
            image = self._touch(frame_index, draft)
            if image is None:
                self._wanted.append(_Request(frame_index, draft, give_up, answer))
                self._wake.notify_all()
            return image

    def _answer_to(self, frame_index: int, callback: FrameCallback) -> _Answer:
        def answer(image: Image | None, error: Exception | None) -> None:
            if image is None and self._closed:
                return
            shown_error = error if error is None or isinstance(error, RotoflowError) else MediaError(message_of(error))
            callback(frame_index, image, shown_error)

        return answer

    def _has_better_to_do(self) -> bool:
        return self._closed or bool(self._wanted)

    def _decode(self, frame_index: int, draft: bool, give_up: GiveUp | None = None) -> Image:
        cached = self.get(frame_index, draft)
        if cached is not None:
            return cached
        generation = self._generation
        if isinstance(self._video, VideoSource):
            image = self._video.fetch(frame_index, draft, give_up).view()
        else:
            image = self._video.read(frame_index).view()
        image.flags.writeable = False
        with self._wake:
            if not self._closed and generation == self._generation and image.nbytes <= self._byte_limit:
                replaced = self._frames.pop(frame_index, None)
                self._bytes += image.nbytes - (0 if replaced is None else replaced.nbytes)
                self._frames[frame_index] = image
                (self._drafts.add if draft else self._drafts.discard)(frame_index)
                self._evict()
        return image

    def _next(self) -> _Request | None:
        """Waits for work; None once the cache is closed."""
        with self._wake:
            while not self._closed:
                if self._wanted:
                    return self._wanted.pop()
                ahead = self._next_ahead()
                if ahead is not None:
                    return _Request(ahead, self._ahead_draft, self._has_better_to_do)
                self._wake.wait()
        return None

    def _next_ahead(self) -> int | None:
        """The frame to read ahead now: the nearest that is missing, or going back, the first of the chunk before it."""
        missing = [i for i in self._ahead if not self._has(i, self._ahead_draft) and i not in self._unreadable]
        if not missing:
            return None
        if self._step > 0:
            return missing[0]
        return min(i for i in missing if i > missing[0] - _CHUNK)

    def _work(self) -> None:
        if self._thread_started is not None:
            self._thread_started()
        while (request := self._next()) is not None:
            image: Image | None = None
            problem: Exception | None = None
            try:
                image = self._decode(request.frame_index, request.draft, request.give_up)
            except CancelledError as error:
                problem = error
            except Exception as error:  # whatever it is, it belongs to whoever waits, and the thread continues
                problem = error
                with self._wake:
                    self._unreadable.add(request.frame_index)
            if request.answer is not None:
                try:
                    request.answer(image, problem)
                except Exception:
                    logging.getLogger(__name__).exception("a frame's receiver failed")


def _closed() -> MediaError:
    return MediaError("The clip was closed while a frame of it was wanted. Open it again.")
