"""Clips out of outlines and masks that were given one by one: which of them are one object, and which is in front."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.clips import AnnotatedClip, DatasetObject, class_name, picture_size
from core.datasets.fields import SourceFields
from core.datasets.reading.inner_paths import plain_name
from core.datasets.reading.linking import Painted, link_instances
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError
from core.masks import Patch
from core.media import read_image
from core.messages import Message, message_of
from core.types import MAX_OBJECT_ID, Image, LabelMap

Size = tuple[int, int]

MOST_PIXELS = 1 << 28
"""More than any camera's; a fault in an index must not take all memory."""
_HIDDEN = 0.1
"""A shape that loses a larger share than this to those in front of it is reported."""


@dataclass(frozen=True)
class Shape:
    """One annotation of one frame. `draw((width, height))` gives its pixels; it may raise ValueError saying why not.

    `track` is equal for the same object on all frames (or parts of it on one), None where nobody knows; `object_id` is
    its id if it came with one. What has the higher `layer` is in front. `item` is what notes call it. `area`
    gives its approximate size, in any unit, to choose among too many; without it they are drawn for that.
    """

    class_label: str
    draw: Callable[[Size], Patch]
    item: str
    track: Hashable = None
    object_id: int | None = None
    layer: float = 0.0
    area: float | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ShapeFrame:
    """A frame with its shapes in the order of the file. Without `annotated` nothing is known of it.

    Its picture is a file, or is read by `picture`.
    """

    name: str
    file: Path | None
    shapes: Sequence[Shape]
    annotated: bool = True
    picture: Callable[[], Image] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ShapeClip:
    """A clip before its objects are known. `path` is the file that notes name; `smaller_in_front`: else the later."""

    name: str
    size: Size
    frames: Sequence[ShapeFrame]
    path: Path
    split: str = ""
    smaller_in_front: bool = False
    source: Path | None = None
    dataset_fields: Mapping[str, Any] = field(default_factory=dict)
    clip_fields: Mapping[str, Any] = field(default_factory=dict)


def annotated_clip(clip: ShapeClip, notes: ReadNotes) -> AnnotatedClip:
    """The clip with object ids: those that the shapes came with, else counted by track, else linked by overlap.

    Raises DatasetError if there is no frame, a size that no picture has, or annotations that cannot be read at all.
    """
    if not clip.frames:
        raise DatasetError("{path}: clip '{name}' has no picture.", path=clip.path, name=clip.name)
    check_size(clip.size, Message("{path}: the pictures of '{name}'", path=clip.path, name=clip.name))
    frames = [replace(frame, shapes=_fewer(clip, frame, notes)) for frame in clip.frames]
    shapes = [shape for frame in frames for shape in frame.shapes]
    if shapes and all(_drawn(clip, shape, notes) is None for shape in shapes):
        raise DatasetError("{path}: no annotation of clip '{name}' can be read.", path=clip.path, name=clip.name)
    keys = _keys(clip, frames, notes)
    ids = _ids(clip, frames, keys, notes)
    classes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    masks: dict[tuple[int, int], Mapping[str, Any]] = {}
    for index, (frame, frame_ids) in enumerate(zip(frames, ids, strict=True)):
        for shape, object_id in zip(frame.shapes, frame_ids, strict=True):
            if object_id:
                classes[object_id][shape.class_label] += 1
                if shape.fields:
                    masks.setdefault((index, object_id), shape.fields)

    def labels(frame_index: int) -> LabelMap:
        return _paint(clip, frames[frame_index], ids[frame_index], notes)

    def picture(frame_index: int) -> Image:
        frame = frames[frame_index]
        if frame.picture is not None:
            return frame.picture()
        if frame.file is None:
            raise DatasetError("{path}: there is no picture of frame '{name}'.", path=clip.path, name=frame.name)
        return read_image(frame.file)

    return AnnotatedClip(
        plain_name(clip.name),
        clip.size,
        tuple(DatasetObject(key, class_name(classes[key].most_common(1)[0][0])) for key in sorted(classes)),
        tuple(frame.name for frame in frames),
        tuple(index for index, frame in enumerate(frames) if frame.annotated),
        labels,
        picture,
        lambda frame_index: frames[frame_index].file,
        clip.split,
        clip.source,
        SourceFields(
            clip.dataset_fields,
            clip.clip_fields,
            {index: frame.fields for index, frame in enumerate(frames) if frame.fields},
            masks,
        ),
    )


