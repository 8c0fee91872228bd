"""How far a batch is, in the main window: it runs on when its own window is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.playback.timecode import clock


class BatchStatus(QToolButton):
    """Hidden while no batch runs; a click shows the batch's window."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("flat", True)
        self.setToolTip(self.tr("Show the batch"))
        self.clicked.connect(self.wanted)
        self.setVisible(False)

    def show_progress(self, ended: int, clips: int, seconds_left: float | None) -> None:
        """So many of the clips are done or have failed."""
        text = self.tr("Batch {ended}/{clips}").format(ended=ended, clips=clips) if clips else self.tr("Batch")
        if seconds_left is not None:
            text += f"   −{clock(seconds_left)}"
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(True)
