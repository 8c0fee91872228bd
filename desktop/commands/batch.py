"""Batches from the window: the same queue as on the command line, alongside the clip that is open."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.errors import CancelledError
from core.jobs import CancelToken
from core.types import PROJECT_SUFFIX
from desktop.batch.choice import BatchChoice
from desktop.batch.time_left import TimeLeft
from desktop.commands.handlers import Handlers
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.stopped_work import StoppedJob
from desktop.settings.core_texts import core_message
from desktop.workers.pool import WorkerPool
from desktop.workers.worker import Worker

if TYPE_CHECKING:
    from core.batch.job import ClipJob
    from desktop.batch.window import BatchWindow


class BatchCommands(QObject):
    """Runs at most one batch, in processes of its own; the editor continues meanwhile, and so does the batch when its
    window is closed.
    """

    progressed = Signal(int, int, object)
    """Clips that have ended, all clips, and the seconds left or None."""
    ended = Signal()
    failed = Signal()
    """Something of the batch went wrong. Sent before `ended`."""
    result = Signal(str, object)
    """How a batch ended whose window is closed, and the Kind of the notice."""

    project_requested = Signal(Path)
    """A finished clip is to be opened in the editor."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._parent = window
        self._pool = WorkerPool(self)
        self._worker: Worker | None = None
        self._window: BatchWindow | None = None
        self._jobs: dict[str, ClipJob] = {}
        self._out = Path()
        self._report: Path | None = None
        self._choice: BatchChoice | None = None
        self._time_left: TimeLeft | None = None

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"batch": self.show}

    @property
    def running(self) -> bool:
        return self._worker is not None

    @property
    def again(self) -> StoppedJob | None:
        """The values that resume the running batch; None if none runs."""
        if not self.running or self._choice is None:
            return None
        fields = {**asdict(self._choice), "source": str(self._choice.source), "out": str(self._choice.out)}
        return StoppedJob(self.tr("Batch"), {"kind": "batch", **fields})

    def go_on(self, again: Mapping[str, object]) -> None:
        """Begins a batch again that was stopped: finished clips stay as they are."""
        fields = {name: again[name] for name in BatchChoice.__dataclass_fields__ if name in again}
        try:
            fields |= {"source": Path(str(fields["source"])), "out": Path(str(fields["out"]))}
            choice = BatchChoice(**fields)  # type: ignore[arg-type]
        except (KeyError, TypeError):
            return
        self.show().source.set_path(choice.source)
        self.show().out.set_path(choice.out)
        self.start(choice)

    def show(self) -> BatchWindow:
        """Shows the window of the batch."""
        if self._window is None:
            # it imports engines and formats, so only on first use
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
        self._choice, self._time_left = choice, None
        window.keep_report(None)
        window.model.set_clips([])
        window.show_status(self.tr("Looking for clips…"))
        window.set_running(True)
        self._worker = self._pool.start(lambda token: _work(choice, token), self._on_event, self._ended)
        self.progressed.emit(0, 0, None)

    def stop(self) -> None:
        """Stops the batch; finished clips stay."""
        if self._worker is not None and self._window is not None:
            self._worker.cancel()
            self._window.show_status(self.tr("Stopping…"))

    def abandon(self) -> None:
        """Stops the batch and ignores its further events; its processes end by themselves."""
        self._worker = None
        self._pool.abandon()

    def shut_down(self) -> None:
        """Stops the batch and waits, for a window that goes away."""
        self._worker = None
        self._pool.shut_down()

    def _on_event(self, item: object) -> None:
        from core.batch.events import ClipEvent
        from core.batch.folders import Batch
        from core.batch.running import BatchResult

        window = self._window
        assert window is not None
        if isinstance(item, Batch):
            self._jobs = {job.name: job for job in item.jobs}
            self._time_left = TimeLeft()
            window.model.set_clips(list(self._jobs))
            window.show_status("  ".join(map(core_message, item.notes)))
        elif isinstance(item, ClipEvent):
            window.model.update(item)
        elif isinstance(item, BatchResult):
            self._report = item.report
            window.keep_report(item.report)
            text = self.tr("{done} of {all} clips are done.").format(done=len(item.done), all=len(self._jobs))
            if item.failed:
                text += " " + self.tr("Failed: {names}.").format(names=", ".join(item.failed))
            window.show_status(text, bool(item.failed))
            if item.failed:
                self.failed.emit()
            if not window.isVisible():
                self.result.emit(f"{self.tr('Batch')}: {text}", Kind.WARNING if item.failed else Kind.INFO)
        elif isinstance(item, Path):
            timeline_text = self.tr("The timeline with the mattes: {path}").format(path=item)
            window.show_status(f"{window.message.text()} {timeline_text}")
        left = self._time_left.seconds(*window.model.work) if self._time_left else None
        window.show_progress(left)
        self.progressed.emit(window.model.ended, window.model.rowCount(), left)

    def _ended(self, error: Exception | None) -> None:
        self._worker = None
        window = self._window
        assert window is not None
        window.set_running(False)
        if isinstance(error, CancelledError):
            window.show_status(self.tr("Stopped. Start again to continue with the clips that are not done."))
        elif error is not None:
            window.show_status(describe(error), True)
            if not window.isVisible():
                self.result.emit(f"{self.tr('Batch')}: {describe(error)}", Kind.ERROR)
        window.show_progress()
        if error is not None:
            self.failed.emit()
        self.ended.emit()

    def _show_report(self) -> None:
        if self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report)))

    def _open_result(self, name: str) -> None:
        outputs = [output for output in self._jobs[name].outputs(self._out) if output.exists()]
        project = next((output for output in outputs if output.suffix == PROJECT_SUFFIX), None)
        if project is not None:
            self.project_requested.emit(project)
        elif outputs:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(outputs[0])))


def _work(choice: BatchChoice, token: CancelToken) -> Generator[object, None, None]:
    """Yields the Batch, its events, the BatchResult and, of a timeline, the path of the one with the mattes."""
    from core.batch.cluster import ClusterRunner
    from core.batch.events import Runner
    from core.batch.folders import read_batch
    from core.batch.local import LocalRunner
    from core.batch.running import run_batch
    from core.batch.timelines import write_mattes_timeline

    batch = read_batch(choice.source, {"engine": choice.engine, "export": [choice.export]})
    yield batch
    runner: Runner = ClusterRunner(choice.scheduler) if choice.scheduler else LocalRunner(choice.jobs)
    with closing(run_batch(batch.jobs, choice.out, runner, token, choice.overwrite, choice.source)) as events:
        result = yield from events
    yield result
    if target := write_mattes_timeline(choice.source, batch.jobs, result.done, choice.out):
        yield target
