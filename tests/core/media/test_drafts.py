"""Drafts: near enough to look at, never taken for the frame itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import CancelledError
from core.media import FrameCache, open_video
from core.media.containers.video_file import VideoFile
from core.media.source import GiveUp, VideoSource
from core.types import Image
from tests.core.media.clips import write_clip
from tests.core.media.test_cache import until


def film(folder: Path) -> VideoSource:
    return open_video(write_clip(folder / "a.mp4"))


def test_a_draft_is_the_frame_but_for_a_few_levels(tmp_path: Path) -> None:
    with film(tmp_path) as video:
        for index in (0, 7, 3):
            exact, draft = video.read(index).astype(int), video.fetch(index, draft=True).astype(int)
            assert draft.shape == exact.shape
            assert np.abs(draft - exact).mean() < 3
        assert (video.read(3) == exact).all(), "a draft in between changes nothing"


def test_a_draft_is_never_handed_out_for_the_frame(tmp_path: Path) -> None:
    with film(tmp_path) as video, FrameCache(video, read_ahead=0) as cache:
        got: list[np.ndarray] = []
        cache.request(4, lambda _index, image, _error: got.append(image), draft=True)  # type: ignore[arg-type]
        until(lambda: got)
        draft = got[0]
        assert cache.get(4) is None, "only a draft is there"
        assert cache.get(4, draft=True) is draft
        exact = cache.read(4)
        assert (exact == video.read(4)).all()
        assert cache.get(4) is exact
        assert cache.get(4, draft=True) is exact, "the frame serves as a draft, too"
        assert cache.stats.frames == 1
        assert cache.stats.bytes_used == exact.nbytes


def test_reading_ahead_for_frames_replaces_drafts(tmp_path: Path) -> None:
    with film(tmp_path) as video, FrameCache(video, read_ahead=3) as cache:
        cache.prefetch(0, draft=True)
        until(lambda: cache.cached == {1, 2, 3})
        assert cache.get(2) is None
        cache.prefetch(0)
        until(lambda: all(cache.get(index) is not None for index in (1, 2, 3)))
        assert cache.stats.bytes_used == sum(video.read(index).nbytes for index in (1, 2, 3))


def test_a_frame_that_is_given_up_is_left_on_the_way_and_found_from_there(tmp_path: Path) -> None:
    with film(tmp_path) as video:
        assert isinstance(video, VideoFile)
        last = video.frame_count - 1
        truth = [video.read(index) for index in (0, last)][1]
        video.read(0)
        asked: list[bool] = []

        def after_three() -> bool:
            asked.append(True)
            return len(asked) == 3

        with pytest.raises(CancelledError):
            video.fetch(7, give_up=after_three)
        seeks = video.seeks
        assert (video.read(7) == video.fetch(7)).all()
        assert video.seeks == seeks, "decoding went on from where it was left"
        assert (video.read(last) == truth).all()


def test_reading_ahead_gives_way_to_who_waits(tmp_path: Path) -> None:
    with film(tmp_path) as video:
        assert isinstance(video, VideoFile)
        begun: list[int] = []
        waited: list[bool] = []
        fetch = video.fetch

        def watched(index: int, draft: bool = False, give_up: GiveUp | None = None) -> Image:
            if index == 1:
                # as long as it takes until somebody wants a frame
                assert give_up is not None
                begun.append(index)
                until(give_up)
                waited.append(True)
                raise CancelledError("")
            return fetch(index, draft, give_up)

        video.fetch = watched  # type: ignore[method-assign, assignment]
        with FrameCache(video, read_ahead=3) as cache:
            cache.prefetch(0)
            until(lambda: begun)
            assert (cache.read(9) == fetch(9)).all()
            assert waited
