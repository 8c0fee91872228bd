"""Batches from the window: the same queue as on the command line, beside the clip that is open."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.errors import CancelledError
from core.jobs import CancelToken
from core.types import PROJECT_SUFFIX
from desktop.batch.choice import BatchChoice
from desktop.commands.files import describe
from desktop.commands.handlers import Handlers
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Worker

if TYPE_CHECKING:
    from core.batch.job import ClipJob
    from desktop.batch.window import BatchWindow


class BatchCommands(QObject):
    """Runs at most one batch, in processes of its own; the editor goes on meanwhile."""

    def __init__(self, window: QWidget, open_project: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._parent = window
        self._open_project = open_project
        self._pool = WorkerPool(self)
        self._worker: Worker | None = None
        self._window: BatchWindow | None = None
        self._jobs: dict[str, ClipJob] = {}
        self._out = Path()
        self._report: Path | None = None

    def handlers(self) -> Handlers:
        """By the action's name."""
        return {"batch": self.show}

    @property
    def running(self) -> bool:
        return self._worker is not None

    def show(self) -> BatchWindow:
        """Shows the window of the batch."""
        if self._window is None:
            # it brings the engines and formats along: not before somebody wants it
            from desktop.batch.window import BatchWindow

            self._window = BatchWindow(self._parent)
            self._window.start_requested.connect(self.start)
            self._window.stop_requested.connect(self.stop)
            self._window.report_requested.connect(self._show_report)
            self._window.clip_requested.connect(self._open_result)
        self._window.show()
        self._window.activateWindow()
        return self._window

    def start(self, choice: BatchChoice) -> None:
        """Starts a batch, or says why it cannot."""
        window = self.show()
        if self.running:
            return
        self._report, self._jobs, self._out = None, {}, choice.out
        window.keep_report(None)
        window.model.set_clips([])
        window.say(self.tr("Looking for clips…"))
        window.set_running(True)
        self._worker = self._pool.start(lambda token: _work(choice, token), self._hear, self._ended)

    def stop(self) -> None:
        """Stops the batch; finished clips stay."""
        if self._worker is not None and self._window is not None:
            self._worker.cancel()
            self._window.say(self.tr("Stopping…"))

    def shut_down(self) -> None:
        """Stops the batch and waits, for a window that goes away."""
        self._worker = None
        self._pool.shut_down()

    def _hear(self, item: object) -> None:
        from core.batch.events import ClipEvent
        from core.batch.folders import Batch
        from core.batch.running import BatchResult

        window = self._window
        assert window is not None
        if isinstance(item, Batch):
            self._jobs = {job.name: job for job in item.jobs}
            window.model.set_clips(list(self._jobs))
            window.say("  ".join(item.notes))
        elif isinstance(item, ClipEvent):
            window.model.hear(item)
        elif isinstance(item, BatchResult):
            self._report = item.report
            window.keep_report(item.report)
            text = self.tr("{done} of {all} clips are done.").format(done=len(item.done), all=len(self._jobs))
            if item.failed:
                text += " " + self.tr("Failed: {names}.").format(names=", ".join(item.failed))
            window.say(text, bool(item.failed))
        window.show_progress()

    def _ended(self, error: Exception | None) -> None:
        self._worker = None
        window = self._window
        assert window is not None
        window.set_running(False)
        if isinstance(error, CancelledError):
            window.say(self.tr("Stopped. Start again to go on with the clips that are not done."))
        elif error is not None:
            window.say(describe(error), True)
        window.show_progress()

    def _show_report(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report)))

    def _open_result(self, name: str) -> None:
        places = [place for place in self._jobs[name].outputs(self._out) if place.exists()]
        project = next((place for place in places if place.suffix == PROJECT_SUFFIX), None)
        if project is not None:
            self._open_project(project)
        elif places:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(places[0])))


def _work(choice: BatchChoice, token: CancelToken) -> Generator[object, None, None]:
    """Yields the Batch, its events and, at the end, the BatchResult."""
    from core.batch.cluster import ClusterRunner
    from core.batch.events import Runner
    from core.batch.folders import read_batch
    from core.batch.local import LocalRunner
    from core.batch.running import run_batch

    batch = read_batch(choice.source, {"engine": choice.engine, "export": [choice.export]})
    yield batch
    runner: Runner = ClusterRunner(choice.scheduler) if choice.scheduler else LocalRunner(choice.jobs)
    with closing(run_batch(batch.jobs, choice.out, runner, token, choice.overwrite)) as events:
        result = yield from events
    yield result
