"""Small datasets of the other layouts as other programs write them; see `benchmarks.dataset_kinds`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.dataset_kinds import (
    CLASSES,
    FRAMES,
    HEIGHT,
    WIDTH,
    Kind,
    by_number,
    changed,
    labels,
    picture,
    ring,
    save,
    text_file,
    written,
)
from core.datasets.run_lengths import runs_of_mask

# -- folders of pictures


def _voc_colours(colours: list[tuple[int, int, int]]) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        classes = np.array([(0, 0, 0), (36, 179, 83), (250, 125, 187)], np.uint8)
        objects = np.array([(0, 0, 0), *colours], np.uint8)
        for index in range(FRAMES):
            name = f"frame_{index:06}.png"
            save(root / "JPEGImages" / name, picture(index))
            save(root / "SegmentationClass" / name, classes[labels(index)])
            save(root / "SegmentationObject" / name, objects[labels(index)])
        lines = ("# label:color_rgb:parts:actions", "background:0,0,0::", "ball:36,179,83::", "disc:250,125,187::")
        text_file(root / "labelmap.txt", "\n".join(lines))

    return make


def _davis(resolution: str, ending: str, indexed: bool = True) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for index in range(FRAMES):
            save(root / "JPEGImages" / resolution / f"walk/{index:05}{ending}", picture(index))
            path = root / "Annotations" / resolution / f"walk/{index:05}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            mask = Image.fromarray(labels(index))
            mask.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0])
            mask.save(path)
        if indexed:
            (root / "ImageSets/2017").mkdir(parents=True)

    return make


def _colour_coded(root: Path) -> None:
    _davis("480p", ".jpg")(root)
    colours = np.array([(0, 0, 0), (250, 10, 10), (10, 250, 10)], np.uint8)
    for index in range(FRAMES):
        save(root / f"Annotations/480p/walk/{index:05}.png", colours[labels(index)])


def _damaged(root: Path) -> None:
    _davis("480p", ".jpg")(root)
    (root / "Annotations/480p/walk/00002.png").write_bytes(b"\x89PNG")


def _parts(root: Path, index: str = "") -> None:
    (root / "train").mkdir()
    _davis("", ".jpg", indexed=False)(root / "train")
    if index:
        text_file(root / "train" / index, json.dumps({"videos": {"walk": {"objects": {"1": {"category": "ball"}}}}}))


def _merged(name: str) -> np.ndarray:
    return (by_number(name) > 0).astype(np.uint8)


def _picture_kinds() -> Iterator[Kind]:
    yield Kind("voc", "written here", partial(written, layout="voc"))
    yield Kind("voc", "CVAT's segmentation mask 1.1", _voc_colours([(128, 0, 0), (0, 128, 0)]))
    yield Kind("voc", "objects in other colours", _voc_colours([(9, 8, 7), (200, 1, 2)]))
    yield Kind("voc", "no SegmentationObject", changed("voc", lambda root: shutil.rmtree(root / "SegmentationObject")))
    davis = partial(Kind, "davis")
    yield davis("written here", partial(written, layout="davis"))
    for ending in (".jpg", ".png", ".webp", ".JPG"):
        yield davis(f"{ending} pictures", _davis("480p", ending))
        yield davis(f"no resolution, {ending} pictures", _davis("", ending))
    yield davis("colour-coded masks", _colour_coded)
    yield davis("a damaged mask", _damaged, notes=("00002.png",))
    yield Kind("davis-2016", "written here", partial(written, layout="davis-2016"), truth=_merged)
    vos = partial(Kind, "youtube-vos")
    yield vos("written here", partial(written, layout="youtube-vos"))
    for title, index in (("no index", ""), ("meta.json", "meta.json"), ("LVOS: train_meta.json", "train_meta.json")):
        yield vos(title, partial(_parts, index=index))
    yield vos("names that lead outside", _vos_outside, notes=("its name is a path",))
    yield Kind("mots", "written here", partial(written, layout="mots"))
    yield Kind("mots", "text alone", changed("mots", lambda root: shutil.rmtree(root / "train/instances/walk")))
    yield Kind("mots", "pictures alone", changed("mots", lambda root: shutil.rmtree(root / "train/instances_txt")))


def _vos_outside(root: Path) -> None:
    written(root, "youtube-vos")
    path = root / "train/meta.json"
    meta = json.loads(path.read_text())
    meta["videos"]["../../outside"] = meta["videos"]["walk"]
    path.write_text(json.dumps(meta))


# -- tracks and shapes


def _cvat_polygons(root: Path) -> None:
    tracks = []
    for key, name in CLASSES.items():
        shapes = []
        for frame in range(FRAMES):
            (line,) = ring(labels(frame) == key)
            points = ";".join(f"{x},{y}" for x, y in zip(line[::2], line[1::2], strict=True))
            shapes.append(f'<polygon frame="{frame}" outside="0" points="{points}"/>')
        tracks.append(f'<track id="{key - 1}" label="{name}">{"".join(shapes)}</track>')
    for frame in range(FRAMES):
        save(root / f"images/frame_{frame:06}.png", picture(frame))
    text_file(root / "annotations.xml", f"<annotations><version>1.1</version>{''.join(tracks)}</annotations>")


def _labelme(group: bool) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for frame in range(FRAMES):
            shapes = []
            for key, name in CLASSES.items():
                (line,) = ring(labels(frame) == key)
                points = [list(pair) for pair in zip(line[::2], line[1::2], strict=True)]
                number = key if group else None
                shapes.append({"label": name, "group_id": number, "shape_type": "polygon", "points": points})
            shapes.append({"label": "mark", "group_id": None, "shape_type": "point", "points": [[3, 3]]})
            save(root / f"{frame:05}.jpg", picture(frame))
            entry = {"version": "5.4.1", "shapes": shapes, "imagePath": f"{frame:05}.jpg", "imageData": None}
            text_file(root / f"{frame:05}.json", json.dumps({**entry, "imageHeight": HEIGHT, "imageWidth": WIDTH}))

    return make


def _vis_numbers(root: Path) -> None:
    """As the official files: run lengths as numbers, the index next to the part's folder."""
    written(root, "youtube-vis")
    path = root / "train/instances.json"
    index = json.loads(path.read_text())
    for entry in index["annotations"]:
        object_id = entry.pop("object_id")
        entry["segmentations"] = [
            {"size": [HEIGHT, WIDTH], "counts": runs_of_mask(labels(frame) == object_id)} for frame in range(FRAMES)
        ]
    path.unlink()
    text_file(root / "train.json", json.dumps(index))


