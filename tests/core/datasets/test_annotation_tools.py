"""Supervisely's projects and Label Studio's exports."""

from __future__ import annotations

import base64
import io
import json
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest

from core.datasets.annotators.label_studio import unpack_brush
from core.datasets.formats import DATASET_FORMATS, detect_format
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError
from tests.core.datasets.clips import SIZE, labels, picture

WIDTH, HEIGHT = SIZE


def save_pictures(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    for index in range(count):
        PIL.Image.fromarray(picture(index)).save(folder / f"walk_{index:03}.png")


def bitmap(mask: np.ndarray, **change: Any) -> dict[str, Any]:
    rows, columns = np.nonzero(mask)
    part = mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    stored = io.BytesIO()
    PIL.Image.fromarray(part).convert("1").save(stored, "PNG")
    data = base64.b64encode(zlib.compress(stored.getvalue())).decode()
    origin = [int(columns.min()), int(rows.min())]
    return {"classTitle": "ring", "geometryType": "bitmap", "bitmap": {"data": data, "origin": origin}, **change}


def supervisely(root: Path, objects: list[list[dict[str, Any]]]) -> None:
    save_pictures(root / "ds0/img", len(objects))
    (root / "ds0/ann").mkdir()
    (root / "meta.json").write_text(json.dumps({"classes": [{"title": "ring", "shape": "bitmap", "color": "#f00"}]}))
    for index, found in enumerate(objects):
        entry = {"size": {"height": HEIGHT, "width": WIDTH}, "objects": found, "tags": []}
        (root / f"ds0/ann/walk_{index:03}.png.json").write_text(json.dumps(entry))


def test_supervisely(tmp_path: Path) -> None:
    hollow = {
        "classTitle": "frame",
        "geometryType": "polygon",
        "points": {
            "exterior": [[40, 30], [50, 30], [50, 40], [40, 40]],
            "interior": [[[43, 33], [47, 33], [47, 37], [43, 37]]],
        },
    }
    box = {"classTitle": "x", "geometryType": "rectangle", "points": {"exterior": [[0, 0], [5, 5]], "interior": []}}
    supervisely(tmp_path, [[bitmap(labels(index) == 1), hollow, box] for index in range(3)])
    assert detect_format(tmp_path) == "supervisely"
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["supervisely"].read(tmp_path, notes=notes)
    assert (found.name, found.annotated) == ("walk", (0, 1, 2))
    assert [one.class_label for one in found.objects] == ["ring", "frame"]
    for index in range(3):
        expected = (labels(index) == 1).astype(np.uint8)
        expected[30:40, 40:50] = 2
        expected[33:37, 43:47] = labels(index)[33:37, 43:47] == 1
        np.testing.assert_array_equal(found.labels(index), expected)
    assert "3 objects left out: a rectangle is no area" in notes.lines()[0]


def test_supervisely_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.datasets.annotators.supervisely._MOST_BYTES", 1 << 20)
    good = bitmap(labels(0) == 1)
    bomb = base64.b64encode(zlib.compress(bytes(2 << 20), 1)).decode()
    wrong: list[dict[str, Any]] = [
        {**good, "bitmap": {"data": bomb, "origin": [0, 0]}},
        {**good, "bitmap": {"data": "???", "origin": [0, 0]}},
        {**good, "bitmap": {**good["bitmap"], "origin": [60, 40]}},
        {**good, "bitmap": {}},
        {"geometryType": "polygon", "points": {"exterior": [[1, 1]]}},
    ]
    supervisely(tmp_path, [[good, *wrong], [good]])
    (tmp_path / "ds0/img/walk_001.png").unlink()
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["supervisely"].read(tmp_path, notes=notes)
    np.testing.assert_array_equal(found.labels(0) > 0, labels(0) == 1)
    listed = "\n".join(notes.lines())
    assert "1 file left out: there is no picture for it (walk_001.png.json)" in listed
    assert sum(int(line.split(": ")[1].split()[0]) for line in notes.lines() if "annotation" in line) == len(wrong)
    with pytest.raises(DatasetError, match="expected folders 'img' or 'video'"):
        list(DATASET_FORMATS["supervisely"].read(tmp_path / "ds0/img"))


def pack_brush(mask: np.ndarray) -> list[int]:
    """Written as the format is described: red, green, blue and alpha of each pixel, in runs of one value."""
    flat = np.repeat((mask.astype(np.uint8) * 255).reshape(-1), 4)
    bits = f"{flat.size:032b}{7:05b}" + "".join(f"{width - 1:04b}" for width in (4, 8, 12, 16))
    starts = [0, *(np.flatnonzero(np.diff(flat)) + 1).tolist(), flat.size]
    for index, (start, end) in enumerate(pairwise(starts)):
        while start < end:
            length = min(end - start, 1 << 16)
            if index % 3 == 2 and length <= 16:  # some as single values
                bits += "0" + "00" + f"{length - 1:04b}" + f"{int(flat[start]):08b}" * length
            else:
                bits += "1" + "11" + f"{length - 1:016b}" + f"{int(flat[start]):08b}"
            start += length
    bits += "0" * (-len(bits) % 8)
    return [int(bits[index : index + 8], 2) for index in range(0, len(bits), 8)]


def test_brushes_are_unpacked() -> None:
    mask = labels(2) > 0
    channels = unpack_brush(pack_brush(mask), mask.size * 4).reshape(*mask.shape, 4)
    np.testing.assert_array_equal(channels[..., 3] > 0, mask)
    for data in ([], [1, 2, 3], pack_brush(mask)[:-20], pack_brush(mask[:5])):
        with pytest.raises(ValueError, match="its brush"):
            unpack_brush(data, mask.size * 4)


def region(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    size = {"original_width": WIDTH, "original_height": HEIGHT}
    return {"id": "r", "type": kind, **size, "value": {**value, kind: ["ring"]}}


def test_label_studio(tmp_path: Path) -> None:
    save_pictures(tmp_path / "images", 2)
    square = [[x / WIDTH * 100, y / HEIGHT * 100] for x, y in ((40, 30), (50, 30), (50, 40), (40, 40))]
    tasks = []
    for index in range(2):
        results = [
            region("brushlabels", {"format": "rle", "rle": pack_brush(labels(index) == 1)}),
            region("polygonlabels", {"points": square}),
            region("rectanglelabels", {"x": 1, "y": 1, "width": 4, "height": 4}),
            {"type": "choices", "value": {"choices": ["good"]}},
        ]
        name = f"/data/upload/3/1f2e3d4c-walk_{index:03}.png"
        tasks.append({"id": index, "data": {"image": name}, "annotations": [{"result": results}]})
    tasks.append({"id": 9, "data": {"image": "s3://bucket/gone.png"}, "annotations": []})
    (tmp_path / "project-3.json").write_text(json.dumps(tasks))
    assert detect_format(tmp_path) == "label-studio"
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["label-studio"].read(tmp_path, notes=notes)
    assert (found.name, found.annotated, len(found.objects)) == ("walk", (0, 1), 2)
    for index in range(2):
        expected = (labels(index) == 1).astype(np.uint8)
        expected[30:40, 40:50] = 2
        np.testing.assert_array_equal(found.labels(index), expected)
    listed = "\n".join(notes.lines())
    assert "2 regions left out: rectanglelabels are no areas" in listed
    assert "1 task left out: its picture is not in the dataset (s3://bucket/gone.png)" in listed
