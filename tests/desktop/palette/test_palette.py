"""The command palette: found by a few letters, done by Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from desktop.actions.actions import plain
from desktop.palette.entries import entries
from desktop.palette.fuzzy import score
from desktop.palette.palette import CommandPalette
from desktop.theme.colours import DARK
from desktop.theme.style_sheet import style_sheet
from tests.desktop.conftest import Editor


def show(editor: Editor) -> CommandPalette:
    # shortcuts are those of the active window
    editor.window.activateWindow()
    editor.qtbot.waitUntil(editor.window.isActiveWindow)
    editor.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    palette = editor.window.findChild(CommandPalette)
    assert palette is not None
    editor.qtbot.waitExposed(palette)
    return palette


def test_a_few_letters_and_enter_do_an_action(opened: Editor) -> None:
    palette = show(opened)
    opened.qtbot.keyClicks(palette.search, "last fr")
    assert palette.titles[0] == "Last frame"
    opened.qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert opened.window.session.frame_index == 11
    again = show(opened)
    assert again.titles[0] == "Last frame", "what was done last comes first"
    opened.qtbot.keyClick(again.search, Qt.Key.Key_Escape)


def test_the_arrow_keys_choose_while_one_types(opened: Editor) -> None:
    palette = show(opened)
    opened.qtbot.keyClicks(palette.search, "frame")
    second = palette.titles[1]
    opened.qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.rows.currentItem().text(0) == second  # type: ignore[union-attr]
    opened.qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


@pytest.mark.parametrize("way", ["escape", "enter", "elsewhere"])
def test_the_window_takes_keys_and_mouse_as_before_when_it_is_gone(opened: Editor, way: str) -> None:
    palette = show(opened)
    opened.qtbot.waitUntil(palette.isActiveWindow)
    opened.qtbot.keyClicks(palette.search, "last fr")
    closed = opened.qtbot.waitSignal(palette.finished)
    if way == "elsewhere":
        opened.window.activateWindow()
    else:
        opened.qtbot.keyClick(palette.search, Qt.Key.Key_Return if way == "enter" else Qt.Key.Key_Escape)
    closed.wait()
    # what the window manager does
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    opened.go(0)
    # as the system delivers them, to the window and not to a widget: a blocked window gets none
    window = opened.window.windowHandle()
    opened.view.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F4)
    x = opened.view.key_pointer.pos().x()
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert opened.view.key_pointer.pos().x() > x, "the canvas has the arrow keys, not the playhead"
    assert opened.window.session.frame_index == 0
    at = opened.view.viewport().mapTo(opened.window, opened.at(20, 20))
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    opened.qtbot.waitUntil(lambda: bool(opened.labels.any()))


def test_what_cannot_be_done_is_grey_and_states_why(editor: Editor) -> None:
    palette = show(editor)
    editor.qtbot.keyClicks(palette.search, "undo")
    item = palette.rows.currentItem()
    assert item.text(0) == "Undo"  # type: ignore[union-attr]
    palette.setStyleSheet(style_sheet(DARK))
    picture = palette.rows.grab().toImage()
    row = palette.rows.visualItemRect(item)  # type: ignore[arg-type]
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(row.left(), row.left() + 60)
        for y in range(row.top(), row.bottom())
    }
    assert QColor(DARK.TEXT).name() not in seen, "grey although it is the chosen row"
    assert QColor(DARK.TEXT_DIM).name() in seen
    assert palette.hint.text() == "There is nothing to undo."
    editor.qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    editor.qtbot.keyClicks(palette.search, " qqq")
    assert palette.titles == []
    assert palette.hint.text()
    editor.qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    editor.qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def test_the_palette_has_every_action_its_keys_and_the_recent_files(opened: Editor) -> None:
    from desktop.actions.table import SPECS

    found = entries(opened.window.menuBar(), opened.window.actions_)
    names = {entry.action.objectName() for entry in found}
    assert {spec.name for spec in SPECS} <= names
    assert any("pictures" in entry.title and "recent" in entry.menu for entry in found)
    assert {entry.keys for entry in found if entry.title == "Redo"} == {"Ctrl+Shift+Z, Ctrl+Y"}
    assert any("Panels" in entry.menu and entry.title == "Objects" for entry in found)


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("pro", "Propagate", "Improve"),
        ("pb", "Propagate backward", "Keyboard shortcuts"),
        ("exp", "Export masks", "Next anchor point"),
        ("frame last", "Last frame", "Next frame"),
        ("ㅈㅍ", "전파", "내보내기"),
        ("내보", "내보내기", "열기"),
    ],
)
def test_the_better_fit_scores_higher(wanted: str, better: str, worse: str) -> None:
    best, other = score(wanted, better), score(wanted, worse)
    assert best is not None
    assert other is None or best > other


def test_strewn_letters_fit_nothing() -> None:
    assert score("abc", "a long way to b and then to c") is None
    assert score("", "anything") == 0


def test_titles_are_shown_without_marks() -> None:
    assert plain("&Open clip…") == "Open clip"
    assert plain("열기(&O)…") == "열기"
    assert plain("Cut && paste") == "Cut & paste"


def test_a_panel_is_found_by_its_english_name_and_comes_to_the_front(opened: Editor) -> None:
    (entry,) = [one for one in entries(opened.window.menuBar(), opened.window.actions_) if one.english == "explain"]
    entry.action.trigger()
    assert opened.window.explain.isEnabled() and not opened.window.explain.visibleRegion().isEmpty()
