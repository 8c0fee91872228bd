"""Small datasets in further variants that annotation programs export; see `benchmarks.dataset_kinds`."""

from __future__ import annotations

import base64
import io
import json
import shutil
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.dataset_kinds import (
    CLASSES,
    FRAMES,
    HEIGHT,
    WIDTH,
    Kind,
    changed,
    coco,
    labels,
    picture,
    ring,
    save,
    text_file,
)
from core.datasets.run_lengths import runs_of_mask

INDEX = "annotations/instances_train.json"


def _coco(change: Callable[[dict[str, Any]], object], **options: Any) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        coco(root, **options)
        index = json.loads((root / INDEX).read_text())
        for entry in index["annotations"]:
            change(entry)
        text_file(root / INDEX, json.dumps(index))

    return make


def _in_a_list(entry: dict[str, Any]) -> None:
    entry["segmentation"] = [entry["segmentation"]]


def _brush(entry: dict[str, Any]) -> None:
    """CVAT marks what was painted as a crowd, and what was outlined not."""
    frame, key = divmod(entry["id"] - 1, len(CLASSES))
    entry["attributes"] = {"occluded": False}
    if key == 0:
        entry["iscrowd"] = 1
        entry["segmentation"] = {"size": [HEIGHT, WIDTH], "counts": runs_of_mask(labels(frame) == 1)}


def _bytes(entry: dict[str, Any]) -> None:
    """What Python makes of bytes that nobody decoded."""
    entry["segmentation"]["counts"] = "b'" + str(entry["segmentation"]["counts"]) + "'"


def _unsized(root: Path) -> None:
    coco(root)
    index = json.loads((root / INDEX).read_text())
    for image in index["images"]:
        image["width"] = image["height"] = 0
    text_file(root / INDEX, json.dumps(index))


def _uncoloured(root: Path) -> None:
    changed("voc", lambda voc: (voc / "class_names.txt").unlink())(root)
    text_file(root / "labelmap.txt", "# label:color_rgb:parts:actions\nbackground:::\nball:::\ndisc:::\n")


def _listed(root: Path) -> None:
    """As VOST has them: not the one object of DAVIS 2016."""
    changed("davis", lambda davis: shutil.rmtree(davis / "ImageSets"))(root)
    text_file(root / "ImageSets/train.txt", "walk\n")


def _yolo(line: str, index: str = "train: images/train\nnames: [ball, disc]\n") -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / "tracks.json").unlink()
        (root / "data.yaml").unlink()
        if index:
            text_file(root / "data.yaml", index)
        for path in (root / "labels/train").iterdir() if line else ():
            path.write_text(line)

    return changed("yolo", edit)


Region = dict[str, Any]


def _points(frame: int, key: int) -> list[list[float]]:
    (line,) = ring(labels(frame) == key)
    return [[x, y] for x, y in zip(line[::2], line[1::2], strict=True)]


def _percent(frame: int, key: int) -> list[list[float]]:
    return [[x / WIDTH * 100, y / HEIGHT * 100] for x, y in _points(frame, key)]


def _label_studio(task: Callable[[int, str], dict[str, Any]]) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for frame in range(FRAMES):
            save(root / f"images/a_{frame}.png", picture(frame))
        tasks = [task(frame, f"/data/upload/3/a_{frame}.png") for frame in range(FRAMES)]
        text_file(root / "project.json", json.dumps(tasks))

    return make


_SIZE = {"original_width": WIDTH, "original_height": HEIGHT}


def _smallest(frame: int, name: str) -> dict[str, Any]:
    """A task of JSON-MIN."""
    regions = [
        {"points": _percent(frame, key), "closed": True, "polygonlabels": [label], **_SIZE}
        for key, label in CLASSES.items()
    ]
    return {"created_at": "2026-01-01", "image": name, "id": frame, "label": regions, "annotator": 1}


def _task(frame: int, name: str, regions: list[Region], where: str = "annotations") -> dict[str, Any]:
    return {"id": frame, "annotations": [], "data": {"image": name}, where: [{"result": regions}]}


def _named_apart(frame: int, name: str) -> dict[str, Any]:
    """Regions of <Polygon> whose class is given by <Labels>."""
    regions = []
    for key, label in CLASSES.items():
        value = {"points": _percent(frame, key), "closed": True}
        regions.append({"id": str(key), "type": "polygon", "value": value, **_SIZE})
        regions.append({"id": str(key), "type": "labels", "value": {**value, "labels": [label]}, **_SIZE})
    return _task(frame, name, regions)


