"""Measures masks against true ones in the background, and shows the page of metrics."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import CancelledError, RotoflowError
from core.jobs import CancelToken
from desktop.commands.handlers import Handlers
from desktop.dialogs.ask import Ask
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel

if TYPE_CHECKING:
    from core.batch.reports.measures import MeasuredClip
    from core.messages import Message
    from desktop.dialogs.metrics.dialog import MetricsDialog


class MeasuringCommands(QObject):
    """Works on the masks that are there when the job's turn comes."""

    notice = Signal(str, object)
    made = Signal(str, object, Path)
    """A report was written: what to say, how, and where it is."""

    def __init__(self, session: EditorSession, jobs: Jobs, ask: Ask, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._jobs, self._ask, self._window = session, jobs, ask, window
        self._channel = LabelsChannel(session.labels_at, self)
        self.dialog: MetricsDialog | None = None
        """The page that was shown last, while it is open."""
        session.project_changed.connect(self.close)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"measure_masks": self._begin}

    def close(self) -> None:
        """Closes the page: it was of another clip."""
        if self.dialog is not None:
            self.dialog.close()

    def _begin(self) -> None:
        if not self._masked():
            # before true masks are asked for: the person would look for them in vain
            self._notify_no_masks()
            return
        truth = self._ask.truth(self._session.project.path.parent)
        if truth is not None:
            self._jobs.add(self.tr("Measure masks"), lambda: self._launch(truth))

    def _masked(self) -> list[int]:
        """The frames with a mask."""
        session = self._session
        return [index for index in range(session.frame_count) if session.project.has_labels(index)]

    def _notify_no_masks(self) -> None:
        self.notice.emit(self.tr("There is no mask to measure yet."), Kind.INFO)

    def _launch(self, truth: Path) -> Launch | None:
        session, project, video = self._session, self._session.project, self._session.video
        assert video is not None
        frames = self._masked()
        if not frames:
            self._notify_no_masks()
            return None
        names = [video.frame_name(index) for index in range(video.frame_count)]
        called = (Path(project.path).stem, video.path.stem)
        tracks = {track.object_id: track.name for track in session.tracks}
        sure = {index: project.confidence(index) for index in frames}

        def work(token: CancelToken) -> Generator[object, None, None]:
            from core.batch.reports.measures import MeasuredClip
            from core.project.true_masks import open_truth
            from core.quality.measuring import measure_masks

            with open_truth(truth, called, names, frames, self._channel.reader(token)) as found:

                def confidence(index: int) -> dict[int, float]:
                    known = sure[index]
                    if not found.one_object:
                        return known
                    # as sure as of the part of which it is least sure
                    return {1: min(known.values())} if known else {}

                measured = yield from measure_masks(
                    found.own, found.true, found.frames, found.object_ids, token, confidence
                )
            yield MeasuredClip(called[0], measured, tracks, names), found.notes

        def show(item: object) -> None:
            if isinstance(item, tuple) and session.is_open and session.project is project:
                self._show(truth, *item)

        return Launch(work, show, self._end)

    def _show(self, truth: Path, clip: MeasuredClip, notes: list[Message]) -> None:
        self.close()
        colours = {track.object_id: track.colour for track in self._session.tracks}
        from desktop.dialogs.metrics.dialog import MetricsDialog

        dialog = MetricsDialog(clip, colours, self._window)
        dialog.set_current(self._session.frame_index)
        self._session.frame_changed.connect(dialog.set_current)
        dialog.frame_chosen.connect(self._session.go_to)
        dialog.save_requested.connect(partial(self._save, clip, truth))
        dialog.destroyed.connect(self._forget)
        self.dialog = dialog
        dialog.show()
        if notes:
            text = self.tr("Of the true masks: {notes}").format(notes="  ".join(map(core_message, notes)))
            self.notice.emit(text, Kind.WARNING)

    def _forget(self) -> None:
        self.dialog = None

    def _save(self, clip: MeasuredClip, truth: Path) -> None:
        from core.batch.reports.measures import FILES, write_measures
        from core.project import spare_sources, with_clips

        folder = self._ask.report_folder(self._session.project.path.parent)
        if folder is None:
            return
        taken = [folder / name for name in FILES if (folder / name).exists()]
        try:
            spare_sources([folder / name for name in FILES], with_clips([truth, Path(self._session.project.path)]))
            if taken and not self._ask.overwrite(taken):
                return
            paths = write_measures(folder, clip.name, [clip])
        except RotoflowError as error:
            self.notice.emit(describe(error), Kind.ERROR)
        else:
            self.made.emit(self.tr("The metrics were written."), Kind.INFO, paths[0])

    def _end(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, CancelledError):
            self.notice.emit(describe(error), Kind.ERROR)
