"""Tooltips say the keys that a person chose."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from desktop.panels.objects_model import Column
from tests.desktop.conftest import Editor


def tip(editor: Editor, column: Column) -> str:
    model = editor.window.objects.model
    return str(model.index(0, column, QModelIndex()).data(Qt.ItemDataRole.ToolTipRole))


def test_the_speed_button_states_its_keys(editor: Editor) -> None:
    actions, button = editor.window.actions_, editor.window.transport.speed
    assert button.toolTip() == f"Speed of playing ({actions.keys_text('slower')}, {actions.keys_text('faster')})"
    actions.assign_keys("slower", ["Ctrl+F5"])
    actions.assign_keys("faster", [])
    assert button.toolTip() == "Speed of playing (Ctrl+F5)"
    actions.reset_keys()


def test_names_and_classes_state_theirs(opened: Editor) -> None:
    opened.window.session.add_object()
    actions = opened.window.actions_
    assert tip(opened, Column.NAME) == "Object 1: double-click to rename (F2)"
    assert tip(opened, Column.CLASS).endswith("(Shift+F2)")
    actions.assign_keys("rename_object", ["Ctrl+F6"])
    actions.assign_keys("classify_object", [])
    assert tip(opened, Column.NAME) == "Object 1: double-click to rename (Ctrl+F6)"
    assert tip(opened, Column.CLASS).endswith("to change")
    actions.reset_keys()
