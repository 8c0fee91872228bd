"""What runs and what waits for its turn, each to be cancelled."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.theme.icons import ThemedIcon
from desktop.workers.jobs import Job, Jobs


class QueueButton(QToolButton):
    """Says how many jobs wait; its menu lists them behind the running one. Choosing one cancels it."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Running and waiting work: choose one to cancel it"))
        self.setAccessibleName(self.toolTip())
        self._cross = ThemedIcon("cancel")
        self.setMenu(QMenu(self))
        jobs.queue_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        waiting = self._jobs.waiting
        self.setText(f"+{len(waiting)}" if waiting else "")
        menu = self.menu()
        menu.clear()
        running = self._jobs.running
        if running is not None:
            self._add(running, self.tr("Running: {title}").format(title=running.title))
            menu.addSeparator()
        for job in waiting:
            self._add(job, job.title)

    def _add(self, job: Job, text: str) -> None:
        action = self.menu().addAction(self._cross.now(), text)
        # after the menu has closed: cancelling makes it again
        action.triggered.connect(lambda _checked=False: QTimer.singleShot(0, self, partial(self._jobs.cancel, job)))
