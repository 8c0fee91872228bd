"""Edits: what they change, what they leave alone, and taking them back."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import MaskError
from core.masks import LabelEdit, Patch, rasterise_box, rasterise_stroke
from core.types import Box, LabelMap

SIZE = (40, 30)


def scene() -> LabelMap:
    """Object 1 on the left, 2 in the middle, 3 on the right."""
    labels = np.zeros(SIZE[::-1], np.uint8)
    labels[5:25, 2:12] = 1
    labels[5:25, 14:24] = 2
    labels[5:25, 26:38] = 3
    return labels


def across() -> Patch:
    """A band over all three and the background between."""
    return rasterise_box(Box(0, 10, 40, 14), SIZE)


def applied(labels: LabelMap, edit: LabelEdit | None) -> LabelMap:
    assert edit is not None
    changed = labels.copy()
    edit.apply(changed)
    return changed


def test_paint_gives_the_pixels_to_the_object() -> None:
    labels = scene()
    edit = LabelEdit.paint(labels, across(), 2)
    expected = scene()
    expected[10:14] = 2
    np.testing.assert_array_equal(labels, scene())
    np.testing.assert_array_equal(applied(labels, edit), expected)
    assert edit is not None
    assert edit.object_ids == {1, 2, 3}


def test_paint_leaves_locked_objects_their_pixels() -> None:
    expected = scene()
    expected[10:14] = np.where(np.isin(scene()[10:14], (1, 3)), scene()[10:14], 2)
    edit = LabelEdit.paint(scene(), across(), 2, locked={1, 3})
    np.testing.assert_array_equal(applied(scene(), edit), expected)
    assert edit is not None
    assert edit.object_ids == {2}


def test_a_locked_object_gains_nothing() -> None:
    assert LabelEdit.paint(scene(), across(), 2, locked={2}) is None


def test_erase_takes_one_object_or_all_but_the_locked_ones() -> None:
    one, rest = scene(), scene()
    one[10:14][one[10:14] == 2] = 0
    rest[10:14][rest[10:14] != 1] = 0
    np.testing.assert_array_equal(applied(scene(), LabelEdit.erase(scene(), across(), 2)), one)
    np.testing.assert_array_equal(applied(scene(), LabelEdit.erase(scene(), across(), None, locked={1})), rest)
    assert LabelEdit.erase(scene(), across(), 2, locked={2}) is None
    assert LabelEdit.erase(scene(), rasterise_box(Box(0, 0, 40, 4), SIZE), None) is None


def test_replace_leaves_locked_objects_as_they_are() -> None:
    new = np.roll(scene(), 7, axis=1)
    after = applied(scene(), LabelEdit.replace(scene(), new, locked={2}))
    np.testing.assert_array_equal(after == 2, scene() == 2)
    others = (scene() != 2) & (new != 2)
    np.testing.assert_array_equal(after[others], new[others])
    assert LabelEdit.replace(scene(), scene()) is None


def test_the_box_holds_the_changed_pixels_and_no_more() -> None:
    labels = scene()
    edit = LabelEdit.paint(labels, across(), 2, locked={1})
    assert edit is not None
    rows, columns = np.nonzero(applied(labels, edit) != labels)
    assert edit.box == Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert edit.before.shape == edit.after.shape == (edit.box.height, edit.box.width)


def test_what_changes_nothing_is_no_edit() -> None:
    assert LabelEdit.paint(scene(), rasterise_box(Box(3, 6, 9, 9), SIZE), 1) is None
    assert LabelEdit.paint(scene(), rasterise_stroke([], 4, SIZE), 1) is None


@pytest.mark.parametrize("seed", range(20))
def test_applying_touches_nothing_else(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, SIZE[::-1], np.uint8)
    points = [(float(x), float(y)) for x, y in rng.uniform(0, 40, (4, 2))]
    edit = LabelEdit.paint(labels, rasterise_stroke(points, 3.0, SIZE), 2, locked={3})
    assert edit is not None
    edit.apply(labels)
    after = labels.copy()
    outside = np.ones(labels.shape, np.bool_)
    outside[edit.box.slices] = ~edit.changed
    labels[outside] = 9  # somebody else's work in the same box
    edit.apply(labels)
    np.testing.assert_array_equal(labels, np.where(outside, 9, after))


def test_an_edit_keeps_its_own_copy() -> None:
    labels, new = scene(), np.zeros_like(scene())
    edit = LabelEdit.replace(labels, new)
    assert edit is not None
    before = labels.copy()
    labels[:], new[:] = 7, 8
    np.testing.assert_array_equal(edit.before[edit.changed], before[edit.box.slices][edit.changed])
    assert not edit.after[edit.changed].any()


@pytest.mark.parametrize("object_id", [0, -1, 256])
def test_an_id_that_cannot_be_is_refused(object_id: int) -> None:
    with pytest.raises(MaskError, match="1 to 255"):
        LabelEdit.paint(scene(), across(), object_id)


def test_a_patch_or_map_of_another_size_is_refused() -> None:
    with pytest.raises(MaskError, match="another frame size"):
        LabelEdit.paint(scene()[:, :20], across(), 1)
    with pytest.raises(MaskError, match="expected uint8"):
        LabelEdit.replace(scene(), scene()[:, :20])
