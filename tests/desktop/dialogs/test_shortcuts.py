"""Keys are changed by a person, kept for the next run, and given back."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from desktop.actions.keymap import Keymap
from desktop.dialogs.shortcuts import ShortcutsDialog
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


def show(editor: Editor) -> ShortcutsDialog:
    editor.do("shortcuts")
    dialog = editor.window.findChild(ShortcutsDialog)
    assert dialog is not None
    return dialog


def record(editor: Editor, dialog: ShortcutsDialog, key: Qt.Key) -> None:
    editor.qtbot.keyClick(dialog.recorder, key)
    editor.qtbot.waitUntil(lambda: not dialog.recorder.keySequence().isEmpty())


def test_a_new_key_works_at_once_and_the_old_one_no_more(opened: Editor) -> None:
    dialog = show(opened)
    dialog.choose("last")
    record(opened, dialog, Qt.Key.Key_F7)
    assert "free" in dialog.note.text()
    opened.qtbot.mouseClick(dialog.assign, LEFT)
    dialog.close()
    assert "F7" in opened.window.actions_["last"].toolTip()
    opened.key(Qt.Key.Key_End)
    assert opened.window.session.frame_index == 0
    opened.key(Qt.Key.Key_F7)
    assert opened.window.session.frame_index == 11


def test_a_taken_key_is_shown_as_taken_and_changes_hands(opened: Editor) -> None:
    dialog = show(opened)
    dialog.choose("last")
    record(opened, dialog, Qt.Key.Key_B)
    assert "Paint the chosen object" in dialog.note.text()
    opened.qtbot.mouseClick(dialog.add, LEFT)
    actions = opened.window.actions_
    assert actions.keymap.keys("last") == ("End", "B")
    assert actions.keymap.keys("brush") == ()
    assert dialog._items["last"].text(1) == "End, B"
    opened.qtbot.mouseClick(dialog.reset_all, LEFT)
    assert actions["brush"].shortcut() == QKeySequence("B")
    assert actions["last"].shortcuts() == [QKeySequence("End")]
    assert not dialog.reset_all.isEnabled()
    dialog.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_3, Qt.Key.Key_Space, Qt.Key.Key_Backslash])
def test_keys_of_the_canvas_stay(opened: Editor, key: Qt.Key) -> None:
    dialog = show(opened)
    dialog.choose("last")
    record(opened, dialog, key)
    assert not dialog.assign.isEnabled()
    assert not dialog.add.isEnabled()
    text = QKeySequence(key).toString()
    with pytest.raises(ValueError, match=re.escape(text)):
        opened.window.actions_.assign_keys("last", [text])
    assert text in dialog.note.text()
    dialog.close()


def test_keys_are_kept_for_the_next_run() -> None:
    defaults = {"play": ("K", "Space"), "stop": ("S",), "other": ()}
    keymap = Keymap(defaults)
    assert keymap.assign("play", ["s", "Ctrl+Shift+A"]) == ["play", "stop"]
    again = Keymap(defaults)
    assert again.keys("play") == ("S", "Ctrl+Shift+A")
    assert again.keys("stop") == ()
    assert again.is_changed("stop")
    assert set(again.reset("stop")) == {"stop", "play"}
    assert again.keys("play") == ("Ctrl+Shift+A",)
    again.reset_all()
    assert Keymap(defaults).keys("play") == ("K", "Space")


def test_an_action_can_lose_all_its_keys(opened: Editor) -> None:
    dialog = show(opened)
    dialog.choose("brush")
    opened.qtbot.mouseClick(dialog.clear, LEFT)
    assert opened.window.actions_["brush"].shortcuts() == []
    opened.qtbot.mouseClick(dialog.reset, LEFT)
    assert opened.window.actions_["brush"].shortcuts() == [QKeySequence("B")]
    dialog.close()


def test_tooltips_of_controls_state_the_keys_in_use(opened: Editor) -> None:
    tips = [opened.window.review.list, opened.window.tool_options.size_slider]
    assert "N, Shift+N" in tips[0].toolTip()
    assert "[, Ctrl+wheel" in tips[1].toolTip()
    opened.window.actions_.assign_keys("check_next", ["F8"])
    opened.window.actions_.assign_keys("check_previous", [])
    assert tips[0].toolTip().endswith("(F8)")


def test_an_action_is_found_by_what_the_menu_calls_it(opened: Editor) -> None:
    dialog = show(opened)
    dialog.search.setText("redo everything")
    assert not dialog._items["redo_everything"].isHidden()
    assert dialog._items["propagate_forward"].isHidden()
    dialog.close()


def test_escape_is_taken_by_a_button(opened: Editor) -> None:
    dialog = show(opened)
    dialog.choose("last")
    opened.qtbot.mouseClick(dialog.escape, LEFT)
    opened.qtbot.mouseClick(dialog.add, LEFT)
    assert opened.window.actions_.keymap.keys("last") == ("End", "Esc")
    assert dialog.isVisible()
    dialog.close()
