"""What `check` looks at: projects, datasets and folders of masks, all as annotated clips."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.cli.project_clips import ProjectClips
from core.datasets.clips import DEFAULT_CLASS, AnnotatedClip, DatasetObject
from core.datasets.formats import DATASET_FORMATS, detect_format
from core.errors import DatasetError
from core.masks import present_ids, read_mask
from core.media.pictures import natural_key
from core.types import LabelMap


@dataclass(frozen=True)
class CheckedClip:
    """A clip with the names of its objects by id. `has_pictures`: `clip.picture` shows more than grey."""

    clip: AnnotatedClip
    names: dict[int, str]
    has_pictures: bool = True
    one_object: bool = False
    """All objects are one, as in DAVIS 2016."""


@contextmanager
def open_checked(path: Path, format_name: str | None = None) -> Iterator[list[CheckedClip]]:
    """The clips at `path`: a project, a dataset of `format_name` (else of the layout that it has), a folder of masks or
    of folders of masks. Raises DatasetError if it is none of these, and what reading raises.
    """
    if path.is_file():
        with ProjectClips() as projects:
            yield [CheckedClip(projects.clip(path, []), projects.names())]
        return
    if not path.is_dir():
        raise DatasetError(f"{path}: there is no such project or folder.")
    name = format_name or detect_format(path)
    if name is not None:
        clips = list(DATASET_FORMATS[name].read(path, None))
        if not clips:
            raise DatasetError(f"{path}: there is no clip in it.")
        yield [CheckedClip(clip, _names(clip), one_object=DATASET_FORMATS[name].one_object) for clip in clips]
        return
    folders = [path] if any(path.glob("*.png")) else sorted(one for one in path.iterdir() if any(one.glob("*.png")))
    if not folders:
        raise DatasetError(f"{path}: no project, no dataset whose layout is known, and no masks (*.png) in it.")
    found = [_mask_folder(folder) for folder in folders]
    yield [CheckedClip(clip, _names(clip), has_pictures=False) for clip in found]


def matched_frames(clip: AnnotatedClip, truth: AnnotatedClip) -> dict[int, int]:
    """Frame index of the truth by that of the clip, for the annotated frames of both, by their names.

    Where no name fits, by what their files would be called. Raises DatasetError if there is no frame of both.
    """
    for name_of in (lambda one, index: one.frame_names[index], AnnotatedClip.written_name):
        theirs = {_key(name_of(truth, index)): index for index in truth.annotated}
        found = {index: theirs[key] for index in clip.annotated if (key := _key(name_of(clip, index))) in theirs}
        if found:
            return found
    raise DatasetError(f"Clip '{clip.name}': none of its frames is in the truth; their names must be the same.")


def merged(checked: CheckedClip) -> CheckedClip:
    """The clip with all objects as one."""
    clip = checked.clip
    return replace(
        checked,
        clip=replace(
            clip,
            objects=(DatasetObject(1),),
            labels=lambda frame_index: (clip.labels(frame_index) > 0).astype(np.uint8),
        ),
        names={1: DEFAULT_CLASS},
        one_object=True,
    )


def _key(name: str) -> str:
    return str(int(name)) if name.isdecimal() else name


def _names(clip: AnnotatedClip) -> dict[int, str]:
    classes = [one.class_label for one in clip.objects]
    return {
        one.object_id: one.class_label
        if classes.count(one.class_label) == 1 and one.class_label != DEFAULT_CLASS
        else f"{one.class_label} {one.object_id}"
        for one in clip.objects
    }


def _mask_folder(folder: Path) -> AnnotatedClip:
    """A folder of masks, one a frame, without pictures."""
    files = sorted(folder.glob("*.png"), key=lambda path: (natural_key(path.name), path.name))
    size: tuple[int, int] | None = None
    ids: set[int] = set()
    for file in files:
        labels = read_mask(file, size)
        size = (labels.shape[1], labels.shape[0])
        ids |= present_ids(labels)
    assert size is not None

    def read(frame_index: int) -> LabelMap:
        return read_mask(files[frame_index], size)

    grey = np.full((size[1], size[0], 3), 96, np.uint8)
    return AnnotatedClip(
        folder.resolve().name,
        size,
        tuple(DatasetObject(object_id) for object_id in sorted(ids)),
        tuple(file.stem for file in files),
        tuple(range(len(files))),
        read,
        lambda _frame_index: grey,
    )
