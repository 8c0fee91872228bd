"""Small datasets whose JSON says which object is which on all frames, and of VIA; see `benchmarks.dataset_kinds`."""

from __future__ import annotations

import base64
import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.dataset_kinds import (
    CLASSES,
    FRAMES,
    HEIGHT,
    WIDTH,
    Kind,
    by_number,
    labels,
    picture,
    ring,
    save,
    text_file,
)
from benchmarks.dataset_kinds_tools import _png
from benchmarks.video_writer import VideoWriter
from core.datasets.layouts.coco_writer import run_lengths

OUTLINE = 0.06


def _runs(frame: int, key: int) -> str:
    return str(run_lengths(labels(frame) == key)["counts"])


def _video(path: Path, frames: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with VideoWriter(path, (WIDTH, HEIGHT), 24, "libx264", {"preset": "ultrafast"}) as writer:
        for frame in range(frames):
            writer.write(picture(frame))


# -- BURST


def _burst(pictures: str, every: int = 1, others: bool = False) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        names = [f"frame_{frame}.png" for frame in range(FRAMES)]
        for frame, name in enumerate(names):
            save(root / pictures / name, picture(frame))
            if others:
                # another sequence whose pictures have the same names
                save(root / pictures.replace("walk", "other") / name, picture(0))
        masks = [
            {str(key): {"rle": _runs(frame, key), "is_gt": True} for key in CLASSES}
            for frame in range(0, FRAMES, every)
        ]
        sequence = {
            "id": 7,
            "dataset": "HACS",
            "seq_name": "walk",
            "width": WIDTH,
            "height": HEIGHT,
            "fps": 30,
            "all_image_paths": names,
            "annotated_image_paths": names[::every],
            "segmentations": masks,
            "track_category_ids": {"1": 805, "2": 41},
            "neg_category_ids": [],
        }
        categories = [{"id": 805, "name": "ball"}, {"id": 41, "name": "disc"}]
        index = {"sequences": [sequence], "categories": categories, "split": "train"}
        text_file(root / "annotations/train.json", json.dumps(index))

    return make


# -- VISOR


def _visor(scale: int = 1) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        entries = []
        for frame in range(FRAMES):
            name = f"P01_01_frame_{100 + frame:010}.png"
            save(root / f"rgb_frames/train/P01/P01_01/{name}", picture(frame))
            annotations = []
            for key, label in CLASSES.items():
                (line,) = ring(labels(frame) == key)
                corners = [[x * scale, y * scale] for x, y in zip(line[::2], line[1::2], strict=True)]
                annotations.append({"id": f"{frame}{key}", "name": label, "class_id": key, "segments": [corners]})
            where: dict[str, str] = {"image_path": f"P01_01/P01_01_seq_00001/{name}", "name": name, "video": "P01_01"}
            image = {**where, "subsequence": "P01_01_seq_00001"}
            entries.append({"image": image, "annotations": annotations})
        index = {"info": {}, "video_annotations": entries}
        text_file(root / "annotations/train/P01_01.json", json.dumps(index))

    return make


def _of_visor(name: str) -> np.ndarray:
    return labels(int(name[-4:]) - 100)


# -- SA-V


def _sa_v(frames: int, every: int, automatic: bool = False) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        _video(root / "sav_000001.mp4", frames)
        lists = [
            [{"size": [HEIGHT, WIDTH], "counts": _runs(frame, key)} for key in CLASSES]
            for frame in range(0, frames, every)
        ]
        # an object that is not to be seen
        lists[-1][0] = run_lengths(np.zeros((HEIGHT, WIDTH), bool))
        index = {"video_id": "sav_000001", "masklet_id": [0, 1], "masklet_num": 2, "masklet": lists}
        text_file(root / "sav_000001_manual.json", json.dumps({**index, "video_split": "train"}))
        if automatic:
            text_file(root / "sav_000001_auto.json", json.dumps(index))

    return make


def _of_sa_v(name: str) -> np.ndarray:
    found = labels(int(name))
    if int(name) == FRAMES - 2:
        found[found == 1] = 0
    return found


# -- Supervisely


def _supervisely(root: Path) -> None:
    text_file(root / "meta.json", json.dumps({"classes": []}))
    _video(root / "ds0/video/walk.mp4", FRAMES)
    frames = []
    for frame in range(FRAMES):
        figures: list[Any] = [{"objectKey": "a1", "geometryType": "rectangle", "geometry": {"points": {}}}]
        (line,) = ring(labels(frame) == 1)
        corners = [[x, y] for x, y in zip(line[::2], line[1::2], strict=True)]
        outline = {"points": {"exterior": corners, "interior": []}}
        figures.append({"objectKey": "a1", "geometryType": "polygon", "geometry": outline})
        mask = ((labels(frame) == 2) * 255).astype(np.uint8)
        data = base64.b64encode(zlib.compress(_png(np.dstack([mask] * 4)))).decode()
        geometry = {"bitmap": {"origin": [0, 0], "data": data}}
        figures.append({"objectKey": "b2", "geometryType": "bitmap", "geometry": geometry})
        frames.append({"index": frame, "figures": figures})
    objects = [{"key": "a1", "classTitle": "ball"}, {"key": "b2", "classTitle": "disc"}]
    entry = {"size": {"height": HEIGHT, "width": WIDTH}, "objects": objects, "frames": frames, "framesCount": FRAMES}
    text_file(root / "ds0/ann/walk.mp4.json", json.dumps(entry))


# -- VIA


def _via(project: bool = False, first_version: bool = False, circles: bool = False) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        index = {}
        for frame in range(FRAMES):
            name = f"a_{frame}.png"
            save(root / name, picture(frame))
            regions: list[Any] = []
            for key, label in CLASSES.items():
                (line,) = ring(labels(frame) == key)
                shape: dict[str, Any] = {"name": "polygon", "all_points_x": line[::2], "all_points_y": line[1::2]}
                if circles:
                    rows, columns = np.nonzero(labels(frame) == key)
                    shape = {"name": "circle", "cx": columns.mean() + 0.5, "cy": rows.mean() + 0.5, "r": 300**0.5}
                attributes: dict[str, Any] = {"class": label} if not circles else {"type": {label: True, "x": False}}
                regions.append({"shape_attributes": shape, "region_attributes": attributes})
            box = {"name": "rect", "x": 1, "y": 1, "width": 5, "height": 5}
            regions.append({"shape_attributes": box, "region_attributes": {}})
            numbered = {str(number): region for number, region in enumerate(regions)}
            entry = {"filename": name, "size": 999, "regions": numbered if first_version else regions}
            index[f"{name}999"] = {**entry, "file_attributes": {}}
        whole = {"_via_settings": {}, "_via_img_metadata": index, "_via_attributes": {}}
        text_file(root / "via_region_data.json", json.dumps(whole if project else index))

    return make


# -- panoptic


def _panoptic(video: bool) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        ids = {1: 70001, 2: 517}
        images, masks = [], []
        for frame in range(FRAMES):
            stem = f"{frame:08}" if video else f"a_{frame:03}"
            folder = "clip_7/" if video else ""
            save(root / f"images/{folder}{stem}.png", picture(frame))
            found = np.zeros((HEIGHT, WIDTH), np.int64)
            for key, number in ids.items():
                found[labels(frame) == key] = number
            pixels = np.stack([found & 255, found >> 8 & 255, found >> 16], axis=-1).astype(np.uint8)
            save(root / f"{'panomasksRGB' if video else 'panoptic_train'}/{folder}{stem}.png", pixels)
            images.append({"id": frame, "file_name": f"{stem}.png", "width": WIDTH, "height": HEIGHT})
            segments = [{"id": number, "category_id": key, "iscrowd": 0} for key, number in ids.items()]
            masks.append({"image_id": frame, "file_name": f"{stem}.png", "segments_info": segments})
        categories = [{"id": key, "name": name, "isthing": 1} for key, name in CLASSES.items()]
        index: dict[str, Any] = {"images": images, "annotations": masks, "categories": categories}
        if video:
            index["videos"] = [{"video_id": "clip_7", "images": index.pop("images")}]
            index["annotations"] = [{"video_id": "clip_7", "annotations": masks}]
        text_file(root / "panoptic_train.json", json.dumps(index))

    return make


def _cityscapes(root: Path) -> None:
    for frame in range(FRAMES):
        stem = f"aachen_{frame:06}_000019"
        save(root / f"leftImg8bit/train/aachen/{stem}_leftImg8bit.png", picture(0))
        objects: list[Any] = [{"label": "cargroup", "polygon": [[0, 0], [9, 0], [9, 9]]}]
        for key, label in CLASSES.items():
            (line,) = ring(labels(0) == key)
            objects.append(
                {"label": label, "polygon": [list(pair) for pair in zip(line[::2], line[1::2], strict=True)]}
            )
        index = {"imgHeight": HEIGHT, "imgWidth": WIDTH, "objects": objects}
        text_file(root / f"gtFine/train/aachen/{stem}_gtFine_polygons.json", json.dumps(index))


def _fiftyone(root: Path) -> None:
    samples = []
    for frame in range(FRAMES):
        save(root / f"data/a_{frame}.png", picture(frame))
        detections: list[Any] = [{"_cls": "Detection", "label": "box", "bounding_box": [0.1, 0.1, 0.2, 0.2]}]
        rows, columns = np.nonzero(labels(frame) == 1)
        box = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
        file = io.BytesIO()
        np.save(file, labels(frame)[box] == 1)
        sides = [columns.min() / WIDTH, rows.min() / HEIGHT]
        sides += [(np.ptp(columns) + 1) / WIDTH, (np.ptp(rows) + 1) / HEIGHT]
        packed = {"$binary": {"base64": base64.b64encode(zlib.compress(file.getvalue())).decode(), "subType": "00"}}
        detections.append({"_cls": "Detection", "label": "ball", "bounding_box": sides, "mask": packed})
        (line,) = ring(labels(frame) == 2)
        corners = [[x / WIDTH, y / HEIGHT] for x, y in zip(line[::2], line[1::2], strict=True)]
        outline = {"_cls": "Polyline", "label": "disc", "points": [corners], "closed": True, "filled": True}
        sample = {"filepath": f"data/a_{frame}.png", "ground_truth": {"_cls": "Detections", "detections": detections}}
        samples.append({**sample, "outlines": {"_cls": "Polylines", "polylines": [outline]}})
    text_file(root / "samples.json", json.dumps({"samples": samples}))
    text_file(root / "metadata.json", json.dumps({"name": "set", "media_type": "image"}))


def _labelbox(root: Path) -> None:
    rows = []
    for frame in range(FRAMES):
        save(root / f"a_{frame}.png", picture(frame))
        objects: list[Any] = [{"name": "ball", "annotation_kind": "ImageBoundingBox", "bounding_box": {}}]
        objects.append({"name": "ball", "annotation_kind": "ImageSegmentationMask", "mask": {"url": "https://a/b"}})
        for key, label in CLASSES.items():
            (line,) = ring(labels(frame) == key)
            corners = [{"x": x, "y": y} for x, y in zip(line[::2], line[1::2], strict=True)]
            objects.append({"name": label, "annotation_kind": "ImagePolygon", "polygon": corners})
        data = {"id": f"c{frame}", "external_id": f"a_{frame}.png", "row_data": f"https://x/a_{frame}.png?s=1"}
        project = {"labels": [{"annotations": {"objects": objects, "classifications": []}}]}
        media = {"width": WIDTH, "height": HEIGHT, "mime_type": "image/png"}
        rows.append(json.dumps({"data_row": data, "media_attributes": media, "projects": {"p1": project}}))
    text_file(root / "export.ndjson", "\n".join([*rows, ""]))


def _object_folders(root: Path) -> None:
    for frame in range(FRAMES):
        save(root / f"JPEGImages_24fps/walk/{frame:05}.png", picture(frame))
        for key in CLASSES if frame % 4 == 0 else ():
            mask = ((labels(frame) == key) * 255).astype(np.uint8)
            save(root / f"Annotations_6fps/walk/{key - 1:03}/{frame:05}.png", mask)


def _pairs(several: bool = False) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for frame in range(FRAMES):
            save(root / f"DIS-TR/im/a_{frame}.png", picture(frame))
            mask = labels(frame) if several else ((labels(frame) > 0) * 255).astype(np.uint8)
            save(root / f"DIS-TR/gt/a_{frame}.png", mask)

    return make


def _beside(root: Path) -> None:
    for frame in range(FRAMES):
        save(root / f"train/a_{frame:03}.png", picture(frame))
        save(root / f"train/a_{frame:03}_mask.png", labels(frame))
    text_file(root / "train/_classes.csv", "Pixel Value, Class\n0, background\n1, ball\n2, disc\n")


def _kinds() -> Iterator[Kind]:
    yield Kind("burst", "pictures by data set and sequence", _burst("frames/train/HACS/walk", others=True))
    yield Kind("burst", "every second frame annotated", _burst("HACS/walk", every=2))
    missing = "there is no such picture"
    yield Kind("burst", "pictures of another sequence alone", _burst("HACS/run"), refused=missing)
    yield Kind("visor", "sparse outlines", _visor(), tolerance=OUTLINE, truth=_of_visor)
    yield Kind("visor", "pictures made smaller", _visor(4), refused="put the pictures there that were annotated")
    yield Kind("sa-v", "one frame in four", _sa_v(FRAMES - 1, 4), frames=FRAMES - 1, truth=_of_sa_v)
    notes = ("those by hand, in sav_000001_manual.json, are read",)
    made = _sa_v(FRAMES - 1, 1, automatic=True)
    yield Kind("sa-v", "every frame, by a program, too", made, frames=FRAMES - 1, truth=_of_sa_v, notes=notes)
    yield Kind("supervisely", "a video", _supervisely, tolerance=OUTLINE, notes=("a rectangle is no area",))
    yield Kind("panoptic", "a video", _panoptic(video=True))
    yield Kind("panoptic", "pictures", _panoptic(video=False))
    crowd, fields = ("a crowd",), ("it has no mask", "several fields")
    yield Kind(
        "cityscapes", "a city", _cityscapes, FRAMES, tolerance=OUTLINE, notes=crowd, truth=lambda _name: labels(0)
    )
    yield Kind("fiftyone", "masks and outlines", _fiftyone, tolerance=OUTLINE, notes=fields)
    addresses = ("its mask is at an address", "a ImageBoundingBox is no area")
    yield Kind("labelbox", "outlines", _labelbox, tolerance=OUTLINE, notes=addresses)
    yield Kind("object-folders", "SA-V for evaluation", _object_folders)
    yield Kind("object-folders", "im and gt", _pairs(), truth=lambda name: (by_number(name) > 0).astype(np.uint8))
    yield Kind("object-folders", "masks of several objects", _pairs(several=True))
    yield Kind("object-folders", "Roboflow: NAME_mask.png beside NAME.png", _beside)
    note = ("a rect is no area",)
    for title, make in (
        ("an export", _via()),
        ("a project", _via(project=True)),
        ("the first version", _via(first_version=True)),
        ("circles, classes to be ticked", _via(circles=True)),
    ):
        yield Kind("via", title, make, tolerance=OUTLINE, notes=note)


KINDS: tuple[Kind, ...] = tuple(_kinds())
"""All inputs of these kinds."""
