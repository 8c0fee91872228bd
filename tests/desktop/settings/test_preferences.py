"""Preferences are remembered and really count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from core.engines.threads import prefer_threads, use_threads
from desktop.dialogs.preferences_dialog import PreferencesDialog
from desktop.program.program import Program
from desktop.program.reporter import Reporter
from desktop.settings.preferences import Preferences, load_preferences, max_threads
from desktop.settings.store import settings
from desktop.wiring import make_window
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def own_threads() -> Iterator[None]:
    before = cv2.getNumThreads()
    yield
    prefer_threads(0)
    cv2.setNumThreads(before)


def show(editor: Editor) -> PreferencesDialog:
    editor.do("preferences")
    dialog = editor.window.findChild(PreferencesDialog)
    assert dialog is not None
    return dialog


def press(editor: Editor, dialog: PreferencesDialog, which: QDialogButtonBox.StandardButton) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    editor.qtbot.mouseClick(box.button(which), LEFT)


def test_device_threads_and_cache_count_at_once(opened: Editor) -> None:
    dialog = show(opened)
    dialog.device.setCurrentIndex(dialog.device.findData("cpu"))
    dialog.threads.setValue(1)
    dialog.cache.setValue(128)
    press(opened, dialog, QDialogButtonBox.StandardButton.Ok)
    assert opened.window.engine.device_name == "cpu"
    assert use_threads(0) == 1
    cache = opened.window.session.cache
    assert cache is not None
    assert cache.stats.byte_limit == 128 * 2**20
    kept = load_preferences()
    assert (kept.device, kept.threads, kept.cache_megabytes) == ("cpu", 1, 128)
    opened.do("close")
    opened.open(opened.window.files._start_folder())
    again = show(opened)
    assert again.cache.value() == 128
    press(opened, again, QDialogButtonBox.StandardButton.Cancel)


def test_cancelled_preferences_change_nothing(opened: Editor) -> None:
    dialog = show(opened)
    dialog.threads.setValue(1)
    press(opened, dialog, QDialogButtonBox.StandardButton.Cancel)
    assert load_preferences() == Preferences()


def test_another_theme_asks_for_a_new_window(opened: Editor) -> None:
    dialog = show(opened)
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    with opened.qtbot.waitSignal(opened.window.renewal_requested):
        press(opened, dialog, QDialogButtonBox.StandardButton.Ok)
    assert load_preferences().theme == "light"


def test_a_new_window_shows_what_the_old_one_did(
    qtbot: QtBot, qapp: QApplication, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dressed: list[str] = []
    monkeypatch.setattr(
        "desktop.program.program.apply_appearance", lambda _app: dressed.append(load_preferences().theme)
    )
    program = Program(qapp, Reporter())
    program.start(pictures)
    qtbot.waitUntil(lambda: program.window.session.is_open and not program.window.jobs.busy)
    program.window.session.go_to(5)
    program.window.session.add_object()
    old = program.window
    Preferences(theme="light").save()
    old.renewal_requested.emit()
    qtbot.waitUntil(lambda: program.window is not old)
    qtbot.waitUntil(lambda: program.window.session.is_open and not program.window.jobs.busy)
    assert dressed == ["light"], "the new window is made after the theme is changed"
    assert program.window.session.frame_index == 5
    assert len(program.window.session.tracks) == 1
    program.window.close()
    program.end()


def test_what_cannot_be_used_is_replaced() -> None:
    store = settings()
    for name, value in (("threads", 10**6), ("cache_megabytes", "much"), ("theme", "pink"), ("language", "tlh")):
        store.setValue(name, value)
    kept = load_preferences()
    assert kept == Preferences(threads=max_threads())


def test_panels_are_remembered_and_can_be_put_back(qtbot: QtBot, editor: Editor) -> None:
    window = editor.window
    objects = next(dock for dock in window._docks if dock.objectName() == "objects")
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, objects)
    next(dock for dock in window._docks if dock.objectName() == "engine").close()
    window.close()
    again = make_window()
    qtbot.addWidget(again)
    # the screen of tests is smaller than the window was
    again.resize(1200, 800)
    again.show()
    moved = next(dock for dock in again._docks if dock.objectName() == "objects")
    assert again.dockWidgetArea(moved) == Qt.DockWidgetArea.LeftDockWidgetArea
    again.actions_["reset_panels"].trigger()
    assert again.dockWidgetArea(moved) == Qt.DockWidgetArea.RightDockWidgetArea
    # these two open when they have something to show
    assert all(dock.isVisible() for dock in again._docks if dock.objectName() not in {"proposals", "explain"})
    again.close()
