"""The Mask menu: what it makes of the chosen object's mask, that it is one undo step, and whom it leaves alone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.types import Origin
from tests.desktop.conftest import Editor

CTRL = Qt.KeyboardModifier.ControlModifier

CHANGES = (
    "grow_mask", "shrink_mask", "grow_mask_more", "shrink_mask_more", "fill_holes", "remove_specks", "smooth_mask",
    "copy_previous", "copy_next", "clear_mask",
)  # fmt: skip


@pytest.fixture
def uneven(opened: Editor) -> Editor:
    """Frame 1: a mask with a hole, a speck and a spike, next to another object; frames 0 and 2: another mask."""
    for frame, x in ((0, 50), (2, 60)):
        opened.go(frame)
        opened.paint_box(x, 5, x + 20, 25)
    opened.go(1)
    from core.masks import LabelEdit

    session = opened.window.session
    session.add_object()
    new = np.zeros_like(opened.labels)
    new[10:40, 10:40] = 1
    new[20:24, 20:24] = 0
    new[50, 80] = 1
    new[39:50, 25] = 1
    new[10:40, 41:60] = 2
    session.project.masks.edit(1, LabelEdit.replace(opened.labels, new), "Paint")  # type: ignore[arg-type]
    session.choose_object(1)
    return opened


@pytest.mark.parametrize("action", CHANGES)
def test_every_command_is_one_undo_step_and_leaves_others_alone(uneven: Editor, action: str) -> None:
    before = uneven.labels.copy()
    if action.startswith("copy"):
        uneven.window.session.change_object(2, locked=True)
    uneven.do(action)
    after = uneven.labels.copy()
    assert (after != before).any()
    assert ((after == 2) == (before == 2)).all()
    assert uneven.window.session.project.origins(1)[1] == Origin.EDITED
    assert (uneven.view.mask_item.labels == after).all()
    uneven.do("undo")
    assert (uneven.labels == before).all()
    uneven.do("redo")
    assert (uneven.labels == after).all()


@pytest.mark.parametrize("action", CHANGES)
def test_a_locked_object_is_left_alone(uneven: Editor, action: str) -> None:
    uneven.window.session.change_object(1, locked=True)
    before = uneven.labels.copy()
    uneven.do(action)
    assert (uneven.labels == before).all()
    assert "locked" in uneven.window.notices.text


def test_growing_by_key_adds_a_pixel_all_around(opened: Editor) -> None:
    opened.paint_box(20, 20, 30, 30)
    opened.key(Qt.Key.Key_BracketRight, CTRL)
    assert (opened.labels == 1).sum() == 10 * 10 + 4 * 10
    opened.key(Qt.Key.Key_BracketLeft, CTRL)
    assert (opened.labels[20:30, 20:30] == 1).all()
    assert (opened.labels == 1).sum() == 100


def test_holes_are_filled_and_specks_removed(uneven: Editor) -> None:
    uneven.do("fill_holes")
    assert (uneven.labels[10:40, 10:40] == 1).all()
    assert uneven.labels[50, 80] == 1
    uneven.do("remove_specks")
    assert uneven.labels[50, 80] == 0
    assert (uneven.labels[10:40, 10:40] == 1).all()


def test_smoothing_takes_the_spike(uneven: Editor) -> None:
    uneven.do("smooth_mask")
    assert not (uneven.labels[45:50, 25] == 1).any()
    assert (uneven.labels[14:17, 14:36] == 1).all()


def test_a_mask_is_copied_from_the_frame_before_and_after(uneven: Editor) -> None:
    uneven.window.session.change_object(2, locked=True)
    for action, x in (("copy_previous", 50), ("copy_next", 60)):
        uneven.do(action)
        expected = np.zeros((64, 96), np.bool_)
        expected[5:25, x : x + 20] = True
        expected[uneven.labels == 2] = False
        assert ((uneven.labels == 1) == expected).all()


def test_copying_from_where_nothing_is_reports_it(uneven: Editor) -> None:
    uneven.go(0)
    before = uneven.labels.copy()
    uneven.do("copy_previous")
    assert "no mask" in uneven.window.notices.text
    uneven.go(3)
    uneven.go(4)
    uneven.do("copy_next")
    assert not uneven.labels.any()
    uneven.go(0)
    assert (uneven.labels == before).all()


def test_clearing_by_key_makes_the_object_known_to_be_absent(uneven: Editor) -> None:
    uneven.key(Qt.Key.Key_Delete)
    assert not (uneven.labels == 1).any()
    assert uneven.window.session.project.origins(1)[1] == Origin.EDITED
    uneven.key(Qt.Key.Key_Delete)
    assert "nothing to change" in uneven.window.notices.text
