"""Importing a folder of masks, one a frame, as one undo step."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import CancelledError, ProjectError
from core.jobs import CancelToken, ProgressClock
from core.types import LabelMap
from desktop.commands.mask_import import MaskImport
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.session.session import EditorSession
from desktop.settings.counts import counted
from desktop.workers.jobs import Jobs, Launch

if TYPE_CHECKING:
    from core.project import Project


class MaskFolderImport(QObject):
    """Puts each mask on the frame that its name says, else on the one of its place in the folder."""

    notice = Signal(str, object)

    def __init__(self, session: EditorSession, jobs: Jobs, masks: MaskImport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._masks = session, jobs, masks

    def start(self, folder: Path) -> None:
        """Reads the masks in the background; each frame that gets one becomes an anchor."""
        session, video = self._session, self._session.video
        if video is None:
            return
        if not self._jobs.takes_more:
            self.notice.emit(self.tr("There is no room for more work: wait until some is done."), Kind.INFO)
            return
        from core.media.pictures import picture_files

        project, reader, names = (
            session.project,
            self._masks.reader(),
            [video.frame_name(one) for one in range(video.frame_count)],
        )
        text = self.tr("Import {name}").format(name=folder.name)
        taken: list[int] = []
        cleared: list[int] = []
        step: list[int | None] = [None]

        def work(token: CancelToken) -> Generator[object, None, None]:
            files = picture_files(folder)
            frames = frames_of([file.stem for file in files], names)
            clock = ProgressClock(len(files), token)
            for done, (file, frame) in enumerate(zip(files, frames, strict=True), 1):
                if token.cancelled:
                    return
                if frame is not None:
                    yield frame, reader.read(file, video.size).labels
                yield clock.step(done)

        def take(item: object) -> None:
            if isinstance(item, tuple) and session.is_open and session.project is project:
                frame, labels = item
                if _import(project, frame, labels, text, step):
                    taken.append(frame)
                    if not labels.any():
                        cleared.append(frame)

        def end(error: Exception | None) -> None:
            if error is not None and not isinstance(error, CancelledError):
                there = session.is_open and session.project is project
                if there and step[0] is not None and project.history.last_step == step[0]:
                    # all of them or none
                    project.history.undo()
                self.notice.emit(describe(error), Kind.ERROR)
            elif taken:
                self._masks.remember(reader)
                count = counted(
                    len(taken),
                    self.tr("Imported {name} on 1 frame, which is an anchor now."),
                    self.tr("Imported {name} on {count} frames, which are anchors now."),
                )
                notice_text = count.format(name=folder.name, count=len(taken))
                if cleared:
                    notice_text += "\n" + counted(
                        len(cleared),
                        self.tr("On 1 of them the masks are cleared, as its file is empty."),
                        self.tr("On {count} of them the masks are cleared, as their files are empty."),
                    ).format(count=len(cleared))
                self.notice.emit(notice_text, Kind.INFO)
            else:
                self.notice.emit(
                    self.tr("{name} has no mask for a frame of this clip.").format(name=folder.name), Kind.WARNING
                )

        self._jobs.add(text, lambda: Launch(work, take, end))


def _import(project: Project, frame: int, labels: LabelMap, text: str, step: list[int | None]) -> bool:
    """Whether the frame got a mask; `step` is what the frames before it are in."""
    try:
        project.masks.import_labels(frame, labels, text, step=step[0])
    except ProjectError:
        # nothing is masked there, or only locked objects are
        return False
    step[0] = project.history.last_step
    return True


def frames_of(stems: list[str], names: list[str]) -> list[int | None]:
    """The frame of each mask: the one of the same name, else of the same number, counted from 0 or 1, else its place
    if there are as many masks as frames; None where there is none.
    """
    by_name = {name: frame for frame, name in enumerate(names)}
    if any(stem in by_name for stem in stems):
        return [by_name.get(stem) for stem in stems]
    if len(stems) == len(names):
        return list(range(len(stems)))
    digits = [stem[len(stem.rstrip("0123456789")) :] for stem in stems]
    if not all(digits):
        return [None] * len(stems)
    numbers = [int(one) for one in digits]
    first = 1 if 0 not in numbers and max(numbers) == len(names) else 0
    return [number - first if number - first < len(names) else None for number in numbers]
