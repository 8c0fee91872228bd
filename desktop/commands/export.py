"""Exporting from the window."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.messages import Message
from desktop.canvas.edge_preview import EdgePreview
from desktop.dialogs.ask import Ask
from desktop.dialogs.exporting.subject import ExportChoice, ExportSubject
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_notes
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel


class ExportCommands(QObject):
    """Asks what and where to, then writes in the background."""

    notice = Signal(str, object)
    made = Signal(str, object, object)
    """A text, its Kind, and the path of what was written."""

    def __init__(
        self, session: EditorSession, jobs: Jobs, ask: Ask, preview: EdgePreview, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._ask = session, jobs, ask
        self._preview = preview
        self._channel = LabelsChannel(session.labels_at, self)

    def start(self) -> None:
        """Asks, and exports what was chosen. What is there already is only replaced if the person says so."""
        subject = self._subject()
        if subject is None or not self._jobs.takes_more:
            return
        choice = self._ask.export(subject, self._preview.show_edge)
        if choice is None:
            return
        taken = _taken(choice, subject)
        if taken and not self._ask.overwrite(taken):
            return
        values = tuple(self._session.project.settings.mask_values.items())
        names = tuple((track.object_id, track.name) for track in subject.objects)
        settings = replace(choice.settings, overwrite=bool(taken), mask_values=values, names=names)
        video = self._session.video
        assert video is not None
        lanes = {track.object_id: self._session.project.confidence_lane(track.object_id) for track in subject.objects}

        def confidence(frame: int) -> dict[int, float]:
            known = {object_id: float(lane[frame]) for object_id, lane in lanes.items()}
            return {object_id: value for object_id, value in known.items() if not math.isnan(value)}

        from core.delivery.shape_files.scene import ShapeSource

        open_project = self._session.project
        source = ShapeSource(open_project.shapes.all, open_project.objects.all, open_project.edges.painted())
        project, paths, notes = Path(self._session.project.path), list[Path](), list[Message]()

        def work(token: CancelToken) -> Generator[object, None, None]:
            from functools import partial

            from core.delivery.isolated import export_isolated
            from core.media import open_video
            from core.project import spare_sources

            spare_sources([choice.path], [video.path, project])
            labels = self._channel.reader(token)
            # a process of its own: a codec that ends it leaves the window and its project alone
            opening = partial(open_video, video.path, video.options)
            result = yield from export_isolated(
                opening, labels, settings, choice.path, token, confidence, project, source
            )
            paths.extend(result.paths)
            notes.extend(result.notes)

        def end(error: Exception | None) -> None:
            if error is None:
                self._notify(paths, notes)
            elif isinstance(error, CancelledError):
                self.notice.emit(self.tr("Cancelled: nothing was exported."), Kind.INFO)
            else:
                self.notice.emit(describe(error), Kind.ERROR)

        self._jobs.add(
            self.tr("Export {name}").format(name=choice.path.name),
            lambda: Launch(work, _ignore, end),
            # nothing of it is left: it is requested again, with what was chosen this time proposed
            again={"kind": "export"},
        )

    def _notify(self, paths: list[Path], notes: list[Message]) -> None:
        if len(paths) == 1:
            text = self.tr("Exported and checked: {path}").format(path=paths[0])
        else:
            text = self.tr("Exported and checked: {count} results in {folder}").format(
                count=len(paths), folder=paths[0].parent
            )
        self.made.emit(text + core_notes(notes), Kind.INFO, paths[0])

    def _subject(self) -> ExportSubject | None:
        session, video = self._session, self._session.video
        if video is None:
            return None
        project = Path(session.project.path)
        return ExportSubject(
            video.path,
            project.with_name(project.stem),
            video.size,
            video.frame_count,
            session.range.value,
            tuple(session.tracks),
            video.info.has_audio,
        )


def _ignore(_item: object) -> None:
    """Exports give nothing but progress."""


def _taken(choice: ExportChoice, subject: ExportSubject) -> list[Path]:
    """The paths of the results at which there is something already."""
    from core.delivery.output_paths import for_object
    from core.files import is_vacant

    targets = [choice.path]
    if not choice.settings.combined:
        ids = choice.settings.object_ids or tuple(track.object_id for track in subject.objects)
        targets = [for_object(choice.path, object_id, subject.clip.stem) for object_id in ids]
    return [target for target in targets if target.is_file() or (target.is_dir() and not is_vacant(target))]
