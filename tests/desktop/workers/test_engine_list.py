"""The engines are named away from the UI thread."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

import core.engines
from desktop.wiring import make_window


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
