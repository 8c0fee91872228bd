"""What clicks find leaves other objects their pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.masks import SelectHints, Stroke, select_by_clicks
from core.masks.hints import Others, whole
from core.types import Box, Floats, Image

SIZE = (20, 40)
CLICK = (Stroke(((5.0, 10.0),), 1.0, True),)


class Everything:
    """A selector that takes all of the picture, or all but its last columns."""

    def prepare(self, image: Image) -> None: ...

    def select(
        self, points: Floats, labels: NDArray[np.bool_], box: Box | None, previous: NDArray[np.bool_] | None
    ) -> list[NDArray[np.bool_]]:
        most = np.ones(SIZE, np.bool_)
        most[:, 35:] = False
        return [np.ones(SIZE, np.bool_), most]

    def preview(
        self, points: Floats, labels: NDArray[np.bool_], previous: NDArray[np.bool_] | None
    ) -> list[NDArray[np.bool_]]:
        return self.select(points, labels, None, previous)[:1]


def found(others: Others | None, quick: bool = False) -> list[NDArray[np.bool_]]:
    hints = SelectHints(None, CLICK, others=others)
    patches = select_by_clicks(Everything(), np.zeros((*SIZE, 3), np.uint8), hints, quick)
    return [whole(patch, SIZE) for patch in patches]


def test_what_is_another_objects_and_what_lies_beyond_it_is_left_out() -> None:
    labels = np.zeros(SIZE, np.uint8)
    labels[:, 20:25] = 3
    labels[2:4, 2:4] = 1
    for quick in (True, False):
        (mask,) = found(Others(labels, frozenset({1})), quick)
        assert mask[:, :20].all() and not mask[:, 20:].any(), "both candidates are one then"


def test_what_was_clicked_on_is_not_spared() -> None:
    labels = np.zeros(SIZE, np.uint8)
    labels[:, 20:25] = 3
    assert found(Others(labels, frozenset({1, 3})))[0].all()
    assert [len(found(others)) for others in (None, Others(labels, frozenset({1, 3})))] == [2, 2]


def test_hints_are_the_same_where_others_keep_the_same_pixels() -> None:
    """A preview is taken for the click's answer, though the click has made an object meanwhile."""
    labels = np.zeros(SIZE, np.uint8)
    labels[:, 20:25] = 3
    before = SelectHints(None, CLICK, others=Others(labels, frozenset({0})))
    assert before == SelectHints(None, CLICK, others=Others(labels.copy(), frozenset({1})))
    assert before != SelectHints(None, CLICK, others=Others(labels, frozenset({3})))
    assert before != SelectHints(None, CLICK)
