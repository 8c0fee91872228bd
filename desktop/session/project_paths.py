"""Where the project of a clip lies."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from core.types import PROJECT_SUFFIX
from desktop.session.sample import is_sample
from desktop.settings.store import data_folder


@dataclass(frozen=True)
class ProjectPlace:
    path: Path
    beside_clip: bool
    """False: the clip's folder cannot be written to, so the project is in the user's data folder."""


def project_places(clip: Path) -> list[ProjectPlace]:
    """Where a clip's project may be, the best place first.

    The second name is for a clip whose first is taken by another clip of the same stem (a.mp4 beside a.mov).
    """
    names = [clip.stem + PROJECT_SUFFIX, clip.name + PROJECT_SUFFIX]
    if clip.is_dir():
        names = [clip.name + PROJECT_SUFFIX]
    # the sample is part of the program, whose folder is no place for a person's work
    if os.access(clip.parent, os.W_OK) and not is_sample(clip):
        return [ProjectPlace(clip.parent / name, True) for name in dict.fromkeys(names)]
    # clips of the same name from different folders meet in the data folder
    mark = hashlib.sha256(str(clip).encode()).hexdigest()[:8]
    folder = data_folder() / "projects"
    folder.mkdir(parents=True, exist_ok=True)
    return [ProjectPlace(folder / f"{clip.stem}-{mark}{PROJECT_SUFFIX}", False)]
