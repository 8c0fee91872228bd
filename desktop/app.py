"""Starts the window."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop import languages, theme
from desktop.main_window import MainWindow
from desktop.panels.notice_bar import Kind
from desktop.preferences import load_preferences
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


class Program(QObject):
    """Holds the one window, and makes it anew when its theme or its language changes."""

    def __init__(self, app: QApplication, reporter: Reporter) -> None:
        super().__init__()
        self._app = app
        self.window = self._make_window(None)
        reporter.failed.connect(self._tell)

    def open(self, path: Path) -> None:
        """Opens a clip, a folder or a project; a person sees the window before the decoder is loaded."""
        self.window.first_painted.connect(partial(self.window.open, path))

    def _tell(self, text: str) -> None:
        self.window.notices.say(text, Kind.ERROR)

    def _make_window(self, path: Path | None) -> MainWindow:
        window = MainWindow()
        self._app.setWindowIcon(window.windowIcon())
        # queued: the window is not destroyed inside its own signal
        window.renewal_requested.connect(self.renew, Qt.ConnectionType.QueuedConnection)
        if path is not None:
            window.first_painted.connect(partial(window.open, path))
        window.show()
        return window

    def renew(self) -> None:
        """Closes the window and opens what it showed in a new one, dressed as the preferences say."""
        old = self.window
        path = old.session.project.path if old.session.is_open else None
        # between the two windows there is none, which is not the end
        self._app.setQuitOnLastWindowClosed(False)
        old.close()
        dress(self._app)
        self.window = self._make_window(path)
        self._app.setQuitOnLastWindowClosed(True)
        old.deleteLater()


def run(arguments: Sequence[str]) -> int:
    """Shows the window, opens what the first argument names, and returns the exit code when the window closes."""
    app = make_application()
    log_file = start_log()
    reporter = Reporter(log_file)
    reporter.install()
    program = Program(app, reporter)
    if arguments:
        program.open(Path(arguments[0]))
    code = app.exec()
    sys.excepthook = sys.__excepthook__
    if any_stuck():
        # the work of a thread that does not listen is lost either way; destroying it would be an abort
        _log.error("a worker did not end in time")
        logging.shutdown()
        os._exit(code)
    program.window.deleteLater()
    return code


def make_application() -> QApplication:
    """The application, dressed and tuned; for the program and for what measures it."""
    # the UI thread waits this long at most for a worker that is busy in Python; the usual 5 ms are half a frame
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = QApplication(["rotoflow"])
    app.setApplicationName("Rotoflow")
    app.setOrganizationName(ORGANISATION)
    dress(app)
    return app


def dress(app: QApplication) -> None:
    """Gives the windows made from now on the theme and the language of the preferences."""
    chosen = load_preferences()
    theme.apply(app, chosen.theme)
    languages.use(chosen.language)


def start_log() -> Path:
    """Writes the log to the user's data folder, a megabyte at most, and returns its path."""
    path = data_folder() / "rotoflow.log"
    handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return path
