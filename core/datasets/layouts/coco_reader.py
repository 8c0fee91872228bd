"""Reading COCO instances: what `coco_writer` writes, and what others do, with or without videos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from core.datasets.clips import SPLITS, AnnotatedClip, DatasetObject, picture_size
from core.datasets.files import read_json
from core.datasets.linking import Instance, link_instances
from core.datasets.polygons import Mask, fill_polygons
from core.errors import DatasetError
from core.media import read_image
from core.types import MAX_OBJECT_ID, LabelMap

Entry = dict[str, Any]

_MOST_PIXELS = 1 << 28
"""More than any camera's; a fault in the index must not take all memory."""


def read_coco(root: Path, wanted: Container[str] | None = None) -> Iterator[AnnotatedClip]:
    """The clips of a COCO folder (or of one .json file in it); `wanted` are the only names to read.

    Images of one video are a clip; without videos each image is a clip of its own, named after its file. Annotations
    without a track are linked from frame to frame by overlap. Where annotations overlap, the smaller one is in front.
    Raises DatasetError, naming the file, for what is missing or cannot be understood.
    """
    root = Path(root)
    if root.is_file():
        files, root = [root], root.parent.parent if root.parent.name == "annotations" else root.parent
    else:
        files = sorted((root / "annotations").glob("*.json")) or sorted(root.glob("*.json"))
    if not files:
        raise DatasetError(f"{root}: no COCO dataset; expected a folder 'annotations' with .json files in it.")
    for path in files:
        try:
            yield from _Index(root, path, read_json(path)).clips(wanted)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise DatasetError(f"{path}: cannot be understood as COCO instances ({error!r}).") from error


