"""Detects which layout a folder has, by files that only this layout has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from core.datasets.annotators.cvat_reader import is_cvat, xml_files
from core.datasets.annotators.supervisely import supervisely_folders
from core.datasets.annotators.supervisely_video import video_folders
from core.datasets.files import subfolders
from core.datasets.layouts.coco_reader import index_files
from core.datasets.layouts.davis import annotation_folders, lists_one_object
from core.datasets.layouts.mots import challenge_files, mots_folders
from core.datasets.layouts.yolo_reader import has_lines, index_file
from core.datasets.mark import marked_format
from core.datasets.reading.json_kinds import TRACK_INDICES, json_files, json_kind
from core.datasets.reading.mask_folders import object_video_folders, pair_folders

_LOOKED_AT = 8
"""So many files are opened to see what they are."""
_PARTS = ("train", "valid", "test", "")


def detect_format(folder: Path) -> str | None:
    """The name of the layout that a folder (or one index in it) has; None if it has none."""
    if folder.is_file():
        if folder.suffix.lower() == ".xml":
            return "cvat-video" if is_cvat(folder) else None
        return json_kind(folder) if folder.suffix.lower() in (".json", ".ndjson") else None
    name = marked_format(folder)
    if name in ("davis", "davis-2016", "coco-polygons") or name in _SIGNS:
        return name
    if object_video_folders(folder):
        return "object-folders"
    # without an index, only the names of its folders identify the layout
    found = next((name for name, has in _SIGNS.items() if has(folder)), None)
    found = found or _kind_below(folder) or ("yolo" if has_lines(folder) else None)
    return found or ("object-folders" if pair_folders(folder) else None)


def dataset_root(folder: Path) -> Path:
    """The folder, or the only one in it, or in that, where that has a layout: archives unpack into such."""
    inner = folder
    for _ in range(3):
        if inner.is_file() or detect_format(inner) is not None:
            return inner
        below = [path for path in subfolders(inner) if path.name != "__MACOSX"]
        if len(below) != 1:
            break
        inner = below[0]
    return folder


def _is_yolo(folder: Path) -> bool:
    return index_file(folder) is not None or ((folder / "classes.txt").is_file() and (folder / "labels").is_dir())


def _is_youtube_vos(folder: Path) -> bool:
    return any(
        (folder / part / "Annotations").is_dir() and (part or (folder / "meta.json").is_file()) for part in _PARTS
    )


def _is_davis(folder: Path) -> bool:
    return any(map(subfolders, annotation_folders(folder))) and not _is_davis_2016(folder)


def _is_davis_2016(folder: Path) -> bool:
    return (folder / "Annotations").is_dir() and lists_one_object(folder)


def _json(kind: str) -> Callable[[Path], bool]:
    return lambda folder: any(json_kind(path) == kind for path in index_files(folder)[:_LOOKED_AT])


def _is_labelme(folder: Path) -> bool:
    return any(json_kind(path) == "labelme" for path in islice(json_files(folder), _LOOKED_AT))


def _kind_below(folder: Path) -> str | None:
    """The layout of indices that may lie in any folder."""
    kinds = map(json_kind, islice(json_files(folder), _LOOKED_AT))
    return next((kind for kind in kinds if kind in TRACK_INDICES), None)


_SIGNS: Mapping[str, Callable[[Path], bool]] = {
    "yolo": _is_yolo,
    "voc": lambda folder: (folder / "SegmentationClass").is_dir(),
    "youtube-vos": _is_youtube_vos,
    "cvat-video": lambda folder: bool(xml_files(folder)),
    "mots": lambda folder: bool(mots_folders(folder) or challenge_files(folder)),
    "supervisely": lambda folder: bool(supervisely_folders(folder) or video_folders(folder)),
    "label-studio": lambda folder: any(json_kind(path) == "label-studio" for path in folder.glob("*.json")),
    "youtube-vis": _json("youtube-vis"),
    "coco": _json("coco"),
    "labelme": _is_labelme,
    "davis-2016": _is_davis_2016,
    "davis": _is_davis,
}
"""Signs of the layouts in the order in which they are tried: the most specific comes first."""
