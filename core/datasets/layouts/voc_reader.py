"""Reading PASCAL VOC segmentation pictures: those of the challenge, ours, and CVAT's "segmentation mask 1.1".

    ROOT/labelmap.txt       of CVAT: lines NAME:RED,GREEN,BLUE:PARTS:ACTIONS, the colour of each class
    ROOT/class_names.txt    of others: a class a line, by number

Pictures are read by their colours; without labelmap.txt the colours are those of the challenge, which are numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.datasets.clips import PICTURE_ENDINGS, SPLITS, AnnotatedClip, class_name
from core.datasets.files import files_by_stem, read_text
from core.datasets.layouts.flat import clips_of_files
from core.datasets.layouts.voc_writer import BACKGROUND, CLASS_NAMES
from core.datasets.polygons import mask_patch
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_drawn, check_size
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.masks.colours import davis_palette
from core.messages import Message
from core.types import MAX_OBJECT_ID

VOC_CLASSES = (
    *("aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog"),
    *("horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor"),
)
"""The classes of the challenge, from 1 on."""

Colours = NDArray[np.uint32]
"""(H, W) colours as 0xRRGGBB."""

_LABEL_MAP = "labelmap.txt"
_NO_CLASS = frozenset({BACKGROUND, "background", "__ignore__", "ignored"})
_ERRORS = (*DAMAGE_ERRORS, ValueError, Image.DecompressionBombError)


def read_voc(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of the folder; `wanted` are the only names to read.

    A colour of SegmentationObject is one object of its clip, if it has the same class on all frames; else objects are
    counted by picture there, and are linked by overlap. Without SegmentationObject each class is one object. What
    cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    class_files = files_by_stem(root / "SegmentationClass", ".png")
    if not class_files:
        raise DatasetError(
            "{root}: no PASCAL VOC dataset; expected a folder 'SegmentationClass' with .png in it.", root=root
        )
    object_files = files_by_stem(root / "SegmentationObject", ".png")
    pictures = files_by_stem(root / "JPEGImages", *PICTURE_ENDINGS)
    for name in sorted(set(class_files) - set(pictures)):
        notes.leave_out(
            root / "SegmentationClass", "mask", Message("there is no picture for it in JPEGImages"), f"{name}.png"
        )
    if object_files:
        for name in sorted((set(class_files) & set(pictures)) - set(object_files)):
            notes.leave_out(root / "SegmentationObject", "mask", Message("there is no such file"), f"{name}.png")
            del class_files[name]
    classes = _Classes.of(root, notes)
    splits = _splits(root, notes)
    annotated = [pictures[name] for name in class_files if name in pictures]
    for clip, frames in clips_of_files(annotated, notes).items():
        if wanted is None or clip in wanted:
            with notes.leaving_out("clip", clip):
                reader = _Clip(root, clip, frames, class_files, object_files or class_files, classes, notes)
                yield reader.read(splits.get(next(iter(frames.values())).stem, ""))


@dataclass(frozen=True)
class _Classes:
    """Class names by colour; `palettes`: a palette index is a class whatever its colour, as without labelmap.txt."""

    names: Mapping[int, str]
    empty: frozenset[int]
    """Colours that are no class: the background, and void."""
    palettes: bool

    @staticmethod
    def of(root: Path, notes: ReadNotes) -> _Classes:
        path = root / _LABEL_MAP
        numbers = [int(value) for value in _NUMBERS]
        void = frozenset({0, numbers[255]})
        if not path.is_file():
            names = _class_names(root)
            return _Classes(dict(zip(numbers[1:255], names, strict=False)), void, palettes=True)
        found: dict[int, str] = {}
        empty = {0}
        listed = 0
        for number, line in enumerate(read_text(path).splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            name, _, rest = line.strip().partition(":")
            values = rest.split(":")[0].split(",")
            if name and values == [""]:
                # Datumaro writes no colours where they are those of the challenge, by number
                colour = numbers[min(listed, 254)]
                values = [str(colour >> 16), str(colour >> 8 & 255), str(colour & 255)]
            listed += 1
            if not name or len(values) != 3 or not all(value.strip().isdecimal() for value in values):
                notes.leave_out(
                    path, "line", Message("it is not NAME:RED,GREEN,BLUE::"), Message("line {number}", number=number)
                )
                continue
            red, green, blue = (min(int(value), 255) for value in values)
            if name.lower() in _NO_CLASS:
                empty.add(red << 16 | green << 8 | blue)
            else:
                found[red << 16 | green << 8 | blue] = class_name(name)
        return _Classes(found, frozenset(empty | (void - set(found))), palettes=False)


class _Clip:
    """The frames of one clip on their way to shapes: which colours are on which frame, and of which class."""

    def __init__(
        self,
        root: Path,
        name: str,
        pictures: Mapping[str, Path],
        class_files: Mapping[str, Path],
        object_files: Mapping[str, Path],
        classes: _Classes,
        notes: ReadNotes,
    ) -> None:
        self._root, self._name, self._classes, self._notes = root, name, classes, notes
        self._pictures = pictures
        self._colours = lru_cache(maxsize=2)(partial(read_colours, indices=classes.palettes))
        self._files = {frame: (object_files[path.stem], class_files[path.stem]) for frame, path in pictures.items()}

    def read(self, split: str) -> AnnotatedClip:
        """The clip. Raises DatasetError if nothing of it can be read."""
        found: dict[str, dict[int, str]] = {}
        size = (0, 0)
        for frame, (object_file, class_file) in self._files.items():
            with self._notes.leaving_out("mask", object_file.name):
                colours, labels = self._colours(object_file), self._colours(class_file)
                if colours.shape != labels.shape:
                    raise DatasetError(
                        "{object_file}: is not of the size of {class_file}.",
                        object_file=object_file,
                        class_file=class_file,
                    )
                size = colours.shape[1], colours.shape[0]
                found[frame] = self._objects(colours, labels)
        check_size(size, Message("{path}: the masks of clip '{name}'", path=self._root, name=self._name))
        seen: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for objects in found.values():
            for colour, name in objects.items():
                seen[colour][name] += 1
        by_picture = any(len(names) > 1 for names in seen.values())
        ids = self._ids(sorted(seen))
        frames = [
            ShapeFrame(
                frame,
                path,
                [
                    Shape(
                        name,
                        partial(self._draw, self._files[frame][0], colour),
                        f"{path.stem}, colour {colour:06x}",
                        track=None if by_picture else colour,
                        object_id=None if by_picture else ids.get(colour),
                    )
                    for colour, name in found.get(frame, {}).items()
                ],
                annotated=frame in found,
            )
            for frame, path in self._pictures.items()
        ]
        return annotated_clip(
            ShapeClip(self._name, size, frames, self._root / "SegmentationObject", split), self._notes
        )

    def _objects(self, colours: Colours, labels: Colours) -> dict[int, str]:
        """The class of each colour of a frame: the one that most of its pixels have."""
        found = {}
        for colour in sorted(map(int, np.unique(colours)), key=_number):
            if colour == 0 or (colour in self._classes.empty and self._classes.palettes):
                continue
            kinds, counts = np.unique(labels[colours == colour], return_counts=True)
            votes = {int(kind): int(count) for kind, count in zip(kinds, counts, strict=True)}
            for kind in self._classes.empty:
                votes.pop(kind, None)
            if votes:
                label = max(votes, key=lambda kind: votes[kind])
                found[colour] = self._classes.names.get(label) or self._unnamed(label)
        return found

    def _unnamed(self, label: int) -> str:
        number = _number(label)
        name = f"class {number}" if number <= MAX_OBJECT_ID else f"class {label:06x}"
        self._notes.happened(self._root, "class", Message("that no list names"), name)
        return name

    def _ids(self, colours: list[int]) -> dict[int, int]:
        """Palette colours are their indices; where there are others, colours are counted."""
        known = {colour: _number(colour) for colour in colours}
        return known if all(number <= MAX_OBJECT_ID for number in known.values()) else {}

    def _draw(self, path: Path, colour: int, size: tuple[int, int]) -> Patch:
        colours = self._colours(path)
        check_drawn(colours, size)
        return mask_patch(colours == colour)


def read_colours(path: Path, indices: bool) -> Colours:
    """The colours of a picture, see-through pixels black. With `indices` those of a palette or grey picture are
    numbers, which stand for the colours of the challenge. Raises DatasetError, naming the file.
    """
    try:
        with Image.open(path) as picture:
            check_size(picture.size, Message("{path}: the pixels", path=path))
            picture.load()
            if indices and picture.mode in ("P", "L", "1"):
                return np.take(_NUMBERS, np.array(picture, np.uint8))
            pixels = np.array(picture.convert("RGBA"))
    except _ERRORS as error:
        raise DatasetError(
            "{path}: the picture is damaged or cannot be read ({error}).", path=path, error=error
        ) from error
    return np.where(pixels[..., 3] >= 128, _packed(pixels), np.uint32(0))


def _packed(pixels: NDArray[np.uint8]) -> Colours:
    red, green, blue = (pixels[..., channel].astype(np.uint32) for channel in range(3))
    return np.asarray(red << 16 | green << 8 | blue, np.uint32)


_NUMBERS = _packed(davis_palette()[None])[0]
"""The colour of each number in the challenge."""
_NUMBER_OF = {int(colour): number for number, colour in enumerate(_NUMBERS)}


def _number(colour: int) -> int:
    """The colour's number in the challenge; for others a larger one."""
    return _NUMBER_OF.get(colour, colour + len(_NUMBER_OF))


def _class_names(root: Path) -> list[str]:
    path = root / CLASS_NAMES
    if not path.is_file():
        return list(VOC_CLASSES)
    lines = [line.strip() for line in read_text(path).splitlines()]
    return [class_name(line) for line in lines if line and line not in _NO_CLASS]


def _splits(root: Path, notes: ReadNotes) -> dict[str, str]:
    found: dict[str, str] = {}
    for split in SPLITS:
        path = root / "ImageSets" / "Segmentation" / f"{split}.txt"
        if path.is_file():
            with notes.leaving_out("list", path.name):
                found.update(dict.fromkeys(read_text(path).split(), split))
    return found