class _Index:
    """One .json file."""

    def __init__(self, root: Path, path: Path, index: Any) -> None:
        if not isinstance(index, dict) or not {"images", "annotations", "categories"} <= set(index):
            raise DatasetError(f"{path}: no COCO instances; expected 'images', 'annotations' and 'categories' in it.")
        self._root, self._path = root, path
        self._split = next((split for split in SPLITS if split in path.stem), "")
        self._classes = {entry["id"]: str(entry["name"]) for entry in index["categories"]}
        self._tracks = {entry["id"]: entry for entry in index.get("tracks", [])}
        self._names = {entry["id"]: str(entry.get("name", entry["id"])) for entry in index.get("videos", [])}
        self._annotations: defaultdict[Any, list[Entry]] = defaultdict(list)
        for entry in index["annotations"]:
            self._annotations[entry["image_id"]].append(entry)
        self._videos: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in index["images"]:
            self._videos[self._clip_name(entry)].append(entry)

    def clips(self, wanted: Container[str] | None) -> Iterator[AnnotatedClip]:
        for name in sorted(self._videos):
            if wanted is None or name in wanted:
                yield self._clip(name, sorted(self._videos[name], key=_order))

    def _clip_name(self, image: Entry) -> str:
        video = image.get("video_id")
        if video is None:
            # the same name may be in several folders
            return Path(image["file_name"]).with_suffix("").as_posix().replace("/", "_")
        # names of videos may be paths, as in TAO
        return self._names.get(video, str(video)).replace("/", "_")

    def _clip(self, name: str, images: list[Entry]) -> AnnotatedClip:
        size = (int(images[0]["width"]), int(images[0]["height"]))
        if min(size) < 1 or size[0] * size[1] > _MOST_PIXELS:
            raise DatasetError(f"{self._path}: the images of '{name}' are {size[0]} x {size[1]}, which makes no sense.")
        for image in images:
            if (image["width"], image["height"]) != size:
                raise DatasetError(f"{self._path}: the images of video '{name}' differ in size.")
        entries = [self._annotations[image["id"]] for image in images]
        ids = self._object_ids(entries, size)
        classes = {
            int(track["object_id"]): self._classes[track["category_id"]]
            for track in self._tracks.values()
            if "object_id" in track and track.get("video_id") == images[0].get("video_id")
        }
        for frame, frame_ids in zip(entries, ids, strict=True):
            for entry, object_id in zip(frame, frame_ids, strict=True):
                classes.setdefault(object_id, self._classes[entry["category_id"]])
        if max(classes, default=1) > MAX_OBJECT_ID:
            raise DatasetError(f"{self._path}: video '{name}' has more than {MAX_OBJECT_ID} objects.")

        def labels(frame_index: int) -> LabelMap:
            found = np.zeros(size[::-1], np.uint8)
            masks = [self._mask(entry, size) for entry in entries[frame_index]]
            for mask, object_id in sorted(
                zip(masks, ids[frame_index], strict=True), key=lambda pair: -int(np.count_nonzero(pair[0]))
            ):
                found[mask] = object_id
            return found

        files = [self._picture(image["file_name"]) for image in images]
        for file in files:
            if (found_size := picture_size(file)) != size:
                raise DatasetError(
                    f"{file}: the picture is {found_size[0]} x {found_size[1]}, but {self._path.name} says "
                    f"{size[0]} x {size[1]}."
                )
        stems = [file.stem for file in files]
        return AnnotatedClip(
            name,
            size,
            tuple(DatasetObject(object_id, classes[object_id]) for object_id in sorted(classes)),
            tuple(stems),
            tuple(range(len(images))),
            labels,
            lambda frame_index: read_image(files[frame_index]),
            files.__getitem__,
            self._split,
        )

    def _object_ids(self, entries: list[list[Entry]], size: tuple[int, int]) -> list[list[int]]:
        """An object id for each annotation of each image: ours, else counted by track, else linked by overlap."""
        tracks = [[entry.get("track_id", entry.get("instance_id")) for entry in frame] for frame in entries]
        known: set[Any] = {track for frame in tracks for track in frame}
        if None in known:
            return link_instances(
                [Instance(str(entry["category_id"]), self._mask(entry, size)) for entry in frame] for frame in entries
            )
        if all("object_id" in self._tracks.get(track, {}) for track in known):
            ids = {track: int(self._tracks[track]["object_id"]) for track in known}
        else:
            ids = {track: number for number, track in enumerate(sorted(known), start=1)}
        return [[ids[track] for track in frame] for frame in tracks]

    def _mask(self, entry: Entry, size: tuple[int, int]) -> Mask:
        """The (H, W) bool mask of an annotation."""
        shape = entry.get("segmentation")
        if not isinstance(shape, (list, dict)) or not shape:
            raise DatasetError(f"{self._path}: annotation {entry.get('id')} has no mask ('segmentation'), only a box.")
        try:
            if isinstance(shape, list):
                return fill_polygons((np.asarray(part, np.float64).reshape(-1, 2) for part in shape), size)
            return _counted(shape, size)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise DatasetError(
                f"{self._path}: the mask of annotation {entry.get('id')} cannot be understood ({error})."
            ) from error

    def _picture(self, name: str) -> Path:
        """The picture's file; datasets differ in what the name is relative to."""
        parts = ["images", self._path.stem.split("_")[-1], "", *(f"{split}/JPEGImages" for split in ("train", "valid"))]
        for part in parts:
            if (self._root / part / name).is_file():
                return self._root / part / name
        raise DatasetError(f"{self._root / 'images' / name}: there is no such picture; {self._path.name} names it.")


def _order(image: Entry) -> tuple[int, str]:
    return int(image.get("frame_index", image.get("frame_id")) or 0), str(image["file_name"])


def _counted(shape: Entry, size: tuple[int, int]) -> Mask:
    """The mask of run lengths, compressed (text) or not (a list of numbers)."""
    if list(shape["size"]) != [size[1], size[0]]:
        raise ValueError(f"it is {shape['size'][1]} x {shape['size'][0]}, but the image is {size[0]} x {size[1]}")
    counts = shape["counts"]
    if isinstance(counts, list):
        if sum(counts) != size[0] * size[1] or min(counts) < 0:
            raise ValueError("its runs do not add up to the image")
        flat = np.repeat(np.arange(len(counts)) % 2 == 1, counts)
        return np.ascontiguousarray(flat.reshape(size[0], size[1]).T)
    from pycocotools import mask as runs

    return np.asarray(runs.decode(shape), bool)
