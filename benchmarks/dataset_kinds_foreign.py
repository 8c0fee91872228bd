"""Small datasets in further variants that other programs write; see `benchmarks.dataset_kinds`."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.dataset_kinds import (
    CLASSES,
    FRAMES,
    HEIGHT,
    WIDTH,
    Kind,
    by_number,
    changed,
    coco,
    labels,
    picture,
    ring,
    save,
    text_file,
    written,
)
from core.datasets.run_lengths import runs_of_mask
from core.types import LabelMap

INDEX = "annotations/instances_train.json"


def _coco(change: Callable[[Any], object], **options: Any) -> Callable[[Path], None]:
    """COCO with its index changed in place."""

    def make(root: Path) -> None:
        coco(root, **options)
        index = json.loads((root / INDEX).read_text())
        change(index)
        text_file(root / INDEX, json.dumps(index))

    return make


def _named(change: Callable[[str], str]) -> Callable[[Any], None]:
    def rename(index: Any) -> None:
        for image in index["images"]:
            image["file_name"] = change(image["file_name"])

    return rename


def _addresses_alone(index: Any) -> None:
    for image in index["images"]:
        image["coco_url"] = "http://images.cocodataset.org/train2017/" + image.pop("file_name")


def _texts(index: Any) -> None:
    for entry in index["annotations"]:
        entry["segmentation"] = [[str(value) for value in outline] for outline in entry["segmentation"]]


def _sizes_as_fractions(index: Any) -> None:
    for entry in index["annotations"]:
        entry["segmentation"]["size"] = [float(HEIGHT), float(WIDTH)]


def _wide(root: Path) -> None:
    coco(root)
    (root / INDEX).write_text((root / INDEX).read_text(), encoding="utf-16")


def _one_file_a_picture(root: Path) -> None:
    for frame in range(FRAMES):
        save(root / f"sa_{frame}.jpg", picture(frame))
        masks = [
            {"id": key, "segmentation": {"size": [HEIGHT, WIDTH], "counts": runs_of_mask(labels(frame) == key)}}
            for key in CLASSES
        ]
        image = {"image_id": frame, "width": WIDTH, "height": HEIGHT, "file_name": f"sa_{frame}.jpg"}
        text_file(root / f"sa_{frame}.json", json.dumps({"image": image, "annotations": masks}))


def _exported(name: str) -> LabelMap:
    return by_number(name.partition("_jpg.rf.")[0])


def _coco_kinds() -> Iterator[Kind]:
    many = partial(Kind, "coco", clips=FRAMES)
    yield many("LVIS: addresses, no names", _coco(_addresses_alone))
    yield many("names with percent codes", _coco(_named(lambda name: name.replace("_", "%5F"))))
    yield many("addresses with a query", _coco(_named(lambda name: f"https://host/{name}?key=1")))
    yield many("UTF-16", _wide)
    yield many("flags as texts", partial(coco, entry=lambda _f, _o: {"iscrowd": "0"}))
    yield many("numbers as texts", _coco(_texts, outlines=True), tolerance=0.06)
    yield many("sizes of run lengths as fractions", _coco(_sizes_as_fractions))
    yield many("SA-1B: a file a picture", _one_file_a_picture)
    twice = _coco(lambda index: index["images"].append(dict(index["images"][0])))
    yield many("an image twice", twice, notes=("1 image left out",))
    options: dict[str, Any] = {
        "names": "street_{:04}_jpg.rf." + "0af3" * 8 + ".jpg",
        "entry": lambda _f, key: {"track_id": key},
    }
    yield Kind("coco", "Roboflow: hashes and tracks", partial(coco, **options), truth=_exported)


# -- YOLO


def _yolo(text: str, change: Callable[[Path], None] = lambda _root: None) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        (root / "tracks.json").unlink()
        change(root)
        text_file(root / "data.yaml", text + "\nnames: [ball, disc]\n")

    return changed("yolo", edit)


def _lines(change: Callable[[str], str]) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        for path in (root / "labels/train").iterdir():
            path.write_bytes(change(path.read_text()).encode())

    return edit


def _capitals(root: Path) -> None:
    for folder, ending in (("images/train", ".JPG"), ("labels/train", ".TXT")):
        for path in list((root / folder).iterdir()):
            path.rename(path.with_suffix(ending))


def _deeper(layout: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / "archive").mkdir()
        written(root / "archive", layout)
        text_file(root / "README.txt", "exported")

    return make


def _yolo_kinds() -> Iterator[Kind]:
    one = partial(Kind, "yolo")
    train = "train: images/train"
    yield one("commas between numbers", _yolo(train, _lines(lambda text: text.replace(" ", ", "))))
    yield one(
        "tabs and line ends of Windows",
        _yolo(train, _lines(lambda text: text.replace(" ", "\t").replace("\n", "\r\n"))),
    )
    yield one("a pattern of pictures", _yolo("train: images/train/*.jpg"))
    yield one("endings in capitals", _yolo(train, _capitals))
    yield one("paths of Windows", _yolo("train: D:\\sets\\a\\images\\train"))
    pose = _yolo(train + "\nkpt_shape: [17, 3]", _lines(lambda _text: "0 .5 .5 .2 .3" + " .4 .6 2" * 17))
    yield one("key points", pose, refused="a box with key points")
    yield one("one folder deeper", _deeper("yolo"))


# -- others


def _embedded(root: Path) -> None:
    """As labelme saves its files by default, shared without the pictures."""
    for frame in range(FRAMES):
        save(root / "a.png", picture(frame))
        data = base64.b64encode((root / "a.png").read_bytes()).decode()
        (root / "a.png").unlink()
        _labelme_file(root, frame, "C:\\pictures\\a.png", data)


def _converted(root: Path) -> None:
    for frame in range(FRAMES):
        save(root / f"{frame:05}.bmp", picture(frame))
        _labelme_file(root, frame, f"{frame:05}.jpg", None)


def _labelme_file(root: Path, frame: int, name: str, data: str | None) -> None:
    shapes = []
    for key, label in CLASSES.items():
        (line,) = ring(labels(frame) == key)
        points = [list(pair) for pair in zip(line[::2], line[1::2], strict=True)]
        shapes.append({"label": label, "group_id": key, "shape_type": "polygon", "points": points})
    entry = {"shapes": shapes, "imagePath": name, "imageData": data, "imageHeight": HEIGHT, "imageWidth": WIDTH}
    text_file(root / f"{frame:05}.json", json.dumps(entry))


def _challenge(root: Path) -> None:
    written(root, "mots")
    sequence = root / "train/MOTS20-02"
    (sequence / "gt").mkdir(parents=True)
    (root / "train/images/walk").rename(sequence / "img1")
    (root / "train/instances_txt/walk.txt").rename(sequence / "gt/gt.txt")
    for name in ("images", "instances", "instances_txt"):
        shutil.rmtree(root / "train" / name)


def _flat(root: Path) -> None:
    written(root, "mots")
    for kind in ("images", "instances"):
        for path in list((root / "train" / kind / "walk").iterdir()):
            path.rename(path.parent.parent / f"frame_{path.name}")
        (root / "train" / kind / "walk").rmdir()
    shutil.rmtree(root / "train/instances_txt")


def _shorter(root: Path) -> None:
    for path in list((root / "Annotations").rglob("*.png")):
        path.rename(path.with_name(f"{int(path.stem)}.png"))


def _unsupervised(root: Path) -> None:
    (root / "Annotations").rename(root / "Annotations_unsupervised")


def _percent(root: Path) -> None:
    tasks = []
    for frame in range(FRAMES):
        save(root / f"my a_{frame}.png", picture(frame))
        results = []
        for key, label in CLASSES.items():
            (line,) = ring(labels(frame) == key)
            points = [[x / WIDTH * 100, y / HEIGHT * 100] for x, y in zip(line[::2], line[1::2], strict=True)]
            value = {"points": points, "polygonlabels": [label]}
            size = {"original_width": WIDTH, "original_height": HEIGHT}
            results.append({"id": str(key), "type": "polygonlabels", **size, "value": value})
        data = {"image": f"/data/local-files/?d=shots%2Fmy%20a_{frame}.png"}
        tasks.append({"id": frame, "data": data, "annotations": [{"result": results}]})
    text_file(root / "project.json", json.dumps(tasks))


def _wide_xml(root: Path) -> None:
    for path in root.rglob("annotations.xml"):
        path.write_text(path.read_text("utf-8").replace("utf-8", "utf-16", 1), encoding="utf-16")


def _other_kinds() -> Iterator[Kind]:
    yield Kind("labelme", "pictures in the files alone", _embedded, tolerance=0.06)
    yield Kind("labelme", "pictures converted since", _converted, tolerance=0.06)
    yield Kind("mots", "MOTSChallenge: gt/gt.txt beside img1", _challenge)
    yield Kind("cvat-video", "UTF-16", changed("cvat-video", _wide_xml))
    yield Kind("mots", "CVAT: one flat folder", _flat)
    yield Kind("davis", "masks without leading zeros", changed("davis", _shorter))
    yield Kind("davis", "Annotations_unsupervised", changed("davis", _unsupervised))
    yield Kind("label-studio", "local files with percent codes", _percent, tolerance=0.06)
    yield Kind("voc", "one folder deeper", _deeper("voc"))


KINDS: tuple[Kind, ...] = (*_coco_kinds(), *_yolo_kinds(), *_other_kinds())
"""All inputs of these kinds."""
