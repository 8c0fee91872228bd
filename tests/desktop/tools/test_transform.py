"""The transform tool under a real mouse: moves, scales and turns a mask; nothing is stored before Enter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.masks import Placement
from core.types import Box
from desktop.tools.handles import Grip, drag, grip_at, outline
from tests.desktop.conftest import Editor

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
BOX = Box(20, 20, 50, 40)
MIDDLE = Placement((35.0, 30.0))


@pytest.fixture
def boxed(opened: Editor) -> Editor:
    """A window with a rectangle masked and the tool chosen; the view shows a pixel as eight."""
    opened.paint_box(20, 20, 50, 40)
    opened.view.zoom_to(8.0)
    opened.do("transform")
    return opened


def mask_box(labels: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(labels == 1)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def test_a_drag_inside_moves_the_mask_and_enter_stores_it(boxed: Editor) -> None:
    boxed.stroke((30, 30), (45, 25))
    assert mask_box(boxed.view.mask_item.labels) == (35, 15, 65, 35), "shown"
    assert mask_box(boxed.labels) == (20, 20, 50, 40), "not stored yet"
    assert boxed.window.tool_options.pending_bar.isVisible()
    boxed.key(Qt.Key.Key_Return)
    assert mask_box(boxed.labels) == (35, 15, 65, 35)
    assert (boxed.labels == 1).sum() == 600
    assert boxed.window.session.undo_text == "Transform"
    assert not boxed.window.tool_options.pending_bar.isVisible()
    boxed.do("undo")
    assert mask_box(boxed.labels) == (20, 20, 50, 40)


def test_escape_puts_it_back_and_the_handles_stay(boxed: Editor) -> None:
    boxed.view.ring.setVisible(False)
    before = boxed.settled_screen()
    boxed.stroke((30, 30), (45, 25))
    boxed.key(Qt.Key.Key_Escape)
    assert np.array_equal(boxed.settled_screen(), before)
    assert mask_box(boxed.labels) == (20, 20, 50, 40)
    assert not boxed.view.tool.pending


def test_a_handle_scales_from_the_one_across(boxed: Editor) -> None:
    boxed.stroke((50, 40), (60, 50))
    boxed.key(Qt.Key.Key_Return)
    assert mask_box(boxed.labels) == (20, 20, 60, 50)


def test_with_alt_it_scales_about_the_middle(boxed: Editor) -> None:
    boxed.stroke((50, 30), (55, 30), modifiers=SHIFT)
    boxed.key(Qt.Key.Key_Escape)
    port, left = boxed.view.viewport(), Qt.MouseButton.LeftButton
    boxed.qtbot.mousePress(port, left, ALT, boxed.at(50, 30))
    boxed.qtbot.keyPress(boxed.view, Qt.Key.Key_Alt)
    move_with(boxed, (55, 30), ALT)
    boxed.qtbot.mouseRelease(port, left, ALT, boxed.at(55, 30))
    boxed.key(Qt.Key.Key_Return)
    assert mask_box(boxed.labels) == (15, 20, 55, 40)


def move_with(editor: Editor, point: tuple[float, float], modifiers: Qt.KeyboardModifier) -> None:
    """A mouse move with keys held: qtbot's own knows none."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    port = editor.view.viewport()
    spot = QPointF(editor.at(*point))
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, spot, port.mapToGlobal(spot), Qt.MouseButton.NoButton, left, modifiers)
    QApplication.sendEvent(port, event)


def test_the_handle_above_turns_it(boxed: Editor) -> None:
    arm = 26 / boxed.view.zoom
    boxed.stroke((35, 20 - arm), (45, 25), (35 + 10 + arm, 30))
    boxed.key(Qt.Key.Key_Return)
    assert mask_box(boxed.labels) == (25, 15, 45, 45)


