"""Clips of a dataset as projects, to look at them and correct them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.cli.projects import PROJECT_SUFFIX
from core.datasets.clips import AnnotatedClip
from core.errors import CancelledError, DatasetError
from core.files import LONGEST_ENDING, check_name, spare_inputs, staged_folder
from core.jobs import CancelToken, Progress, ProgressClock
from core.media import fingerprint, open_video
from core.media.pictures import natural_key
from core.project import Project, VideoReference, replacement
from core.types import FrameResult

_TEXT = "Read dataset"


def read_into_projects(
    clips: Sequence[AnnotatedClip], source: Path, out: Path, overwrite: bool, cancel: CancelToken
) -> Iterator[tuple[Path, Progress]]:
    """Makes a project of each clip of the dataset at `source`, yielding after each frame.

    It is `out` itself if that ends in .roto, else a file in that folder.

    Each project appears when it is complete. Raises DatasetError if a place is taken or one file cannot hold all clips,
    CancelledError once `cancel` is set, with the projects finished so far in place.
    """
    if out.suffix == PROJECT_SUFFIX:
        if len(clips) > 1:
            names = ", ".join(clip.name for clip in clips[:8]) + (", ..." if len(clips) > 8 else "")
            raise DatasetError(f"{out}: a project holds one clip, and there are {len(clips)}; choose one: {names}.")
        targets = [out]
    else:
        targets = [out / f"{clip.name}{PROJECT_SUFFIX}" for clip in clips]
    files = [clip.picture_file(0) for clip in clips if clip.frame_names]
    spare_inputs(targets, [source, *(file.parent for file in files if file is not None)])
    for target in targets:
        check_name(target, room=LONGEST_ENDING)
        if target.is_dir():
            raise DatasetError(f"{target}: a folder; a project is one file. Name another file.")
        if target.exists() and not overwrite:
            raise DatasetError(f"{target}: this project exists. Name another one, or replace it with --overwrite.")
    clock, done = ProgressClock(sum(len(clip.annotated) for clip in clips)), 0
    for clip, target in zip(clips, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacement(target) as part:
            for _ in _fill(clip, part, _pictures(clip, target), cancel):
                done += 1
                yield target, clock.step(done)


def _fill(clip: AnnotatedClip, path: Path, pictures: Path, cancel: CancelToken) -> Iterator[None]:
    with open_video(pictures) as video:
        mark, count, size = fingerprint(pictures), video.frame_count, video.size
    if size != clip.size:
        raise DatasetError(f"{pictures}: the pictures are {size[0]} x {size[1]}, their masks {clip.size}.")
    reference = VideoReference(pictures.resolve(), mark.size_bytes, mark.head_hash)
    with Project.create(path, reference, count, size) as project:
        names = _object_names(clip)
        for one in clip.objects:
            track = project.add_object(names[one.object_id], object_id=one.object_id)
            project.update_object(replace(track, class_label=one.class_label))
        absent = {one.object_id: 1.0 for one in clip.objects}
        for frame_index in clip.annotated:
            if cancel.cancelled:
                raise CancelledError("Cancelled; finished projects are kept.")
            labels = clip.labels(frame_index)
            if labels.any():
                project.import_labels(frame_index, labels, _TEXT)
            else:
                # nothing to vouch for: stored as a result that says that no object is there
                run = project.begin_run(_TEXT)
                project.put(run, FrameResult(frame_index, labels, absent))
                project.end_run(run)
            yield


def _object_names(clip: AnnotatedClip) -> dict[int, str]:
    """The class where it is the only one of its kind, else with the id."""
    classes = [one.class_label for one in clip.objects]
    return {
        one.object_id: one.class_label if classes.count(one.class_label) == 1 else f"{one.class_label} {one.object_id}"
        for one in clip.objects
    }


def _pictures(clip: AnnotatedClip, target: Path) -> Path:
    """A folder with the clip's pictures and no others: theirs, or else a copy beside the project."""
    files = [clip.picture_file(frame_index) for frame_index in range(len(clip.frame_names))]
    if any(file is None for file in files):
        raise DatasetError(f"Clip '{clip.name}' has no picture files.")
    paths = [file for file in files if file is not None]
    names = [path.name for path in paths]
    with open_video(paths[0].parent) as video:
        if [video.frame_name(index) for index in range(video.frame_count)] == [path.stem for path in paths]:
            return paths[0].parent
    if names != sorted(names, key=natural_key):  # in a folder, pictures are in the order of their names
        names = [f"{index:05}{path.suffix}" for index, path in enumerate(paths)]
    copy = target.with_suffix(".pictures")
    if copy.exists():
        if sorted(path.name for path in copy.iterdir()) == sorted(names):
            return copy  # of an earlier reading
        raise DatasetError(f"{copy}: exists, and the clip's pictures would go there. Name another project.")
    with staged_folder(copy) as part:
        for name, path in zip(names, paths, strict=True):
            shutil.copyfile(path, part / name)
    return copy
