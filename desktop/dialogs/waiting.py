"""A disk or network share that does not answer: the window says so, stays alive, and continues on its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from core.disks import read_first
from core.types import PROJECT_SUFFIX
from desktop.theme import theme

AT_ONCE_SECONDS = 0.7
"""So long the window waits itself: nearly every disk has answered by then."""
_SHOWN_AFTER_SECONDS = 1.5
_LOOK_MS = 100
_WIDTH = 440


class WaitingDialog(QDialog):
    """Names the path being waited for; closes itself when the disk answers. Its button gives up."""

    def __init__(self, path: Path, text: str, give_up: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Waiting for a disk"))
        self.setMinimumWidth(_WIDTH)
        self.label = QLabel(text.format(path=path))
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        moving = QProgressBar()
        moving.setRange(0, 0)
        moving.setTextVisible(False)
        buttons = QDialogButtonBox()
        self.button = buttons.addButton(give_up, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.label)
        layout.addWidget(moving)
        layout.addWidget(buttons)


class Reaching(QObject):
    """Does something with a file as soon as its disk answers, and never blocks the window until then."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._answered = threading.Event()
        self._path = Path()
        self._then: Callable[[], None] | None = None
        self._waited = 0.0
        self.dialog: WaitingDialog | None = None

    def when_reached(self, path: Path, then: Callable[[], None]) -> None:
        """Calls `then`, at once if the disk answers at once; what was waited for before is given up."""
        self.give_up()
        self._answered, self._path, self._waited = threading.Event(), path, AT_ONCE_SECONDS
        threading.Thread(target=_reach, args=(path, self._answered), name="reach", daemon=True).start()
        if self._answered.wait(AT_ONCE_SECONDS):
            then()
            return
        self._then = then
        self._timer.start()

    def give_up(self) -> None:
        """Waits no more."""
        self._timer.stop()
        self._then = None
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.close()
            dialog.deleteLater()

    def _look(self) -> None:
        self._waited += _LOOK_MS / 1000
        if self._answered.is_set():
            then = self._then
            self.give_up()
            if then is not None:
                then()
        elif self.dialog is None and self._waited >= _SHOWN_AFTER_SECONDS:
            text = self.tr(
                "Waiting for {path}. Its disk or network share does not answer; it is opened as soon as it does."
            )
            self.dialog = WaitingDialog(self._path, text, self.tr("Do not wait"), self._window)
            self.dialog.rejected.connect(self.give_up)
            self.dialog.open()


def _reach(path: Path, answered: threading.Event) -> None:
    try:
        # links lead to other disks
        path = Path(os.path.realpath(path))
        read_first(path)
        if path.suffix.lower() == PROJECT_SUFFIX and path.is_file():
            from core.project import recorded_clips

            for clip in recorded_clips(path):
                read_first(clip)
    finally:
        answered.set()
