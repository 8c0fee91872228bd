"""Holds the window while the disk of its project or clip does not answer, and lets it go on when it does."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from core.disks import DiskWatch
from desktop.dialogs.waiting import WaitingDialog
from desktop.main_window import MainWindow
from desktop.panels.notice_bar import Kind

_LOOK_MS = 250
_ASK_SECONDS, _AGAIN_MS = 0.005, 30
"""So long a result waits for the disk's answer before it is put by, and until it is asked for again."""
_log = logging.getLogger(__name__)


class DiskWiring(QObject):
    """Made once, with the window's parts.

    Every change is written at once, so one that is made while the disk stalls would hold the window itself. So the
    window takes none until the disk answers: running work pauses, playback stops, and a dialog says what is waited for.
    """

    def __init__(self, window: MainWindow, leave: Callable[[int], object] = os._exit) -> None:
        super().__init__(window)
        self._window, self._leave = window, leave
        self._watch: DiskWatch | None = None
        self._paused = False
        self._put_back = 0
        self.dialog: WaitingDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        window.session.project_changed.connect(self._watch_project)
        window.jobs.may_deliver = self._may_store
        window.closing.connect(self.end)

    def end(self) -> None:
        """Watches no more."""
        self._timer.stop()
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        self._take_away()
        self._window.jobs.deliver_held()

    def _may_store(self) -> bool:
        if self._watch is None or self._watch.answers_within(_ASK_SECONDS):
            return True
        if self.dialog is None:
            QTimer.singleShot(_AGAIN_MS, self, self._window.jobs.deliver_held)
        return False

    def _watch_project(self) -> None:
        self.end()
        self._put_back = 0
        session = self._window.session
        if session.is_open and session.video is not None:
            # the project may not be written yet: then its folder is what counts
            self._watch = DiskWatch([session.project.path.parent, session.project.path, session.video.path])
            self._timer.start()

    def _look(self) -> None:
        self._window.jobs.deliver_held()
        path = self._watch.stalled() if self._watch is not None else None
        if path is not None and self.dialog is None:
            self._hold(path)
        elif path is None and self.dialog is not None:
            self._go_on()
        session = self._window.session
        if session.is_open and session.project.times_put_back != self._put_back:
            self._put_back = session.project.times_put_back
            text = self.tr(
                "{path} was taken away while it was open, and has been put back with everything in it. If its drive "
                "was removed, it lies in the folder where that was."
            )
            self._window.notices.notify(text.format(path=session.project.path), Kind.WARNING)

    def _hold(self, path: Path) -> None:
        window = self._window
        _log.warning("%s does not answer", path)
        window.player.stop()
        self._paused = window.jobs.busy and not window.jobs.paused
        window.jobs.pause(True)
        text = self.tr(
            "{path} does not answer: its disk or network share has stalled. Everything up to here is stored. Work goes "
            "on as soon as it answers."
        )
        self.dialog = WaitingDialog(path, text, self.tr("Quit without waiting"), window)
        self.dialog.rejected.connect(self._quit)
        self.dialog.open()

    def _go_on(self) -> None:
        self._take_away()
        if self._paused:
            self._window.jobs.pause(False)
        self._window.notices.notify(self.tr("The disk answers again: work goes on."), Kind.INFO)

    def _take_away(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.rejected.disconnect(self._quit)
            dialog.close()
            dialog.deleteLater()

    def _quit(self) -> None:
        """Closing the project would wait for the disk; nothing of it is left to be written."""
        _log.warning("left without waiting for the disk")
        self._leave(1)