def check_size(size: Size, what: Message) -> None:
    """Raises DatasetError for a size that no picture has."""
    if min(size) < 1 or size[0] * size[1] > MOST_PIXELS:
        raise DatasetError(
            "{what} are {width} x {height}, which makes no sense.", what=what, width=size[0], height=size[1]
        )


def check_drawn(values: np.ndarray, size: Size) -> None:
    """Raises ValueError, with the text to report, where a picture of ids (H, W) is not of the clip's size."""
    if values.shape != size[::-1]:
        raise ValueError(
            Message(
                "it is {width} x {height}, not {width2} x {height2}",
                width=values.shape[1],
                height=values.shape[0],
                width2=size[0],
                height2=size[1],
            )
        )


def size_mismatch(own: Size, stated: tuple[int | None, int | None]) -> Message:
    """Why a picture is left out whose size is not what its entry says."""
    return Message(
        "it is {width} x {height}, not {width2} x {height2} as stated",
        width=own[0],
        height=own[1],
        width2=stated[0],
        height2=stated[1],
    )


def with_pictures(frames: Sequence[ShapeFrame], size: Size | None, path: Path, notes: ReadNotes) -> list[ShapeFrame]:
    """The frames whose picture can be read and is of `size`, or of the size that most have."""
    sizes: dict[Path, Size] = {}
    for frame in frames:
        if frame.file is not None:
            try:
                sizes[frame.file] = picture_size(frame.file)
            except DatasetError as error:
                notes.remark(Message("picture left out: {error}", error=error))
    if size is None and sizes:
        size = Counter(sizes.values()).most_common(1)[0][0]
    found = []
    for frame in frames:
        own = sizes.get(frame.file) if frame.file is not None else None
        if frame.file is None or own == size:
            found.append(frame)
        elif own is not None and size is not None:
            notes.leave_out(path, "picture", size_mismatch(own, size), frame.file.name)
    return found


def _fewer(clip: ShapeClip, frame: ShapeFrame, notes: ReadNotes) -> Sequence[Shape]:
    """The frame's shapes, or the largest of them where there are more than a label map has ids."""
    if len(frame.shapes) <= MAX_OBJECT_ID or len({_track(shape) for shape in frame.shapes}) <= MAX_OBJECT_ID:
        return frame.shapes
    pixels = [shape.area if shape.area is not None else _pixels(clip, shape, notes) for shape in frame.shapes]
    ranked = sorted(range(len(pixels)), key=lambda index: -pixels[index])
    for index in ranked[MAX_OBJECT_ID:]:
        reason = Message(
            "more than {max_object_id} objects on frame '{name}', of which the largest are read",
            max_object_id=MAX_OBJECT_ID,
            name=frame.name,
        )
        notes.leave_out(clip.path, "annotation", reason, frame.shapes[index].item)
    return [frame.shapes[index] for index in sorted(ranked[:MAX_OBJECT_ID])]


def _track(shape: Shape) -> Hashable:
    return shape.track if shape.track is not None else id(shape)


def _pixels(clip: ShapeClip, shape: Shape, notes: ReadNotes) -> int:
    patch = _drawn(clip, shape, notes)
    return int(np.count_nonzero(patch.mask)) if patch is not None else -1


def _keys(clip: ShapeClip, frames: Sequence[ShapeFrame], notes: ReadNotes) -> list[list[Hashable]]:
    """The key of each shape's object; None for a shape that has no pixel."""
    # a track id that two classes have on one frame is counted by class
    by_class = any(
        len({shape.class_label for shape in frame.shapes if shape.track == track}) > 1
        for frame in frames
        for track, count in Counter(shape.track for shape in frame.shapes if shape.track is not None).items()
        if count > 1
    )
    loose = [[shape for shape in frame.shapes if shape.track is None] for frame in frames]
    if sum(map(bool, loose)) < 2:  # nothing to link it to
        linked = [list(range(1, len(shapes) + 1)) for shapes in loose]
    else:
        linked = link_instances(
            Painted(
                [shape.class_label for shape in shapes],
                _paint(clip, replace(frame, shapes=shapes), list(range(1, len(shapes) + 1)), notes),
            )
            for frame, shapes in zip(frames, loose, strict=True)
        )
    keys: list[list[Hashable]] = []
    for frame, numbers in zip(frames, linked, strict=True):
        rest = iter(numbers)
        keys.append(
            [
                ("track", shape.track, shape.class_label if by_class else "")
                if shape.track is not None
                else (("link", number) if (number := next(rest)) else None)
                for shape in frame.shapes
            ]
        )
    return keys