def _supervisely(root: Path) -> None:
    for frame in range(FRAMES):
        objects = []
        for key, name in CLASSES.items():
            (line,) = ring(labels(frame) == key)
            points = {"exterior": [list(pair) for pair in zip(line[::2], line[1::2], strict=True)], "interior": []}
            objects.append({"classTitle": name, "geometryType": "polygon", "points": points})
        save(root / f"ds0/img/a_{frame}.png", picture(frame))
        entry = {"size": {"width": WIDTH, "height": HEIGHT}, "objects": objects}
        text_file(root / f"ds0/ann/a_{frame}.png.json", json.dumps(entry))
    text_file(root / "meta.json", '{"classes": []}')


def _label_studio(root: Path) -> None:
    tasks = []
    for frame in range(FRAMES):
        results = []
        for key, name in CLASSES.items():
            (line,) = ring(labels(frame) == key)
            points = [[x / WIDTH * 100, y / HEIGHT * 100] for x, y in zip(line[::2], line[1::2], strict=True)]
            size = {"original_width": WIDTH, "original_height": HEIGHT}
            value = {"points": points, "polygonlabels": [name]}
            results.append({"id": str(key), "type": "polygonlabels", **size, "value": value})
        save(root / f"a_{frame}.png", picture(frame))
        data = {"image": f"/data/upload/1/0a1b2c3d-a_{frame}.png"}
        tasks.append({"id": frame, "data": data, "annotations": [{"result": results}]})
    text_file(root / "project.json", json.dumps(tasks))


def _shape_kinds() -> Iterator[Kind]:
    yield Kind("youtube-vis", "written here", partial(written, layout="youtube-vis"))
    yield Kind("youtube-vis", "run lengths as numbers, train.json", _vis_numbers)
    yield Kind("cvat-video", "written here", partial(written, layout="cvat-video"))
    yield Kind("cvat-video", "polygons", _cvat_polygons, tolerance=0.06)
    yield Kind("labelme", "written here", partial(written, layout="labelme"))
    notes = ("a point is no area",)
    yield Kind("labelme", "groups", _labelme(True), tolerance=0.06, notes=notes)
    yield Kind("labelme", "no groups", _labelme(False), tolerance=0.06, notes=notes)
    yield Kind("supervisely", "polygons", _supervisely, tolerance=0.06)
    yield Kind("label-studio", "polygons", _label_studio, tolerance=0.06)


KINDS: tuple[Kind, ...] = (*_picture_kinds(), *_shape_kinds())
"""All inputs of these layouts."""
