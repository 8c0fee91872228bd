"""A propagation after a correction follows what is stale or missing, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from core.propagation import Direction, PropagationRequest, plan
from core.propagation.updating import updates
from core.types import Origin
from tests.core.propagation.scene import COUNT, anchor

LETTERS = {".": Origin.NONE, "p": Origin.PROPAGATED, "A": Origin.EDITED, "s": Origin.STALE}


def found(
    *lanes: str,
    direction: Direction = Direction.FORWARD,
    first: int = 0,
    last: int = COUNT - 1,
    everywhere: bool = True,
) -> list[tuple[int, int, list[int], Direction]]:
    """The requests for objects 1, 2 and so on, whose origins are given a letter a frame."""
    assert all(len(lane) == COUNT for lane in lanes)
    frames = sorted({frame for lane in lanes for frame, letter in enumerate(lane) if letter == "A"})
    anchors = tuple(
        anchor(frame, *(number for number, lane in enumerate(lanes, 1) if lane[frame] == "A")) for frame in frames
    )
    origins = {number: np.array([LETTERS[letter] for letter in lane], np.uint8) for number, lane in enumerate(lanes, 1)}
    start = None if direction is Direction.BOTH else first if direction is Direction.FORWARD else last
    request = PropagationRequest(COUNT, anchors, direction, first, last, start)
    parts = updates(request, origins, everywhere)
    for part in parts:
        plan(part)
    return [(one.first, one.last, sorted(one.object_ids or ()), one.direction) for one in parts]


FORWARD, BACKWARD, BOTH = Direction.FORWARD, Direction.BACKWARD, Direction.BOTH


def test_the_first_propagation_is_what_was_asked_for() -> None:
    assert found("A" + 19 * ".") == [(1, 19, [1], FORWARD)]
    assert found(19 * "." + "A", direction=BACKWARD) == [(0, 18, [1], BACKWARD)]
    assert found(10 * "." + "A" + 9 * ".") == [(11, 19, [1], FORWARD)]
    assert found("A........A..........") == [(1, 19, [1], FORWARD)], "over the anchor in one go"
    assert found("A........A..........", direction=BOTH) == [(1, 8, [1], BOTH), (10, 19, [1], BOTH)]


def test_a_correction_is_followed_up_to_the_next_anchors_on_both_sides() -> None:
    assert found("AppppAsssAsssApppppp", first=9) == [(6, 8, [1], BOTH), (10, 12, [1], BOTH)]
    assert found("AppppAsssAsssApppppp", first=9, last=19, everywhere=False) == [(10, 12, [1], BOTH)]


def test_objects_that_did_not_change_are_not_followed() -> None:
    assert found("A" + 19 * "p", "AsssAsssssssssssssss") == [(1, 3, [2], BOTH), (5, 19, [2], BOTH)]


def test_where_only_some_are_needed_only_those_are_followed() -> None:
    assert found("AsssssssssAppppppppp", "Appppppppppppppsssss") == [(1, 9, [1], BOTH), (15, 19, [2], BOTH)]
    overlapping = found("AssssssssApppppppppp", "AppppsssssssssssssAp")
    assert overlapping == [(1, 4, [1], BOTH), (5, 8, [1, 2], BOTH), (9, 17, [2], BOTH)]


def test_what_was_cancelled_goes_on_where_it_ended() -> None:
    assert found("Apppppppp...........") == [(9, 19, [1], FORWARD)]


def test_an_object_that_cannot_be_followed_that_way_is_not_missing() -> None:
    assert found("A" + 19 * "p", 10 * "." + "A" + 9 * "p") == []
    assert found("A" + 19 * "p", 10 * "." + "A" + 9 * "p", direction=BOTH) == [(0, 9, [2], BOTH)]


@pytest.mark.parametrize("direction", list(Direction))
def test_what_is_up_to_date_needs_nothing(direction: Direction) -> None:
    assert found("A" + 19 * "p", direction=direction, last=19) == []
