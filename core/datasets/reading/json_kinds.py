"""Which layout a JSON index is of, by its keys, which are looked for without reading it as JSON: it may be large."""

from __future__ import annotations

import codecs
import mmap
from collections.abc import Iterator
from pathlib import Path

TRACK_INDICES = {
    "burst": (b'"sequences"', b'"annotated_image_paths"'),
    "visor": (b'"video_annotations"', b'"segments"'),
    "sa-v": (b'"masklet"', b'"masklet_id"'),
    "panoptic": (b'"segments_info"', b'"annotations"'),
    "cityscapes": (b'"imgHeight"', b'"polygon"'),
    "fiftyone": (b'"samples"', b'"filepath"', b'"_cls"'),
    "labelbox": (b'"data_row"', b'"projects"'),
    "isat": (b'"ISAT"', b'"objects"'),
    "v7": (b'"item"', b'"slots"', b'"annotations"'),
    "vott": (b'"asset"', b'"regions"'),
    "datumaro": (b'"items"', b'"categories"', b'"label_id"'),
    "via": (b'"shape_attributes"', b'"region_attributes"'),
}
"""Keys that only an index of that layout has, all of which it has; such indices may lie in any folder."""


_SUFFIXES = (".json", ".ndjson")


def json_kind(path: Path) -> str | None:
    """The name of the layout that a JSON file is an index of; None if it is of none."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            wide = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
            text = content[:].decode("utf-16", "replace").encode() if wide else content
            if text.find(b'"shapes"') >= 0 and text.find(b'"imagePath"') >= 0:
                return "labelme"
            if text.find(b'"file_names"') >= 0 and text.find(b'"videos"') >= 0:
                return "youtube-vis"
            for kind, keys in TRACK_INDICES.items():
                if all(text.find(key) >= 0 for key in keys):
                    return kind
            listed = text[:64].lstrip().startswith(b"[")
            if listed and text.find(b'"original_width"') >= 0:
                return "label-studio"
            if text.find(b'"annotations"') < 0:
                return None
            if listed and text.find(b'"result"') >= 0:
                return "label-studio"
            one_picture = text.find(b'"image"') >= 0 and text.find(b'"segmentation"') >= 0
            return "coco" if text.find(b'"images"') >= 0 or one_picture else None
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None


def json_files(root: Path) -> Iterator[Path]:
    """The JSON files below a folder, also those with a value a line, or the one that `root` is itself."""
    if root.is_file():
        yield root
        return
    yield from (path for path in root.rglob("*json") if path.suffix in _SUFFIXES and not path.name.startswith("."))


def files_of_kind(root: Path, kind: str) -> list[Path]:
    """The indices of a layout below a folder, sorted by name."""
    return sorted(path for path in json_files(root) if json_kind(path) == kind)
