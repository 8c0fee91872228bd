"""The one form that every dataset layout is read into and written from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import PIL.Image

from core.errors import DatasetError
from core.media import read_image
from core.media.pictures import natural_key
from core.types import MAX_OBJECT_ID, Image, LabelMap

SPLITS = ("train", "val", "test")
"""The parts of a dataset, in the order in which shares are given."""

DEFAULT_CLASS = "object"
"""The class of an object of which nobody said what it is."""


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
                f"Object {self.object_id} ('{self.class_label}') cannot be read: ids go from 1 to {MAX_OBJECT_ID}."
            )


@dataclass(frozen=True)
class AnnotatedClip:
    """A clip with label maps on some of its frames. Frame indices count the clip's pictures from 0.

    `labels(i)` gives (H, W) uint8, for the frame indices in `annotated` only; `picture(i)` gives (H, W, 3) uint8 RGB;
    `picture_file(i)` the file that holds exactly that picture, if there is one. `split` is empty where none is known.
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
) -> AnnotatedClip:
    """A clip out of picture and annotation files by frame name. A frame is annotated if it has an annotation file.

    Raises DatasetError, naming the file, if an annotation has no picture, or there is no picture.
    """
    lacking = sorted(set(annotations) - set(pictures))
    if lacking:
        raise DatasetError(f"{annotations[lacking[0]]}: there is no picture for this annotation in clip '{name}'.")
    if not pictures:
        raise DatasetError(f"Clip '{name}' has no picture.")
    names = tuple(sorted(pictures, key=lambda frame: (natural_key(frame), frame)))
    files = [pictures[frame] for frame in names]
    size = picture_size(files[0])

    def labels(frame_index: int) -> LabelMap:
        path = annotations[names[frame_index]]
        found = read_labels(path)
        if found.shape != (size[1], size[0]):
            raise DatasetError(
                f"{path}: the annotation is {found.shape[1]} x {found.shape[0]}, but the clip is {size[0]} x {size[1]}."
            )
        return found

    return AnnotatedClip(
        name,
        size,
        objects,
        names,
        tuple(index for index, frame in enumerate(names) if frame in annotations),
        labels,
        lambda frame_index: read_image(files[frame_index]),
        files.__getitem__,
        split,
    )


def picture_size(path: Path) -> tuple[int, int]:
    """(width, height) from a picture's header. Raises DatasetError, naming the file."""
    try:
        with PIL.Image.open(path) as picture:
            return picture.size
    except OSError as error:
        raise DatasetError(f"{path}: no picture that can be read ({error.strerror or error}).") from error
