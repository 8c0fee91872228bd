"""SA-V: a video with `VIDEO_manual.json` or `VIDEO_auto.json` next to it, in which masks are run lengths. Read only.

Masks are given six times a second, of videos of 24 frames a second: the n-th list is of frame 4 n.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from core.datasets.clips import AnnotatedClip
from core.datasets.files import read_json
from core.datasets.layouts.coco_reader import id_of, split_of
from core.datasets.reading.film import Film
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import draw_segmentation, segmentation_fault
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip
from core.datasets.run_lengths import decode_counts
from core.errors import DatasetError
from core.messages import Message

_ENDINGS = (".mp4", ".mov", ".mkv", ".webm")
_STEPS = (4, 1)
"""Frames from one list of masks to the next: as the dataset has it, and where every frame was annotated."""


def read_sa_v(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The videos of a folder (or of one .json file); `wanted` are the only names to read.

    Of a video with masks by hand and by a program those by hand are read. What cannot be read is left out, and named
    in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "sa-v")
    if not files:
        raise DatasetError("{root}: no SA-V dataset; expected a .json with 'masklet' in it.", root=root)
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(path.stem.removesuffix("_manual").removesuffix("_auto"), []).append(path)
    for name, found in by_name.items():
        if wanted is None or name in wanted:
            # "manual" comes after "auto"
            *others, path = sorted(found)
            for other in others:
                reason = Message("those by hand, in {name}, are read", name=path.name)
                notes.leave_out(other.parent, "index", reason, other.name)
            with notes.leaving_out("clip", name):
                yield _clip(path, name, notes)


def _clip(path: Path, name: str, notes: ReadNotes) -> AnnotatedClip:
    index = read_json(path)
    lists = index.get("masklet") if isinstance(index, dict) else None
    if not isinstance(lists, list) or not lists:
        raise DatasetError("{path}: has no masks.", path=path)
    video = next((one for ending in _ENDINGS if (one := path.with_name(name + ending)).is_file()), None)
    if video is None:
        raise DatasetError("{path}: there is no video {name}.mp4 next to it.", path=path, name=name)
    film = Film(video)
    count, size, names = film.describe()
    step = next((one for one in _STEPS if (count + one - 1) // one == len(lists)), None)
    if step is None:
        raise DatasetError(
            "{path}: {lists} frames with masks do not fit a video of {count} frames; expected one in four, or each.",
            path=path,
            lists=len(lists),
            count=count,
        )
    ids = [id_of(one) for one in index.get("masklet_id") or []]
    frames = []
    for number in range(count):
        masks = lists[number // step] if number % step == 0 else None
        shapes = []
        for position, mask in enumerate(masks if isinstance(masks, list) else []):
            track = ids[position] if position < len(ids) else position
            shape = _shape(mask, track, number, size, path, notes)
            if shape is not None:
                shapes.append(shape)
        frames.append(ShapeFrame(names[number], None, shapes, masks is not None, film.reader(number)))
    if not any(frame.shapes for frame in frames):
        raise DatasetError("{path}: no mask in it can be read.", path=path)
    split = split_of(str(index.get("video_split") or ""))
    return annotated_clip(ShapeClip(name, size, frames, path, split, True, source=video), notes)


def _shape(mask: Any, track: Any, number: int, size: tuple[int, int], path: Path, notes: ReadNotes) -> Shape | None:
    if not mask:
        return None
    item = Message("mask {track}, frame {frame}", track=track, frame=number)
    fault = segmentation_fault(mask, size)
    try:
        if not fault and isinstance(mask["counts"], str) and not decode_counts(mask["counts"])[1::2].any():
            # an object that is not to be seen has a mask without pixels
            return None
    except (TypeError, ValueError):
        fault = Message("its run lengths are damaged")
    if fault:
        notes.leave_out(path, "mask", fault, item)
        return None
    return Shape("", draw_segmentation(mask), item, track)
