"""Pictures with shapes of one annotation program, made into clips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.datasets.clips import AnnotatedClip, picture_size
from core.datasets.layouts.flat import clips_of_files
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, size_mismatch
from core.errors import DatasetError
from core.messages import Message

Size = tuple[int, int]


@dataclass
class AnnotatedPicture:
    """A picture with its shapes, and the size that the export states."""

    size: Size | None
    shapes: list[Shape] = field(default_factory=list)
    entries: int = 0


def clips_of_pictures(
    source: Path, pictures: dict[Path, AnnotatedPicture], split: str, wanted: Container[str] | None, notes: ReadNotes
) -> Iterator[AnnotatedClip]:
    """The clips among `pictures`: numbered ones of one size. `source` is what notes and errors name."""
    by_folder: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in pictures:
        by_folder[path.parent].append(path)
    for folder, files in by_folder.items():
        for name, frames in clips_of_files(files, notes, numbers=folder.resolve().name).items():
            if wanted is None or name in wanted:
                with notes.leaving_out("clip", name):
                    found = {frame: (path, pictures[path]) for frame, path in frames.items()}
                    yield _clip(source, name, found, split, notes)


def _clip(
    source: Path, name: str, pictures: dict[str, tuple[Path, AnnotatedPicture]], split: str, notes: ReadNotes
) -> AnnotatedClip:
    size = picture_size(next(path for path, _ in pictures.values()))
    frames = []
    for frame, (path, found) in pictures.items():
        fits = found.size in (None, size)
        if not fits and found.size is not None:
            notes.leave_out(source, "picture", size_mismatch(size, found.size), path.name)
        known = fits and (bool(found.shapes) or not found.entries)
        frames.append(ShapeFrame(frame, path, found.shapes if fits else [], annotated=known))
    if not any(frame.annotated for frame in frames):
        raise DatasetError("{path}: no shape of clip '{name}' is an area.", path=source, name=name)
    return annotated_clip(ShapeClip(name, size, frames, source, split), notes)


def corners_of(points: Any) -> NDArray[np.float64]:
    """(N, 2) corners of an outline. Raises ValueError, with the text to report, for fewer than three."""
    corners = np.array(points, np.float64)
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise ValueError(Message("it has fewer than three corners"))
    return corners


def stated_size(width: Any, height: Any) -> Size | None:
    """The size that an entry states, if it states one."""
    return (width, height) if isinstance(width, int) and isinstance(height, int) else None
