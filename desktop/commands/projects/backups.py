"""Putting a project back as it was when it was opened before, also one that cannot be opened any more."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.jobs import CancelToken
from desktop.commands.files import FileCommands
from desktop.commands.handlers import Handlers
from desktop.commands.unfinished.leaving import Leaving
from desktop.dialogs.ask import Ask
from desktop.dialogs.leaving import Purpose
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_notes
from desktop.settings.counts import counted
from desktop.workers.jobs import Jobs, Launch

if TYPE_CHECKING:
    from core.project.backups import Backup
    from core.project.repair import Repaired

_BEGINNING = b"SQLite format 3\0"


@dataclass(frozen=True)
class Restored:
    """A restored backup; `kept` is the backup that was made of what was there before."""

    kept: Path | None


class BackupCommands(QObject):
    """Lists the copies of a project and restores one; what is replaced becomes a copy itself."""

    notice = Signal(str, object)

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
        self._session, self._jobs, self._ask, self._leaving, self._files = session, jobs, ask, leaving, files
        self._notice_later: tuple[Path, str, Kind] | None = None
        """Of which project, the text and its kind."""
        files.opened.connect(self._notify, Qt.ConnectionType.QueuedConnection)
        files.damaged.connect(self._rescue)

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"restore": self._choose}

    def _choose(self) -> None:
        """Asks for one of the open project's copies, and continues with it."""
        from core.project.backups import list_backups

        path = Path(self._session.project.path)
        found = list_backups(path)
        if not found:
            text = self.tr(
                "There is no backup of {name} yet. One is made when it is opened, at most once in ten minutes."
            )
            self.notice.emit(text.format(name=path.name), Kind.INFO)
            return
        permission = self._leaving.permission(Purpose.OPEN)
        if permission is None:
            return
        question = self.tr("{name} becomes as it was then. What is in it now becomes a backup, too.")
        chosen = self._ask.choice(
            self.tr("Restore a backup"), question.format(name=path.name), [self._in_words(one) for one in found]
        )
        if chosen is not None:
            then = partial(self._restore, found[chosen], path, path)
            self._leaving.leave(Purpose.OPEN, permission, then, path.name)

    def _restore(self, backup: Backup, path: Path, wanted: Path) -> None:
        from core.project.backups import restore

        if self._session.is_open and self._session.project.path == path:
            self._session.close()

        def work(_token: CancelToken) -> Generator[Restored, None, None]:
            yield Restored(restore(backup.path, path))

        def on_item(item: object) -> None:
            text = self.tr("{name} is as it was: {backup}.")
            if cast("Restored", item).kept is not None:
                text = self.tr("{name} is as it was: {backup}. What was in it before is a backup, too.")
            self._notice_later = path, text.format(name=path.name, backup=self._in_words(backup)), Kind.INFO

        def on_end(error: Exception | None) -> None:
            if error is not None:
                self._notice_later = path, describe(error), Kind.ERROR
            QTimer.singleShot(0, self, partial(self._reopen, path, wanted))

        # every mask of it is read first, to see that it is sound
        title = self.tr("Restoring {name}").format(name=path.name)
        self._jobs.add(title, lambda: Launch(work, on_item, on_end), in_frames=False)

    def _reopen(self, path: Path, wanted: Path) -> None:
        if path.is_file():
            self._files.open(wanted)
        else:
            self._notify()

    def _notify(self) -> None:
        """Once the clip is there: notices of what was open before go when another one is opened."""
        notice, self._notice_later = self._notice_later, None
        if notice is not None and (not self._session.is_open or self._session.project.path == notice[0]):
            self.notice.emit(*notice[1:])

    def _rescue(self, path: Path, message: str, wanted: Path) -> None:
        """Asks what is to become of a project that cannot be opened: a backup of it, or what can be read."""
        from core.project.backups import list_backups

        found = list_backups(path)
        own = {one.path for one in found}
        others = [one for one in list_backups(path, everyone=True) if one.path not in own]
        if not found and not others and not _is_database(path):
            self.notice.emit(message, Kind.ERROR)
            return
        ask = partial(self._ask_what_to_save, found, others, path, message, wanted)
        if self._jobs.busy:
            # a clip's opening, which has found the damage, is itself a job, and not over yet
            self._jobs.ended.connect(lambda: QTimer.singleShot(0, self, ask), Qt.ConnectionType.SingleShotConnection)
        else:
            QTimer.singleShot(0, self, ask)

    def _ask_what_to_save(
        self, found: Sequence[Backup], others: Sequence[Backup], path: Path, message: str, wanted: Path
    ) -> None:
        from core.project.repair import repaired_name

        restore: list[tuple[str, Callable[[], None]]] = [
            (self.tr("Restore: {backup}").format(backup=self._in_words(one)), partial(self._restore, one, path, wanted))
            for one in found
        ]
        # the first way is chosen already: it must not be a backup from before the first mask
        ways = [way for one, way in zip(found, restore, strict=True) if one.frames]
        if _is_database(path):
            text = self.tr("Save what can be read in {name}").format(name=repaired_name(path).name)
            ways.append((text, partial(self._repair, path)))
        ways += [way for one, way in zip(found, restore, strict=True) if not one.frames]
        if others:
            # a project that was renamed and damaged is known by nothing, but a person knows where it was
            ways.append((self.tr("A backup of another project…"), partial(self._ask_which, others, path, wanted)))
        question = self.tr(
            "{name} is damaged and cannot be opened. A backup takes its place, and what is in it now becomes a backup, "
            "too. What can be read of it goes into a new project."
        )
        title = self.tr("The project is damaged")
        chosen = self._ask.choice(title, question.format(name=path.name), [text for text, _ in ways])
        if chosen is None:
            self.notice.emit(message, Kind.ERROR)
        else:
            ways[chosen][1]()

    def _ask_which(self, others: Sequence[Backup], path: Path, wanted: Path) -> None:
        question = self.tr("{name} becomes as that project was then. What is in it now becomes a backup, too.")
        texts = [self._in_words(one) for one in others]
        chosen = self._ask.choice(self.tr("Restore a backup"), question.format(name=path.name), texts)
        if chosen is not None:
            self._restore(others[chosen], path, wanted)

    def _repair(self, path: Path) -> None:
        from core.project.repair import repair, repaired_name

        target = repaired_name(path)

        def work(_token: CancelToken) -> Generator[Repaired, None, None]:
            yield repair(path, target)

        def on_item(item: object) -> None:
            self._notice_later = target, self._saved(cast("Repaired", item), target), Kind.WARNING

        def on_end(error: Exception | None) -> None:
            if error is not None:
                self.notice.emit(describe(error), Kind.ERROR)
            else:
                QTimer.singleShot(0, self, partial(self._files.open, target))

        title = self.tr("Repairing {name}").format(name=path.name)
        self._jobs.add(title, lambda: Launch(work, on_item, on_end), in_frames=False)

    def _saved(self, repaired: Repaired, target: Path) -> str:
        text = self.tr("Frames with masks in {name}: {frames}; lost: {lost}.")
        counts = text.format(name=target.name, frames=repaired.frames, lost=len(repaired.lost))
        return counts + core_notes(repaired.notes)

    def _in_words(self, backup: Backup) -> str:
        frames = counted(backup.frames, self.tr("1 frame with masks"), self.tr("{count} frames with masks"))
        # of a project that was moved since
        origin = "" if backup.origin is None else f", {backup.origin}"
        return f"{backup.changed:%Y-%m-%d %H:%M}, {frames.format(count=backup.frames)}{origin}"


def _is_database(path: Path) -> bool:
    """Whether a file begins as a project does: of another one nothing can be saved."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(len(_BEGINNING)) == _BEGINNING
    return False
