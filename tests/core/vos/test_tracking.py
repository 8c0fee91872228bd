"""The loop, with a target model that records its calls: this is the interface for a network."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from core.jobs import CancelToken
from core.types import Anchor, Floats, FrameResult, Image, ReadFrame
from core.vos.flow.warping import Flow, scaled_size
from core.vos.tracking import ANCHORS_AT_START, Tracker, TrackingSettings

SIZE = (80, 60)


class Notebook:
    """Says that every object is where it was warped to."""

    def __init__(self) -> None:
        self.observed: list[tuple[int, tuple[int, ...], bool]] = []
        self.predicted: list[tuple[int, bool]] = []
        self.shapes: set[tuple[int, ...]] = set()
        self.image: Image | None = None
        self.same_image = True

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        self.observed.append((frame_index, tuple(object_ids), permanent))
        assert probabilities.shape == (len(object_ids), *image.shape[:2])
        assert confidence.shape == (len(object_ids),)
        if not permanent:
            self.same_image &= image is self.image

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        assert warped.shape == (len(object_ids), *image.shape[:2])
        assert (flow is None) == (previous_image is None)
        assert flow is None or flow.shape == image.shape[:2]
        self.predicted.append((frame_index, previous_image is not None))
        self.shapes.add(image.shape)
        self.image = image
        return (warped > 0.5).astype(np.float32)


def texture(seed: int) -> Image:
    noise = np.random.default_rng(seed).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 2)


STILL = texture(0)


def anchor(frame_index: int, *ids: int) -> Anchor:
    labels = np.zeros(SIZE[::-1], np.uint8)
    for position, object_id in enumerate(ids):
        labels[10 + 20 * position : 25 + 20 * position, 20:50] = object_id
    return Anchor(frame_index, labels, frozenset(ids))


def run(
    anchors: list[Anchor],
    frames: Sequence[int],
    first: dict[int, int],
    short_side: int = 480,
    read: ReadFrame = lambda i: STILL,
) -> tuple[Notebook, list[FrameResult]]:
    model = Notebook()
    tracker = Tracker(model, SIZE, TrackingSettings(short_side, None))
    return model, list(tracker.run(anchors, frames, first, read, CancelToken()))


def test_anchors_are_permanent_and_results_are_not() -> None:
    model, _ = run([anchor(0, 1, 2), anchor(2, 2)], range(4), {1: 0, 2: 0})
    assert [entry for entry in model.observed if entry[2]] == [(2, (2,), True), (0, (1, 2), True)]
    assert [entry[0] for entry in model.observed if not entry[2]] == [1, 2, 3]
    assert [frame for frame, _ in model.predicted] == [1, 2, 3]


def test_a_frame_given_whole_is_not_predicted() -> None:
    model, results = run([anchor(0, 1), anchor(2, 1)], range(4), {1: 0})
    assert [frame for frame, _ in model.predicted] == [1, 3]
    np.testing.assert_array_equal(results[2].labels, anchor(2, 1).labels)


def test_the_model_gets_the_picture_it_predicted_on_again() -> None:
    assert run([anchor(0, 1)], range(4), {1: 0}, short_side=30)[0].same_image


def test_the_working_size_is_the_models_and_results_are_full_size() -> None:
    model, results = run([anchor(0, 1)], range(3), {1: 0}, short_side=30)
    assert model.shapes == {(30, 40, 3)}
    assert all(result.labels.shape == (60, 80) for result in results)
    truth = anchor(0, 1).labels == 1
    found = results[2].labels == 1
    assert (truth & found).sum() / (truth | found).sum() > 0.9


@pytest.mark.parametrize(
    ("size", "short_side", "expected"),
    [((854, 480), 480, (854, 480)), ((1920, 1080), 480, (853, 480)), ((60, 800), 480, (60, 800)), ((9, 5), 0, (9, 5))],
)
def test_the_scaled_size(size: tuple[int, int], short_side: int, expected: tuple[int, int]) -> None:
    assert scaled_size(size, short_side) == expected


def test_a_cut_reaches_the_model() -> None:
    bright = 255 - texture(5) // 3
    model, _ = run([anchor(0, 1)], range(5), {1: 0}, read=lambda i: STILL // 2 if i < 3 else bright)
    assert model.predicted == [(1, True), (2, True), (3, False), (4, True)]


def test_the_start_does_not_get_slower_with_anchors() -> None:
    reads: list[int] = []

    def read(frame_index: int) -> Image:
        reads.append(frame_index)
        return STILL

    anchors = [anchor(frame, 1) for frame in range(0, 100, 2)]
    tracker = Tracker(Notebook(), SIZE, TrackingSettings(refinement=None))
    next(tracker.run(anchors, range(100), {1: 0}, read, CancelToken()))
    assert len(reads) <= ANCHORS_AT_START + 1


def test_an_object_whose_anchor_is_far_off_the_way_is_shown_all_the_same() -> None:
    anchors = [anchor(50 + frame, 1) for frame in range(20)] + [anchor(200, 2)]
    model, _ = run(anchors, range(10), {1: 0, 2: 0})
    assert (200, (2,), True) in model.observed
