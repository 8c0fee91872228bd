"""The open project's file: where it is, other files of the same, and its backups."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.types import PROJECT_SUFFIX
from desktop.commands.files import FileCommands
from desktop.commands.handlers import Handlers
from desktop.commands.projects.backups import BackupCommands
from desktop.commands.unfinished.leaving import Leaving
from desktop.dialogs.ask import Ask
from desktop.dialogs.leaving import Purpose
from desktop.panels.notice_bar import Kind
from desktop.session.session import EditorSession
from desktop.workers.jobs import Jobs


class ProjectCommands(QObject):
    """Saves the project under other names, and puts it back as it was; says what happened through `notice`."""

    notice = Signal(str, object)
    made = Signal(str, object, object)
    """A text, its Kind, and the path of what was written."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        ask: Ask,
        leaving: Leaving,
        files: FileCommands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._ask, self._leaving, self._files = session, ask, leaving, files
        self._backups = BackupCommands(session, jobs, ask, leaving, files, self)
        self._backups.notice.connect(self.notice)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {
            "save": self._confirm,
            "save_as": self._save_as,
            "save_copy": self._save_copy,
            **self._backups.handlers(),
        }

    def _confirm(self) -> None:
        """Says that everything is in the project's file, and which that is."""
        project = self._session.project
        if project.read_only:
            self.notice.emit(self._files.only_read(), Kind.WARNING)
        elif project.is_written:
            self.notice.emit(self.tr("Everything is saved in {path}.").format(path=project.path), Kind.INFO)
        else:
            text = self.tr("There is nothing to save yet. The first change is saved at once, in {path}.")
            self.notice.emit(text.format(path=project.path), Kind.INFO)

    def _save_as(self) -> None:
        """Goes on in another file; the one that was open stays as it is now."""
        permission = self._leaving.permission(Purpose.OPEN)
        target = self._copied(self._session.frame_index) if permission is not None else None
        if target is not None:
            self._files.open(target, permission)

    def _save_copy(self) -> None:
        """Writes another file, and continues in this one."""
        target = self._copied(self._session.frame_index)
        if target is not None:
            self.made.emit(self.tr("A copy is saved in {path}.").format(path=target), Kind.INFO, target)

    def _copied(self, frame_index: int) -> Path | None:
        """Asks where to, and writes the project there; None if the person changed their mind."""
        from core.project import Project, spare_sources, with_clips

        project = self._session.project
        target = self._ask.project(project.path)
        if target is None:
            return None
        if target.suffix.lower() != PROJECT_SUFFIX:
            target = target.with_name(target.name + PROJECT_SUFFIX)
            if target.exists() and not self._ask.overwrite([target]):
                return None
        if target.resolve() == project.path:
            self._confirm()
            return None
        spare_sources([target], with_clips([Path(project.path)]))
        project.save_copy(target)
        with Project.open(target) as copy:
            copy.settings.set("frame_index", frame_index)
        return target
