"""The log: a file in the user's data folder, and the last lines of it in memory for the window that shows them."""

from __future__ import annotations

import faulthandler
import logging
import platform
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from desktop.settings.store import data_folder

_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
_KEPT_RECORDS = 1000
_FILE_BYTES = 500_000
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger("rotoflow")


class RecentLog(logging.Handler):
    """Keeps the last records as text, for whoever opens the log window later."""

    def __init__(self, limit: int = _KEPT_RECORDS) -> None:
        super().__init__()
        self.setFormatter(_FORMAT)
        self._kept: deque[tuple[int, str]] = deque(maxlen=limit)
        self._listeners: list[Callable[[int, str], object]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Called by `logging`, from any thread, under the handler's lock."""
        entry = (record.levelno, self.format(record))
        self._kept.append(entry)
        for listener in self._listeners:
            listener(*entry)

    def entries(self, level: int = logging.NOTSET) -> list[str]:
        """The texts kept, oldest first, of at least a level."""
        with self._guarded():
            return [text for number, text in self._kept if number >= level]

    def listen(self, listener: Callable[[int, str], object]) -> None:
        """Calls `listener(level, text)` for each new record, in the thread that logs."""
        with self._guarded():
            self._listeners.append(listener)

    def stop_listening(self, listener: Callable[[int, str], object]) -> None:
        with self._guarded():
            self._listeners.remove(listener)

    def _guarded(self) -> _Lock:
        return _Lock(self)


class _Lock:
    """The lock of a handler, which `logging` itself holds while it emits."""

    def __init__(self, handler: logging.Handler) -> None:
        self._handler = handler

    def __enter__(self) -> None:
        self._handler.acquire()

    def __exit__(self, *_: object) -> None:
        self._handler.release()


RECENT = RecentLog()


def start_log() -> Path:
    """Writes the log to the user's data folder, a megabyte at most, and returns its path.

    Qt's messages go there too, and what Python can say of a crash goes to `crash_file`.
    """
    path = data_folder() / "rotoflow.log"
    file = RotatingFileHandler(path, maxBytes=_FILE_BYTES, backupCount=1, encoding="utf-8", delay=True)
    file.setFormatter(_FORMAT)
    root = logging.getLogger()
    for handler in (file, RECENT):
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_log_qt)
    _log.info(
        "Rotoflow %s, Python %s, Qt %s, %s",
        metadata.version("rotoflow"),
        platform.python_version(),
        qVersion(),
        platform.platform(),
    )
    return path


def crash_file() -> Path:
    """Where the threads' last calls are written when the program dies of a fault."""
    return data_folder() / "crash.log"


@contextmanager
def write_faults() -> Iterator[None]:
    """Has Python write the calls of a fault to `crash_file`. What a run before wrote moves to the log."""
    path = crash_file()
    if path.is_file() and (calls := path.read_text(encoding="utf-8", errors="replace").strip()):
        _log.error("the last run died of a fault:\n%s", calls)
    with path.open("w", encoding="utf-8") as file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", message)
