"""Opening clips and projects, and importing masks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import ProjectError, RotoflowError, VideoMovedError, WrongVideoError
from core.types import PROJECT_SUFFIX
from desktop.dialogs.ask import PICTURE_PATTERNS, Ask
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import unexpected
from desktop.program.scheduling import give_way
from desktop.session.project_paths import ProjectPlace, project_places
from desktop.session.sample import FIRST_MASK, is_sample
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.settings.preferences import load_preferences
from desktop.settings.store import add_recent_file, recent_files
from desktop.workers.jobs import Jobs
from desktop.workers.opening import OpenedClip, open_clip

if TYPE_CHECKING:
    from core.project import Project

_PICTURE_SUFFIXES = frozenset(pattern.removeprefix("*") for pattern in PICTURE_PATTERNS.split())


class FileCommands(QObject):
    """Brings clips, projects and masks into the session; says what happened through `notice`."""

    notice = Signal(str, object)
    opened = Signal()

    def __init__(self, session: EditorSession, jobs: Jobs, ask: Ask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._ask = session, jobs, ask

    def choose_and_open(self) -> None:
        path = self._ask.clip(self._start_folder())
        if path is not None:
            self.open(path)

    def choose_and_open_folder(self) -> None:
        path = self._ask.clip_folder(self._start_folder())
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Opens a clip, a folder of pictures or a project; the clip's project is made if there is none."""
        path = path.expanduser().resolve()
        if self._jobs.busy:
            self.notice.emit(
                self.tr("Wait for the running work, or cancel it, before opening another clip."), Kind.WARNING
            )
        elif not path.exists():
            self._fail(self.tr("{path}: there is no such file or folder. What is open stays open.").format(path=path))
        elif path.suffix.lower() == PROJECT_SUFFIX and path.is_file():
            self._open_project(path)
        else:
            self._load(path, None)

    def drop(self, paths: Sequence[Path]) -> None:
        """What was dropped on the window: a mask picture goes onto the frame, all else is opened."""
        if not paths:
            return
        path = paths[0]
        if path.is_file() and path.suffix.lower() in _PICTURE_SUFFIXES:
            if self._session.is_open:
                self.import_mask(path)
            else:
                text = self.tr(
                    "{name} is a single picture. Open a clip first to import it as a mask, or drop its folder."
                )
                self.notice.emit(text.format(name=path.name), Kind.WARNING)
        else:
            self.open(path)

    def choose_and_import_mask(self) -> None:
        path = self._ask.mask(self._start_folder())
        if path is not None:
            self.import_mask(path)

    def import_mask(self, path: Path) -> None:
        """Makes a mask picture the labels of the current frame."""
        from core.masks import read_mask

        video = self._session.video
        if video is None:
            return
        try:
            labels = read_mask(path, video.size)
            self._session.import_labels(labels, self.tr("Import {name}").format(name=path.name))
        except (RotoflowError, OSError) as error:
            self._fail(str(error))
            return
        text = self.tr("Imported {name} on frame {frame}, which is an anchor now.")
        self.notice.emit(text.format(name=path.name, frame=self._session.frame_index), Kind.INFO)

    # -- projects

    def _open_project(self, path: Path) -> None:
        from core.media import fingerprint
        from core.project import Project
        from core.project.backups import back_up

        if self._session.is_open and self._session.project.path == path:
            return
        try:
            back_up(path)
            project = Project.open(path)
        except (RotoflowError, OSError) as error:
            self._fail(str(error))
            return
        try:
            video_path: Path | None = project.locate_video(fingerprint)
        except VideoMovedError as error:
            video_path = self._find_video(project, describe(error))
        except RotoflowError as error:
            project.close()
            self._fail(str(error))
            return
        if video_path is None:
            project.close()
        else:
            self._load(video_path, project)

    def _find_video(self, project: Project, message: str) -> Path | None:
        """Asks for the clip until it is the right one, or the person gives up."""
        from core.media import fingerprint

        is_folder = not project.video.path.suffix
        while True:
            path = self._ask.moved_video(message, self._start_folder(), is_folder)
            if path is None:
                return None
            try:
                project.relocate(path, fingerprint(path))
            except (WrongVideoError, RotoflowError, OSError) as error:
                message = describe(error)
            else:
                return path

    def _load(self, path: Path, project: Project | None) -> None:
        def on_item(item: object) -> None:
            assert isinstance(item, OpenedClip)
            self._adopt(item, project)

        def on_end(error: Exception | None) -> None:
            if error is not None:
                if project is not None:
                    project.close()
                self._fail(describe(error))

        title = self.tr("Opening {name}").format(name=path.name)
        self._jobs.start(title, lambda token: open_clip(path, token), on_item, on_end)

    def _adopt(self, clip: OpenedClip, project: Project | None) -> None:
        from core.media import FrameCache

        place: ProjectPlace | None = None
        try:
            if project is None:
                project, place = self._project_of(clip)
            cache = FrameCache(clip.video, load_preferences().cache_bytes, thread_started=give_way)
            self._session.adopt(project, clip.video, cache)
        except (RotoflowError, OSError) as error:
            clip.video.close()
            self._fail(str(error))
            return
        add_recent_file(clip.path if place is not None else project.path)
        self.opened.emit()
        notes = list(clip.video.info.notes)
        if place is not None and not place.beside_clip and not is_sample(clip.path):
            notes.append(
                self.tr("The clip's folder cannot be written to: the project is {path}.").format(path=place.path)
            )
        if is_sample(clip.path) and not self._session.tracks and self._session.undo_text is None:
            self.import_mask(FIRST_MASK)
        if notes:
            self.notice.emit("\n".join(notes), Kind.WARNING)

    def _project_of(self, clip: OpenedClip) -> tuple[Project, ProjectPlace]:
        """The project of a clip, made if there is none."""
        from core.project import Project, VideoReference
        from core.project.backups import back_up

        found = clip.fingerprint
        reference = VideoReference(clip.path, found.size_bytes, found.head_hash)
        for place in project_places(clip.path):
            if not place.path.exists():
                return Project.create(place.path, reference, clip.video.frame_count, clip.video.size), place
            if self._session.is_open and place.path.samefile(self._session.project.path):
                # it is let go of before it is opened again
                self._session.close()
            back_up(place.path)
            project = Project.open(place.path)
            if project.video.fits(found):
                if project.video.path != clip.path:
                    project.relocate(clip.path, found)
                return project, place
            project.close()
        text = self.tr("{path} belongs to another clip. Move or rename it, then open {clip} again.")
        raise ProjectError(text.format(path=project_places(clip.path)[0].path, clip=clip.path.name))

    def _start_folder(self) -> Path:
        if self._session.video is not None:
            return self._session.video.path.parent
        recent = recent_files()
        return recent[0].parent if recent else Path.home()

    def _fail(self, message: str) -> None:
        self.notice.emit(message, Kind.ERROR)


def describe(error: Exception) -> str:
    """An error as a person is told of it."""
    if isinstance(error, RotoflowError):
        return core_message(str(error))
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return unexpected(error)
