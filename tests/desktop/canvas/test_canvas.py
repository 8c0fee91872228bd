"""The canvas under a real mouse: what is painted is what is stored, at any zoom."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QPaintEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from core.masks import rasterise_stroke
from core.types import Box, Origin
from tests.desktop.conftest import Editor

NO_KEYS = Qt.KeyboardModifier.NoModifier


def wheel(editor: Editor, point: QPoint, steps: int, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    port = editor.view.viewport()
    event = QWheelEvent(
        QPointF(point), QPointF(port.mapToGlobal(point)), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


def test_a_stroke_paints_exactly_the_pixels_under_it(opened: Editor) -> None:
    opened.window.brush.set_size(10)
    opened.stroke((20, 20), (50, 30), (60, 50))
    session = opened.window.session
    assert [track.object_id for track in session.tracks] == [1], "the first stroke makes the first object"
    zoom = opened.view.zoom
    points = [opened.view.mapToScene(opened.at(*point)).toTuple() for point in ((20, 20), (50, 30), (60, 50))]
    patch = rasterise_stroke(points, 5.0, (96, 64))
    expected = np.zeros((64, 96), np.uint8)
    expected[patch.box.slices][patch.mask] = 1
    # the view rounds a point to a whole screen pixel, a fraction of the picture's
    assert (opened.labels != expected).sum() <= 12 / zoom + 6
    assert opened.labels[20, 20] == opened.labels[30, 50] == opened.labels[50, 60] == 1
    assert session.project.origins(0) == {1: Origin.EDITED}


def test_the_pressure_of_a_pen_changes_nothing(opened: Editor) -> None:
    """Qt makes an event of the mouse of a pen's that nobody takes."""
    size, port, spot = opened.window.brush.size, opened.view.viewport(), opened.at(40, 30)
    kinds = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
    for kind, pressure in zip(kinds, (0.1, 1.0, 0.0), strict=True):
        event = QTabletEvent(
            kind, QPointingDevice.primaryPointingDevice(), QPointF(spot), QPointF(port.mapToGlobal(spot)), pressure,
            30, 30, 0, 0, 0, NO_KEYS, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(port, event)
        assert not event.isAccepted()
    assert opened.window.brush.size == size and not opened.labels.any()


def test_the_screen_shows_the_stroke_while_the_button_is_down_and_after(opened: Editor) -> None:
    before = opened.pixel(30, 30)
    opened.window.brush.set_size(16)
    opened.stroke((30, 30), (40, 30), let_go=False)
    during = opened.pixel(30, 30)
    assert during != before
    assert not opened.labels.any(), "nothing is stored before the button is let go"
    opened.qtbot.mouseRelease(opened.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, opened.at(40, 30))
    assert opened.pixel(30, 30) == during
    assert opened.labels[30, 30] == 1
    assert (opened.view.mask_item.labels == opened.labels).all()


def test_escape_during_a_stroke_takes_it_back(opened: Editor) -> None:
    opened.window.session.add_object()
    opened.qtbot.waitUntil(lambda: not opened.window.feed.pending, timeout=20_000)
    before = opened.settled_screen()
    opened.stroke((30, 30), (60, 30), let_go=False)
    opened.view.cancel_tool()
    opened.qtbot.mouseRelease(opened.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, opened.at(60, 30))
    assert not opened.labels.any()
    opened.view.ring.setVisible(False)
    assert np.array_equal(opened.settled_screen(), before)
    assert not opened.view.mask_item.labels.any()


def test_the_eraser_takes_only_the_chosen_object_away(opened: Editor) -> None:
    opened.paint_box(10, 10, 50, 50, object_id=1)
    opened.paint_box(50, 10, 80, 50, object_id=2)
    opened.window.session.choose_object(1)
    opened.do("eraser")
    opened.window.brush.set_size(12)
    opened.stroke((40, 30), (60, 30))
    assert opened.labels[30, 42] == 0
    assert opened.labels[30, 56] == 2


def test_a_locked_object_is_neither_painted_nor_painted_over(opened: Editor) -> None:
    session = opened.window.session
    opened.paint_box(10, 10, 40, 40, object_id=1)
    session.add_object()
    session.change_object(1, locked=True)
    before = opened.labels == 1
    opened.stroke((20, 20), (60, 20))
    assert ((opened.labels == 1) == before).all()
    assert opened.labels[20, 60] == 2
    session.choose_object(1)
    opened.stroke((70, 50), (80, 50))
    assert ((opened.labels == 1) == before).all()
    assert "locked" in opened.window.notices.text


def test_shift_draws_a_straight_line_from_the_last_stroke(opened: Editor) -> None:
    opened.window.brush.set_size(4)
    opened.stroke((10, 10), (12, 10))
    opened.stroke((80, 10), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert (opened.labels[10, 12:80] == 1).all()


def test_the_wheel_zooms_to_the_pointer(opened: Editor) -> None:
    point = opened.at(70, 20)
    before = opened.view.zoom
    wheel(opened, point, 3)
    assert opened.view.zoom == pytest.approx(before * 1.25**3)
    after = opened.view.mapToScene(point)
    assert after.x() == pytest.approx(70, abs=0.5)
    assert after.y() == pytest.approx(20, abs=0.5)


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_the_wheel_with_a_key_sizes_the_brush(opened: Editor, key: Qt.KeyboardModifier) -> None:
    size, zoom = opened.window.brush.size, opened.view.zoom
    wheel(opened, opened.at(30, 30), 1, key)
    assert opened.window.brush.size > size
    assert opened.view.zoom == zoom
    wheel(opened, opened.at(30, 30), -1, key)
    wheel(opened, opened.at(30, 30), -1, key)
    assert opened.window.brush.size < size


def test_painting_hits_the_right_pixels_when_zoomed_and_panned(opened: Editor) -> None:
    opened.view.zoom_to(17.0, opened.at(60, 40))
    opened.view.pan_by(-35, 12)
    opened.window.brush.set_size(1)
    opened.stroke((60.5, 40.5))
    assert np.argwhere(opened.labels == 1).tolist() == [[40, 60]]


def test_space_and_the_middle_button_pan_and_do_not_paint(opened: Editor) -> None:
    port = opened.view.viewport()
    opened.view.zoom_to(20.0)
    before = opened.view.mapToScene(QPoint(0, 0))
    opened.qtbot.keyPress(opened.view, Qt.Key.Key_Space)
    opened.qtbot.mousePress(port, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(200, 200))
    opened.qtbot.mouseMove(port, QPoint(260, 220))
    opened.qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(260, 220))
    opened.qtbot.keyRelease(opened.view, Qt.Key.Key_Space)
    middle = opened.view.mapToScene(QPoint(0, 0))
    assert middle.x() == pytest.approx(before.x() - 3, abs=0.1)
    opened.qtbot.mousePress(port, Qt.MouseButton.MiddleButton, NO_KEYS, QPoint(200, 200))
    opened.qtbot.mouseMove(port, QPoint(140, 180))
    opened.qtbot.mouseRelease(port, Qt.MouseButton.MiddleButton, NO_KEYS, QPoint(140, 180))
    assert opened.view.mapToScene(QPoint(0, 0)).x() == pytest.approx(before.x(), abs=0.1)
    assert not opened.labels.any()
    assert not opened.window.player.playing, "a space bar that was used to pan does not play"


def test_the_hand_pans(opened: Editor) -> None:
    opened.view.zoom_to(20.0)
    opened.do("hand")
    before = opened.view.mapToScene(QPoint(0, 0))
    port = opened.view.viewport()
    opened.qtbot.mousePress(port, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(300, 300))
    opened.qtbot.mouseMove(port, QPoint(280, 300))
    opened.qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(280, 300))
    assert opened.view.mapToScene(QPoint(0, 0)).x() == pytest.approx(before.x() + 1, abs=0.1)
    assert not opened.labels.any()


