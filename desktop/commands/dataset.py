"""Writing an annotated dataset out of the open project, and of others, in the background."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.messages import Message
from desktop.commands.datasets.importing import DatasetImport
from desktop.commands.handlers import Handlers
from desktop.dialogs.ask import Ask
from desktop.dialogs.dataset.choice import DatasetChoice
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_notes
from desktop.settings.counts import counted
from desktop.workers.jobs import Jobs, Launch
from desktop.workers.labels_channel import LabelsChannel


class DatasetCommands(QObject):
    """Asks what and where to; the masks are those that are there when the job's turn comes."""

    notice = Signal(str, object)
    made = Signal(str, object, object)
    """A text, its Kind, and the path of what was written."""

    def __init__(self, session: EditorSession, jobs: Jobs, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._ask = session, jobs, ask
        self._channel = LabelsChannel(session.labels_at, self)
        self._importing = DatasetImport(jobs, ask, self)
        self._importing.notice.connect(self.notice)
        self._importing.made.connect(self.made)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"export_dataset": self._start, **self._importing.handlers()}

    def _start(self) -> None:
        from core.datasets.mark import MARK
        from core.datasets.writing import check_target
        from core.project import spare_sources, with_clips

        choice = self._ask.dataset(Path(self._session.project.path))
        if choice is None:
            return
        inputs = [Path(self._session.project.path), *choice.projects]
        spare_sources([choice.folder], with_clips(inputs))
        replaces = (choice.folder / MARK).is_file()
        # a folder that was not made here is never replaced: reported now, not at the end
        check_target(choice.folder, overwrite=replaces)
        if replaces and not self._ask.overwrite([choice.folder]):
            return
        choice = replace(choice, settings=replace(choice.settings, overwrite=replaces))
        name = choice.folder.name
        self._jobs.add(
            self.tr("Export dataset {name}").format(name=name),
            lambda: self._launch(choice),
            again={"kind": "export_dataset"},
        )

    def _launch(self, choice: DatasetChoice) -> Launch:
        from core.datasets.card import DatasetCounts
        from core.datasets.writing import write_dataset
        from core.project.annotated import ProjectClips, annotated_clip

        session, video = self._session, self._session.video
        assert video is not None
        project = session.project
        path, size, tracks = Path(project.path), video.size, tuple(project.objects.all)
        masked = tuple(index for index in range(video.frame_count) if project.has_labels(index))
        notes: list[Message] = []
        written: list[DatasetCounts] = []

        def work(token: CancelToken) -> Generator[object, None, None]:
            labels = self._channel.reader(token)
            # a decoder of its own: the window keeps showing frames
            with closing(video.reopen()) as own, ProjectClips() as others:
                clip = annotated_clip(path.stem, size, tracks, own, masked, labels)
                clips = [clip, *others.clips(choice.projects, notes)]
                written.append((yield from write_dataset(clips, choice.folder, choice.settings, token)))

        def end(error: Exception | None) -> None:
            if error is None:
                frames, clips = written[0].frames, 1 + len(choice.projects)
                text = self.tr("{frames} of {clips}: {folder}").format(
                    frames=counted(frames, self.tr("1 frame"), self.tr("{count} frames")).format(count=frames),
                    clips=counted(clips, self.tr("1 clip"), self.tr("{count} clips")).format(count=clips),
                    folder=choice.folder,
                )
                self.made.emit(text + core_notes(notes), Kind.INFO, choice.folder)
            elif isinstance(error, CancelledError):
                self.notice.emit(self.tr("Cancelled: no dataset was written."), Kind.INFO)
            else:
                self.notice.emit(describe(error), Kind.ERROR)

        return Launch(work, lambda _item: None, end)