def _ids(
    clip: ShapeClip, frames: Sequence[ShapeFrame], keys: list[list[Hashable]], notes: ReadNotes
) -> list[list[int]]:
    """Object ids, 1 to 255; 0 for what is left out."""
    given: dict[Hashable, int | None] = {}
    counts: Counter[Hashable] = Counter()
    items: dict[Hashable, str] = {}
    for frame, frame_keys in zip(frames, keys, strict=True):
        for shape, key in zip(frame.shapes, frame_keys, strict=True):
            if key is not None:
                given.setdefault(key, shape.object_id)
                counts[key] += 1
                items.setdefault(key, shape.item)
    numbers = list(given.values())
    # what came from JSON may be `true`, which counts as 1 and is no index
    valid = all(type(number) is int and 1 <= number <= MAX_OBJECT_ID for number in numbers)
    if valid and len(set(numbers)) == len(numbers):
        ids = {key: number or 0 for key, number in given.items()}
    else:
        order = sorted(given, key=_order)
        if len(order) > MAX_OBJECT_ID:
            kept = set(sorted(order, key=lambda key: -counts[key])[:MAX_OBJECT_ID])
            for key in order:
                if key not in kept:
                    reason = Message(
                        "clip '{name}' has more than {max_object_id}, of which those on most frames are read",
                        name=clip.name,
                        max_object_id=MAX_OBJECT_ID,
                    )
                    notes.leave_out(clip.path, "object", reason, items[key])
            order = [key for key in order if key in kept]
        ids = {key: number for number, key in enumerate(order, start=1)}
    return [[ids.get(key, 0) for key in frame_keys] for frame_keys in keys]


def _order(key: Hashable) -> tuple[bool, bool, float, str, str]:
    kind, value, *rest = key if isinstance(key, tuple) else ("", key)
    number = float(value) if isinstance(value, (int, float)) else 0.0
    return kind == "link", not isinstance(value, (int, float)), number, str(value), str(rest)


def _paint(clip: ShapeClip, frame: ShapeFrame, ids: Sequence[int], notes: ReadNotes) -> LabelMap:
    found = np.zeros(clip.size[::-1], np.uint8)
    drawn: list[tuple[Shape, int, Patch, int]] = []
    for shape, object_id in zip(frame.shapes, ids, strict=True):
        patch = _drawn(clip, shape, notes) if object_id else None
        if patch is not None:
            drawn.append((shape, object_id, patch, int(np.count_nonzero(patch.mask))))
    drawn.sort(key=lambda one: (one[0].layer, -one[3] if clip.smaller_in_front else 0))
    pixels: Counter[int] = Counter()
    for _, object_id, patch, count in drawn:
        before = found[patch.box.slices]
        pixels[object_id] += count - int(np.count_nonzero(before[patch.mask] == object_id))
        before[patch.mask] = object_id
    left = np.bincount(found.ravel(), minlength=MAX_OBJECT_ID + 1)
    if any(left[object_id] < (1 - _HIDDEN) * count for object_id, count in pixels.items()):
        front = Message("the smaller one") if clip.smaller_in_front else Message("the later one")
        notes.happened(
            clip.path,
            "frame",
            Message("with objects over each other, of which {front} is in front", front=front),
            frame.name,
        )
    return found


def _drawn(clip: ShapeClip, shape: Shape, notes: ReadNotes) -> Patch | None:
    """The shape's pixels; None, with a note, if it has none or cannot be understood."""
    try:
        patch = shape.draw(clip.size)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError) as error:
        reason = message_of(error) if isinstance(error, ValueError) else Message("it cannot be understood")
        notes.leave_out(clip.path, "annotation", reason, shape.item)
        return None
    if patch.empty:
        notes.leave_out(clip.path, "annotation", Message("no pixel of it lies in the picture"), shape.item)
        return None
    return patch
