"""Holds the window while the disk of its project or clip does not answer, and lets it go on when it does."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from core.disks import PATIENCE_SECONDS, DiskWatch
from desktop.dialogs.waiting import WaitingDialog
from desktop.main_window import MainWindow
from desktop.panels.notice_bar import Kind

_LOOK_MS, _WAKE_MS = 250, 20
_ASK_SECONDS, _AGAIN_MS = 0.005, 30
"""How long a result waits for the disk's answer before it is set aside, and until it is requested again."""
_LATELY_SECONDS = 0.05
"""An answer is as good as new for so long: one action may make many changes."""
_AT_ONCE_SECONDS = 0.1
"""How long a change waits for the disk's answer with the window, which nobody notices."""
_READ_SECONDS = 0.2
"""What is read waits if the disk has not answered for so long; to ask for each picture that is played would be felt."""
_PATIENCE_SECONDS = 0.5
"""Until the dialog comes where somebody waits for their change, or for the picture while playing."""
_log = logging.getLogger(__name__)


class DiskWiring(QObject):
    """Made once, with the window's parts.

    Every change is written at once, so one that is made while the disk stalls would hold the window itself. So each
    asks first, and where no answer comes, it waits here with an event loop of its own, in which the window is painted
    and takes no input; a dialog says what is waited for where that is noticed. Whatever runs is paused, playing stands
    still, and both go on by themselves.
    """

    def __init__(self, window: MainWindow, leave: Callable[[int], object] = os._exit) -> None:
        super().__init__(window)
        self._window, self._leave = window, leave
        self._watch: DiskWatch | None = None
        self._paused = False
        self._waiting = self._unstored = 0
        self._put_back = 0
        self.dialog: WaitingDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        window.session.project_changed.connect(self._watch_project)
        window.jobs.may_deliver = self._may_store
        window.closing.connect(self.end)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing writes, too."""
        if event.type() != QEvent.Type.Close or watched is not self._window:
            return False
        if self._waiting:
            event.ignore()
            return True
        self.wait(True)
        return False

    def wait(self, writing: bool) -> None:
        """Returns when the disk answers, at once where it does. For what the project is about to write or read."""
        watch = self._watch
        if watch is None or watch.answered_lately(_LATELY_SECONDS):
            return
        if watch.answers_within(_AT_ONCE_SECONDS) if writing else watch.stalled(_READ_SECONDS) is None:
            return
        self._unstored += writing
        try:
            self._wait_for(watch, watch.ask())
        finally:
            self._unstored -= writing

    def _wait_for(self, watch: DiskWatch, number: int) -> None:
        loop, timer = QEventLoop(), QTimer()
        timer.setInterval(_WAKE_MS)
        timer.timeout.connect(loop.quit)
        self._waiting += 1
        self._window.jobs.holding = True
        # the next picture would wait inside this waiting
        self._hold_player()
        try:
            timer.start()
            while self._watch is watch and not watch.has_answered(number):
                # clicks on the window are kept until there is the dialog, which keeps them off the window
                flags = QEventLoop.ProcessEventsFlag
                loop.exec(flags.AllEvents if self.dialog is not None else flags.ExcludeUserInputEvents)
        finally:
            timer.stop()
            self._waiting -= 1
            self._hold_player()
            if not self._waiting:
                self._window.jobs.holding = False
                # what arrived meanwhile comes after the change that waited
                QTimer.singleShot(0, self, self._look)

    def _hold_player(self) -> None:
        self._window.player.hold(self._waiting > 0 or self.dialog is not None)

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
            session.project.ask_before_use(self.wait)
            self._timer.start()

    def _look(self) -> None:
        self._window.jobs.deliver_held()
        patience = PATIENCE_SECONDS if self.dialog is None and not self._waiting else _PATIENCE_SECONDS
        path = self._watch.stalled(patience) if self._watch is not None else None
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
        self._paused = window.jobs.busy and not window.jobs.paused
        window.jobs.pause(True)
        text = self.tr(
            "{path} does not answer: its disk or network share has stalled. Everything up to here is stored. Work "
            "continues as soon as it answers."
        )
        if self._unstored:
            text = self.tr(
                "{path} does not answer: its disk or network share has stalled. The last change is stored as soon as "
                "it answers; everything before it is."
            )
        self.dialog = WaitingDialog(path, text, self.tr("Quit without waiting"), window)
        self.dialog.rejected.connect(self._quit)
        self.dialog.setModal(True)
        self._hold_player()
        self.dialog.show()

    def _go_on(self) -> None:
        self._take_away()
        if self._paused:
            self._window.jobs.pause(False)
        self._window.notices.notify(self.tr("The disk answers again: work continues."), Kind.INFO)

    def _take_away(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.rejected.disconnect(self._quit)
            dialog.close()
            dialog.deleteLater()
        self._hold_player()

    def _quit(self) -> None:
        """Closing the project would wait for the disk; nothing of it is left to be written."""
        _log.warning("left without waiting for the disk")
        self._leave(1)
