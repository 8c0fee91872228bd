"""Small datasets of COCO and YOLO of every kind that public reports name: two discs that move over six frames."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from core.datasets.clips import AnnotatedClip, DatasetObject
from core.datasets.mark import MARK
from core.datasets.run_lengths import runs_of_mask
from core.datasets.writing import DatasetSettings, write_dataset
from core.jobs import CancelToken
from core.types import LabelMap

WIDTH, HEIGHT, FRAMES = 160, 120, 6
CLASSES = {1: "ball", 2: "disc"}


def labels(index: int) -> LabelMap:
    """Two discs."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    found = np.zeros((HEIGHT, WIDTH), np.uint8)
    found[(x - 40 - 4 * index) ** 2 + (y - 40) ** 2 <= 300] = 1
    found[(x - 110) ** 2 + (y - 80 + 4 * index) ** 2 <= 300] = 2
    return found


def by_number(name: str) -> LabelMap:
    """The true masks of a frame whose name ends with its number."""
    digits = name[len(name.rstrip("0123456789")) :]
    return labels(int(digits))


@dataclass(frozen=True)
class Kind:
    """One input: the function that makes it in an empty folder, and the expected result.

    `notes` are texts that the notes must have; `refused` is one that the error must have, where nothing can be read.
    """

    layout: str
    title: str
    make: Callable[[Path], None]
    clips: int = 1
    frames: int = FRAMES
    tolerance: float = 0.0
    notes: tuple[str, ...] = ()
    refused: str = ""
    detected: bool = True
    truth: Callable[[str], LabelMap] = by_number


def clip(name: str = "walk") -> AnnotatedClip:
    """The scene as a clip."""
    objects = tuple(DatasetObject(key, label) for key, label in CLASSES.items())
    names = tuple(f"{index:05}" for index in range(FRAMES))
    return AnnotatedClip(name, (WIDTH, HEIGHT), objects, names, tuple(range(FRAMES)), labels, picture)


def picture(index: int) -> np.ndarray:
    """A picture of the scene."""
    return np.stack([labels(index) * 90 + 40, np.full((HEIGHT, WIDTH), 90, np.uint8), labels(index) * 40], axis=-1)


def written(root: Path, layout: str, marked: bool = False) -> None:
    """The scene in a layout as this program writes it, without its marker file."""
    for _ in write_dataset([clip()], root / "x", DatasetSettings(layout), CancelToken()):
        pass
    for path in (root / "x").iterdir():
        path.rename(root / path.name)
    (root / "x").rmdir()
    if not marked:
        (root / MARK).unlink()


def changed(layout: str, change: Callable[[Path], None]) -> Callable[[Path], None]:
    """Writes the scene in a layout and changes it as other programs write it."""

    def make(root: Path) -> None:
        written(root, layout)
        change(root)

    return make


