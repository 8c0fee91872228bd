"""Which frames are written, and by which runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.errors import EngineError
from core.propagation import Direction, PropagationPlan, PropagationRequest, plan
from core.types import Anchor, LabelMap
from tests.core.propagation.scene import COUNT, anchor, block

FORWARD, BACKWARD, BOTH = Direction.FORWARD, Direction.BACKWARD, Direction.BOTH


def planned(
    anchors: list[Anchor], direction: Direction, first: int = 0, last: int = COUNT - 1, **more: Any
) -> PropagationPlan:
    return plan(PropagationRequest(COUNT, tuple(anchors), direction, first, last, **more))


def runs(result: PropagationPlan) -> list[tuple[int, int]]:
    return [(one.run[0], one.run[-1]) for one in result.passes]


def stored_on(*frames: int, ids: tuple[int, ...] = (1,)) -> Callable[[int], LabelMap | None]:
    def stored(frame_index: int) -> LabelMap | None:
        return block(*ids) if frame_index in frames else None

    return stored


class TestOneWay:
    def test_from_the_anchor_to_the_end(self) -> None:
        assert planned([anchor(4, 1)], FORWARD).frames == tuple(range(4, 20))
        assert planned([anchor(4, 1)], BACKWARD).frames == tuple(range(5))

    def test_one_run_through_later_anchors(self) -> None:
        result = planned([anchor(4, 1), anchor(9, 1), anchor(12, 2)], FORWARD)
        assert runs(result) == [(4, 19)]
        assert result.steps == 16

    def test_a_range_beyond_the_anchor_is_run_up_to(self) -> None:
        result = planned([anchor(2, 1)], FORWARD, 10, 12)
        assert result.frames == (10, 11, 12)
        assert runs(result) == [(2, 12)]
        assert result.steps == 11

    def test_the_run_up_goes_back_to_every_object(self) -> None:
        assert runs(planned([anchor(2, 1), anchor(6, 2)], FORWARD, 10, 12)) == [(2, 12)]
        assert runs(planned([anchor(2, 1), anchor(6, 1)], FORWARD, 10, 12)) == [(6, 12)]
        assert runs(planned([anchor(15, 1), anchor(18, 2)], BACKWARD, 10, 12)) == [(18, 10)]

    def test_what_is_kept_beside_the_range_spares_the_run_up(self) -> None:
        result = planned([anchor(2, 1)], FORWARD, 10, 12, stored=stored_on(9))
        assert result.frames == (10, 11, 12)
        assert runs(result) == [(9, 12)]
        backward = planned([anchor(18, 1)], BACKWARD, 10, 12, stored=stored_on(13))
        assert runs(backward) == [(13, 10)]

    def test_what_is_kept_does_not_help_if_it_lacks_the_object(self) -> None:
        assert runs(planned([anchor(2, 1)], FORWARD, 10, 12, stored=stored_on(9, ids=(2,)))) == [(2, 12)]

    def test_start_on_a_kept_frame_continues_from_what_is_seen(self) -> None:
        result = planned([anchor(2, 1)], FORWARD, start=10, stored=stored_on(10))
        assert result.frames == tuple(range(11, 20)), "the frame the person looks at stays"
        assert runs(result) == [(10, 19)]

    def test_start_on_an_anchor(self) -> None:
        result = planned([anchor(2, 1), anchor(10, 1)], BACKWARD, start=10, stored=stored_on(10))
        assert result.frames == tuple(range(11))
        assert runs(result) == [(10, 0)]

    def test_an_object_anchored_only_ahead_appears_there(self) -> None:
        result = planned([anchor(4, 1), anchor(9, 2)], FORWARD)
        assert result.passes[0].object_ids == {1, 2}
        ahead = planned([anchor(4, 1), anchor(15, 2)], FORWARD, 0, 12)
        assert ahead.passes[0].object_ids == {1}, "beyond the range it plays no part"


class TestBothWays:
    def test_one_anchor_takes_two_runs(self) -> None:
        result = planned([anchor(4, 1)], BOTH)
        assert result.frames == tuple(range(20))
        assert runs(result) == [(4, 19), (4, 0)]
        assert not any(one.waiting for one in result.passes)

    def test_between_anchors_backward_waits_for_forward(self) -> None:
        result = planned([anchor(4, 1), anchor(9, 1), anchor(15, 1)], BOTH)
        assert result.frames == tuple(range(20))
        waiting = [(one.waiting[0], one.waiting[-1]) for one in result.passes if one.waiting]
        assert waiting == [(5, 8), (10, 14)], "stretch by stretch, and never on an anchor"
        assert result.steps < 3 * COUNT

    def test_anchors_of_some_objects_do_not_split(self) -> None:
        result = planned([anchor(0, 1), anchor(10, 2)], BOTH)
        assert runs(result) == [(10, 0), (0, 19)]

    def test_neighbouring_anchors(self) -> None:
        result = planned([anchor(4, 1), anchor(5, 1)], BOTH, 4, 5)
        assert result.frames == (4, 5)

    def test_one_frame_between_kept_ones_is_cheap(self) -> None:
        result = planned([anchor(0, 1), anchor(19, 1)], BOTH, 10, 10, stored=stored_on(9, 11))
        assert result.frames == (10,)
        assert result.steps == 4

    @pytest.mark.parametrize("positions", [(0,), (19,), (7, 8), (0, 19), (3, 9, 10, 17)])
    @pytest.mark.parametrize("span", [(0, 19), (5, 11), (9, 9), (17, 19)])
    def test_every_frame_of_the_range_is_written_once(self, positions: tuple[int, ...], span: tuple[int, int]) -> None:
        result = planned([anchor(position, 1) for position in positions], BOTH, *span)
        assert result.frames == tuple(range(span[0], span[1] + 1))
        given = [frame for one in result.passes for frame in one.written if frame not in one.waiting]
        assert sorted(given) == list(result.frames)


class TestNothingToDo:
    def test_nothing_masked(self) -> None:
        with pytest.raises(EngineError, match="nothing to follow"):
            planned([], FORWARD)

    def test_all_locked_or_not_chosen(self) -> None:
        with pytest.raises(EngineError, match="free to change"):
            planned([anchor(4, 1)], BOTH, locked=frozenset({1}))
        with pytest.raises(EngineError, match="free to change"):
            planned([anchor(4, 1)], BOTH, object_ids=frozenset({2}))

    def test_no_anchor_behind(self) -> None:
        with pytest.raises(EngineError, match=r"masked: 10.*other direction"):
            planned([anchor(10, 1)], FORWARD, 0, 5)
        with pytest.raises(EngineError, match="after"):
            planned([anchor(2, 1)], FORWARD, start=19, stored=stored_on(19))

    @pytest.mark.parametrize(("first", "last", "start"), [(5, 20, None), (-1, 3, None), (6, 5, None), (5, 9, 4)])
    def test_a_range_that_makes_no_sense(self, first: int, last: int, start: int | None) -> None:
        with pytest.raises(EngineError):
            planned([anchor(5, 1)], FORWARD, first, last, start=start)

    def test_anchors_that_make_no_sense(self) -> None:
        with pytest.raises(EngineError, match="two masks"):
            planned([anchor(5, 1), anchor(5, 2)], FORWARD)
        with pytest.raises(EngineError, match="outside"):
            planned([anchor(25, 1)], BACKWARD)
