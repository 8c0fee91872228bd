"""Exporting masks from the window."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.types import LabelMap
from desktop.commands.files import describe
from desktop.commands.jobs import Jobs
from desktop.dialogs.ask import Ask
from desktop.panels.notice_bar import Kind
from desktop.session import EditorSession
from desktop.workers.labels_channel import LabelsChannel


class ExportCommands(QObject):
    """Asks where to, then writes in the background."""

    notice = Signal(str, object)

    def __init__(self, session: EditorSession, jobs: Jobs, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._ask = session, jobs, ask
        self._channel = LabelsChannel(session.labels_at, self)

    def masks(self) -> None:
        """Asks for a folder and the frames, and exports."""
        session, video = self._session, self._session.video
        if video is None or self._jobs.busy:
            return
        marked = session.marked_range
        choice = self._ask.export(self._proposal(), f"{marked[0]} – {marked[1]}" if marked else "")
        if choice is None:
            return
        if choice.folder.is_dir() and any(choice.folder.glob("*.png")) and not self._ask.overwrite(choice.folder):
            return
        first, last = marked if marked and choice.marked_range else (0, video.frame_count - 1)
        frames = range(first, last + 1)
        names = {frame: video.frame_name(frame) for frame in frames}

        def work(token: CancelToken) -> Generator[object, None, None]:
            from core.delivery.masks import export_masks

            read = self._channel.reader(token)

            def labels(frame: int) -> LabelMap:
                found = read(frame)
                assert found is not None, "every frame has labels, if only background"
                return found

            yield from export_masks(labels, choice.folder, names.__getitem__, frames, token)

        def end(error: Exception | None) -> None:
            written = self._jobs.done
            if error is None:
                text = self.tr("Exported {count} masks to {folder}.")
                self.notice.emit(text.format(count=written, folder=choice.folder), Kind.INFO)
            elif isinstance(error, CancelledError):
                self.notice.emit(str(error), Kind.INFO)
            else:
                self.notice.emit(describe(error), Kind.ERROR)

        self._jobs.start(self.tr("Exporting"), work, lambda _item: None, end)

    def _proposal(self) -> Path:
        """A folder beside the project, named after it."""
        project = Path(self._session.project.path)
        return project.with_name(f"{project.stem}_masks")
