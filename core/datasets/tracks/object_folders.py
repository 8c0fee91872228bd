"""Masks beside their pictures, in folders that no index describes.

SA-V and SAM 2: `JPEGImages/VIDEO/00000.jpg` and `Annotations/VIDEO/OBJECT/00000.png`. Pictures: `images/a.jpg` and
`masks/a.png`, with or without a folder for each video or part, or `a.jpg` and `a_mask.png` with `_classes.csv`, as
Roboflow writes them; black and white, or with a number or colour for each object. Read only.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Hashable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from core.datasets.annotators.annotated_pictures import AnnotatedPicture, clips_of_pictures
from core.datasets.clips import MASK_ENDINGS, PICTURE_ENDINGS, AnnotatedClip, class_name
from core.datasets.files import files_by_stem, read_text, subfolders
from core.datasets.layouts.coco_reader import frames_size, id_of, split_of
from core.datasets.polygons import mask_patch
from core.datasets.reading.mask_folders import masks_of, object_video_folders, pair_folders
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_drawn, with_pictures
from core.errors import DatasetError, MaskError
from core.masks import MaskReader, Patch, present_ids
from core.messages import Message, message_of

Size = tuple[int, int]

_CLASSES = "_classes.csv"
_LOOKED_AT = 8


def read_object_folders(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a folder; `wanted` are the only names to read.

    What cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    videos, pairs = object_video_folders(root), pair_folders(root)
    if not videos and not pairs:
        raise DatasetError(
            "{root}: no masks beside pictures; expected folders such as 'images' and 'masks', with files of the same "
            "names, in it.",
            root=root,
        )
    for frames, videos_masks in videos:
        for masks in subfolders(videos_masks):
            if wanted is None or masks.name in wanted:
                with notes.leaving_out("clip", masks.name):
                    yield _video(frames / masks.name, masks, split_of(frames.parent.name), notes)
    for pictures, masks in pairs:
        found = {}
        known = files_by_stem(pictures, *PICTURE_ENDINGS)
        files = masks_of(pictures, masks)
        maps = _Maps(files.values()) if _hold_several(files.values()) else None
        for stem, mask in files.items():
            if stem in known:
                shapes = maps.shapes(mask, notes) if maps else [_shape(mask, mask.name)]
                found[known[stem]] = AnnotatedPicture(None, shapes, 1 if shapes or not maps else 0)
            else:
                notes.leave_out(masks, "mask", Message("there is no picture for it"), mask.name)
        if masks != pictures and masks.name == pictures.name:
            # the frames of a video, of which some may have no mask
            found |= {path: AnnotatedPicture(None, [], 1) for path in known.values() if path not in found}
        yield from clips_of_pictures(pictures, found, split_of(pictures.parent.name), wanted, notes)


def _hold_several(masks: Collection[Path]) -> bool:
    """Whether one of the first masks has more than one object: then the numbers in them tell objects or classes."""
    reader = MaskReader()
    for mask in islice(masks, _LOOKED_AT):
        with suppress(MaskError):
            if len(present_ids(reader.labels(mask))) > 1:
                return True
    return False


def _class_names(path: Path) -> dict[int, str]:
    """The classes by number in a list of lines such as `1, dog`; empty where there is none."""
    found = {}
    for line in read_text(path).splitlines() if path.is_file() else ():
        number, _, name = line.partition(",")
        if number.strip().isdecimal() and name.strip():
            found[int(number)] = class_name(name.strip())
    return found


class _Maps:
    """Masks of several objects: what has one number, or one colour, is one object on all pictures of a clip."""

    def __init__(self, masks: Collection[Path]) -> None:
        self._reader = MaskReader(pictures=tuple(masks))
        self._names = _class_names(next(iter(masks)).parent / _CLASSES)
        self._labels = lru_cache(maxsize=2)(self._reader.labels)

    def shapes(self, mask: Path, notes: ReadNotes) -> list[Shape]:
        """A shape for each object of a mask."""
        with notes.leaving_out("mask", mask.name):
            return [self._shape(mask, number) for number in sorted(present_ids(self._labels(mask)))]
        return []

    def _shape(self, mask: Path, number: int) -> Shape:
        name = self._names.get(number, class_name(""))
        return Shape(name, partial(self._draw, mask, number), f"{mask.name}, {number}", number, number)

    def _draw(self, mask: Path, number: int, size: Size) -> Patch:
        labels = self._labels(mask)
        check_drawn(labels, size)
        return mask_patch(labels == number)


def _video(pictures: Path, masks: Path, split: str, notes: ReadNotes) -> AnnotatedClip:
    objects: Mapping[str, dict[str, Path]] = {
        folder.name: files_by_stem(folder, *MASK_ENDINGS) for folder in subfolders(masks)
    }
    annotated = {stem for files in objects.values() for stem in files}
    known = files_by_stem(pictures, *PICTURE_ENDINGS)
    for stem in sorted(annotated - known.keys()):
        notes.leave_out(masks, "frame", Message("there is no picture of it"), stem)
    frames = []
    for stem, picture in known.items():
        shapes = [
            _shape(files[stem], f"{name}/{files[stem].name}", id_of(name))
            for name, files in objects.items()
            if stem in files
        ]
        frames.append(ShapeFrame(stem, picture, shapes, annotated=stem in annotated))
    frames = with_pictures(frames, None, masks, notes)
    if not any(frame.shapes for frame in frames):
        raise DatasetError("{path}: nothing of '{name}' can be read.", path=masks.parent, name=masks.name)
    clip = ShapeClip(masks.name, frames_size(frames), frames, masks, split, True)
    return annotated_clip(clip, notes)


def _shape(mask: Path, item: str, track: Hashable = None) -> Shape:
    return Shape(class_name(""), partial(_draw, mask), item, track)


def _draw(path: Path, size: Size) -> Patch:
    try:
        labels = MaskReader().labels(path, size)
    except MaskError as error:
        raise ValueError(message_of(error)) from error
    if len(present_ids(labels)) > 1:
        raise ValueError(Message("it has several objects, where one is expected"))
    return mask_patch(labels > 0)
