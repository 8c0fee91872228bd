"""Starts the window."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.program.ending import EndRequests
from desktop.program.log import start_log, write_faults
from desktop.program.memory import return_large_blocks
from desktop.program.program import Program, apply_appearance
from desktop.program.reporter import Reporter
from desktop.program.scheduling import take_short_turns
from desktop.settings.store import ORGANISATION
from desktop.workers.pool import any_stuck

_SWITCH_SECONDS = 0.0002

_log = logging.getLogger("rotoflow")


def run(arguments: Sequence[str]) -> int:
    """Shows the window, opens what the first argument names, and returns the exit code when the window closes."""
    app = make_application()
    start_log()
    reporter = Reporter()
    reporter.install()
    with write_faults():
        program = Program(app, reporter)
        with EndRequests(app) as requests:
            requests.quit_requested.connect(program.quit_unasked)
            requests.session_ends.connect(program.note_leaving)
            program.start(Path(arguments[0]) if arguments else None)
            code = app.exec()
        reporter.uninstall()
        if program.ends_without_display():
            _log.error("the display is lost; every change is stored")
            logging.shutdown()
            os._exit(code)
        if any_stuck():
            # the work of a thread that does not listen is lost either way; destroying it would be an abort
            _log.error("a worker did not end in time")
            logging.shutdown()
            os._exit(code)
        program.end()
    return code


def make_application() -> QApplication:
    """The application with its theme and tuning; for the program and for benchmarks."""
    return_large_blocks()
    # the UI thread waits this long at most for a worker that is busy in Python; the usual 5 ms are half a frame
    sys.setswitchinterval(_SWITCH_SECONDS)
    take_short_turns()
    app = QApplication(["rotoflow"])
    app.setApplicationName("Rotoflow")
    app.setDesktopFileName("rotoflow")
    app.setOrganizationName(ORGANISATION)
    apply_appearance(app)
    return app
