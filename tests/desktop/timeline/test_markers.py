"""Markers: set, named, gone to, removed; flags on the ruler."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from desktop.timeline.time_strip import GUTTER
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton
offscreen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen platform says so of every popup."""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def frames(editor: Editor) -> list[int]:
    return [marker.frame_index for marker in editor.window.session.markers.all]


def flag(editor: Editor, frame: int) -> QPoint:
    return QPoint(int(GUTTER + editor.window.timeline.scale.x_of(frame + 0.5)) + 3, 7)


def mark(editor: Editor, frame: int, name: str) -> None:
    editor.go(frame)
    editor.answers.typed = name
    editor.do("name_marker")


def test_keys_set_remove_and_go_to_markers(opened: Editor) -> None:
    session = opened.window.session
    opened.key(Qt.Key.Key_M, CTRL)
    opened.go(6)
    opened.key(Qt.Key.Key_M, CTRL)
    assert frames(opened) == [0, 6]
    opened.key(Qt.Key.Key_Left, CTRL | SHIFT)
    assert session.frame_index == 0
    opened.key(Qt.Key.Key_Left, CTRL | SHIFT)
    assert session.frame_index == 0, "there is none before"
    opened.key(Qt.Key.Key_Right, CTRL | SHIFT)
    assert session.frame_index == 6
    opened.key(Qt.Key.Key_M, CTRL)
    assert frames(opened) == [0]
    opened.do("undo")
    assert frames(opened) == [0, 6]
    opened.do("undo")
    opened.do("undo")
    assert frames(opened) == []


def test_a_marker_is_named_and_stays_in_the_project(opened: Editor) -> None:
    mark(opened, 4, " cut ")
    assert opened.window.session.project.markers.all[0].name == "cut"
    path = opened.window.session.project.path
    opened.do("close")
    assert opened.window.session.markers.all == ()
    opened.open(path)
    assert [(marker.frame_index, marker.name) for marker in opened.window.session.markers.all] == [(4, "cut")]  # type: ignore[var-annotated]
    opened.answers.typed = None
    opened.do("name_marker")
    assert opened.window.session.project.markers.all[0].name == "cut", "called off"


def test_the_ruler_shows_a_flag(opened: Editor) -> None:
    ruler = opened.window.timeline.ruler
    mark(opened, 4, "cut")
    picture = ruler.grab().toImage()
    colours = {picture.pixelColor(flag(opened, 4).x() - 1, y).name() for y in range(2, 12)}
    from desktop.theme import theme

    assert theme.WARNING in colours


def test_a_click_on_a_flag_goes_exactly_there_and_a_double_click_renames(opened: Editor) -> None:
    ruler = opened.window.timeline.ruler
    mark(opened, 4, "a long name that reaches over the next frames")
    opened.go(0)
    wide = flag(opened, 4) + QPoint(40, 0)
    opened.qtbot.mouseClick(ruler, LEFT, pos=wide)
    assert opened.window.session.frame_index == 4
    opened.answers.typed = "b"
    opened.qtbot.mouseDClick(ruler, LEFT, pos=flag(opened, 4))
    assert opened.answers.asked[-1].endswith("a long name that reaches over the next frames")
    assert opened.window.session.markers.all[0].name == "b"


def test_a_flag_that_would_cover_the_next_is_cut_short(opened: Editor) -> None:
    mark(opened, 4, "a long name that reaches over the next frames")
    mark(opened, 5, "b")
    ruler = opened.window.timeline.ruler
    found = ruler.marker_at(flag(opened, 5))
    assert found is not None
    assert found.frame_index == 5


@offscreen
def test_the_tooltip_of_a_flag_is_its_whole_name(opened: Editor) -> None:
    mark(opened, 4, "a long name that reaches over the next frames")
    ruler, point = opened.window.timeline.ruler, flag(opened, 4)
    QApplication.sendEvent(ruler, QHelpEvent(QEvent.Type.ToolTip, point, ruler.mapToGlobal(point)))
    assert QToolTip.text() == "a long name that reaches over the next frames\n4"
    QToolTip.hideText()
    opened.qtbot.waitUntil(lambda: not QToolTip.isVisible())


@offscreen
def test_the_rulers_menu_is_for_the_frame_under_the_pointer(opened: Editor) -> None:
    timeline = opened.window.timeline
    point = QPoint(int(GUTTER + timeline.scale.x_of(8.5)), 25)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, timeline.ruler.mapToGlobal(point))
    QApplication.sendEvent(timeline.ruler, event)
    assert opened.window.session.frame_index == 8
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert frames(opened) == [8]


def test_every_flag_of_a_row_is_found_at_its_own_place(opened: Editor) -> None:
    from core.project import Marker

    ruler = opened.window.timeline.ruler
    ruler.set_markers([Marker(frame, "m") for frame in range(12)])
    found = [ruler.marker_at(flag(opened, frame)) for frame in range(12)]
    assert [marker.frame_index for marker in found if marker] == list(range(12))
