"""Errors that nobody caught."""

from __future__ import annotations

import logging
import re
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Signal

from core.errors import MEMORY_IS_SHORT, RotoflowError, is_out_of_memory
from desktop.settings.core_texts import core_message

_LENGTH = 160
_WAY = re.compile(r"^(Error calling Python override of \S+: )+")
"""What PySide puts before the text of an error that passes through it."""

_log = logging.getLogger("rotoflow")


class Reporter(QObject):
    """Catches what nobody caught: into the log in full, to the person in a sentence.

    The core's own errors are such sentences: a disk may be full whenever something is changed.
    """

    failed = Signal(str)

    def install(self) -> None:
        sys.excepthook = self.report
        sys.unraisablehook = lambda failure: self.report(
            failure.exc_type, failure.exc_value or failure.exc_type(), failure.exc_traceback
        )
        threading.excepthook = lambda failure: self.report(
            failure.exc_type, failure.exc_value or failure.exc_type(), failure.exc_traceback
        )

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        threading.excepthook = threading.__excepthook__

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        _log.error("not caught", exc_info=(kind, error, trace))
        # a signal: this may be any thread
        self.failed.emit(describe(error))


def unexpected(error: BaseException) -> str:
    """The text for a person of an error that was not meant for one: never its traceback, which is in the log."""
    text = QCoreApplication.translate(
        "Reporter",
        "Something went wrong that should not ({what}). Your work is saved. "
        "If it happens again, restart Rotoflow; the log has the details.",
    )
    first_line = f"{type(error).__name__}: {error}".splitlines()[0]
    return text.format(what=first_line[:_LENGTH])


def describe(error: BaseException) -> str:
    """The text of an error for a person, in the user's language."""
    if isinstance(error, RotoflowError):
        return _WAY.sub("", core_message(error.message))
    if is_out_of_memory(error):
        return core_message(MEMORY_IS_SHORT)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return unexpected(error)
