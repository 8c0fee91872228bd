"""What comes out: anchors and locked objects untouched, both directions merged, nothing lost on cancelling."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.engines import load
from core.engines.protocol import Session
from core.jobs import CancelToken
from core.propagation import Direction, PropagationRequest, plan, propagate
from core.types import Anchor, FrameResult, LabelMap
from tests.core.propagation.scene import COUNT, SIZE, Recorder, anchor, block, read

FORWARD, BACKWARD, BOTH = Direction.FORWARD, Direction.BACKWARD, Direction.BOTH


def request(
    anchors: list[Anchor], direction: Direction = BOTH, first: int = 0, last: int = COUNT - 1, **more: Any
) -> PropagationRequest:
    return PropagationRequest(COUNT, tuple(anchors), direction, first, last, **more)


def results(wanted: PropagationRequest, session: Session | None = None) -> dict[int, FrameResult]:
    # a frame may come again: then the later result holds
    return {one.frame_index: one for one in propagate(session or Recorder(), wanted, read, CancelToken())}


def left_edge(result: FrameResult, object_id: int) -> int:
    return int(np.flatnonzero((result.labels == object_id).any(axis=0))[0])


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("positions", [(0,), (6,), (6, 13), (0, 6, 19)])
def test_what_is_planned_is_what_comes(direction: Direction, positions: tuple[int, ...]) -> None:
    wanted = request([anchor(position, 1, 2) for position in positions], direction)
    steps: list[int] = []
    session = Recorder(apart=1)
    found = list(propagate(session, wanted, read, CancelToken(), steps.append))
    assert sorted(result.frame_index for result in found) == list(plan(wanted).frames), "each frame once"
    assert steps == list(range(1, plan(wanted).steps + 1))


@pytest.mark.parametrize("direction", list(Direction))
def test_anchors_are_never_overwritten(direction: Direction) -> None:
    rng = np.random.default_rng(3)
    speckled = [
        Anchor(frame, rng.choice(np.array([0, 1, 2], np.uint8), SIZE[::-1]), frozenset({1, 2})) for frame in (5, 6, 12)
    ]
    before = [one.labels.copy() for one in speckled]
    found = results(request(speckled, direction))
    for one, labels in zip(speckled, before, strict=True):
        np.testing.assert_array_equal(one.labels, labels)
        np.testing.assert_array_equal(found[one.frame_index].labels, labels)
        assert found[one.frame_index].confidence == {1: 1.0, 2: 1.0}


def test_an_anchor_vouches_only_for_its_objects() -> None:
    part = Anchor(8, block(2, x=30), frozenset({2}))
    found = results(request([anchor(0, 1, 2), part], FORWARD))
    np.testing.assert_array_equal(found[8].labels == 2, block(2, x=30) == 2)
    assert left_edge(found[8], 1) == 10


class TestMerging:
    def test_the_nearer_anchor_counts_more(self) -> None:
        found = results(request([anchor(0, 1), anchor(10, 1)]))
        edges = [left_edge(found[frame], 1) for frame in range(1, 10)]
        assert edges == sorted(edges), "the edge moves from one answer to the other"
        assert edges[0] == 10
        assert edges[-1] >= 12
        assert 11 <= edges[4] <= 13, "half-way it is half-way"

    def test_the_surer_run_counts_more(self) -> None:
        wanted = request([anchor(0, 1), anchor(10, 1)])
        assert left_edge(results(wanted, Recorder(forward=0.95, backward=0.05))[5], 1) == 10
        assert left_edge(results(wanted, Recorder(forward=0.05, backward=0.95))[5], 1) == 14

    def test_disagreement_lowers_confidence(self) -> None:
        assert results(request([anchor(0, 1), anchor(10, 1)]))[5].confidence[1] < 0.8

    def test_outside_the_anchors_there_is_one_answer(self) -> None:
        found = results(request([anchor(6, 1), anchor(10, 1)]))
        assert left_edge(found[2], 1) == 14
        assert left_edge(found[15], 1) == 10
        assert found[2].confidence == {1: 0.8}

    def test_objects_with_anchors_of_their_own(self) -> None:
        """Object 1 is anchored at 0, object 2 at 10: neither is merged, each is found from its own side."""
        found = results(request([anchor(0, 1), anchor(10, 2)]))
        assert [left_edge(found[5], object_id) for object_id in (1, 2)] == [10, 14]
        assert [left_edge(found[15], object_id) for object_id in (1, 2)] == [10, 10]

    def test_a_run_states_nothing_of_objects_it_has_not_met(self) -> None:
        found = results(request([anchor(0, 1), anchor(10, 2)], FORWARD))
        assert 2 not in found[5].labels
        assert set(found[5].confidence) == {1}
        assert 2 in found[12].labels


class TestKeeping:
    def stored(self, frame_index: int) -> LabelMap | None:
        """Object 2 wanders, object 9 is something old without an anchor."""
        labels = block(2, x=frame_index)
        labels[-1, -3:] = 9
        labels.flags.writeable = False
        return labels

    @pytest.mark.parametrize("direction", list(Direction))
    def test_locked_objects_keep_their_pixels(self, direction: Direction) -> None:
        wanted = request([anchor(0, 1, 2), anchor(10, 1, 2)], direction, locked=frozenset({2}), stored=self.stored)
        for frame, result in results(wanted).items():
            stored = self.stored(frame)
            for object_id in (2, 9):
                np.testing.assert_array_equal(result.labels == object_id, stored == object_id)
            assert 1 in result.labels
            assert set(result.confidence) == {1}

    def test_objects_not_chosen_keep_their_pixels(self) -> None:
        session = Recorder()
        found = results(request([anchor(0, 1, 2)], object_ids=frozenset({1}), stored=self.stored), session)
        np.testing.assert_array_equal(found[7].labels == 2, self.stored(7) == 2)
        assert all(ids == {1} for _, anchors in session.runs for ids in anchors.values())

    def test_a_locked_object_wins_a_pixel(self) -> None:
        def stored(frame_index: int) -> LabelMap:
            return np.full(SIZE[::-1], 2, np.uint8)

        found = results(request([anchor(0, 1)], locked=frozenset({2}), stored=stored))
        assert (found[3].labels == 2).all()

    def test_locked_anchor_without_kept_labels(self) -> None:
        found = results(request([anchor(0, 1, 2), anchor(10, 1, 2)], locked=frozenset({2})))
        np.testing.assert_array_equal(found[10].labels, block(1, 2))
        assert 2 not in found[5].labels

    def test_the_run_sets_out_from_what_is_kept(self) -> None:
        session = Recorder()
        wanted = request([anchor(0, 1)], FORWARD, 10, 12, stored=lambda frame: block(1, x=20) if frame == 9 else None)
        results(wanted, session)
        assert session.runs[0][0] == [9, 10, 11, 12]
        np.testing.assert_array_equal(session.seeds[9], block(1, x=20))


class TestCancelling:
    @pytest.mark.parametrize("positions", [(0,), (5,), (0, 10, 19)])
    def test_what_was_given_out_stays_and_no_more_comes(self, positions: tuple[int, ...]) -> None:
        wanted = request([anchor(position, 1) for position in positions])
        whole = results(wanted, Recorder(apart=1))
        token, seen = CancelToken(), []
        for result in propagate(Recorder(apart=1), wanted, read, token):
            seen.append(result)
            if len(seen) == 7:
                token.cancel()
        assert len(seen) == 7
        for result in seen:
            np.testing.assert_array_equal(result.labels, whole[result.frame_index].labels)

    def test_while_results_wait(self) -> None:
        token = CancelToken()
        wanted = request([anchor(0, 1), anchor(19, 1)])
        found = list(propagate(Recorder(), wanted, read, token, lambda done: token.cancel() if done == 5 else None))
        assert found == []


def test_with_a_real_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake engine moves masks a pixel a frame: seen from both sides, they agree."""
    session = load("fake").open(SIZE)
    found = results(request([anchor(0, 1, x=5), anchor(10, 1, x=15)], first=0, last=10), session)
    assert [left_edge(found[frame], 1) for frame in range(11)] == list(range(5, 16))
