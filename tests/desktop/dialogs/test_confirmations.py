"""Questions before something is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.ask import Ask
from desktop.dialogs.choice_dialog import ChoiceDialog
from desktop.dialogs.models.dialog import ModelsDialog

QUESTIONS: dict[str, Callable[[Ask], bool]] = {
    "replace": lambda ask: ask.overwrite([Path("/there/a.mov")]),
    "clear": lambda ask: ask.clear_masks("Clear 3 masks?"),
}


def answer(qtbot: QtBot, act: Callable[[QMessageBox], None]) -> None:
    """Does something to the question as soon as it is on the screen."""

    def when_shown() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)

    QTimer.singleShot(0, when_shown)


def press(qtbot: QtBot, key: Qt.Key) -> Callable[[QMessageBox], None]:
    return lambda box: qtbot.keyClick(box, key)


def go(box: QMessageBox) -> None:
    (button,) = (one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.AcceptRole)
    assert isinstance(button, QPushButton)
    button.click()


@pytest.mark.parametrize("name", QUESTIONS)
def test_enter_and_escape_lose_nothing(qtbot: QtBot, name: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ask = Ask(window)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        answer(qtbot, press(qtbot, key))
        assert not QUESTIONS[name](ask)
    answer(qtbot, go)
    assert QUESTIONS[name](ask)


def test_true_masks_may_be_a_folder_or_a_project(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: "/there/masks")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: ("/there/true.roto", ""))

    def pressed(text: str) -> Path | None:
        def act(box: QMessageBox) -> None:
            next(one for one in box.buttons() if text in one.text()).click()

        answer(qtbot, act)
        return Ask(window).truth(Path("/there"))

    assert pressed("Folder") == Path("/there/masks")
    assert pressed("Project") == Path("/there/true.roto")
    assert pressed("Cancel") is None
    answer(qtbot, press(qtbot, Qt.Key.Key_Escape))
    assert Ask(window).truth(Path("/there")) is None


def test_all_choices_are_seen_and_one_is_made_by_keys_or_a_double_click(qtbot: QtBot) -> None:
    window, ways = QWidget(), ["Restore: today", "Save what can be read", "Another one"]
    qtbot.addWidget(window)

    def chosen(act: Callable[[ChoiceDialog], None]) -> int | None:
        def when_shown() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ChoiceDialog)
            rows = [dialog.list.visualItemRect(dialog.list.item(row)) for row in range(len(ways))]
            assert all(dialog.list.viewport().rect().contains(rect) for rect in rows)
            act(dialog)

        QTimer.singleShot(0, when_shown)
        return Ask(window).choice("Damaged", "What now? " * 40, ways)

    def down(dialog: ChoiceDialog) -> None:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)

    def double_click(dialog: ChoiceDialog) -> None:
        place = dialog.list.visualItemRect(dialog.list.item(2)).center()
        for click in (qtbot.mouseClick, qtbot.mouseDClick):
            click(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return)) == 0
    assert chosen(down) == 1
    assert chosen(double_click) == 2
    assert chosen(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape)) is None


def test_enter_does_not_take_a_model_off_the_disk(qtbot: QtBot) -> None:
    dialog = ModelsDialog()
    qtbot.addWidget(dialog)
    answer(qtbot, press(qtbot, Qt.Key.Key_Return))
    assert not dialog.agrees_to_lose("Remove it?", "Remove")
    dialog.close()