def _png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def _bitmask(frame: int, name: str) -> dict[str, Any]:
    regions = []
    for key, label in CLASSES.items():
        mask = ((labels(frame) == key) * 255).astype(np.uint8)
        data = "data:image/png;base64," + base64.b64encode(_png(np.dstack([mask] * 4))).decode()
        value = {"imageDataURL": data, "bitmasklabels": [label]}
        regions.append({"id": str(key), "type": "bitmasklabels", "value": value, **_SIZE})
    return _task(frame, name, regions)


def _predicted(frame: int, name: str) -> dict[str, Any]:
    value = {"points": _percent(frame, 1), "polygonlabels": ["ball"]}
    return _task(frame, name, [{"id": "1", "type": "polygonlabels", "value": value, **_SIZE}], "predictions")


def _alpha(root: Path) -> None:
    """Supervisely's alpha masks."""
    text_file(root / "meta.json", json.dumps({"classes": []}))
    for frame in range(FRAMES):
        save(root / f"ds/img/a_{frame}.png", picture(frame))
        objects = []
        for key, label in CLASSES.items():
            data = base64.b64encode(zlib.compress(_png(((labels(frame) == key) * 255).astype(np.uint8)))).decode()
            bitmap = {"origin": [0, 0], "data": data}
            objects.append({"classTitle": label, "geometryType": "alpha_mask", "bitmap": bitmap})
        entry = {"size": {"height": HEIGHT, "width": WIDTH}, "objects": objects}
        text_file(root / f"ds/ann/a_{frame}.png.json", json.dumps(entry))


def _oriented(root: Path) -> None:
    """labelme's shapes of newer versions."""
    for frame in range(FRAMES):
        save(root / f"a_{frame}.png", picture(frame))
        shapes = [
            {"label": label, "group_id": key, "shape_type": kind, "points": _points(frame, key)}
            for (key, label), kind in zip(CLASSES.items(), ("oriented_rectangle", "ai_polygon"), strict=True)
        ]
        size = {"imageHeight": HEIGHT, "imageWidth": WIDTH}
        text_file(root / f"a_{frame}.json", json.dumps({"shapes": shapes, "imagePath": f"a_{frame}.png", **size}))


def _ignored(root: Path) -> None:
    for path in (root / "train/instances/walk").glob("*.png"):
        values = np.array(Image.open(path))
        values[:9, :9] = 10000
        Image.fromarray(values).save(path)
    for path in (root / "train/instances_txt").glob("*.txt"):
        path.unlink()


def _unannotated(root: Path) -> None:
    save(root / "valid/JPEGImages/walk/00000.png", picture(0))
    video = {"id": 1, "width": WIDTH, "height": HEIGHT, "length": 1, "file_names": ["walk/00000.png"]}
    text_file(root / "valid/instances.json", json.dumps({"videos": [video], "categories": []}))


def _kinds() -> Iterator[Kind]:
    yield Kind("coco", "run lengths in a list", _coco(_in_a_list), clips=FRAMES)
    yield Kind("coco", "CVAT: brushes next to outlines", _coco(_brush, outlines=True), clips=FRAMES, tolerance=0.06)
    unread = "no annotation of clip"
    yield Kind("coco", "no run lengths that can be read", _coco(_bytes), clips=FRAMES, refused=unread)
    yield Kind("coco", "sizes of 0", _unsized, clips=FRAMES)
    yield Kind("voc", "Datumaro: a labelmap.txt without colours", _uncoloured)
    yield Kind("davis", "lists directly in ImageSets", _listed)
    boxes = partial(Kind, "yolo")
    points = "0 .5 .5 .2 .3 .45 .5 2 .55 .5 1 .5 .6 2\n"
    yield boxes("key points that the index does not speak of", _yolo(points), refused="a box with key points")
    yield boxes("boxes with the number of a track", _yolo("0 .5 .5 .2 .3 7\n"), refused="it is a box")
    yield boxes("no index", _yolo("", index=""), notes=("has no 'data.yaml'",))
    yield Kind("label-studio", "JSON-MIN", _label_studio(_smallest), tolerance=0.06)
    yield Kind("label-studio", "labels apart from regions", _label_studio(_named_apart), tolerance=0.06)
    yield Kind("label-studio", "bit masks", _label_studio(_bitmask))
    alone = _label_studio(_predicted)
    yield Kind("label-studio", "predictions alone", alone, refused="it has predictions alone")
    yield Kind("supervisely", "alpha masks", _alpha)
    yield Kind("labelme", "shapes of newer versions", _oriented, tolerance=0.06)
    yield Kind("mots", "regions to be ignored", changed("mots", _ignored), notes=("is to be ignored",))
    yield Kind("youtube-vis", "a part without masks", _unannotated, refused="has no masks")


KINDS: tuple[Kind, ...] = tuple(_kinds())
"""All inputs of these kinds."""
