"""A run that arrives at the far anchor with another mask than the one there is believed less between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from core.jobs import CancelToken
from core.propagation import Direction, PropagationRequest, propagate
from core.types import Anchor, FrameResult, ReadFrame
from tests.core.propagation.scene import COUNT, Recorder, anchor, block, read


class Loser(Recorder):
    """Of the object `lost` one run takes something else from frame 8 on, as sure of it as before."""

    def __init__(self, step: int, lost: int = 1) -> None:
        super().__init__(apart=0)
        self._step, self._lost = step, lost

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        forward = len(frame_indices) < 2 or frame_indices[1] > frame_indices[0]
        for result in super().track(anchors, frame_indices, read, cancel):
            labels = result.labels.copy()
            gone = result.frame_index >= 8 if self._step > 0 else result.frame_index <= 12
            if forward == (self._step > 0) and gone and (labels == self._lost).any():
                labels[labels == self._lost] = 0
                labels[block(self._lost, x=28) > 0] = self._lost
            yield FrameResult(result.frame_index, labels, result.confidence)


def followed(session: Recorder, anchors: list[Anchor]) -> list[FrameResult]:
    wanted = PropagationRequest(COUNT, tuple(anchors), Direction.BOTH, 0, COUNT - 1)
    return list(propagate(session, wanted, read, CancelToken()))


@pytest.mark.parametrize("step", [1, -1])
def test_the_run_that_lost_the_object_is_not_believed(step: int) -> None:
    given = followed(Loser(step), [anchor(0, 1, x=10), anchor(19, 1, x=10)])
    last = {one.frame_index: one.labels for one in given}
    for frame in range(1, 19):
        np.testing.assert_array_equal(last[frame], block(1, x=10))


def test_the_last_pixels_of_what_leaves_the_picture_are_no_sign_of_a_lost_object() -> None:
    class Leaving(Recorder):
        """Forward, a few pixels stay to the end; backward there is nothing before frame 17."""

        def track(
            self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
        ) -> Iterator[FrameResult]:
            forward = len(frame_indices) < 2 or frame_indices[1] > frame_indices[0]
            for result in super().track(anchors, frame_indices, read, cancel):
                labels = result.labels
                if result.frame_index >= 17:
                    labels = block(1, x=10, width=1) if forward else np.zeros_like(labels)
                yield FrameResult(result.frame_index, labels, result.confidence)

    gone = Anchor(19, np.zeros_like(block(1)), frozenset({1}))
    given = followed(Leaving(apart=1), [anchor(0, 1, x=10), gone])
    assert len(given) == COUNT, "the forward run is believed as before: nothing comes again"


def test_only_what_turned_out_wrong_comes_again() -> None:
    given = [one.frame_index for one in followed(Loser(1), [anchor(0, 1, x=10), anchor(19, 1, x=10)])]
    assert given[:20] == list(range(19)) + given[19:20]
    again = given[given.index(18) + 1 :]
    assert again and set(again) - {19} <= set(range(8, 19)), "before frame 8 both runs said the same"
    assert len(given) == len(set(given)) + len(set(again) - {19})


def test_another_object_is_as_it_was() -> None:
    """Object 2 has an anchor half-way, where the run that loses object 1 is right about it."""
    anchors = [anchor(0, 1, 2, x=10), anchor(10, 2, x=10), anchor(19, 1, 2, x=10)]
    last = {one.frame_index: one.labels for one in followed(Loser(1), anchors)}
    for frame in range(1, 19):
        np.testing.assert_array_equal(last[frame], block(1, 2, x=10))


def test_runs_that_agree_give_every_frame_once() -> None:
    given = [one.frame_index for one in followed(Recorder(apart=1), [anchor(0, 1, x=10), anchor(19, 1, x=10)])]
    assert sorted(given) == list(range(COUNT))
