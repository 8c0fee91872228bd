"""Opening a project and its clip from the command line, where nobody can be asked."""

from __future__ import annotations

from pathlib import Path

from core.errors import ProjectError, ProjectFormatError, VideoMovedError
from core.media import fingerprint
from core.project import Project
from core.types import PROJECT_SUFFIX


def open_project(path: Path) -> Project:
    """Opens an existing project. Raises ProjectError naming the file."""
    if not path.exists():
        raise ProjectError("{path}: there is no such project.", path=path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ProjectFormatError("{path}: is no file that can be read.", path=path)
    if not path.is_file():
        raise ProjectFormatError(
            "{path}: a folder, not a project; a project is one file ending in {project_suffix}.",
            path=path,
            project_suffix=PROJECT_SUFFIX,
        )
    return Project.open(path)


def clip_of(project: Project, moved_to: Path | None) -> Path:
    """Where the project's clip is; `moved_to` is its new location if a person named one, and is written down.

    Raises VideoMovedError (saying how to name the new location) or WrongVideoError.
    """
    if moved_to is not None:
        project.relocate(moved_to, fingerprint(moved_to))
        return moved_to
    try:
        return Path(project.locate_video(fingerprint))
    except VideoMovedError as error:
        raise VideoMovedError("{error} Name its new location with --video PATH.", error=error) from error
