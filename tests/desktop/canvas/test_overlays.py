"""The ways to look at masks, on the screen; the pixel grid; pinching."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.canvas.overlay import Overlay
from tests.desktop.conftest import Editor

INSIDE, OUTSIDE = (40, 30), (8, 8)


@pytest.fixture
def masked(opened: Editor) -> Editor:
    """Frame 5 (grey 100) with a rectangle masked and a second object hidden."""
    opened.go(5)
    opened.paint_box(20, 10, 70, 50)
    opened.paint_box(75, 10, 90, 50, object_id=2)
    opened.window.session.change_object(2, visible=False)
    opened.window.session.choose_object(1)
    opened.view.ring.setVisible(False)
    return opened


@pytest.mark.parametrize(
    ("overlay", "outside"),
    [
        (Overlay.ON_BLACK, (0, 0, 0)),
        (Overlay.ON_WHITE, (255, 255, 255)),
        (Overlay.ON_GREEN, (0, 177, 64)),
    ],
)
def test_a_cut_out_shows_the_picture_inside_the_objects_only(
    masked: Editor, overlay: Overlay, outside: tuple[int, int, int]
) -> None:
    masked.do(f"overlay_{overlay.value}")
    assert masked.pixel(*INSIDE) == (100, 100, 100)
    assert masked.pixel(*OUTSIDE) == outside
    assert masked.pixel(80, 30) == outside, "a hidden object is not cut out"
    assert masked.pixel(20.5, 10.5) == (100, 100, 100)
    assert masked.pixel(19.5, 9.5) == outside
    beyond = masked.screen()[masked.at(-1, 30).y(), masked.at(-1, 30).x()].tolist()
    assert tuple(beyond) not in ((100, 100, 100), (255, 255, 255), (0, 177, 64)), "only the picture has a backdrop"


def test_the_checkerboard_has_squares_of_the_screen_at_any_zoom(masked: Editor) -> None:
    masked.do("overlay_checker")
    for zoom in (3.0, 8.0):
        masked.view.zoom_to(zoom)
        screen, point = masked.screen(), masked.at(*OUTSIDE)
        row = screen[point.y(), masked.at(1, 8).x() : masked.at(19, 8).x(), 0]
        assert set(np.unique(row)) == {153, 204}
        changes = np.flatnonzero(np.diff(row.astype(int)))
        assert (np.diff(changes) == 12).all()
        assert masked.pixel(*INSIDE) == (100, 100, 100)


def test_masks_only_shows_the_colours_on_black(masked: Editor) -> None:
    masked.do("overlay_masks")
    assert masked.pixel(*INSIDE) == masked.window.session.tracks[0].colour
    assert masked.pixel(*OUTSIDE) == (0, 0, 0)
    assert masked.pixel(80, 30) == (0, 0, 0)


def test_outlines_only_leaves_the_inside_bare(masked: Editor) -> None:
    masked.do("overlay_outlines")
    assert masked.pixel(*INSIDE) == (100, 100, 100)
    assert masked.pixel(20.5, 30) == masked.window.session.tracks[0].colour
    masked.window.actions_["outline"].setChecked(False)
    assert masked.pixel(20.5, 30) == masked.window.session.tracks[0].colour


def test_solo_shows_the_chosen_object_alone(masked: Editor) -> None:
    masked.window.session.change_object(2, visible=True)
    masked.do("overlay_masks")
    masked.do("solo")
    assert masked.pixel(80, 30) == (0, 0, 0)
    masked.window.session.choose_object(2)
    assert masked.pixel(80, 30) != (0, 0, 0)
    assert masked.pixel(*INSIDE) == (0, 0, 0)


def test_a_stroke_is_seen_in_a_cut_out_while_it_is_made(masked: Editor) -> None:
    masked.do("overlay_white")
    masked.window.brush.set_size(8)
    masked.stroke((8, 50), (12, 56), let_go=False)
    masked.view.ring.setVisible(False)
    assert masked.pixel(9, 51.5) == (100, 100, 100)
    masked.qtbot.mouseRelease(
        masked.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, masked.at(12, 56)
    )
    assert masked.labels[51, 9] == 1


def test_key_list_and_menu_agree(masked: Editor) -> None:
    seen = []
    for _ in Overlay:
        masked.key(Qt.Key.Key_Y)
        seen.append(masked.window.canvas.overlay)
        assert masked.window.actions_[f"overlay_{seen[-1].value}"].isChecked()
        assert masked.window.tool_options.overlay.currentIndex() == list(Overlay).index(seen[-1])
    assert set(seen) == set(Overlay)
    masked.window.tool_options.overlay.activated.emit(2)
    assert masked.window.canvas.overlay is Overlay.MASKS
    assert masked.window.actions_["overlay_masks"].isChecked()


def test_the_grid_appears_between_large_pixels_only(opened: Editor) -> None:
    opened.go(5)
    opened.view.ring.setVisible(False)
    opened.view.zoom_to(9.0)
    assert (opened.screen()[200:400, 300:500] == 100).all()
    opened.view.zoom_to(16.0)
    screen = opened.screen()[200:400, 300:500, 0]
    lines = np.flatnonzero((screen != 100).all(axis=0))
    assert len(lines) >= 11
    assert (np.diff(lines) == 16).all()
    edge = 300 + int(lines[0])
    assert opened.view.mapToScene(edge, 300).x() == pytest.approx(round(opened.view.mapToScene(edge, 300).x()), abs=0.1)
    opened.do("pixel_grid")
    assert (opened.screen()[200:400, 300:500] == 100).all()


def test_outlines_are_no_thinner_than_a_line_of_the_screen(masked: Editor) -> None:
    masked.do("overlay_outlines")
    masked.view.zoom_to(0.25)
    screen = masked.screen().astype(int)
    colour = np.array(masked.window.session.tracks[0].colour)
    row = np.abs(screen[masked.at(40, 30).y()] - colour).max(-1) < 10
    assert row.sum() >= 3, "about two lines at each side"


def test_pinching_zooms_about_the_fingers(opened: Editor) -> None:
    port = opened.view.viewport()
    point, before = opened.at(70, 20), opened.view.zoom
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        QPointF(point), QPointF(point), QPointF(port.mapToGlobal(point)), 0.2, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    assert opened.view.zoom == pytest.approx(before * 1.2)
    after = opened.view.mapToScene(point)
    assert after.toTuple() == pytest.approx((70, 20), abs=0.5)


def test_two_fingers_on_a_touch_pad_move_the_picture(opened: Editor) -> None:
    opened.view.zoom_to(20.0)
    port = opened.view.viewport()
    pad = QPointingDevice(
        "pad", 7, QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position | QInputDevice.Capability.PixelScroll, 2, 0,
    )  # fmt: skip
    before, point = opened.view.mapToScene(QPoint(0, 0)), QPointF(200, 200)
    event = QWheelEvent(
        point, QPointF(port.mapToGlobal(point)), QPoint(-40, 20), QPoint(-320, 160), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.ScrollUpdate, False,
        Qt.MouseEventSource.MouseEventNotSynthesized, pad,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    after = opened.view.mapToScene(QPoint(0, 0))
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((2, -1), abs=0.1)
    assert opened.view.zoom == 20.0
