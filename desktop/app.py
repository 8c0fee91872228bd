"""Starts the window."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.main_window import MainWindow
from desktop.panels.notice_bar import Kind
from desktop.settings import ORGANISATION, data_folder
from desktop.workers.pool import any_stuck

_SWITCH_SECONDS = 0.0002

_log = logging.getLogger("rotoflow")


class Reporter(QObject):
    """Catches what nobody caught: into the log in full, to the person in a sentence."""

    failed = Signal(str)

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self._log_file = log_file

    def install(self) -> None:
        sys.excepthook = self.report
        threading.excepthook = lambda failure: self.report(
            failure.exc_type, failure.exc_value or failure.exc_type(), failure.exc_traceback
        )

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        _log.error("not caught", exc_info=(kind, error, trace))
        text = QCoreApplication.translate(
            "Reporter",
            "Something went wrong that should not ({what}). Your work is saved. "
            "If it happens again, restart Rotoflow; the details are in {log}.",
        )
        # a signal: this may be any thread
        self.failed.emit(text.format(what=f"{kind.__name__}: {error}", log=self._log_file))


def run(arguments: Sequence[str]) -> int:
    """Shows the window, opens what the first argument names, and returns the exit code when the window closes."""
    app = make_application()
    log_file = start_log()
    reporter = Reporter(log_file)
    reporter.install()
    window = MainWindow()
    app.setWindowIcon(window.windowIcon())
    reporter.failed.connect(lambda text: window.notices.say(text, Kind.ERROR))
    window.show()
    if arguments:
        path = Path(arguments[0])
        # a person sees the window before the decoder is loaded
        window.first_painted.connect(lambda: window.open(path))
    code = app.exec()
    sys.excepthook = sys.__excepthook__
    if any_stuck():
        # the work of a thread that does not listen is lost either way; destroying it would be an abort
        _log.error("a worker did not end in time")
        logging.shutdown()
        os._exit(code)
    window.deleteLater()
    return code


def make_application() -> QApplication:
    """The application, dressed and tuned; for the program and for what measures it."""
    # the UI thread waits this long at most for a worker that is busy in Python; the usual 5 ms are half a frame
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = QApplication(["rotoflow"])
    app.setApplicationName("Rotoflow")
    app.setOrganizationName(ORGANISATION)
    theme.apply(app)
    return app


def start_log() -> Path:
    """Writes the log to the user's data folder, a megabyte at most, and returns its path."""
    path = data_folder() / "rotoflow.log"
    handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return path
