"""The loop with a thread beside it: the same results, the same errors at the same frame, nothing left running."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor

import numpy as np
import pytest

from core.errors import MediaError
from core.jobs import CancelToken
from core.types import Anchor, FrameResult, Image, ReadFrame
from core.vos.side_by_side import with_next
from core.vos.tracking import Tracker, TrackingSettings
from tests.core.vos.test_tracking import SIZE, STILL, Notebook, anchor, texture


class Foresight(Notebook):
    """Notes which images it was told of, and that it is told of each before it has to find the one ahead of it."""

    def __init__(self) -> None:
        super().__init__()
        self.coming: list[Image] = []
        self.threads: set[str] = set()

    def look_ahead(self, image: Image, worker: Executor) -> None:
        self.coming.append(image)
        worker.submit(lambda: self.threads.add(threading.current_thread().name)).result()


def results(
    beside: bool,
    read: ReadFrame = lambda index: STILL,
    model: Notebook | None = None,
    cancel: CancelToken | None = None,
    anchors: tuple[Anchor, ...] = (anchor(0, 1, 2), anchor(3, 2)),
) -> Iterator[FrameResult]:
    tracker = Tracker(model or Notebook(), SIZE, TrackingSettings(), beside=beside)
    return tracker.run(anchors, range(6), {1: 0, 2: 0}, read, cancel or CancelToken())


def test_results_are_the_same() -> None:
    moving = [np.roll(texture(0), shift, axis=1) for shift in range(6)]
    one, two = (list(results(beside, moving.__getitem__)) for beside in (False, True))
    assert [result.frame_index for result in two] == list(range(6))
    for alone, both in zip(one, two, strict=True):
        np.testing.assert_array_equal(alone.labels, both.labels)
        assert alone.confidence == both.confidence


def test_the_model_is_told_of_each_image_before_the_one_ahead_of_it() -> None:
    pictures = [texture(seed) for seed in range(6)]
    model = Foresight()
    list(results(True, pictures.__getitem__, model))
    assert [image is picture for image, picture in zip(model.coming, pictures[1:], strict=True)] == [True] * 5
    assert threading.current_thread().name not in model.threads
    alone = Foresight()
    list(results(False, pictures.__getitem__, alone))
    assert not alone.coming


def test_frames_are_read_in_the_callers_thread() -> None:
    seen: set[int] = set()

    def read(index: int) -> Image:
        seen.add(threading.get_ident())
        return STILL

    list(results(True, read, Foresight()))
    assert seen == {threading.get_ident()}


@pytest.mark.parametrize("make", [Notebook, Foresight])
@pytest.mark.parametrize("beside", [False, True])
def test_an_error_loses_no_frame_before_it(make: Callable[[], Notebook], beside: bool) -> None:
    def read(index: int) -> Image:
        if index == 4:
            raise MediaError("{path}: is gone", path="clip")
        return STILL

    found: list[int] = []
    with pytest.raises(MediaError, match="is gone"):
        found.extend(result.frame_index for result in results(beside, read, make()))
    assert found == [0, 1, 2, 3]


@pytest.mark.parametrize("beside", [False, True])
def test_nothing_comes_after_a_cancel(beside: bool) -> None:
    cancel, found = CancelToken(), list[int]()
    for result in results(beside, model=Foresight(), cancel=cancel):
        found.append(result.frame_index)
        if result.frame_index == 2:
            cancel.cancel()
    assert found == [0, 1, 2]


def test_a_run_that_is_given_up_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    run = results(True)
    next(run)
    assert set(threading.enumerate()) > before
    run.close()  # type: ignore[attr-defined]
    assert set(threading.enumerate()) == before


def test_pairs() -> None:
    assert list(with_next(iter("abc"))) == [("a", "b"), ("b", "c"), ("c", None)]
    assert list(with_next(iter("a"))) == [("a", None)]
    assert list(with_next(iter(""))) == []