def save(path: Path, pixels: np.ndarray) -> None:
    """Writes a picture, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


# -- COCO


def coco(
    root: Path,
    *,
    names: str = "street_{:04}.jpg",
    pictures: str = "images/{}",
    index: str = "annotations/instances_train.json",
    outlines: bool = False,
    entry: Callable[[int, int], dict[str, Any]] = lambda _frame, _object: {},
    **top: Any,
) -> None:
    """An index without videos; `entry(frame, object)` adds to an annotation."""
    images: list[Any] = []
    found: list[Any] = []
    for frame in range(FRAMES):
        name = names.format(frame)
        save(root / pictures.format(name.replace("\\", "/").rpartition("/")[2]), picture(frame))
        images.append({"id": frame + 1, "file_name": name, "width": WIDTH, "height": HEIGHT})
        for object_id in CLASSES:
            mask = labels(frame) == object_id
            shape = ring(mask) if outlines else {"size": [HEIGHT, WIDTH], "counts": runs_of_mask(mask)}
            rows, columns = np.nonzero(mask)
            box = [int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1]
            base = {"id": len(found) + 1, "image_id": frame + 1, "category_id": object_id, "bbox": box, "iscrowd": 0}
            found.append({**base, "segmentation": shape, "area": int(mask.sum()), **entry(frame, object_id)})
    categories = [{"id": key, "name": name} for key, name in CLASSES.items()]
    content = {"images": images, "annotations": found, "categories": categories, **top}
    (root / index).parent.mkdir(parents=True, exist_ok=True)
    (root / index).write_text(json.dumps(content))


def ring(mask: np.ndarray) -> list[list[float]]:
    """A disc as one outline of 64 corners."""
    rows, columns = np.nonzero(mask)
    turns = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    radius = (np.ptp(columns) + 1) / 2
    x, y = columns.mean() + 0.5 + radius * np.cos(turns), rows.mean() + 0.5 + radius * np.sin(turns)
    return [np.round(np.stack([x, y], axis=1), 2).ravel().tolist()]


def _track(_frame: int, object_id: int) -> dict[str, Any]:
    return {"attributes": {"occluded": False, "track_id": object_id - 1, "keyframe": True}}


def _faulty(segmentation: Any) -> Callable[[int, int], dict[str, Any]]:
    """One annotation of a frame that has another one too; all others with tracks, so that they are one clip."""
    fault = {"segmentation": segmentation}
    return lambda frame, key: {**_track(frame, key), **(fault if (frame, key) == (3, 2) else {})}


def _first_of_three(name: str) -> LabelMap:
    found = by_number(name)
    return np.where((found == 2) & (int(name[-4:]) == 3), 0, found).astype(np.uint8)


def _coco_kinds() -> Iterator[Kind]:
    one = partial(Kind, "coco")
    many = partial(one, clips=FRAMES)
    yield many("run lengths as numbers", coco)
    yield many("outlines", partial(coco, outlines=True), tolerance=0.06)
    yield one("CVAT: attributes.track_id", partial(coco, entry=_track))
    yield one("track_id", partial(coco, entry=lambda _f, o: {"track_id": 10 * o}))
    yield one("instance_id", partial(coco, entry=lambda _f, o: {"instance_id": o}))
    for title, value in (
        ("empty segmentation", []),
        ("no segmentation", None),
        ("an outline of two corners", [[1, 2, 3, 4]]),
        ("an outline that is no list", "mask.png"),
        ("run lengths of another size", {"size": [1, 1], "counts": [1]}),
        ("run lengths that do not add up", {"size": [HEIGHT, WIDTH], "counts": [5]}),
        ("damaged run lengths", {"size": [HEIGHT, WIDTH], "counts": "~~"}),
        ("corners far outside", [[1e300, 0, 5, 5, 0, 9]]),
    ):
        notes = ("1 annotation left out",)
        yield one(title, partial(coco, entry=_faulty(value)), notes=notes, truth=_first_of_three)
    yield one("boxes only", partial(coco, entry=lambda _f, _o: {"segmentation": []}), refused="only a box")
    for title, options in (
        ("paths with backslashes", {"names": "images\\street_{:04}.jpg"}),
        ("paths of another machine", {"names": "/home/me/set/images/street_{:04}.jpg"}),
        ("paths of Windows", {"names": "D:\\set\\street_{:04}.jpg"}),
        ("pictures in images/SUBSET", {"pictures": "images/Train/{}", "index": "annotations/instances_Train.json"}),
        ("pictures in SUBSET", {"pictures": "train/{}"}),
        ("FiftyOne: data and labels.json", {"pictures": "data/{}", "index": "labels.json"}),
        ("Roboflow: _annotations.coco.json", {"pictures": "train/{}", "index": "train/_annotations.coco.json"}),
        ("pictures elsewhere in the folder", {"pictures": "pics/deep/{}"}),
        ("endings in capitals", {"pictures": "images/{}", "names": "STREET_{:04}.JPG"}),
    ):
        yield many(title, partial(coco, **options))  # type: ignore[arg-type]
    from_0 = [{"id": key - 1, "name": name} for key, name in CLASSES.items()]
    yield many("categories from 0", partial(coco, entry=lambda _f, o: {"category_id": o - 1}, categories=from_0))
    yield many("no categories", partial(coco, categories=[]), notes=("of a category",))
    yield many("all marked as crowds", partial(coco, entry=lambda _f, _o: {"iscrowd": 1}))
    yield many(
        "crowd regions",
        partial(coco, entry=lambda f, o: {"iscrowd": int((f, o) == (3, 2))}),
        notes=("a crowd",),
        truth=_first_of_three,
    )
    yield many("captions beside instances", _with_captions)
    yield one("a missing picture", _without_picture, FRAMES - 1, FRAMES - 1, notes=("no such picture",))
    yield one("captions alone", _captions_alone, refused="no masks", detected=False)
    yield one("no JSON", lambda root: text_file(root / "annotations/a.json", "{"), refused="is no JSON", detected=False)
    yield one("names that lead outside", _outside, clips=FRAMES - 1, frames=FRAMES - 1, notes=("no such picture",))
    yield one("written here", partial(written, layout="coco"))
    yield Kind("coco-polygons", "written here", partial(written, layout="coco-polygons", marked=True))


def text_file(path: Path, text: str) -> None:
    """Writes a text, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _captions(root: Path) -> None:
    images = [{"id": 1, "file_name": "street_0000.jpg", "width": WIDTH, "height": HEIGHT}]
    content = {"images": images, "annotations": [{"id": 1, "image_id": 1, "caption": "two discs"}]}
    text_file(root / "annotations/captions_train.json", json.dumps(content))


