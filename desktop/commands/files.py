"""Opening clips and projects, and importing masks."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import NewerProjectError, ProjectError, ProjectFormatError, RotoflowError, VideoMovedError
from core.outputs import too_long_for_database
from core.types import PROJECT_SUFFIX
from desktop.commands.mask_import import MaskImport
from desktop.commands.unfinished.leaving import Leaving, Permission
from desktop.dialogs.ask import Ask
from desktop.dialogs.leaving import Purpose
from desktop.panels.notice_bar import Kind
from desktop.program.reporter import describe
from desktop.program.scheduling import give_way
from desktop.session.project_paths import ProjectLocation, project_locations
from desktop.session.sample import FIRST_MASK, is_sample
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.settings.counts import counted
from desktop.settings.preferences import load_preferences
from desktop.settings.store import add_recent_file, recent_files
from desktop.workers.jobs import Jobs
from desktop.workers.opening import OpenedClip, open_clip

if TYPE_CHECKING:
    from core.media import ClipOptions, Gaps, VideoSource
    from core.project import Project


class FileCommands(QObject):
    """Brings clips, projects and masks into the session; says what happened through `notice`."""

    notice = Signal(str, object)
    opened = Signal()
    damaged = Signal(object, str, object)
    """A project that cannot be read, what is wrong with it, and the clip or project that was to be opened."""

    def __init__(
        self,
        session: EditorSession,
        jobs: Jobs,
        ask: Ask,
        leaving: Leaving,
        masks: MaskImport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._ask, self._leaving = session, jobs, ask, leaving
        self._masks = masks
        self._loading: Project | None = None
        jobs.abandoned.connect(self._let_go)
        self._next: tuple[Path, ClipOptions] | None = None
        self._left: list[str] = []
        """What is to be said of projects of other files that had the clip's path."""

    def choose_and_open(self) -> None:
        self._choose(self._ask.clip)

    def choose_and_open_folder(self) -> None:
        self._choose(self._ask.clip_folder)

    def _choose(self, ask: Callable[[Path], Path | None]) -> None:
        # about running work first: nobody looks for a file to learn then that it cannot be opened
        permission = self._leaving.permission(Purpose.OPEN)
        if permission is not None:
            path = ask(self._start_folder())
            if path is not None:
                self.open(path, permission)

    def open(self, path: Path, permission: Permission | None = None) -> None:
        """Opens a clip, a folder of pictures or a project; the clip's project is made if there is none.

        `permission` is what the person has answered already about running work; without it they are asked.
        """
        path = path.expanduser().absolute()
        self._ask.when_reached(path, lambda: self._open_reached(path.resolve(), permission))

    def _open_reached(self, path: Path, permission: Permission | None) -> None:
        if not path.exists():
            self._fail(self.tr("{path}: there is no such file or folder. What is open stays open.").format(path=path))
            return
        if self._session.is_open and self._session.project.path == path:
            return
        permission = permission or self._leaving.permission(Purpose.OPEN)
        if permission is not None:
            self._leaving.leave(Purpose.OPEN, permission, partial(self._open, path), path.name)

    def _open(self, path: Path) -> None:
        if path.suffix.lower() == PROJECT_SUFFIX and path.is_file():
            self._open_project(path)
        else:
            self._load(path, None)

    def only_read(self) -> str:
        """Says that the open project cannot be changed, and what to do."""
        text = self.tr("{path} can only be read. Save the project under another name to change it.")
        return text.format(path=self._session.project.path)

    def choose_and_import_mask(self) -> None:
        self._masks.choose(self._start_folder())

    # -- projects

    def _open_project(self, path: Path) -> None:
        from core.media import fingerprint, stored_options

        try:
            project = self._backed_up(path, path)
        except (RotoflowError, OSError) as error:
            self._fail(describe(error))
            return
        if project is None:
            return
        try:
            video_path: Path | None = project.locate_video(fingerprint)
        except VideoMovedError as error:
            video_path = self._find_video(project, describe(error))
        except RotoflowError as error:
            project.close()
            self._fail(describe(error))
            return
        if video_path is None:
            project.close()
        else:
            self._load(video_path, project, stored_options(project.settings))

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
            except (RotoflowError, OSError) as error:
                message = describe(error)
            else:
                return path

    def _load(self, path: Path, project: Project | None, options: ClipOptions | None = None) -> None:
        self._loading = project

        def on_item(item: object) -> None:
            assert isinstance(item, OpenedClip)
            self._loading = None
            self._adopt(item, project)

        def on_end(error: Exception | None) -> None:
            if error is not None:
                self._let_go()
                self._fail(describe(error))
            elif self._next is not None:
                (path, chosen), self._next = self._next, None
                self._load(path, None, chosen)

        title = self.tr("Opening {name}").format(name=path.name)
        self._jobs.start(title, lambda token: open_clip(path, options, token), on_item, on_end)

    def _let_go(self) -> None:
        """Closes the project that was to be shown with its clip."""
        project, self._loading = self._loading, None
        if project is not None:
            project.close()

    def _adopt(self, clip: OpenedClip, project: Project | None) -> None:
        from core.media import FrameCache, ViewedClip, stored_options

        location: ProjectLocation | None = None
        try:
            if project is None:
                if (options := self._gaps_chosen(clip)) is not None:
                    clip.video.close()
                    self._again(clip.path, options)
                    return
                found = self._project_of(clip)
                if found is None:
                    clip.video.close()
                    return
                project, location = found
                if (kept := stored_options(project.settings)) != clip.video.options:
                    # the project says how its clip is read
                    clip.video.close()
                    project.close()
                    self._again(clip.path, kept)
                    return
            cache = FrameCache(ViewedClip(clip.video), load_preferences().cache_bytes, thread_started=give_way)
            self._session.adopt(project, clip.video, cache)
        except (RotoflowError, OSError) as error:
            clip.video.close()
            self._fail(describe(error))
            return
        add_recent_file(clip.path if location is not None else project.path)
        self.opened.emit()
        notes = [core_message(note) for note in clip.video.info.notes]
        if project.read_only:
            notes.append(self.only_read())
        away = location is not None and not location.beside_clip and not is_sample(clip.path)
        if location is not None and away and not os.access(clip.path.parent, os.W_OK):
            notes.append(
                self.tr("The clip's folder cannot be written to: the project is {path}.").format(path=location.path)
            )
        elif location is not None and away and too_long_for_database(clip.path.parent / location.path.name):
            text = self.tr("The path of the clip's folder is too long for a project: it is {path}.")
            notes.append(text.format(path=location.path))
        notes += self._left
        self._left = []
        if is_sample(clip.path) and not self._session.tracks and self._session.undo_text is None:
            self._masks.start(FIRST_MASK, offers=False)
        if notes:
            self.notice.emit("\n".join(notes), Kind.WARNING)

    def _again(self, path: Path, options: ClipOptions) -> None:
        """Opens the clip once more, in another way, when this opening is over."""
        self._next = path, options

    def _gaps_chosen(self, clip: OpenedClip) -> ClipOptions | None:
        """Asks what to show for missing pictures, as long as there is no project that they are counted in."""
        from core.media import ClipOptions, ImageFolder

        video = clip.video
        if not isinstance(video, ImageFolder) or not video.missing or video.options != ClipOptions():
            return None
        if any(location.path.exists() for location in project_locations(clip.path)):
            return None
        question = counted(
            len(video.missing),
            self.tr("1 picture of {name} is missing: number {number}."),
            self.tr("{count} pictures of {name} are missing, the first is number {number}."),
        ).format(count=len(video.missing), name=clip.path.name, number=video.missing[0])
        ways = [self.tr("Leave them out"), self.tr("Show the picture before"), self.tr("Show black")]
        chosen = self._ask.choice(self.tr("Missing pictures"), question, ways)
        return None if chosen in (None, 0) else ClipOptions(gaps="hold" if chosen == 1 else "black")

    def change_reading(self) -> None:
        """Asks how the clip is to be read, and reads it so from now on."""
        from core.media import CLIP_OPTIONS
        from core.project.backups import back_up

        session = self._session
        video = session.video
        if video is None or self._jobs.busy:
            return
        gaps = _ways_to_fill(video, bool(session.tracks))
        options = self._ask.reading(video.options, video.info.kind == "images", gaps)
        if options is None or options == video.options:
            return
        path, clip = session.project.path, video.path
        if "skip" in {options.gaps, video.options.gaps} and options.gaps != video.options.gaps:
            # there will be another number of frames: a project without masks begins again
            session.close()
            back_up(path)
            path.unlink(missing_ok=True)
            self._load(clip, None, options)
            return
        session.project.settings.set(CLIP_OPTIONS, options.as_json())
        session.close()
        if path.exists():
            self._open_project(path)
        else:
            self._load(clip, None, options)

    def _backed_up(self, path: Path, wanted: Path) -> Project | None:
        """Opens a project once a copy of it is kept; None if it is damaged, which `damaged` says: a person chooses."""
        from core.project import Project
        from core.project.backups import back_up

        try:
            back_up(path)
            return Project.open(path)
        except NewerProjectError:
            raise
        except ProjectFormatError as error:
            self.damaged.emit(path, describe(error), wanted)
            return None

    def _project_of(self, clip: OpenedClip) -> tuple[Project, ProjectLocation] | None:
        """The project of a clip, made if there is none; None if it is damaged."""
        from core.media import CLIP_OPTIONS
        from core.project import Project, VideoReference
        from core.project.backups import backups

        found = clip.fingerprint
        reference = VideoReference(clip.path, found.size_bytes, found.head_hash)
        folder = load_preferences().project_folder
        locations = project_locations(clip.path, Path(folder).expanduser() if folder else None)
        left: list[str] = []
        for location in locations:
            if not location.path.exists() or not (location.path.stat().st_size or backups(location.path)):
                # an empty file of which there is no copy is none
                continue
            if self._session.is_open and location.path.resolve() == self._session.project.path:
                # it is closed before it is opened again
                self._session.close()
            project = self._backed_up(location.path, clip.path)
            if project is None:
                return None
            if project.video.fits(found):
                if project.video.path != clip.path:
                    project.relocate(clip.path, found)
                return project, location
            if project.video.path == clip.path and project.objects.all:
                left.append(self._left_in(location.path, clip.path))
            project.close()
        for location in locations:
            if not location.path.exists() or not location.path.stat().st_size:
                # nothing is written for a clip that is only viewed
                project = Project.create(location.path, reference, clip.video.frame_count, clip.video.size, later=True)
                self._left = left
                if chosen := clip.video.options.as_json():
                    project.settings.set(CLIP_OPTIONS, chosen)
                return project, location
        text = self.tr("{path} belongs to another clip. Move or rename it, then open {clip} again.")
        raise ProjectError(text.format(path=locations[0].path, clip=clip.path.name))

    def _left_in(self, project: Path, clip: Path) -> str:
        text = self.tr(
            "{clip} is another file than the one that was here when {project} was made, so it gets a new project. "
            "{project} keeps its masks."
        )
        return text.format(clip=clip.name, project=project.name)

    def _start_folder(self) -> Path:
        if self._session.video is not None:
            return self._session.video.path.parent
        recent = recent_files()
        return recent[0].parent if recent else Path.home()

    def _fail(self, message: str) -> None:
        self.notice.emit(message, Kind.ERROR)


def _ways_to_fill(video: VideoSource, masked: bool) -> tuple[Gaps, ...]:
    """What missing pictures of a clip may become: with masks, only what leaves each on its frame."""
    from core.media import ImageFolder

    if not isinstance(video, ImageFolder) or not video.missing:
        return ()
    if not masked:
        return "skip", "hold", "black"
    return ("skip",) if video.options.gaps == "skip" else ("hold", "black")