def test_fit_follows_the_window_and_actual_size_is_one_to_one(opened: Editor) -> None:
    opened.do("actual")
    assert opened.view.zoom == 1.0
    opened.do("fit")
    fitted = opened.view.zoom
    assert opened.view.viewport().width() >= 96 * fitted
    opened.window.resize(900, 620)
    opened.qtbot.waitUntil(lambda: opened.view.zoom < fitted)


def test_brackets_size_the_brush_and_the_ring_follows(opened: Editor) -> None:
    size = opened.window.brush.size
    opened.key(Qt.Key.Key_BracketRight)
    assert opened.window.brush.size > size
    assert opened.view.ring.boundingRect().width() > opened.window.brush.size
    assert opened.window.tool_options.size_label.text() == f"{opened.window.brush.size} px"


def test_opacity_and_hiding_reach_the_screen(opened: Editor) -> None:
    opened.paint_box(20, 10, 70, 50)
    opened.window.tool_options.opacity_slider.setValue(100)
    colour = opened.window.session.tracks[0].colour
    assert opened.pixel(40, 30) == colour
    opened.window.tool_options.opacity_slider.setValue(0)
    assert opened.pixel(40, 30) == (0, 0, 0)
    opened.window.tool_options.opacity_slider.setValue(100)
    opened.do("show_masks")
    assert opened.pixel(40, 30) == (0, 0, 0)
    opened.do("show_masks")
    opened.window.session.change_object(1, visible=False)
    assert opened.pixel(40, 30) == (0, 0, 0)


def test_picture_and_masks_are_always_of_the_same_frame(opened: Editor) -> None:
    opened.paint_box(0, 0, 96, 64)
    opened.go(5)
    assert opened.pixel(50, 30) == (100, 100, 100)
    assert not opened.view.mask_item.labels.any()
    opened.go(0)
    assert opened.view.mask_item.labels.all()


def test_the_status_bar_names_pixel_and_object(opened: Editor) -> None:
    opened.paint_box(20, 10, 70, 50)
    opened.qtbot.mouseMove(opened.view.viewport(), opened.at(40.5, 30.5))
    assert opened.window.status.pixel.text().startswith("40, 30")
    assert opened.window.session.tracks[0].name in opened.window.status.pixel.text()
    opened.qtbot.mouseMove(opened.view.viewport(), opened.at(90.5, 5.5))
    assert "background" in opened.window.status.pixel.text()


