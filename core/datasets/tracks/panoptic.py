"""COCO's panoptic layout, of pictures and of videos (VPS, VIPSeg): a picture of ids a frame, and a JSON that says what
each id is. Read only.

An id is red + 256 green + 65536 blue. In videos the same id is the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from core.datasets.annotators.annotated_pictures import AnnotatedPicture, clips_of_pictures
from core.datasets.clips import AnnotatedClip, class_name
from core.datasets.files import flagged, read_json
from core.datasets.layouts.coco_reader import frames_size, id_of, size_of, split_of
from core.datasets.polygons import mask_patch
from core.datasets.reading.inner_paths import PictureFinder
from core.datasets.reading.json_kinds import files_of_kind
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.shapes import Shape, ShapeClip, ShapeFrame, annotated_clip, check_drawn, with_pictures
from core.errors import DAMAGE_ERRORS, DatasetError
from core.masks import Patch
from core.messages import Message

Entry = dict[str, Any]
Size = tuple[int, int]

_MASKS = ("panomasksRGB", "panoptic_masks", "masks", "annotations", "panoptic")
_PICTURES = ("images", "JPEGImages", "imgs")


def read_panoptic(
    root: Path, wanted: Container[str] | None = None, notes: ReadNotes | None = None
) -> Iterator[AnnotatedClip]:
    """The clips of a folder (or of one .json file); `wanted` are the only names to read.

    What cannot be read is left out, and named in `notes`. Raises DatasetError if there is no such dataset.
    """
    notes = notes or ReadNotes()
    root = Path(root)
    files = files_of_kind(root, "panoptic")
    if not files:
        raise DatasetError("{root}: no panoptic dataset; expected a .json with 'segments_info' in it.", root=root)
    folder = root.parent if root.is_file() else root
    for path in files:
        index = read_json(path)
        if isinstance(index, dict) and isinstance(index.get("annotations"), list):
            yield from _Index(folder, path, index, notes).clips(wanted)
        else:
            notes.leave_out(folder, "index", Message("it has no list of annotations"), path.name)


class _Index:
    """One .json file."""

    def __init__(self, root: Path, path: Path, index: Entry, notes: ReadNotes) -> None:
        self._path, self._index, self._notes = path, index, notes
        self._finder = PictureFinder(root)
        self._split = split_of(path.stem) or split_of(path.parent.name)
        self._classes = {
            id_of(one.get("id")): class_name(one.get("name") or "") for one in _entries(index, "categories")
        }
        beside = path.parent.relative_to(root).as_posix()
        parts = (path.stem, self._split, path.stem.removeprefix("panoptic_"))
        self._mask_hints = [f"{lead}{name}" for lead in ("", f"{beside}/") for name in (path.stem, *_MASKS)]
        self._picture_hints = [*_PICTURES, *(f"{one}/{part}" for one in _PICTURES for part in parts), *parts[1:]]

    def clips(self, wanted: Container[str] | None) -> Iterator[AnnotatedClip]:
        videos = {id_of(one.get("video_id", one.get("id"))): one for one in _entries(self._index, "videos")}
        found: dict[Path, AnnotatedPicture] = {}
        images = {id_of(one.get("id")): one for one in _entries(self._index, "images")}
        for entry in _entries(self._index, "annotations"):
            if isinstance(entry.get("annotations"), list):
                name = str(entry.get("video_id"))
                if wanted is None or name in wanted:
                    with self._notes.leaving_out("clip", name):
                        yield self._video(name, entry, videos.get(id_of(entry.get("video_id")), {}))
                continue
            image = images.get(id_of(entry.get("image_id")), {})
            name = str(image.get("file_name") or f"{Path(str(entry.get('file_name'))).stem}.jpg")
            picture = self._finder.find(name, self._picture_hints)
            if picture is None:
                self._notes.leave_out(self._path, "picture", Message("it is not in the dataset"), name)
                continue
            shapes = self._shapes(entry, "", tracked=False)
            if shapes is not None:
                found[picture] = AnnotatedPicture(size_of(image), shapes, len(shapes))
        yield from clips_of_pictures(self._path, found, self._split, wanted, self._notes)

    def _video(self, name: str, entry: Entry, video: Entry) -> AnnotatedClip:
        images = {id_of(one.get("id")): one for one in _entries(video, "images")}
        frames = []
        for one in _entries(entry, "annotations"):
            image = images.get(id_of(one.get("image_id")), {})
            file_name = str(image.get("file_name") or f"{Path(str(one.get('file_name'))).stem}.jpg")
            folders = [f"{hint}/{name}" for hint in self._picture_hints]
            picture = self._finder.find(Path(file_name).name, [*folders, name])
            shapes = self._shapes(one, name, tracked=True)
            if picture is None or picture.parent.name != name:
                self._notes.leave_out(
                    self._path, "frame", Message("there is no such picture in the dataset"), f"{name}/{file_name}"
                )
            elif shapes is not None:
                frames.append(ShapeFrame(picture.stem, picture, shapes))
        frames = sorted(with_pictures(frames, None, self._path, self._notes), key=lambda frame: frame.name)
        if not any(frame.shapes for frame in frames):
            raise DatasetError("{path}: nothing of '{name}' can be read.", path=self._path, name=name)
        return annotated_clip(ShapeClip(name, frames_size(frames), frames, self._path, self._split), self._notes)

    def _shapes(self, entry: Entry, video: str, tracked: bool) -> list[Shape] | None:
        """What a picture of ids holds; None, with a note, where there is none."""
        file_name = str(entry.get("file_name") or "")
        folders = [f"{hint}/{video}" for hint in self._mask_hints] if video else self._mask_hints
        file = self._finder.find(f"{Path(file_name).stem}.png", folders)
        if file is None:
            self._notes.leave_out(self._path, "mask", Message("there is no such picture in the dataset"), file_name)
            return None
        read = lru_cache(1)(partial(_ids, file))
        found = []
        for segment in _entries(entry, "segments_info"):
            item = Message("{name}, segment {number}", name=file_name, number=segment.get("id"))
            if flagged(segment.get("iscrowd")):
                self._notes.leave_out(self._path, "annotation", Message("a crowd, which is not one object"), item)
                continue
            number = id_of(segment.get("id"))
            category = id_of(segment.get("category_id"))
            label = self._classes.get(category, f"category {category}")
            found.append(Shape(label, partial(_draw, read, number), item, number if tracked else None))
        return found


def _entries(index: Entry, key: str) -> list[Entry]:
    found = index.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _draw(read: Callable[[], NDArray[np.int64]], number: Any, size: Size) -> Patch:
    ids = read()
    check_drawn(ids, size)
    return mask_patch(ids == number)


def _ids(path: Path) -> NDArray[np.int64]:
    """The ids, (H, W) int64. Raises ValueError if the picture cannot be read."""
    try:
        with PillowImage.open(path) as picture:
            if picture.mode in ("L", "P") or picture.mode.startswith("I"):
                return np.array(picture, np.int64)
            pixels = np.array(picture.convert("RGB")).astype(np.int64)
    except (*DAMAGE_ERRORS, PillowImage.DecompressionBombError) as error:
        raise ValueError(Message("its picture of ids cannot be read")) from error
    return np.asarray(pixels[..., 0] + (pixels[..., 1] << 8) + (pixels[..., 2] << 16), np.int64)
