"""Looking through the masks for faults, in the background."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.types import LabelMap
from desktop.commands.files import describe
from desktop.commands.handlers import Handlers
from desktop.commands.jobs import Launch
from desktop.panels.notice_bar import Kind
from desktop.workers.labels_channel import LabelsChannel

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class QualityCommands(QObject):
    """Checks the masks that are there when the job's turn comes, and lists what stands out."""

    notice = Signal(str, object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._jobs, self._panel = window.session, window.jobs, window.quality
        self._channel = LabelsChannel(window.session.labels_at, self)

    def handlers(self) -> Handlers:
        """By the action's name."""
        return {"check_masks": self._check}

    def _check(self) -> None:
        self._window.show_panel("quality")
        self._jobs.add(self.tr("Check masks"), self._prepare)

    def _prepare(self) -> Launch | None:
        frames = self._masked_frames()
        if not frames:
            self.notice.emit(self.tr("There is no mask to check yet."), Kind.INFO)
            return None
        ids = [track.object_id for track in self._session.tracks]
        project, state = self._session.project, self._panel.mask_state()

        def work(token: CancelToken) -> Generator[object, None, None]:
            from core.quality.check import check_masks

            read = self._channel.reader(token)

            def labels(frame_index: int) -> LabelMap:
                found = read(frame_index)
                assert found is not None, "every frame has labels, if only background"
                return found

            found = yield from check_masks(labels, frames, ids, token)
            yield found

        def show(findings: object) -> None:
            # another clip may have been opened meanwhile
            if isinstance(findings, list) and self._session.is_open and self._session.project is project:
                self._panel.show_findings(findings, len(frames), state)

        return Launch(work, show, self._end)

    def _masked_frames(self) -> list[int]:
        if not self._session.is_open:
            return []
        return [index for index in range(self._session.frame_count) if self._session.project.has_labels(index)]

    def _end(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, CancelledError):
            self.notice.emit(describe(error), Kind.ERROR)
