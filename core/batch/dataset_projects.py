"""Clips of a dataset as projects, to look at them and correct them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import PIL.Image

from core.datasets.clips import AnnotatedClip
from core.datasets.formats import DATASET_FORMATS, dataset_root, detect_format
from core.datasets.reading.inner_paths import is_plain_name
from core.datasets.reading.notes import ReadNotes
from core.errors import CancelledError, DatasetError
from core.files import staged_folder
from core.jobs import CancelToken, Progress, ProgressClock
from core.media import fingerprint, open_video
from core.media.pictures import natural_key
from core.messages import Message
from core.outputs import check_database_name
from core.project import Project, VideoReference, replacement, spare_sources
from core.project.annotated import FIELDS_SETTING
from core.types import PROJECT_SUFFIX, FrameResult

_TEXT = "Read dataset"


def read_clips(
    folder: Path, format_name: str | None, wanted: Sequence[str] | None, notes: ReadNotes
) -> list[AnnotatedClip]:
    """The clips of a dataset, of the layout that it has if none is named; what is left out is listed in `notes`.

    Raises DatasetError if one that is wanted, or any, is not there.
    """
    if not folder.exists():
        raise DatasetError("{folder}: there is no such folder.", folder=folder)
    folder = dataset_root(folder)
    found = detect_format(folder)
    name = format_name or found
    if name is None:
        raise DatasetError(
            "{folder}: no dataset whose layout is known ({known}). Choose the folder that holds its pictures and "
            "masks, or name its layout; nearly every annotation program can export COCO.",
            folder=folder,
            known=", ".join(DATASET_FORMATS),
        )
    kind = DATASET_FORMATS[name]
    try:
        clips = list(kind.read(folder, None if wanted is None else set(wanted), notes))
    except DatasetError as error:
        if found in (None, name):
            raise
        raise DatasetError(
            "{error} It looks like {title} ('{found}').", error=error, title=DATASET_FORMATS[found].title, found=found
        ) from error
    lacking = sorted(set(wanted or ()) - {clip.name for clip in clips})
    if lacking:
        known = ", ".join(clip.name for clip in kind.read(folder, None))
        notes_text = " ".join(["", *notes.lines()[:3]])
        raise DatasetError(
            "{folder}: there is no clip '{lacking}'; there are: {known}.{notes_text}",
            folder=folder,
            lacking=lacking[0],
            known=known or "none",
            notes_text=notes_text,
        )
    if not clips:
        raise DatasetError("{folder}: there is no clip in it.", folder=folder)
    return clips


@dataclass(frozen=True)
class PartCounts:
    """What a part of a dataset holds: "train", "val"; "" where the layout has no parts."""

    clips: tuple[str, ...]
    frames: int
    annotated: int
    objects: int


@dataclass(frozen=True)
class Survey:
    """A summary of a dataset before it is imported. `layout` is its title."""

    layout: Message
    parts: Mapping[str, PartCounts]
    notes: ReadNotes


def survey(folder: Path) -> Survey:
    """Looks through a dataset of any known layout. Raises DatasetError if there is nothing to read."""
    notes = ReadNotes()
    clips = read_clips(folder, None, None, notes)
    found = detect_format(dataset_root(folder))
    assert found is not None
    parts: dict[str, list[AnnotatedClip]] = {}
    for clip in clips:
        parts.setdefault(clip.split, []).append(clip)
    counts = {
        part: PartCounts(
            tuple(clip.name for clip in some),
            sum(len(clip.frame_names) for clip in some),
            sum(len(clip.annotated) for clip in some),
            sum(len(clip.objects) for clip in some),
        )
        for part, some in parts.items()
    }
    return Survey(DATASET_FORMATS[found].title, counts, notes)


def read_into_projects(
    clips: Sequence[AnnotatedClip], source: Path, out: Path, overwrite: bool, cancel: CancelToken, notes: ReadNotes
) -> Iterator[tuple[Path, Progress]]:
    """Makes a project of each clip of the dataset at `source`, yielding after each frame.

    It is `out` itself if that ends in .roto, else a file in that folder.

    Each project appears when it is complete. Frames that turn out to be damaged are left out and named in `notes`.
    Raises DatasetError if a path is taken or one file cannot hold all clips,
    CancelledError once `cancel` is set, with the projects finished so far in place.
    """
    if out.suffix == PROJECT_SUFFIX:
        if len(clips) > 1:
            names = ", ".join(clip.name for clip in clips[:8]) + (", ..." if len(clips) > 8 else "")
            raise DatasetError(
                "{out}: a project holds one clip, and there are {count}; choose one: {names}.",
                out=out,
                count=len(clips),
                names=names,
            )
        targets = [out]
    else:
        for clip in clips:
            # names come from others' files: nothing may be written outside of the folder that was requested
            if not is_plain_name(clip.name):
                raise DatasetError("'{name}' cannot be the name of a project's file.", name=clip.name)
        targets = [out / f"{clip.name}{PROJECT_SUFFIX}" for clip in clips]
    files = [clip.picture_file(0) for clip in clips if clip.frame_names]
    spare_sources(targets, [source, *(file.parent for file in files if file is not None)])
    for target in targets:
        check_database_name(target)
        if target.is_dir():
            raise DatasetError("{target}: a folder; a project is one file. Name another file.", target=target)
        if target.exists() and not overwrite:
            raise DatasetError(
                "{target}: this project exists. Name another path, or allow replacing it.", target=target
            )
    clock, done = ProgressClock(sum(len(clip.annotated) for clip in clips)), 0
    for clip, target in zip(clips, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacement(target) as part:
            for _ in _fill(clip, part, _pictures(clip, target, cancel), cancel, notes):
                done += 1
                yield target, clock.step(done)


def _fill(clip: AnnotatedClip, path: Path, pictures: Path, cancel: CancelToken, notes: ReadNotes) -> Iterator[None]:
    with open_video(pictures) as video:
        mark, count, size = fingerprint(pictures), video.frame_count, video.size
    if size != clip.size:
        raise DatasetError(
            "{pictures}: the pictures are {width} x {height}, their masks {size}.",
            pictures=pictures,
            width=size[0],
            height=size[1],
            size=clip.size,
        )
    reference = VideoReference(pictures.resolve(), mark.size_bytes, mark.head_hash)
    with Project.create(path, reference, count, size) as project:
        names = _object_names(clip)
        for one in clip.objects:
            track = project.objects.add(names[one.object_id], object_id=one.object_id)
            project.objects.update(replace(track, class_label=one.class_label))
        if kept := clip.fields.as_json():
            project.settings.set(FIELDS_SETTING, kept)
        absent = {one.object_id: 1.0 for one in clip.objects}
        for frame_index in clip.annotated:
            if cancel.cancelled:
                raise CancelledError("Cancelled; finished projects are kept.")
            labels = None
            with notes.leaving_out("frame", f"{clip.name}, {clip.frame_names[frame_index]}"):
                labels = clip.labels(frame_index)
            if labels is None:
                pass
            elif labels.any():
                project.masks.import_labels(frame_index, labels, _TEXT)
            else:
                # nothing to vouch for: stored as a result that says that no object is there
                run = project.runs.begin(_TEXT)
                project.runs.put(run, FrameResult(frame_index, labels, absent))
                project.runs.end(run)
            yield


def _object_names(clip: AnnotatedClip) -> dict[int, str]:
    """The class where it is the only one of its kind, else with the id."""
    classes = [one.class_label for one in clip.objects]
    return {
        one.object_id: one.class_label if classes.count(one.class_label) == 1 else f"{one.class_label} {one.object_id}"
        for one in clip.objects
    }


def _pictures(clip: AnnotatedClip, target: Path, cancel: CancelToken) -> Path:
    """The clip's video, or a folder with its pictures and no others: theirs, or else a copy next to the project."""
    if clip.source is not None:
        return clip.source
    files = [clip.picture_file(frame_index) for frame_index in range(len(clip.frame_names))]
    first = files[0]
    if first is not None and all(file is not None and file.parent == first.parent for file in files):
        stems = [file.stem for file in files if file is not None]
        with open_video(first.parent) as video:
            if [video.frame_name(index) for index in range(video.frame_count)] == stems:
                return first.parent
    names = [clip.frame_names[index] + ".png" if file is None else file.name for index, file in enumerate(files)]
    # in a folder, pictures are in the order of their names
    if len(set(names)) < len(names) or names != sorted(names, key=natural_key) or not all(map(is_plain_name, names)):
        names = [f"{index:05}{Path(name).suffix}" for index, name in enumerate(names)]
    copy = target.with_suffix(".pictures")
    if copy.exists():
        if sorted(path.name for path in copy.iterdir()) == sorted(names):
            return copy  # of an earlier reading
        raise DatasetError("{copy}: exists, and the clip's pictures would go there. Name another project.", copy=copy)
    with staged_folder(copy) as part:
        for index, (name, file) in enumerate(zip(names, files, strict=True)):
            if cancel.cancelled:
                raise CancelledError("Cancelled; finished projects are kept.")
            if file is None:
                PIL.Image.fromarray(clip.picture(index)).save(part / name)
            else:
                shutil.copyfile(file, part / name)
    return copy
