"""Layouts that keep the pictures of all clips in one folder, named CLIP_00000."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from core.datasets.clips import picture_size
from core.datasets.reading.notes import ReadNotes
from core.datasets.writer import WrittenFrame
from core.errors import DatasetError
from core.media.pictures import natural_key
from core.messages import Message

_NUMBERED = re.compile(r"(.+?)[_\-. ](\d+)")
NO_SIZES: Mapping[Path, tuple[int, int]] = MappingProxyType({})


_EXPORTED = re.compile(r"(_(jpg|jpeg|png|bmp|webp))?\.rf\.[0-9A-Za-z]{8,64}$")
"""What Roboflow puts behind the name that a picture had."""


def original_stem(stem: str) -> str:
    """The name that a picture had before it was exported."""
    return _EXPORTED.sub("", stem)


def flat_name(frame: WrittenFrame) -> str:
    """What the frame's files are called, without ending."""
    return f"{frame.clip.name}_{frame.name}"


def clips_of_files(
    files: Iterable[Path],
    notes: ReadNotes,
    numbers: str = "",
    known_sizes: Mapping[Path, tuple[int, int]] = NO_SIZES,
) -> dict[str, dict[str, Path]]:
    """Clip name to frame name to picture. Pictures that differ in size are no clip: each is one of its own.

    Pictures that have nothing but a number for a name are the clip `numbers`, or no clip without it. A picture that
    cannot be read is left out and named in `notes`. `known_sizes` are those of files that are no pictures themselves.
    """
    groups: defaultdict[str, list[tuple[str, Path]]] = defaultdict(list)
    for path in files:
        stem = original_stem(path.stem)
        if numbers and stem.isdecimal():
            groups[numbers].append((stem, path))
            continue
        match = _NUMBERED.fullmatch(stem)
        groups[match[1] if match else path.stem].append((match[2] if match else "0", path))
    clips: dict[str, dict[str, Path]] = {}
    sizes: dict[Path, tuple[int, int]] = {}
    for name, group in sorted(groups.items()):
        frames = [
            (frame, path)
            for frame, path in group
            if (size := known_sizes.get(path) or _size(path, notes)) and (sizes.setdefault(path, size))
        ]
        # several pictures of one number are not one frame
        if len({sizes[path] for _, path in frames}) == 1 and len({frame for frame, _ in frames}) == len(frames):
            clips[name] = dict(sorted(frames, key=lambda one: (natural_key(one[0]), one[0])))
        else:
            clips.update({path.stem: {"0": path} for _, path in sorted(frames)})
    return clips


def _size(path: Path, notes: ReadNotes) -> tuple[int, int] | None:
    try:
        return picture_size(path)
    except DatasetError as error:
        notes.remark(Message("picture left out: {error}", error=error))
        return None
