"""The one form that every dataset layout is read into and written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.datasets.fields import SourceFields
from core.datasets.reading.inner_paths import plain_name
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError, MediaError
from core.media import read_image
from core.media.pictures import natural_key, read_head
from core.messages import Message, join, message_of
from core.types import MAX_OBJECT_ID, Image, LabelMap

SPLITS = ("train", "val", "test")
"""The parts of a dataset, in the order in which shares are given."""

DEFAULT_CLASS = "object"
"""The class of an object without a class of its own."""

_LONGEST_CLASS = 200

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".jfif", ".avif", ".jp2", ".tga")
"""Endings of picture files; where two have the same name, the first one counts."""

MASK_ENDINGS = (".png", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".tga", ".exr", ".pgm", ".npy", ".jpg", ".jpeg")
"""Endings of mask pictures; the first of these that a folder has is taken."""


NO_FIELDS = SourceFields()


def class_name(value: object) -> str:
    """What an index calls a class, as one line of text; the default one for nothing at all."""
    text = " ".join("".join(one if one.isprintable() else " " for one in str(value)[:_LONGEST_CLASS]).split())
    return text or DEFAULT_CLASS


@dataclass(frozen=True)
class DatasetObject:
    """One object of a clip: its id in the clip's label maps, 1 to 255, and what it is.

    Raises DatasetError for an id that no label map can hold.
    """

    object_id: int
    class_label: str = DEFAULT_CLASS

    def __post_init__(self) -> None:
        if not 1 <= self.object_id <= MAX_OBJECT_ID:
            raise DatasetError(
                "Object {object_id} ('{class_label}') cannot be read: ids go from 1 to {max_object_id}.",
                object_id=self.object_id,
                class_label=self.class_label,
                max_object_id=MAX_OBJECT_ID,
            )


@dataclass(frozen=True)
class AnnotatedClip:
    """A clip with label maps on some of its frames. Frame indices count the clip's pictures from 0.

    `labels(i)` gives (H, W) uint8, for the frame indices in `annotated` only; `picture(i)` gives (H, W, 3) uint8 RGB;
    `picture_file(i)` the file that holds exactly that picture, if there is one. `split` is empty where none is known.
    `source` is the video whose frames these are, where the pictures are in one. `fields` is what else an index holds.
    `colours` has the id of each colour (0xRRGGBB) whose object no file gives a number.
    """

    name: str
    size: tuple[int, int]
    objects: tuple[DatasetObject, ...]
    frame_names: tuple[str, ...]
    annotated: tuple[int, ...]
    labels: Callable[[int], LabelMap]
    picture: Callable[[int], Image]
    picture_file: Callable[[int], Path | None] = lambda _index: None
    split: str = ""
    source: Path | None = None
    fields: SourceFields = NO_FIELDS
    colours: Mapping[int, int] = field(default_factory=dict)

    def written_name(self, frame_index: int) -> str:
        """What files of the frame are called: its own name where all names are numbers, else its five-digit index."""
        if all(name.isdecimal() for name in self.frame_names):
            return self.frame_names[frame_index]
        return f"{frame_index:05}"


def clip_of_files(
    name: str,
    pictures: dict[str, Path],
    annotations: dict[str, Path],
    objects: tuple[DatasetObject, ...],
    read_labels: Callable[[Path], LabelMap],
    split: str = "",
    notes: ReadNotes | None = None,
) -> AnnotatedClip:
    """A clip out of picture and annotation files by frame name. A frame is annotated if it has an annotation file.

    Annotations without a picture, or of another size, are left out and named in `notes`. Raises DatasetError, naming
    the file, if no frame is left.
    """
    notes = notes or ReadNotes()
    if not pictures:
        first = next(iter(annotations.values()), name)
        raise DatasetError(
            "{first}: there is no picture for this annotation; clip '{name}' has none.", first=first, name=name
        )
    names = tuple(sorted(pictures, key=lambda frame: (natural_key(frame), frame)))
    files = [pictures[frame] for frame in names]
    size = picture_size(files[0])
    fitting: dict[str, Path] = {}
    for frame, path in annotations.items():
        if frame not in pictures:
            notes.leave_out(path.parent, "annotation", Message("there is no picture for it"), path.name)
            continue
        try:
            own = picture_size(path)
        except DatasetError as error:
            notes.remark(Message("annotation left out: {error}", error=error))
            continue
        if own != size:
            reason = Message(
                "it is {width} x {height}, but the clip is {width2} x {height2}",
                width=own[0],
                height=own[1],
                width2=size[0],
                height2=size[1],
            )
            notes.leave_out(path.parent, "annotation", reason, path.name)
            continue
        fitting[frame] = path
    if not fitting:
        raise DatasetError(
            "clip '{name}': no annotation in it can be read. {lines}", name=name, lines=join(" ", notes.lines()[:2])
        )

    def labels(frame_index: int) -> LabelMap:
        path = fitting[names[frame_index]]
        found = read_labels(path)
        if found.shape != (size[1], size[0]):
            raise DatasetError(
                "{path}: the annotation is {width} x {height}, but the clip is {width2} x {height2}.",
                path=path,
                width=found.shape[1],
                height=found.shape[0],
                width2=size[0],
                height2=size[1],
            )
        return found

    return AnnotatedClip(
        plain_name(name),
        size,
        objects,
        names,
        tuple(index for index, frame in enumerate(names) if frame in fitting),
        labels,
        lambda frame_index: read_image(files[frame_index]),
        files.__getitem__,
        split,
    )


def picture_size(path: Path) -> tuple[int, int]:
    """(width, height) from a picture's header, upright as the picture is read. Raises DatasetError, naming the file."""
    try:
        return read_head(path).size
    except MediaError as error:
        raise DatasetError(message_of(error)) from error
