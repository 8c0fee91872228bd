"""The right button and the menu key offer what concerns the thing that is pointed at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.timeline.time_strip import GUTTER
from tests.desktop.conftest import Editor


@pytest.fixture
def two(opened: Editor) -> Editor:
    opened.paint_box(10, 10, 30, 40, object_id=1)
    opened.go(6)
    opened.paint_box(50, 10, 70, 40, object_id=2)
    return opened


@pytest.fixture
def popped(monkeypatch: pytest.MonkeyPatch) -> list[QMenu]:
    """The menus that were shown; the platform of the tests can show none."""
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: shown.append(menu))
    return shown


def menu_at(widget: QWidget, point: QPoint, popped: list[QMenu]) -> list[str]:
    """Presses the right button at a place; the names of what is offered."""
    popped.clear()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, point, widget.mapToGlobal(point)))
    return [name for menu in popped for name in names(menu)]


def names(menu: QMenu) -> list[str]:
    """What a menu offers, and those below it, each under a title."""
    found: list[str] = []
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            assert below.title()
            found += names(below)
        elif not action.isSeparator():
            found.append(action.objectName())
    return found


def test_long_menus_are_in_groups_and_ways_to_propagate_under_their_title(two: Editor, popped: list[QMenu]) -> None:
    lanes = two.window.timeline.lanes
    menu_at(lanes, QPoint(round(lanes.middle_of(6)), 30), popped)
    (menu,) = popped
    run = longest = 0
    for action in menu.actions():
        run = 0 if action.isSeparator() else run + 1
        longest = max(longest, run)
    assert longest <= 6 and "propagate_forward" not in [action.objectName() for action in menu.actions()]


def test_objects_anchors_and_lanes(two: Editor, popped: list[QMenu]) -> None:
    window, session = two.window, two.window.session
    view = window.objects.view
    point = view.visualRect(window.objects.model.index(0, 1)).center()
    assert {"rename_object", "remove_object", "solo"} <= set(menu_at(view.viewport(), point, popped))
    assert session.current_object == 1, "it is about the object under the pointer"
    anchors = window.anchors.list
    two.qtbot.waitUntil(lambda: window.anchors.model.rowCount() == 2)
    point = anchors.visualRect(window.anchors.model.index(0)).center()
    assert "drop_anchor" in menu_at(anchors.viewport(), point, popped)
    assert session.frame_index == 0
    lanes = window.timeline.lanes
    assert "propagate_forward" in menu_at(lanes, QPoint(round(lanes.middle_of(9)), 30), popped)
    assert (session.frame_index, session.current_object) == (9, 2)
    assert menu_at(lanes, QPoint(GUTTER + 10, 300), popped) == []


def test_the_canvas_has_a_menu_where_the_right_button_has_no_other_use(two: Editor, popped: list[QMenu]) -> None:
    view = two.view
    point = QPoint(100, 100)

    def ask(reason: QContextMenuEvent.Reason) -> bool:
        popped.clear()
        # the mouse is over the viewport, the keys are the view's
        widget = view if reason == QContextMenuEvent.Reason.Keyboard else view.viewport()
        QApplication.sendEvent(widget, QContextMenuEvent(reason, point, widget.mapToGlobal(point)))
        return bool(popped)

    two.do("brush")
    assert not ask(QContextMenuEvent.Reason.Mouse), "it erases"
    assert ask(QContextMenuEvent.Reason.Keyboard)
    two.do("hand")
    assert ask(QContextMenuEvent.Reason.Mouse)


def test_the_keys_go_back_to_the_canvas_after_a_frame_was_typed(two: Editor) -> None:
    two.window.activateWindow()
    field = two.window.transport.frame
    field.setFocus()
    field.selectAll()
    two.qtbot.keyClicks(field, "4")
    two.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert two.window.session.frame_index == 4
    assert two.view.hasFocus()
