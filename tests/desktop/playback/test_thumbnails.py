"""Making thumbnails: which frame is decoded for which request, and what becomes of frames that cannot be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import MediaError
from core.jobs import CancelToken
from core.types import Image
from desktop.workers.thumbnails import SIZE, RequestQueue, ThumbnailRequest, draw_thumbnail, make_thumbnails


class Film:
    """A clip of 100,000 frames with a keyframe every fifty; remembers what was decoded."""

    def __init__(self) -> None:
        self.decoded: list[int] = []
        self.closed = False

    def quick_frame(self, frame_index: int) -> int:
        return frame_index // 50 * 50

    def read(self, frame_index: int) -> Image:
        if frame_index == 13:
            raise MediaError("film.mp4: frame 13 is damaged.")
        self.decoded.append(frame_index)
        return np.full((64, 96, 3), frame_index % 250, np.uint8)

    def __enter__(self) -> Film:
        return self

    def __exit__(self, *_error: object) -> None:
        self.closed = True


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> Film:
    film = Film()
    monkeypatch.setattr("core.media.open_video", lambda _path, _options: film)
    return film


def served(requests: list[ThumbnailRequest]) -> list[tuple[ThumbnailRequest, object]]:
    """What a worker yields for a list of requests."""
    queue = RequestQueue()
    queue.replace("strip", requests)
    made = make_thumbnails(Path("film.mp4"), queue, lambda _frame: None, CancelToken())
    found = [next(made) for _ in requests]
    queue.close()
    assert next(made, None) is None, "it ends with the list"
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("first", "last", "decoded"),
    [(100, 180, 100), (101, 180, 150), (101, 999, 950), (101, 120, 101), (101, 101, 101), (101, None, 101)],
)
def test_of_the_frames_that_will_do_the_cheapest_is_decoded(
    film: Film, first: int, last: int | None, decoded: int
) -> None:
    served([ThumbnailRequest(first, last=last)])
    assert film.decoded == [decoded]
    assert film.closed


def test_a_damaged_frame_is_an_empty_picture_and_the_others_are_made(film: Film) -> None:
    empty, other = served([ThumbnailRequest(13), ThumbnailRequest(14)])
    assert empty[1].isNull()  # type: ignore[attr-defined]
    assert not other[1].isNull()  # type: ignore[attr-defined]


def test_a_clip_that_cannot_be_opened_ends_the_work_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_path: Path, _options: object) -> Film:
        raise MediaError("film.mp4: there is no such file.")

    monkeypatch.setattr("core.media.open_video", gone)
    assert list(make_thumbnails(Path("film.mp4"), RequestQueue(), lambda _frame: None, CancelToken())) == []


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (64, 96), (2, 300)])
def test_a_thumbnail_fits_and_keeps_its_shape(size: tuple[int, int]) -> None:
    height, width = size
    labels = np.zeros(size, np.uint8)
    labels[: height // 2] = 7
    small = draw_thumbnail(np.zeros((*size, 3), np.uint8), labels, ((7, (255, 0, 0)),))
    assert small.width() <= SIZE.width()
    assert small.height() <= SIZE.height()
    assert small.width() / max(1, small.height()) == pytest.approx(width / height, rel=0.5 if height < 10 else 0.02)
    if height > 10:
        assert small.pixelColor(small.width() // 2, 2).red() == pytest.approx(153, abs=2)
        assert small.pixelColor(small.width() // 2, small.height() - 3).red() == 0
