"""The frame cache keeps within its bytes, answers waiting readers first, and leaves no thread behind."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from core.errors import MediaError, RotoflowError
from core.media import FrameCache, open_video
from core.types import Image
from tests.core.media.clips import FRAMES, number_of, write_clip

FRAME_BYTES = 8 * 4 * 3
COUNT = 100


class Clip:
    """A clip of 8 x 4 pixels that hold their frame index; notes every read, and may be held up or fail."""

    def __init__(self) -> None:
        self.frame_count = COUNT
        self.size = (8, 4)
        self.reads: list[int] = []
        self.threads: set[str] = set()
        self.gate = threading.Event()
        self.gate.set()
        self.bad: set[int] = set()

    def read(self, frame_index: int) -> Image:
        self.reads.append(frame_index)
        self.threads.add(threading.current_thread().name)
        assert self.gate.wait(10)
        if frame_index in self.bad:
            raise MediaError(f"frame {frame_index} is damaged")
        return np.full((4, 8, 3), frame_index, np.uint8)


def until(condition: object, seconds: float = 10) -> None:
    """Waits until a callable is true."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def decode_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "rotoflow-decode"]


def test_a_frame_is_read_once_and_then_there_at_once() -> None:
    clip = Clip()
    with FrameCache(clip) as cache:
        assert cache.get(7) is None
        first = cache.read(7)
        assert (first == 7).all()
        assert cache.get(7) is first
        assert cache.read(7) is first
        assert clip.reads == [7]
        assert clip.threads == {"rotoflow-decode"}
        assert (cache.frame_count, cache.size) == (COUNT, (8, 4))


def test_shared_frames_cannot_be_painted_on() -> None:
    with FrameCache(Clip()) as cache, pytest.raises(ValueError, match="read-only"):
        cache.read(1)[0, 0] = 0


def test_the_limit_in_bytes_holds_and_the_least_recently_used_goes_first() -> None:
    clip = Clip()
    with FrameCache(clip, byte_limit=5 * FRAME_BYTES + 7) as cache:
        for frame_index in range(5):
            cache.read(frame_index)
        cache.get(0)
        cache.read(50)
        assert cache.cached == {0, 2, 3, 4, 50}
        for frame_index in range(COUNT):
            cache.read(frame_index)
            stats = cache.stats
            assert stats.bytes_used == stats.frames * FRAME_BYTES <= stats.byte_limit


def test_a_smaller_limit_holds_at_once_and_a_larger_one_from_then_on() -> None:
    with FrameCache(Clip(), byte_limit=8 * FRAME_BYTES, read_ahead=0) as cache:
        for index in range(8):
            cache.read(index)
        cache.resize(3 * FRAME_BYTES)
        assert cache.cached == {5, 6, 7}
        assert cache.stats.bytes_used == 3 * FRAME_BYTES
        cache.resize(4 * FRAME_BYTES)
        for index in range(8):
            cache.read(index)
        assert cache.cached == {4, 5, 6, 7}


def test_a_frame_larger_than_the_limit_is_handed_out_but_not_kept() -> None:
    with FrameCache(Clip(), byte_limit=FRAME_BYTES - 1) as cache:
        assert (cache.read(3) == 3).all()
        cache.prefetch(3, 1)
        assert cache.stats.frames == cache.stats.bytes_used == 0


@pytest.mark.parametrize(
    ("start", "direction", "expected"),
    [
        (10, 1, range(11, 31)),
        (50, -1, range(30, 50)),
        (95, 1, range(96, 100)),
        (3, -1, range(3)),
        (99, 1, range(0)),
        (0, -1, range(0)),
    ],
)
def test_reading_ahead_goes_with_the_direction_and_stops_at_the_ends(
    start: int, direction: int, expected: range
) -> None:
    clip = Clip()
    with FrameCache(clip, read_ahead=20) as cache:
        cache.prefetch(start, direction)
        until(lambda: len(clip.reads) == len(expected))
        time.sleep(0.02)
        assert sorted(clip.reads) == list(expected)
        if direction > 0:
            assert clip.reads == list(expected), "nearest first"


def test_going_back_decodes_chunks_forward() -> None:
    """Frame by frame backward, a codec would decode from the last keyframe each time."""
    clip = Clip()
    with FrameCache(clip, read_ahead=40) as cache:
        cache.prefetch(60, -1)
        until(lambda: len(clip.reads) == 40)
        assert clip.reads == [*range(44, 60), *range(28, 44), *range(20, 28)]


