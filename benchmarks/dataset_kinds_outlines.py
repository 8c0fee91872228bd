"""Outlines by picture as further annotation programs write them as JSON; see `benchmarks.dataset_kinds`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.dataset_kinds import CLASSES, FRAMES, HEIGHT, WIDTH, Kind, labels, picture, ring, save
from benchmarks.dataset_kinds_tracks import OUTLINE
from core.datasets.run_lengths import runs_of_mask

_BOX = {"x": 3.0, "y": 4.0, "w": 20.0, "h": 10.0}


def _corners(frame: int, key: int) -> list[list[float]]:
    (flat,) = ring(labels(frame) == key)
    return [[float(x), float(y)] for x, y in zip(flat[::2], flat[1::2], strict=True)]


def _named(frame: int, key: int) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for x, y in _corners(frame, key)]


def _each(
    write: Callable[[int], dict[str, Any]], pictures: str = "{}.png", index: str = "{}.json"
) -> Callable[[Path], None]:
    """A file for each picture."""

    def make(root: Path) -> None:
        for frame in range(FRAMES):
            save(root / pictures.format(f"a_{frame}"), picture(frame))
            path = root / index.format(f"a_{frame}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(write(frame)))

    return make


def _isat(frame: int) -> dict[str, Any]:
    info = {"description": "ISAT", "folder": "", "name": f"a_{frame}.png", "width": WIDTH, "height": HEIGHT, "depth": 3}
    entries = [
        {
            "category": name,
            "group": key,
            "segmentation": _corners(frame, key),
            "layer": key,
            "bbox": [],
            "iscrowd": False,
        }
        for key, name in CLASSES.items()
    ]
    hole = {"category": "__background__", "group": 0, "segmentation": [[0, 0], [4, 0], [4, 4]], "layer": 3.0}
    return {"info": info, "objects": [*entries, hole]}


def _darwin(frame: int) -> dict[str, Any]:
    slots = [{"type": "image", "slot_name": "0", "width": WIDTH, "height": HEIGHT, "source_files": []}]
    entries: list[dict[str, Any]] = [
        {"id": str(key), "name": name, "polygon": {"paths": [_named(frame, key)]}, "bounding_box": _BOX}
        for key, name in CLASSES.items()
    ]
    entries.append({"id": "3", "name": "ball", "bounding_box": _BOX})
    return {"version": "2.0", "item": {"name": f"a_{frame}.png", "path": "/", "slots": slots}, "annotations": entries}


def _vott_asset(frame: int) -> dict[str, Any]:
    asset = {"name": f"a_{frame}.png", "path": f"file:C:/x/a_{frame}.png", "size": {"width": WIDTH, "height": HEIGHT}}
    regions: list[dict[str, Any]] = [
        {"type": "POLYGON", "tags": [name], "points": _named(frame, key)} for key, name in CLASSES.items()
    ]
    regions.append({"type": "RECTANGLE", "tags": ["ball"], "points": _named(frame, 1)[:4]})
    return {"asset": asset, "regions": regions, "version": "2.2.0"}


def _vott_export(root: Path) -> None:
    for frame in range(FRAMES):
        save(root / f"vott-json-export/a_{frame}.png", picture(frame))
    index = {"name": "set", "assets": {f"id{frame}": _vott_asset(frame) for frame in range(FRAMES)}}
    (root / "vott-json-export/set-export.json").write_text(json.dumps(index))


def _datumaro(runs: bool) -> Callable[[Path], None]:
    def shape(frame: int, key: int) -> dict[str, Any]:
        if runs:
            size = [HEIGHT, WIDTH]
            return {"type": "mask", "rle": {"counts": runs_of_mask(labels(frame) == key), "size": size}}
        return {"type": "polygon", "points": [value for corner in _corners(frame, key) for value in corner]}

    def make(root: Path) -> None:
        items = []
        for frame in range(FRAMES):
            save(root / f"images/train/a_{frame}.png", picture(frame))
            image = {"path": f"a_{frame}.png", "size": [HEIGHT, WIDTH]}
            entries = [
                {"id": key, "label_id": key - 1, "group": 0, "z_order": 0, "attributes": {}, **shape(frame, key)}
                for key in CLASSES
            ]
            items.append({"id": f"a_{frame}", "annotations": entries, "attr": {"frame": frame}, "image": image})
        named = [{"name": name, "parent": "", "attributes": []} for name in CLASSES.values()]
        (root / "annotations").mkdir()
        index = {"info": {}, "categories": {"label": {"labels": named}}, "items": items}
        (root / "annotations/train.json").write_text(json.dumps(index))

    return make


def _kinds() -> Iterator[Kind]:
    yield Kind("isat", "a hole, layers", _each(_isat), tolerance=OUTLINE, notes=("a hole is no area",))
    boxes = ("a bounding box is no area",)
    apart = _each(_darwin, "images/{}.png", "annotations/{}.json")
    yield Kind("v7", "pictures in their folder", apart, tolerance=OUTLINE, notes=boxes)
    yield Kind("vott", "an export", _vott_export, tolerance=OUTLINE, notes=("a rectangle is no area",))
    assets = _each(_vott_asset, index="{}-asset.json")
    yield Kind("vott", "the files of a project", assets, tolerance=OUTLINE, notes=("a rectangle is no area",))
    yield Kind("datumaro", "outlines", _datumaro(False), tolerance=OUTLINE)
    yield Kind("datumaro", "run lengths", _datumaro(True))


KINDS: tuple[Kind, ...] = tuple(_kinds())
"""All inputs of these kinds."""