def test_a_moved_mask_takes_from_others_but_not_from_locked_ones(boxed: Editor) -> None:
    boxed.paint_box(60, 20, 70, 30, object_id=2)
    boxed.paint_box(60, 30, 70, 40, object_id=3)
    session = boxed.window.session
    session.change_object(3, locked=True)
    session.choose_object(1)
    boxed.stroke((35, 30), (60, 30))
    boxed.key(Qt.Key.Key_Return)
    assert (boxed.labels[20:30, 60:70] == 1).all()
    assert (boxed.labels[30:40, 60:70] == 3).all()


def test_a_locked_mask_does_not_move(boxed: Editor) -> None:
    boxed.window.session.change_object(1, locked=True)
    boxed.stroke((30, 30), (45, 25))
    assert not boxed.view.tool.pending
    assert "locked" in boxed.window.notices.text


def test_handles_follow_object_frame_and_undo(boxed: Editor) -> None:
    tool = boxed.view.tool
    assert tool._patch.box == BOX
    boxed.paint_box(60, 10, 80, 30, object_id=2)
    boxed.window.session.choose_object(2)
    assert tool._patch.box == Box(60, 10, 80, 30)
    boxed.do("undo")
    assert tool._patch is None
    boxed.window.session.choose_object(1)
    assert tool._patch.box == BOX  # type: ignore[attr-defined]
    boxed.go(4)
    assert tool._patch is None
    boxed.do("brush")
    boxed.go(0)
    assert not boxed.view.sketch.boundingRect().isValid()


# -- what a drag of a handle means


def test_every_handle_can_be_found_where_it_is_drawn() -> None:
    placement = Placement((35.0, 30.0), (5.0, -3.0), (1.5, -2.0), 0.7)
    handles = outline(placement, BOX, 4.0).handles
    found = {grip_at(placement, BOX, handle, 4.0) for handle in handles}
    assert found == set(Grip) - {Grip.INSIDE}
    assert grip_at(placement, BOX, (40.0, 27.0), 4.0) is Grip.INSIDE
    assert grip_at(placement, BOX, (200.0, 27.0), 4.0) is None


@pytest.mark.parametrize("grip", [grip for grip in Grip if isinstance(grip.value, tuple)])
def test_a_dragged_handle_goes_with_the_mouse_and_the_one_across_stays(grip: Grip) -> None:
    before = Placement((35.0, 30.0), (5.0, -3.0), (1.5, 2.0), 0.6)
    handles = dict(
        zip([g for g in Grip if isinstance(g.value, tuple)], outline(before, BOX, 1.0).handles, strict=False)
    )
    across = Grip((-grip.value[0], -grip.value[1]))
    start = handles[grip]
    # along the handle's own direction, so that a side follows the mouse as well
    step = (math.cos(0.6) * grip.value[0] * 6 - math.sin(0.6) * grip.value[1] * 4,
            math.sin(0.6) * grip.value[0] * 6 + math.cos(0.6) * grip.value[1] * 4)  # fmt: skip
    to = (start[0] + step[0], start[1] + step[1])
    after = drag(before, BOX, grip, start, to)
    now = dict(zip(handles, outline(after, BOX, 1.0).handles, strict=False))
    assert now[grip] == pytest.approx(to)
    assert now[across] == pytest.approx(handles[across])


def test_shift_keeps_axis_proportions_and_steps() -> None:
    assert drag(MIDDLE, BOX, Grip.INSIDE, (0, 0), (9, 4), shift=True).move == (9, 0)
    scale = drag(MIDDLE, BOX, Grip.BOTTOM_RIGHT, (50, 40), (65, 41), shift=True).scale
    assert scale == pytest.approx((1.5, 1.5))
    turned = drag(MIDDLE, BOX, Grip.TURN, (35, 10), (54, 29), shift=True)
    assert turned.angle == pytest.approx(math.pi / 2)


def test_where_there_is_nothing_to_move_it_reports_it(boxed: Editor) -> None:
    boxed.go(2)
    boxed.stroke((30, 30), (45, 25))
    assert "no mask on this frame" in boxed.window.notices.text
    assert not boxed.view.tool.pending