def test_reading_ahead_never_pushes_out_what_it_read() -> None:
    clip = Clip()
    with FrameCache(clip, byte_limit=6 * FRAME_BYTES, read_ahead=50) as cache:
        for frame_index in range(20, 40):
            cache.read(frame_index)
            cache.prefetch(frame_index, 1)
            until(lambda i=frame_index: cache.cached >= set(range(i, i + 6)))
        assert len(clip.reads) == len(set(clip.reads)), "nothing is decoded twice"


def test_a_new_direction_replaces_the_old_one() -> None:
    clip = Clip()
    clip.gate.clear()
    with FrameCache(clip, read_ahead=10) as cache:
        cache.prefetch(10, 1)
        until(lambda: clip.reads)
        cache.prefetch(90, 1)
        clip.gate.set()
        until(lambda: cache.cached >= set(range(91, 100)))
        assert len([i for i in clip.reads if i < 90]) == 1


def test_requests_are_answered_newest_first_and_before_reading_ahead() -> None:
    clip = Clip()
    clip.gate.clear()
    answered: list[int] = []
    done = threading.Event()

    def answer(frame_index: int, image: Image | None, error: RotoflowError | None) -> None:
        assert error is None
        assert image is not None and (image == frame_index).all()
        answered.append(frame_index)
        if len(answered) == 3:
            done.set()

    with FrameCache(clip) as cache:
        cache.prefetch(0, 1)
        until(lambda: clip.reads)
        for frame_index in (40, 50, 60):
            cache.request(frame_index, answer)
        assert not answered, "asking does not wait"
        clip.gate.set()
        assert done.wait(10)
        assert answered == [60, 50, 40]
        assert clip.reads[1:4] == [60, 50, 40]
        cache.request(50, answer)
        assert answered[-1] == 50, "a cached frame comes at once"


def test_errors_reach_whoever_asked_and_the_thread_goes_on() -> None:
    clip = Clip()
    clip.bad = {5}
    errors: list[RotoflowError | None] = []
    with FrameCache(clip, read_ahead=10) as cache:
        with pytest.raises(MediaError, match="frame 5 is damaged"):
            cache.read(5)
        cache.request(5, lambda _index, _image, error: errors.append(error))
        until(lambda: errors)
        assert "frame 5 is damaged" in str(errors[0])
        clip.reads.clear()
        cache.prefetch(0, 1)
        until(lambda: cache.cached >= {1, 2, 3, 4, 6, 7, 8, 9, 10})
        time.sleep(0.02)
        assert clip.reads.count(5) <= 1, "a bad frame is not tried over and over"
        assert (cache.read(20) == 20).all()


def test_a_receiver_that_fails_does_not_stop_the_thread(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_index: int, _image: Image | None, _error: RotoflowError | None) -> None:
        raise ZeroDivisionError

    with FrameCache(Clip()) as cache:
        cache.request(1, fail)
        until(lambda: "receiver failed" in caplog.text)
        assert (cache.read(2) == 2).all()


def test_a_receiver_may_read_on() -> None:
    results: list[int] = []
    with FrameCache(Clip()) as cache:
        cache.request(1, lambda index, _image, _error: results.append(int(cache.read(index + 1)[0, 0, 0])))
        until(lambda: results)
    assert results == [2]


def test_closing_ends_the_thread_and_whoever_waits() -> None:
    clip = Clip()
    clip.gate.clear()
    before = len(decode_threads())
    cache = FrameCache(clip)
    assert len(decode_threads()) == before + 1
    cache.prefetch(0, 1)
    until(lambda: clip.reads)
    failures: list[MediaError] = []

    def wait_for_a_frame() -> None:
        try:
            cache.read(30)
        except MediaError as error:
            failures.append(error)

    waiter = threading.Thread(target=wait_for_a_frame)
    waiter.start()
    until(lambda: cache._wanted)
    closer = threading.Thread(target=cache.close)
    closer.start()
    waiter.join(10)
    assert "closed" in str(failures[0])
    clip.gate.set()
    closer.join(10)
    cache.close()
    assert len(decode_threads()) == before
    assert cache.stats.bytes_used == 0
    assert cache.get(0) is None
    with pytest.raises(MediaError, match="closed"):
        cache.read(0)


def test_many_threads_on_a_real_clip_get_the_right_frames(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with open_video(write_clip(tmp_path / "a.mp4")) as video, FrameCache(video, byte_limit=10 * 96 * 64 * 3) as cache:
        order = [(i * 13) % FRAMES for i in range(80)]

        def number(frame_index: int) -> int:
            cache.prefetch(frame_index, 1 if frame_index % 2 else -1)
            return number_of(cache.read(frame_index))

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(number, order)) == order
        assert cache.stats.bytes_used <= cache.stats.byte_limit
