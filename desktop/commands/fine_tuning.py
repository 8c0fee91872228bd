"""Fine-tuning from the window: learns from the anchors, reports the gain, and keeps the weights if they are better."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.widgets.tuning_row import expectation
from desktop.workers.fine_tuning import FineTuned, FineTuningJob, run_fine_tuning
from desktop.workers.jobs import Jobs, Launch


class FineTuningCommands(QObject):
    """One job like the others: it waits for its turn, and can be paused and cancelled."""

    notice = Signal(str, object)
    panel_requested = Signal()
    """The panel says what it can be expected to bring, and how it ended."""

    def __init__(self, session: EditorSession, jobs: Jobs, engine: EnginePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._engine = session, jobs, engine

    def start(self) -> None:
        """Fine-tunes the chosen engine on the clip, or says why that cannot be."""
        if not self._session.is_open or not self._jobs.takes_more:
            return
        if not self._engine.adaptable:
            self.notice.emit(
                self.tr("This engine cannot be fine-tuned. Choose the built-in one or a target network."), Kind.WARNING
            )
            return
        self.panel_requested.emit()
        if text := expectation(len(self._session.anchor_frames())):
            # the panel says it, too, but may be low
            self.notice.emit(text, Kind.INFO)
        self._jobs.add(self.tr("Fine-tune"), self._launch, in_frames=False, again={"kind": "fine_tune"})

    def _launch(self) -> Launch | None:
        session, video = self._session, self._session.video
        if video is None:
            return None
        anchors, engine = tuple(session.anchors()), self._engine
        job = FineTuningJob(video.reopen, anchors, engine.device_name, engine.options, engine.engine)

        def work(token: CancelToken) -> Generator[object, None, None]:
            return run_fine_tuning(job, self._jobs.report, token)

        return Launch(work, self._receive, self._end)

    def _receive(self, item: object) -> None:
        if not isinstance(item, FineTuned):
            return
        scores = self.tr("J&F {before} before, {after} after").format(
            before=f"{item.before:.3f}", after=f"{item.after:.3f}"
        )
        if item.weights:
            self._session.adaptation.keep(item.before, item.after, item.weights)
            text = self.tr("Fine-tuned on this clip: {scores}. Used from the next propagation on.")
        else:
            self._session.adaptation.refuse(item.before, item.after)
            text = self.tr("Fine-tuning was not kept, as it follows this clip no better: {scores}.")
        self.notice.emit(text.format(scores=scores), Kind.INFO)

    def _end(self, error: Exception | None) -> None:
        if isinstance(error, CancelledError):
            self.notice.emit(self.tr("Cancelled: the engine is as it was."), Kind.INFO)
        elif error is not None:
            self.notice.emit(describe(error), Kind.ERROR)
