"""How far long work is, the buttons that hold and stop it, and what waits behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from core.jobs import Progress
from desktop.actions.actions import Actions
from desktop.panels.transport_bar import action_button
from desktop.playback.timecode import clock
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.queue_button import QueueButton
from desktop.workers.jobs import Jobs
from desktop.workers.propagation import TrainingProgress

_WIDTH = 470
_LEAST_WIDTH = 150
"""The least width, for a screen of 1024 pixels, where the bar alone remains."""
_BAR_WIDTHS = (40, 200)
_GAP = 3
_WIDE = 240
"""Less than that is the bar's and the buttons' alone."""
_ROOM = 4
"""Pixels of the bar beside its text, at least."""


class _Bar(QProgressBar):
    """Shows the first of some texts for the same, ever shorter ones, that fits into it."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ("",)
        self._sized = False

    def show_texts(self, texts: Sequence[str]) -> None:
        """Shows other texts; the longest one is the tooltip, too."""
        self._texts = tuple(texts) or ("",)
        self.setToolTip(self._texts[0])
        width, room = self.fontMetrics().horizontalAdvance, self.width() - _ROOM
        fitting = (text for text in self._texts if not self._sized or width(text) <= room)
        self.setFormat(next(fitting, self._texts[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        self.show_texts(self._texts)


class JobBar(QWidget):
    """Keeps its place while nothing runs, so that the bar around it does not jump."""

    def __init__(self, jobs: Jobs, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.bar = _Bar()
        self.bar.setMinimumWidth(_BAR_WIDTHS[0])
        self.bar.setMaximumWidth(_BAR_WIDTHS[1])
        self.bar.setAccessibleName(self.tr("Progress"))
        self.title = ElidedLabel()
        self.title.setProperty("dim", True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.queue = QueueButton(jobs)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_GAP, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.bar, 2)
        layout.addWidget(action_button(actions, "pause"))
        layout.addWidget(action_button(actions, "cancel"))
        layout.addWidget(self.queue)
        jobs.started.connect(self._started)
        jobs.queue_changed.connect(self._show_queue)
        jobs.status_changed.connect(self._show_text)
        jobs.progressed.connect(self._progressed)
        jobs.paused_changed.connect(self._paused)
        jobs.ended.connect(self._ended)
        self._progress: tuple[str, ...] = ()
        # its width does not depend on what it says, so that the buttons next to it stay where they are
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setMaximumWidth(_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._keep_space_of_queue(True)
        self._show_queue()
        self.setVisible(False)

    def _show_text(self, text: str) -> None:
        self.bar.show_texts((text,))

    def _started(self, title: str) -> None:
        self.title.setText(title)
        # a bar without a range is in motion: something is going on, nobody knows for how long
        self.bar.setRange(0, 0)
        self._progress = ()
        self.bar.show_texts(("",))
        self.setVisible(True)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def _show_queue(self) -> None:
        # the work that runs has its own button; the others stay where they are
        self.queue.setVisible(bool(self._jobs.waiting))
        if self._jobs.stopping:
            # in place of the work's title: a bar in motion shows no text
            self.title.setText(self.tr("Stopping…"))
            self._paused(False)

    def _progressed(self, progress: Progress) -> None:
        running = self._jobs.running
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        self._progress = progress_texts(progress, running is None or running.in_frames)
        if isinstance(progress, TrainingProgress):
            without_rate = progress_texts(progress, in_frames=False)
            training = self.tr("Training   {progress}")
            self._progress = (*(training.format(progress=text) for text in without_rate), without_rate[-1])
        # the last steps before a pause are reported after it has begun
        self._paused(self._jobs.paused)

    def _paused(self, paused: bool) -> None:
        if self._jobs.stopping:
            self.bar.show_texts((self.tr("Stopping…"),))
        else:
            self.bar.show_texts((self.tr("Paused"),) if paused else self._progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_space_of_queue(self.width() >= _WIDE)
        self.title.setVisible(self.width() >= _WIDE)

    def _keep_space_of_queue(self, kept: bool) -> None:
        """Where there is little room the bar has that of the button while nothing waits."""
        policy = self.queue.sizePolicy()
        policy.setRetainSizeWhenHidden(kept)
        self.queue.setSizePolicy(policy)

    def _ended(self) -> None:
        self.setVisible(False)


def progress_texts(progress: Progress, in_frames: bool = True) -> tuple[str, ...]:
    """43 %  8.1 fps  0:12 left, and shorter ones; without the rate if the steps are no frames."""
    share = f"{progress.fraction:.0%}"
    rate = left = ""
    if progress.per_second and in_frames:
        rate = f"{progress.per_second:.1f} fps" if progress.per_second < 100 else f"{progress.per_second:.0f} fps"
    if progress.seconds_left is not None and progress.done < progress.total:
        left = f"−{clock(progress.seconds_left)}"
    texts = ["   ".join(filter(None, (share, rate, left))), " ".join(filter(None, (share, left))), share]
    return tuple(dict.fromkeys(texts))
