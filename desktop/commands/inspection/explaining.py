"""Answers what the explain panel asks, and keeps which references count less."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.jobs import CancelToken, Progress
from core.types import Anchor, Combine, LabelMap
from desktop.canvas.canvas import Canvas
from desktop.commands.inspection.tags import TagCommands
from desktop.commands.inspection.weights import reads_weights, reference_weights
from desktop.commands.propagation import PropagationCommands, Reach
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.inspection.explain_panel import ExplainPanel
from desktop.panels.notice_bar import Kind
from desktop.session.session import EditorSession
from desktop.workers.labels_channel import LabelsChannel

if TYPE_CHECKING:
    from core.explain.views import Answer, Question

_MOST_FRAMES = 40


class ExplainCommands(QObject):
    """Says what is asked; the panel's worker fetches the masks that it needs, and does the rest."""

    notice = Signal(str, object)
    offered = Signal(str, object, str, object)

    def __init__(
        self,
        session: EditorSession,
        canvas: Canvas,
        panel: ExplainPanel,
        tags: TagCommands,
        propagation: PropagationCommands,
        engine: EnginePanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._canvas, self._panel, self._tags = session, canvas, panel, tags
        self._propagation, self._engine = propagation, engine
        self._channel = LabelsChannel(self._masks, self)
        panel.wanted.connect(self._ask)
        panel.weight_chosen.connect(self._weigh)
        canvas.probe.asked.connect(self._probed)
        session.project_changed.connect(self._show_weights)
        session.history_changed.connect(self._show_weights)

    def _probed(self, _x: float, _y: float) -> None:
        view = self._panel.view
        if view.currentData() not in ("references", "similarity"):
            view.setCurrentIndex(view.findData("references"))
        self._ask(view.currentData(), "")

    def _ask(self, view: str, seed: str) -> None:
        session, video = self._session, self._session.video
        if video is None:
            return
        session.settle()
        project, frame = session.project, session.frame_index
        anchor_frames = session.anchor_frames()
        shown: list[int] = []
        if view == "objects":
            masked = [index for index in range(session.frame_count) if project.has_labels(index)]
            shown = masked[:: max(1, -(-len(masked) // _MOST_FRAMES))]
        track = session.track(session.current_object)
        object_id, point = session.current_object, self._canvas.probe.point
        stride, way = int(self._panel.stage.currentData()), self._panel.way.currentData()
        weights, adaptation = dict(self._panel.weights), session.adaptation.weights
        tag = self._tags.prototype(track.class_label if track else "")

        def question_of(cancel: CancelToken) -> Question:
            from core.explain.references import remembered_frames
            from core.explain.views import Question

            masks = self._channel.reader(cancel)
            anchors = [one for one in (masks(index)[0] for index in anchor_frames) if one is not None]
            kept, recent = remembered_frames(frame, [one.frame_index for one in anchors])
            found = {index: masks(index)[1] for index in shown or (*kept, *recent, frame)}
            labels = {index: one for index, one in found.items() if one is not None}
            return Question(view, frame, object_id, point, stride, way, anchors, labels, weights, adaptation, seed, tag)

        self._panel.show_status(self.tr("Looking…"))
        self._panel.set_busy(True, view != "objects")
        self._panel.explainer.ask(
            video.reopen,
            question_of,
            partial(self._answered, view, frame),
            self._looked,
            partial(self._panel.set_busy, False),
        )

    def _masks(self, frame_index: int) -> tuple[Anchor | None, LabelMap | None]:
        """A frame's anchor and its labels, for the worker; None where it has none."""
        session = self._session
        anchor = session.project.anchor(frame_index) if frame_index in session.anchor_frames() else None
        has_labels = session.project.has_labels(frame_index)
        return anchor, session.labels_at(frame_index).copy() if has_labels else None

    def _looked(self, progress: Progress) -> None:
        text = self.tr("Looking… frame {done} of {total}")
        self._panel.show_status(text.format(done=progress.done, total=progress.total))

    def _answered(self, view: str, frame: int, answer: Answer) -> None:
        session, panel = self._session, self._panel
        if not session.is_open or (session.frame_index != frame and view != "objects"):
            return
        note = ""
        if answer.reading is not None:
            votes = ", ".join(
                f"{track.name} {answer.reading.votes.get(track.object_id, 0.0):.2f}" for track in session.tracks
            )
            note = self.tr("Votes of the memory: {votes}; best similarity {similarity}").format(
                votes=votes, similarity=f"{answer.reading.similarity:.2f}"
            )
        panel.show_answer(answer, note)
        bench = self._canvas.bench
        if answer.patch is not None and bench.may_change(Combine.ADD):
            bench.commit_patch(answer.patch, Combine.ADD, panel.seeding)

    def _weigh(self, frame: int, weight: float) -> None:
        from core.vos.targets.reference_weights import REFERENCE_WEIGHTS

        weights = {**self._panel.weights, frame: weight}
        kept = {str(key): value for key, value in sorted(weights.items()) if value < 1}
        self._canvas.bench.attempt(
            lambda: self._session.project.settings.change(REFERENCE_WEIGHTS, kept, self.tr("Weigh reference"))
        )
        self._show_weights()
        if not reads_weights(self._engine):
            # to propagate again would replace all masks by another engine's, and the weight would have no say
            self.notice.emit(
                self.tr("The weight is kept. Only the built-in engine reads references: choose it to see the effect."),
                Kind.INFO,
            )
            return
        # the masks are not stale: only all of them anew show what the weight changes
        again = partial(self._propagation.start, Reach.BOTH, redo=True)
        text = self.tr("Propagate again to see what the reference's weight changes.")
        self.offered.emit(text, Kind.INFO, self.tr("Redo everything"), again)

    def _show_weights(self) -> None:
        self._panel.weights = reference_weights(self._session)
