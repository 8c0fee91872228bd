"""Black and white masks, one a picture: SA-V's parts for evaluation, and sets of single pictures such as HQSeg-44K.

SA-V: `JPEGImages_24fps/VIDEO/00000.jpg` and `Annotations_6fps/VIDEO/OBJECT/00000.png`. Single pictures: `im/a.jpg` and
`gt/a.png` side by side. Read only.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from core.datasets.annotators.annotated_pictures import AnnotatedPicture, clips_of_pictures
from core.datasets.clips import MASK_ENDINGS, PICTURE_ENDINGS, AnnotatedClip, class_name
from core.datasets.files import files_by_stem, subfolders
from core.datasets.layouts.coco_reader import frames_size, id_of, split_of
from core.datasets.polygons import mask_patch
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, with_pictures
from core.errors import DatasetError, MaskError
from core.masks import MaskReader, Patch, present_ids
from core.messages import Message, message_of

Size = tuple[int, int]

_VIDEOS, _MASKS = "JPEGImages_24fps", "Annotations_6fps"
_PAIRS = (("im", "gt"), ("images", "masks"), ("image", "mask"), ("imgs", "masks"), ("Image", "Mask"))
_MOST_FOLDERS = 64


def object_video_folders(root: Path) -> list[Path]:
    """The folders at or directly below `root` that have SA-V's pictures and masks."""
    return [one for one in (root, *subfolders(root)) if (one / _VIDEOS).is_dir() and (one / _MASKS).is_dir()]


def pair_folders(root: Path) -> list[tuple[Path, Path]]:
    """The (pictures, masks) at `root` or up to two folders below, that have files of the same names."""
    below = [folder for one in subfolders(root) for folder in (one, *subfolders(one))]
    found = []
    for folder in islice((root, *below), _MOST_FOLDERS):
        for pictures, masks in _PAIRS:
            pair = folder / pictures, folder / masks
            if all(one.is_dir() for one in pair) and _has_a_pair(*pair):
                found.append(pair)
                break
    return found


def _has_a_pair(pictures: Path, masks: Path) -> bool:
    return bool(files_by_stem(pictures, *PICTURE_ENDINGS).keys() & files_by_stem(masks, *MASK_ENDINGS).keys())


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
        for stem, mask in files_by_stem(masks, *MASK_ENDINGS).items():
            if stem in known:
                found[known[stem]] = AnnotatedPicture(None, [_shape(mask, mask.name)], 1)
            else:
                notes.leave_out(masks, "mask", Message("there is no picture for it"), mask.name)
        yield from clips_of_pictures(pictures, found, split_of(pictures.parent.name), wanted, notes)


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
