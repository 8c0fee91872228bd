"""The engines are named away from the UI thread."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import core.engines
from core.engines import EngineInfo
from desktop.dialogs.ask import Ask
from desktop.dialogs.export_dialog import ExportDialog
from desktop.dialogs.exporting.subject import ExportSubject
from desktop.dialogs.models.dialog import ModelsDialog
from desktop.wiring import make_window
from tests.desktop.conftest import Editor


def test_engines_are_named_in_a_thread(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    named, threads = core.engines.available, []

    def available() -> list[core.engines.EngineInfo]:
        threads.append(QThread.currentThread())
        return named()

    monkeypatch.setattr(core.engines, "available", available)
    window = make_window()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.engine.engines.count() > 0, timeout=20_000)
    assert threads and all(thread is not window.thread() for thread in threads)
    window.close()


def test_models_fetched_from_the_export_dialog_are_engines_at_once(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    infos = [*core.engines.available(), EngineInfo("fetched", "Fetched", "A model.")]
    monkeypatch.setattr(core.engines, "available", lambda: infos)
    monkeypatch.setattr(ModelsDialog, "exec", lambda models: models.changed.emit())

    def person(dialog: ExportDialog) -> int:
        dialog.edge.models_wanted.emit()
        return int(QDialog.DialogCode.Rejected)

    monkeypatch.setattr(ExportDialog, "exec", person)
    subject = ExportSubject(tmp_path / "clip.mp4", tmp_path / "clip", (96, 64), 12, None, (), False)
    assert Ask.export(editor.answers, subject, lambda _edge: None) is None
    editor.qtbot.waitUntil(lambda: editor.window.engine.engines.findData("fetched") >= 0, timeout=20_000)