class Paints(QObject):
    """Keeps which part of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            box = event.region().boundingRect()
            self.areas.append(box.width() * box.height())
        return False


@pytest.mark.parametrize("overlay", ["overlay_colours", "overlay_checker"])
def test_a_stroke_repaints_its_own_rectangle_only(opened: Editor, overlay: str) -> None:
    opened.do(overlay)
    opened.window.brush.set_size(6)
    port, left = opened.view.viewport(), Qt.MouseButton.LeftButton
    opened.qtbot.mousePress(port, left, NO_KEYS, opened.at(30, 30))
    opened.qtbot.mouseMove(port, opened.at(31, 30))
    opened.qtbot.wait(50)
    paints = Paints(port)
    for x in range(32, 50):
        opened.qtbot.mouseMove(port, opened.at(x, 30))
        opened.qtbot.wait(1)
    opened.qtbot.waitUntil(lambda: len(paints.areas) > 0)
    # the ring where it was and where it is, and the piece of the stroke between
    brush = (2 * 6 * opened.view.zoom) ** 2
    assert sorted(paints.areas)[len(paints.areas) // 2] < 2 * brush
    assert max(paints.areas) < port.width() * port.height() / 8
    opened.qtbot.mouseRelease(port, left, NO_KEYS, opened.at(49, 30))


def test_the_edit_of_a_stroke_paints_nothing_again(opened: Editor) -> None:
    opened.stroke((30, 30), (60, 30), let_go=False)
    drawn: list[object] = []
    item = opened.view.mask_item
    touched = item.touched

    def watched(box: Box) -> None:
        drawn.append(box)
        touched(box)

    item.touched = watched
    opened.qtbot.mouseRelease(opened.view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, opened.at(60, 30))
    assert opened.labels.any()
    assert drawn == []
    assert (item.labels == opened.labels).all()


def test_escape_drops_what_the_tool_began_before_it_stops_a_job(opened: Editor) -> None:
    cancelled: list[bool] = []
    opened.window.jobs.cancel = partial(cancelled.append, True)  # type: ignore[method-assign]
    opened.do("polygon")
    opened.stroke((20, 10))
    opened.window.actions_["cancel"].setEnabled(True)
    opened.key(Qt.Key.Key_Escape)
    assert not opened.view.tool.pending
    assert not cancelled
    opened.window.actions_["cancel"].setEnabled(True)
    opened.key(Qt.Key.Key_Escape)
    assert cancelled == [True]


def test_the_tool_bar_fits_a_small_window(opened: Editor) -> None:
    opened.window.resize(1150, 760)
    options = opened.window.tool_options
    for tool in ("smart", "wand"):
        opened.do(tool)
        options.set_pending(True)
        opened.qtbot.waitUntil(options.isVisible)
    options.set_pending(False)


@pytest.mark.parametrize(
    ("button", "keys"),
    [(Qt.MouseButton.RightButton, NO_KEYS), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier)],
)
def test_the_brush_erases_with_alt_or_the_right_button(
    opened: Editor, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    opened.paint_box(10, 10, 80, 50)
    opened.window.brush.set_size(8)
    port = opened.view.viewport()
    opened.qtbot.mousePress(port, button, keys, opened.at(20, 30))
    opened.qtbot.mouseMove(port, opened.at(40, 30))
    assert opened.view.mask_item.labels[30, 30] == 0, "shown"
    assert opened.labels[30, 30] == 1
    opened.qtbot.mouseRelease(port, button, keys, opened.at(40, 30))
    assert (opened.labels[30, 18:42] == 0).all()
    assert opened.window.session.undo_text == "Erase"
    opened.stroke((30, 30))
    assert opened.labels[30, 30] == 1


def test_another_button_during_a_stroke_changes_nothing(opened: Editor) -> None:
    port = opened.view.viewport()
    opened.stroke((20, 30), (30, 30), let_go=False)
    opened.qtbot.mousePress(port, Qt.MouseButton.RightButton, NO_KEYS, opened.at(30, 30))
    opened.qtbot.mouseRelease(port, Qt.MouseButton.RightButton, NO_KEYS, opened.at(30, 30))
    assert not opened.labels.any()
    opened.qtbot.mouseMove(port, opened.at(60, 30))
    opened.qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, NO_KEYS, opened.at(60, 30))
    assert (opened.labels[30, 20:60] == 1).all()


def test_the_ring_stays_with_the_mouse_when_the_picture_moves_under_it(opened: Editor) -> None:
    point = opened.view.viewport().rect().center() + QPoint(40, 30)
    QCursor.setPos(opened.view.viewport().mapToGlobal(point))
    opened.qtbot.waitUntil(opened.view.viewport().underMouse)
    opened.qtbot.mouseMove(opened.view.viewport(), point)
    for change in (lambda: opened.view.zoom_to(9.0, QPoint(0, 0)), lambda: opened.view.pan_by(50, 20), opened.view.fit):
        change()
        assert (opened.view.mapFromScene(opened.view.ring.pos()) - point).manhattanLength() <= 2
