"""Where the project of a clip lies."""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from core.outputs import too_long_for_database
from core.types import PROJECT_SUFFIX
from desktop.session.sample import is_sample
from desktop.settings.store import data_folder

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProjectLocation:
    path: Path
    beside_clip: bool
    """False: it is in the folder that was chosen for projects, or in the user's data folder, where the clip's own
    cannot be written to, or has too long a path."""


def project_locations(clip: Path, chosen: Path | None = None) -> list[ProjectLocation]:
    """Where a clip's project may be, the best first: in the `chosen` folder, next to the clip, in the data folder.

    The second name is for a clip whose first is taken by another clip of the same stem (a.mp4 next to a.mov).
    """
    mark = hashlib.sha256(str(clip).encode()).hexdigest()[:8]
    stem = clip.name if clip.is_dir() else clip.stem
    preferred: list[ProjectLocation] = []
    if chosen is not None and not is_sample(clip) and _is_usable(chosen):
        # clips of the same name from different folders meet there
        preferred = [ProjectLocation(chosen / f"{name}{PROJECT_SUFFIX}", False) for name in (stem, f"{stem}-{mark}")]
    names = [clip.stem + PROJECT_SUFFIX, clip.name + PROJECT_SUFFIX]
    if clip.is_dir():
        names = [clip.name + PROJECT_SUFFIX]
    # the sample is part of the program, whose folder is no place for a person's work
    beside = os.access(clip.parent, os.W_OK) and not too_long_for_database(clip.parent / max(names, key=len))
    if beside and not is_sample(clip):
        return preferred + [ProjectLocation(clip.parent / name, True) for name in dict.fromkeys(names)]
    folder = data_folder() / "projects"
    folder.mkdir(parents=True, exist_ok=True)
    return [*preferred, ProjectLocation(folder / f"{clip.stem}-{mark}{PROJECT_SUFFIX}", False)]


def _is_usable(folder: Path) -> bool:
    """Whether projects can be in the folder, which is made if it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("projects cannot go to %s: %s", folder, error)
        return False
    return os.access(folder, os.W_OK)
