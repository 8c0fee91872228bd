"""Making projects of a dataset's clips, in the background."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError
from core.jobs import CancelToken
from core.messages import Message
from desktop.commands.handlers import Handlers
from desktop.dialogs.ask import Ask
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.settings.core_texts import core_notes
from desktop.settings.counts import counted
from desktop.workers.jobs import Jobs, Launch

if TYPE_CHECKING:
    from desktop.dialogs.dataset.import_dialog import ImportChoice


class DatasetImport(QObject):
    """Asks what and where to; projects that are there already are never replaced."""

    notice = Signal(str, object)
    made = Signal(str, object, object)
    """A text, its Kind, and the first project."""

    def __init__(self, jobs: Jobs, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._ask = jobs, ask

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"import_dataset": self.start}

    def start(self, source: Path | None = None) -> None:
        """Asks and imports; `source` is a folder or index file to begin with."""
        choice = self._ask.dataset_to_import(source)
        if choice is None:
            return
        if not self._jobs.takes_more:
            self.notice.emit(self.tr("There is no room for more work: wait until some is done."), Kind.INFO)
            return
        self._jobs.add(self.tr("Import {name}").format(name=choice.source.name), lambda: self._launch(choice))

    def _launch(self, choice: ImportChoice) -> Launch:
        notes, projects = list[Message](), dict[Path, None]()

        def work(token: CancelToken) -> Generator[object, None, None]:
            from core.batch.dataset_projects import read_clips, read_into_projects
            from core.datasets.reading.notes import ReadNotes

            left_out = ReadNotes()
            clips = read_clips(choice.source, None, choice.clips, left_out)
            for path, progress in read_into_projects(clips, choice.source, choice.out, False, token, left_out):
                projects[path] = None
                yield progress
            notes.extend(left_out.lines())

        def end(error: Exception | None) -> None:
            if error is None:
                text = counted(
                    len(projects),
                    self.tr("1 project was made in {folder}."),
                    self.tr("{count} projects were made in {folder}."),
                ).format(count=len(projects), folder=choice.out)
                self.made.emit(text + core_notes(notes), Kind.INFO, next(iter(projects)))
            elif isinstance(error, CancelledError):
                self.notice.emit(self.tr("Cancelled; projects that were finished are kept."), Kind.INFO)
            else:
                self.notice.emit(describe(error), Kind.ERROR)

        return Launch(work, lambda _item: None, end)
