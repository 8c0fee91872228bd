"""Writing a dataset as a whole: checked first, written next to its target, counted, moved there when it is complete."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.datasets.card import CARD, CardText, DatasetCounts, dataset_card
from core.datasets.clips import SPLITS, AnnotatedClip
from core.datasets.formats import DATASET_FORMATS, DatasetFormat
from core.datasets.mark import marked_files, write_mark
from core.datasets.reading.notes import ReadNotes
from core.datasets.splits import assign_splits
from core.datasets.writer import DatasetPlan, DatasetWriter, WrittenFrame, consecutive_ids, merged_objects
from core.errors import CancelledError, DatasetError, MaskError
from core.files import (
    is_vacant,
    kept_folder,
    make_folders,
    partial_path,
    readable_name,
    remove_empty,
    replace_path,
)
from core.jobs import CancelToken, Progress, ProgressClock
from core.messages import join
from core.outputs import check_name
from core.types import MAX_OBJECT_ID, LabelMap

_NO_TEXT = re.compile("[\ud800-\udfff]+")
"""Bytes of a name that are no UTF-8."""


@dataclass(frozen=True)
class DatasetSettings:
    """How a dataset is to be written."""

    format: str
    """A name in `core.datasets.formats`."""
    ratios: Sequence[float] | None = None
    """Ratios of train, val and test; None keeps the parts that the clips came with, train where there is none."""
    seed: int = 0
    """Decides which clips go to which part."""
    every: int = 1
    """Takes each n-th annotated frame of a clip."""
    overwrite: bool = False
    """Whether a dataset that was written here may be replaced."""
    title: str = ""
    """The title on the dataset card."""
    licence: str = ""
    """The licence on the dataset card."""
    tolerance: float = 0.0
    """How far polygons may leave the edge, in pixels."""


def write_dataset(
    clips: Sequence[AnnotatedClip],
    folder: Path,
    settings: DatasetSettings,
    cancel: CancelToken,
    notes: ReadNotes | None = None,
) -> Generator[Progress, None, DatasetCounts]:
    """Writes the clips as a dataset to `folder`, yielding after each frame; returns what is in it.

    The folder appears when all of it is written: an error, or CancelledError once `cancel` is set, leaves nothing.
    Raises DatasetError, naming the file or clip, also if the folder holds something already; with `settings.overwrite`
    it replaces a dataset that was made here, and nothing else. OutputError if the disk cannot hold such a name. With
    `notes`, as for clips that are read from another dataset, damaged frames are left out and reported there.
    """
    folder = Path(folder)
    chosen = DATASET_FORMATS.get(settings.format)
    if chosen is None:
        raise DatasetError(
            "'{format}' is no format; there are: {dataset_formats}.",
            format=settings.format,
            dataset_formats=", ".join(DATASET_FORMATS),
        )
    if chosen.writer is None:
        writable = ", ".join(name for name, kind in DATASET_FORMATS.items() if kind.writer)
        raise DatasetError(
            "'{format}' can only be read; there are to write: {writable}.", format=settings.format, writable=writable
        )
    if settings.every < 1:
        raise DatasetError("Every {every}th frame makes no sense; expected 1 or more.", every=settings.every)
    check_target(folder, settings.overwrite)
    plan = _plan([_named(clip) for clip in clips], settings, chosen)
    check_name(folder)
    made: list[Path] = []
    hidden = ""
    try:
        made = make_folders(folder.parent)
        with partial_path(folder.parent) as staged:
            hidden = str(staged)
            with kept_folder(staged):
                counts = DatasetCounts()
                yield from _write(chosen.writer(staged, plan), plan, settings.every, counts, cancel, notes)
                seed = None if settings.ratios is None else settings.seed
                text = CardText(
                    readable_name(settings.title or folder.name),
                    chosen.title,
                    plan.classes,
                    readable_name(settings.licence),
                    seed,
                    settings.every,
                )
                (staged / CARD).write_text(dataset_card(text, counts), encoding="utf-8")
                write_mark(staged, settings.format)
            check_target(folder, settings.overwrite)
            replace_path(staged, folder)
        return counts
    except (OSError, MaskError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        # of a file that is copied, the first name is the one that is read
        path = str(getattr(error, "filename2", None) or getattr(error, "filename", None) or folder)
        if hidden:
            path = path.replace(hidden, str(folder))
            reason = reason if isinstance(reason, str) else str(reason).replace(hidden, str(folder))
        raise DatasetError(
            "{path}: cannot be written ({reason}); nothing was left.", path=path, reason=reason
        ) from error
    finally:
        remove_empty(made)


def check_target(folder: Path, overwrite: bool) -> None:
    """Raises DatasetError if a dataset may not be written to `folder`; changes nothing."""
    if folder.exists() and not folder.is_dir():
        raise DatasetError(
            "{folder}: a file where a folder should be; name another folder for the dataset.", folder=folder
        )
    if not folder.is_dir() or is_vacant(folder):
        return
    if not overwrite:
        raise DatasetError(
            "{folder}: this folder is not empty. Name another one, or allow it to be replaced.", folder=folder
        )
    own = marked_files(folder)
    if own is None:
        raise DatasetError(
            "{folder}: was not written as a dataset here, so it is not replaced. Name another folder.", folder=folder
        )
    for path in sorted(folder.rglob("*")):
        if (path.is_symlink() or not path.is_dir()) and path.relative_to(folder).as_posix() not in own:
            raise DatasetError(
                "{path}: was not written with the dataset, which is therefore not replaced. Move it away, or "
                "name another folder.",
                path=path,
            )


def _named(clip: AnnotatedClip) -> AnnotatedClip:
    """The clip with a name that an index can hold: bytes that are no text are left out of it."""
    return replace(clip, name=_NO_TEXT.sub("_", clip.name))


def _plan(clips: Sequence[AnnotatedClip], settings: DatasetSettings, chosen: DatasetFormat) -> DatasetPlan:
    if not clips:
        raise DatasetError("There is no clip to write.")
    names = [clip.name for clip in clips]
    counts = Counter(names)
    for clip in clips:
        if counts[clip.name] > 1:
            raise DatasetError("Two clips are called '{name}'; rename one of the projects.", name=clip.name)
        if not clip.name or clip.name.startswith(".") or set(clip.name) & set('/\\:*?"<>|\n\t'):
            raise DatasetError("'{name}' cannot be the name of a clip's files; rename the project.", name=clip.name)
        if not clip.annotated:
            raise DatasetError("Clip '{name}': no frame has a mask yet.", name=clip.name)
    # pictures without an object belong into a dataset, but not alone
    if not any(clip.objects for clip in clips):
        raise DatasetError("Clip '{name}': there is no object in it.", name=clips[0].name)
    if settings.ratios is None:
        splits = {clip.name: clip.split or "train" for clip in clips}
    else:
        splits = assign_splits(names, settings.ratios, settings.seed)
    if chosen.consecutive_ids:
        for clip in clips:
            if len(clip.objects) >= MAX_OBJECT_ID:  # that value means "void" in these layouts
                raise DatasetError(
                    "Clip '{name}': {count} objects; {title} holds 254.",
                    name=clip.name,
                    count=len(clip.objects),
                    title=chosen.title,
                )
        clips = [consecutive_ids(clip) for clip in clips]
    if chosen.one_object:
        clips = [merged_objects(clip) for clip in clips]
    classes = sorted({one.class_label for clip in clips for one in clip.objects})
    ranked = sorted(clips, key=lambda clip: (SPLITS.index(splits[clip.name]), clip.name))
    return DatasetPlan(ranked, splits, classes, settings.tolerance)


def _write(
    writer: DatasetWriter,
    plan: DatasetPlan,
    every: int,
    counts: DatasetCounts,
    cancel: CancelToken,
    notes: ReadNotes | None,
) -> Generator[Progress, None, None]:
    chosen = {clip.name: clip.annotated[::every] for clip in plan.clips}
    clock, done = ProgressClock(sum(map(len, chosen.values()))), 0
    for clip in plan.clips:
        split = plan.splits[clip.name]
        counts.begin(clip, split)
        known = {0, *(one.object_id for one in clip.objects)}
        for position, frame_index in enumerate(chosen[clip.name]):
            if cancel.cancelled:
                raise CancelledError("Cancelled; nothing was left.")
            labels = _labels(clip, frame_index, notes)
            if labels is None:
                continue
            frame = WrittenFrame(clip, split, frame_index, position, labels)
            unknown = sorted(set(np.unique(labels).tolist()) - known)
            if unknown:
                raise DatasetError(
                    "Clip '{name}', frame {frame}: object {unknown} is in the mask, but not among the clip's objects.",
                    name=clip.name,
                    frame=frame.name,
                    unknown=unknown[0],
                )
            counts.add(frame)
            writer.add(frame)
            done += 1
            yield clock.step(done)
    if not done:
        raise DatasetError("No frame could be read. {lines}", lines=join(" ", notes.lines()[:3] if notes else []))
    writer.finish()


def _labels(clip: AnnotatedClip, frame_index: int, notes: ReadNotes | None) -> LabelMap | None:
    """The masks of a frame; None, with a note, for one that cannot be read."""
    if notes is None:
        return clip.labels(frame_index)
    with notes.leaving_out("frame", f"{clip.name}, {clip.frame_names[frame_index]}"):
        return clip.labels(frame_index)
    return None
