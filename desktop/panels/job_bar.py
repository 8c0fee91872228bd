"""How far long work is, and the button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from core.jobs import Progress
from desktop import theme
from desktop.actions.actions import Actions
from desktop.commands.jobs import Jobs
from desktop.panels.transport_bar import action_button
from desktop.timeline.timecode import clock

_WIDTH = 410


class JobBar(QWidget):
    """Keeps its place while nothing runs, so that the bar around it does not jump."""

    def __init__(self, jobs: Jobs, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(230)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.title = QLabel()
        self.title.setProperty("dim", True)
        self._cancel = action_button(actions, "cancel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addStretch()
        layout.addWidget(self.title)
        layout.addWidget(self.bar)
        layout.addWidget(self._cancel)
        jobs.started.connect(self._started)
        jobs.said.connect(self.bar.setFormat)
        jobs.progressed.connect(self._progressed)
        jobs.ended.connect(self._ended)
        # its width does not depend on what it says, so that the buttons beside it stay where they are
        self.setFixedWidth(_WIDTH)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.setVisible(False)

    def _started(self, title: str) -> None:
        self.title.setText(title)
        # a bar without a range is in motion: something is going on, nobody knows for how long
        self.bar.setRange(0, 0)
        self.bar.setFormat("")
        self.setVisible(True)

    def _progressed(self, progress: Progress) -> None:
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        self.bar.setFormat(progress_text(progress))

    def _ended(self) -> None:
        self.setVisible(False)


def progress_text(progress: Progress) -> str:
    """43 %  8.1 fps  0:12 left."""
    parts = [f"{progress.fraction:.0%}"]
    if progress.per_second:
        parts.append(
            f"{progress.per_second:.1f} fps" if progress.per_second < 100 else f"{progress.per_second:.0f} fps"
        )
    if progress.seconds_left is not None and progress.done < progress.total:
        parts.append(f"−{clock(progress.seconds_left)}")
    return "   ".join(parts)