def _with_captions(root: Path) -> None:
    coco(root)
    _captions(root)


def _captions_alone(root: Path) -> None:
    _with_captions(root)
    (root / "annotations/instances_train.json").unlink()


def _without_picture(root: Path) -> None:
    coco(root)
    (root / "images/street_0002.jpg").unlink()


def _outside(root: Path) -> None:
    coco(root)
    (root / "images/street_0002.jpg").rename(root.parent / "street_0002.jpg")
    path = root / "annotations/instances_train.json"
    path.write_text(path.read_text().replace("street_0002.jpg", "../../street_0002.jpg"))


# -- YOLO


def _yaml(text: str) -> Callable[[Path], None]:
    return lambda root: text_file(root / "data.yaml", text + "\nnames: [ball, disc]\n")


def _index(text: str) -> Callable[[Path], None]:
    return changed("yolo", lambda root: text_file(root / "data.yaml", text))


def _yolo(text: str, move: Callable[[Path], None] = lambda _root: None) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / "tracks.json").unlink()
        move(root)
        _yaml(text)(root)

    return changed("yolo", change)


def _parts_first(root: Path) -> None:
    (root / "train").mkdir()
    for name in ("images", "labels"):
        (root / name / "train").rename(root / "train" / name)
        (root / name).rmdir()


def _hashed(root: Path) -> None:
    _parts_first(root)
    for path in [*(root / "train/images").iterdir(), *(root / "train/labels").iterdir()]:
        path.rename(path.with_name(f"{path.stem}_jpg.rf.{'0af3' * 8}{path.suffix}"))


def _into_sub(root: Path) -> None:
    (root / "sub").mkdir()
    for name in ("images", "labels"):
        (root / name).rename(root / "sub" / name)


def _listed(root: Path) -> None:
    names = sorted(path.name for path in (root / "images/train").iterdir())
    text_file(root / "train.txt", "".join(f"./images/train/{name}\n" for name in names))


def _line(text: str) -> Callable[[Path], None]:
    def add(root: Path) -> None:
        path = root / "labels/train/walk_00003.txt"
        path.write_text(path.read_text() + text + "\n")

    return add


def _yolo_kinds() -> Iterator[Kind]:
    one = partial(Kind, "yolo")
    yield one("written here", partial(written, layout="yolo"))
    yield one("without tracks", _yolo("train: images/train"))
    beside = _yolo("train: ../train/images\nval: ../valid/images", _parts_first)
    yield one("Roboflow: ../train/images", beside, notes=("val",))
    yield one("Roboflow: names with a hash", _yolo("train: ../train/images", _hashed))
    yield one("a part that is missing", _yolo("train: images/train\nval: images/val"), notes=("val: images/val",))
    yield one("path:", _yolo("path: sub\ntrain: images/train", _into_sub))
    yield one("path: of another machine", _yolo("path: /content/datasets/set\ntrain: images/train"))
    yield one("a list of folders", _yolo("train: [images/train]"))
    yield one("a list of pictures", _yolo("train: train.txt", _listed))
    yield one("val equal to train", _yolo("train: images/train\nval: images/train"), notes=("names it again",))
    yield one("an absolute folder", _yolo("train: /content/set/images/train"))
    yield one("no parts named", _yolo("nc: 2"))
    yield one("names as a mapping", _index("train: images/train\nnames: {0: a, 1: b}"))
    yield one("no names", _index("train: images/train"))
    for title, line, notes in (
        ("a box among outlines", "1 0.5 0.5 0.2 0.2", "a box"),
        ("two corners", "1 0.1 0.1 0.2 0.2 0.3", "a box"),
        ("no number", "ball 0.1 0.1 0.2 0.2 0.3 0.3", "no number of a class"),
        ("corners in pixels", "1 10 10 100 10 100 100", "no fractions"),
        ("corners that are no numbers", "1 nan 0 1 0 1 1", "no fractions"),
    ):
        yield one(title, _yolo("train: images/train", _line(line)), notes=("1 line left out", notes))
    yield one("classes.txt alone", _yolo("nc: 2", lambda root: text_file(root / "classes.txt", "ball\ndisc\n")))
    aliases = _yolo("a: &a [x]\nb: [*a, *a]")
    yield one("aliases that stand for everything", aliases, refused="has an alias", detected=False)
    yield one("no YAML", _index("a: ["), refused="is no YAML")


KINDS: tuple[Kind, ...] = (*_coco_kinds(), *_yolo_kinds())
"""All inputs of these layouts."""
