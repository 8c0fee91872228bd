"""The memory of the device, where the engine panel shows the device."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QLabel

from core.engines import devices
from tests.desktop.conftest import Editor


def test_the_memory_of_the_chosen_device_is_shown(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"cuda": (3_000_000_000, 16_000_000_000), "cpu": (5_000_000_000, 8_000_000_000)}
    monkeypatch.setattr(devices, "devices_here", lambda: list(there))
    monkeypatch.setattr(devices, "device_memory", there.__getitem__)
    panel = opened.window.engine
    label = panel.memory
    opened.window.show_panel("engine")
    for chosen, expected in (
        ("cpu", "CPU: 5.0 of 8.0 GB of memory are free"),
        ("auto", "GPU (CUDA): 3.0 of 16.0 GB of memory are free"),
        ("mps", "There is no such device here, or it does not report its memory."),
    ):
        panel.device.setCurrentIndex(panel.device.findData(chosen))
        label.ask()
        shown = partial(_shows, label, expected)
        opened.qtbot.waitUntil(shown, timeout=5000)


def _shows(label: QLabel, expected: str) -> bool:
    return label.text() == expected


def test_nothing_is_asked_before_the_first_paint_or_behind_another_panel(editor: Editor) -> None:
    asked = []
    label = editor.window.engine.memory
    label.ask = lambda: asked.append(1)  # type: ignore[method-assign]
    label.hide()
    label.show()
    assert not asked, "what is loaded for it would keep the window from the screen"
    editor.window.show_panel("engine")
    editor.qtbot.waitUntil(lambda: bool(asked))
    editor.window.show_panel("review")
    editor.qtbot.waitUntil(lambda: label.visibleRegion().isEmpty())
    asked.clear()
    label.ask_again()
    assert not asked
