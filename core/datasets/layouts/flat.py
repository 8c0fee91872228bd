"""Layouts that keep the pictures of all clips in one folder, named CLIP_00000."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from core.datasets.clips import picture_size
from core.datasets.writer import WrittenFrame

_NUMBERED = re.compile(r"(.+)_(\d+)")


def flat_name(frame: WrittenFrame) -> str:
    """What the frame's files are called, without ending."""
    return f"{frame.clip.name}_{frame.name}"


def clips_of_files(files: Iterable[Path]) -> dict[str, dict[str, Path]]:
    """Clip name to frame name to picture. Pictures that differ in size are no clip: each is one of its own.

    Raises DatasetError, naming the file, for a picture that cannot be read.
    """
    groups: defaultdict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(files):
        match = _NUMBERED.fullmatch(path.stem)
        groups[match[1] if match else path.stem][match[2] if match else "0"] = path
    clips: dict[str, dict[str, Path]] = {}
    for name, frames in groups.items():
        if len({picture_size(path) for path in frames.values()}) == 1:
            clips[name] = frames
        else:
            clips.update({path.stem: {"0": path} for path in frames.values()})
    return clips
