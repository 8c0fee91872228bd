"""How a shape and a mask become one, and who keeps its pixels."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import Patch, combine
from core.types import Box, Combine, LabelMap


@pytest.fixture
def labels() -> LabelMap:
    """Object 1 on the left, 2 in the middle, 3 on the right; background at the bottom."""
    labels = np.zeros((6, 9), np.uint8)
    labels[:4, :3], labels[:4, 3:6], labels[:4, 6:] = 1, 2, 3
    return labels


SHAPE = Patch(Box(1, 2, 8, 6), np.ones((4, 7), np.bool_))


def after(labels: LabelMap, how: Combine, locked: frozenset[int] = frozenset()) -> LabelMap:
    edit = combine(labels, SHAPE, 2, how, locked)
    assert edit is not None
    new = labels.copy()
    edit.apply(new)
    return new


def test_add_takes_the_shape_from_everybody(labels: LabelMap) -> None:
    new = after(labels, Combine.ADD)
    assert (new[SHAPE.box.slices] == 2).all()
    assert (new == 2).sum() == 4 * 7 + 3 * 2


def test_subtract_cuts_the_shape_from_the_object_only(labels: LabelMap) -> None:
    new = after(labels, Combine.SUBTRACT)
    assert (new[2:4, 3:6] == 0).all()
    assert (new[:2] == labels[:2]).all()
    assert (new[:4, :3] == 1).all()


def test_intersect_keeps_what_both_have(labels: LabelMap) -> None:
    new = after(labels, Combine.INTERSECT)
    assert np.argwhere(new == 2).tolist() == [[y, x] for y in (2, 3) for x in (3, 4, 5)]
    assert (new[:2, 3:6] == 0).all()


def test_replace_leaves_the_object_the_shape_alone(labels: LabelMap) -> None:
    new = after(labels, Combine.REPLACE)
    assert (new == 2).sum() == 4 * 7
    assert (new[SHAPE.box.slices] == 2).all()


@pytest.mark.parametrize("how", Combine)
def test_a_locked_object_is_never_changed(labels: LabelMap, how: Combine) -> None:
    new = after(labels, how, frozenset({1, 3}))
    for kept in (1, 3):
        assert ((new == kept) == (labels == kept)).all()
    assert combine(labels, SHAPE, 2, how, frozenset({2})) is None


@pytest.mark.parametrize("how", Combine)
def test_a_shape_of_another_frame_size_is_refused(labels: LabelMap, how: Combine) -> None:
    with pytest.raises(MaskError, match="9 x 6"):
        combine(labels, Patch(Box(5, 0, 12, 2), np.ones((2, 7), np.bool_)), 2, how)


@pytest.mark.parametrize("how", [Combine.ADD, Combine.INTERSECT, Combine.REPLACE])
def test_the_background_is_no_object(labels: LabelMap, how: Combine) -> None:
    with pytest.raises(MaskError, match="1 to 255"):
        combine(labels, SHAPE, 0, how)
