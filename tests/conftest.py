"""Every test runs without a screen, away from the user's settings, and leaves nothing running behind."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "PYTEST_XDIST_WORKER" in os.environ:
    # each process has a core: with a thread for every core, torch and OpenBLAS wait for each other in loops
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

_GRACE_SECONDS = 3.0
_PATIENCE_MS = 60_000
_homes = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    # the offscreen platform has no window manager to give hints to, and says so for every window
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data and log of a test are its own. It needs no other fixture of ours: tests elsewhere import it."""
    # pytest's own numbering reads through thousands of folders for each
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))
    home.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("ROTOFLOW_MODELS", str(home / "models"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home / "settings"))


class PatientBot(QtBot):
    """Waits a minute for what a test waits for: a machine that does other work, too, is no fault of the program's."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE_MS))

    def waitSignal(self, signal: Any, *, timeout: int = _PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, _PATIENCE_MS), **options)

    def waitSignals(self, signals: Any, *, timeout: int = _PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignals(signals, timeout=max(timeout, _PATIENCE_MS), **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """In place of pytest-qt's own."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that leaves a thread, an active timer, a window or a theme. Set up first: the last to look."""
    threads = set(threading.enumerate())
    windows = _windows()
    looks = _looks()
    started: list[QObject] = []
    for kind in (QThread, QTimer):
        monkeypatch.setattr(kind, "start", _recording(kind.start, started))
    yield
    application = QApplication.instance()
    if application is not None:
        # what was to be deleted is deleted now: the event loop that would see to it has ended with the test
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [f"thread {thread.name}" for thread in _new_threads(threads)]
    left += [f"window {type(window).__name__}" for window in _windows() - windows]
    if looks is not None and _looks() != looks:
        left.append("a theme of the application, which sizes the windows of later tests")
    for thing in started:
        if not isValid(thing):
            continue
        if isinstance(thing, QThread) and not thing.wait(int(_GRACE_SECONDS * 1000)):
            left.append(f"running {type(thing).__name__}")
        elif isinstance(thing, QTimer) and thing.isActive():
            left.append(f"active QTimer of {type(thing.parent()).__name__}")
    assert not left, f"left behind: {', '.join(left)}"


def _recording(start: Callable[..., None], started: list[QObject]) -> Callable[..., None]:
    def record(self: QObject, *arguments: Any) -> None:
        started.append(self)
        start(self, *arguments)

    return record


_LIBRARIES = ("tqdm_monitor",)
"""Threads that a library starts once and keeps: tqdm's, which the exporter of graphs uses where it is installed."""


def _new_threads(known: set[threading.Thread]) -> list[threading.Thread]:
    """Threads that were not there before, after a moment's grace. Threads of a library's own pool may stay."""
    deadline = time.monotonic() + _GRACE_SECONDS
    while True:
        new = [
            thread
            for thread in set(threading.enumerate()) - known
            if thread.is_alive() and not isinstance(thread, threading._DummyThread) and thread.name not in _LIBRARIES
        ]
        if not new or time.monotonic() > deadline:
            return new
        time.sleep(0.01)


def _windows() -> set[QWidget]:
    if QApplication.instance() is None:
        return set()
    return {window for window in QApplication.topLevelWidgets() if window.parent() is None}


def _looks() -> tuple[str, str, str] | None:
    """What all windows of the application look like; None if there is no application."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return None
    return application.styleSheet(), application.palette().window().color().name(), application.font().toString()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of twelve 96 x 64 pictures, each identified by its grey."""
    from PIL import Image

    folder = tmp_path / "pictures"
    folder.mkdir()
    for index in range(12):
        Image.new("RGB", (96, 64), (20 * index, 20 * index, 20 * index)).save(folder / f"frame_{index:02}.png")
    return folder
