"""Masks beside their pictures: SA-V's parts for evaluation, and sets of single pictures such as HQSeg-44K.

SA-V: `JPEGImages_24fps/VIDEO/00000.jpg` and `Annotations_6fps/VIDEO/OBJECT/00000.png`. Single pictures: `im/a.jpg` and
`gt/a.png` side by side, or `a.jpg` and `a_mask.png` with `_classes.csv`, as Roboflow writes them; black and white, or
with a number or colour for each object. Read only.
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
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_drawn, with_pictures
from core.errors import DatasetError, MaskError
from core.masks import MaskReader, Patch, present_ids
from core.messages import Message, message_of

Size = tuple[int, int]

_VIDEOS, _MASKS = "JPEGImages_24fps", "Annotations_6fps"
_PAIRS = (("im", "gt"), ("images", "masks"), ("image", "mask"), ("imgs", "masks"), ("Image", "Mask"))
_SUFFIX = "_mask"
"""What the names of masks may have more than those of their pictures, in a folder of their own or in the same."""
_CLASSES = "_classes.csv"
_LOOKED_AT = 8
_MOST_FOLDERS = 64


def object_video_folders(root: Path) -> list[Path]:
    """The folders at or directly below `root` that have SA-V's pictures and masks."""
    return [one for one in (root, *subfolders(root)) if (one / _VIDEOS).is_dir() and (one / _MASKS).is_dir()]


def pair_folders(root: Path) -> list[tuple[Path, Path]]:
    """The (pictures, masks) at `root` or up to two folders below, that have files of the same names."""
    below = [folder for one in subfolders(root) for folder in (one, *subfolders(one))]
    found = []
    for folder in islice((root, *below), _MOST_FOLDERS):
        pairs = [(folder / pictures, folder / masks) for pictures, masks in _PAIRS]
        pair = next((one for one in (*pairs, (folder, folder)) if _has_a_pair(*one)), None)
        if pair is not None:
            found.append(pair)
    return found


def _has_a_pair(pictures: Path, masks: Path) -> bool:
    if not pictures.is_dir() or not masks.is_dir():
        return False
    known, stems = (files_by_stem(pictures, *PICTURE_ENDINGS).keys(), files_by_stem(masks, *MASK_ENDINGS).keys())
    plain = known & stems if pictures != masks else ()
    return bool(plain or known & {stem.removesuffix(_SUFFIX) for stem in stems if stem.endswith(_SUFFIX)})


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
            "{root}: no folders of masks by object; expected '{videos}' with '{masks}', or 'im' with 'gt', in it.",
            root=root,
            videos=_VIDEOS,
            masks=_MASKS,
        )
    for folder in videos:
        for masks in subfolders(folder / _MASKS):
            if wanted is None or masks.name in wanted:
                with notes.leaving_out("clip", masks.name):
                    yield _video(folder / _VIDEOS / masks.name, masks, split_of(folder.name), notes)
    for pictures, masks in pairs:
        found = {}
        known = files_by_stem(pictures, *PICTURE_ENDINGS)
        files = {stem.removesuffix(_SUFFIX): path for stem, path in files_by_stem(masks, *MASK_ENDINGS).items()}
        if masks == pictures:
            files = {stem: path for stem, path in files.items() if path.stem != stem}
        maps = _Maps(files.values()) if _hold_several(files.values()) else None
        for stem, mask in files.items():
            if stem in known:
                shapes = maps.shapes(mask, notes) if maps else [_shape(mask, mask.name)]
                found[known[stem]] = AnnotatedPicture(None, shapes, 1 if shapes or not maps else 0)
            else:
                notes.leave_out(masks, "mask", Message("there is no picture for it"), mask.name)
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
