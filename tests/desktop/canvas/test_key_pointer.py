"""Masking without a mouse: a pointer that keys move."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.desktop.conftest import Editor

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def pointing(opened: Editor) -> Editor:
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    opened.do("key_pointer")
    return opened


def pointer(editor: Editor) -> tuple[float, float]:
    """Where the pointer is in the picture."""
    return editor.view.key_pointer.pos().toTuple()


def test_keys_move_it_and_not_the_playhead(pointing: Editor) -> None:
    x, y = pointer(pointing)
    assert (x, y) == pytest.approx((48, 32), abs=1), "it begins in the middle"
    zoom = pointing.view.zoom
    pointing.key(RIGHT)
    pointing.key(UP, CONTROL)
    pointing.key(LEFT, SHIFT)
    assert pointer(pointing) == pytest.approx((x + 7 / zoom, y - 64 / zoom), abs=0.01)
    assert pointing.window.session.frame_index == 0
    for _ in range(40):
        pointing.key(LEFT, CONTROL)
    assert pointing.view.mapFromScene(*pointer(pointing)).x() == 0, "it stays in sight"
    pointing.do("key_pointer")
    pointing.key(RIGHT)
    assert pointing.window.session.frame_index == 1


def test_space_draws_a_rectangle(pointing: Editor) -> None:
    pointing.do("rectangle")
    zoom = pointing.view.zoom
    x, y = pointer(pointing)
    pointing.key(Qt.Key.Key_Space)
    for _ in range(3):
        pointing.key(RIGHT, CONTROL)
        pointing.key(DOWN, CONTROL)
    assert not pointing.labels.any(), "not before it is let go"
    pointing.key(Qt.Key.Key_Space)
    expected = np.zeros((64, 96), np.uint8)
    reach = 192 / zoom
    expected[round(y) : round(y + reach), round(x) : round(x + reach)] = 1
    assert (pointing.labels != expected).sum() <= 2 * (reach + 1) + 1
    assert pointing.labels.sum() > 50
    assert not pointing.window.player.playing, "space is no play while it points"


def test_a_stroke_of_the_brush_and_of_the_eraser(pointing: Editor) -> None:
    pointing.window.brush.set_size(8)
    pointing.key(Qt.Key.Key_Space)
    pointing.key(RIGHT, CONTROL)
    pointing.key(Qt.Key.Key_Space)
    x, y = (int(value) for value in pointer(pointing))
    assert pointing.labels[y, x] == 1
    assert pointing.view.ring.isVisible(), "one sees the brush's size"
    pointing.key(Qt.Key.Key_Space, Qt.KeyboardModifier.AltModifier)
    pointing.key(Qt.Key.Key_Space)
    assert pointing.labels[y, x] == 0
    assert pointing.labels.any()


def test_another_frame_ends_the_drag(pointing: Editor) -> None:
    pointing.key(Qt.Key.Key_Space)
    pointing.go(3)
    pointing.key(Qt.Key.Key_Space)
    pointing.key(Qt.Key.Key_Space)
    assert pointing.labels.any(), "the next press starts another stroke"
    pointing.go(0)
    assert pointing.labels.any(), "what was begun here is kept here"


def test_it_is_seen_on_any_zoom_and_gone_when_it_is_not_wanted(pointing: Editor) -> None:
    pointing.do("hand")

    def arms() -> tuple[bool, bool]:
        """Whether there is an arm at the right of the usual length."""
        at = pointing.view.mapFromScene(*pointer(pointing))
        row = pointing.screen()[at.y() - 1 : at.y() + 2, :, 1].max(axis=0)
        return bool(row[at.x() + 7] > 190), bool(row[at.x() + 18] > 190)

    assert arms() == (True, False)
    pointing.view.zoom_to(20.0)
    assert arms() == (True, False)
    pointing.do("key_pointer")
    assert arms() == (False, False)
