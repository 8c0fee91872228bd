"""MOTS: what an independent reader sees, and what others write."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from pycocotools import mask as coco_masks

from core.datasets.formats import DATASET_FORMATS, detect_format
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError
from tests.core.datasets.clips import FRAMES, SIZE, clip, labels, picture, write

# pycocotools calls NumPy's array protocol in the way of version 1
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
NUMBERS = {1: 2001, 2: 1002, 3: 2003}
"""Ring is the second class by name."""


def test_pictures_and_text_hold_the_same_masks(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "mots")
    part = tmp_path / "set/train"
    assert (part / "instances/labels.txt").read_text().splitlines() == ["bar: long, thin", "ring"]
    for frame in range(FRAMES):
        with PIL.Image.open(part / f"instances/ring/{frame:06}.png") as stored:
            assert stored.mode == "I;16"
            values = np.asarray(stored)
        for object_id, number in NUMBERS.items():
            np.testing.assert_array_equal(values == number, labels(frame) == object_id)
    seen = 0
    for line in (part / "instances_txt/ring.txt").read_text().splitlines():
        frame, number, kind, height, width, runs = line.split()  # type: ignore[assignment]
        assert int(kind) == int(number) // 1000
        decoded = coco_masks.decode({"size": [int(height), int(width)], "counts": runs.encode()})
        np.testing.assert_array_equal(decoded > 0, labels(int(frame)) == int(number) % 1000)
        seen += 1
    assert seen == 13


@pytest.mark.parametrize("path", ["image_02/0002", "training/image_02/0002", "images/0002", "images/0002/img1"])
@pytest.mark.parametrize("kind", ["pictures", "text"])
def test_kitti_mots(tmp_path: Path, path: str, kind: str) -> None:
    """Two classes that count their objects apart, and what is to be ignored."""
    (tmp_path / path).mkdir(parents=True)
    lines = []
    for frame in range(3):
        PIL.Image.fromarray(picture(frame)).save(tmp_path / path / f"{frame:06}.png")
        truth = labels(frame)
        values = np.array([0, 1001, 2001, 10000], np.uint16)[truth]
        if kind == "pictures":
            (tmp_path / "instances/0002").mkdir(parents=True, exist_ok=True)
            PIL.Image.fromarray(values).save(tmp_path / f"instances/0002/{frame:06}.png")
        for value in np.unique(values)[1:]:
            runs = coco_masks.encode(np.asfortranarray((values == value).astype(np.uint8)))["counts"].decode()
            lines.append(f"{frame} {value} {value // 1000} {SIZE[1]} {SIZE[0]} {runs}")
    if kind == "text":
        (tmp_path / "instances_txt").mkdir()
        (tmp_path / "instances_txt/0002.txt").write_text("\n".join(lines))
    assert detect_format(tmp_path) == "mots"
    (found,) = DATASET_FORMATS["mots"].read(tmp_path)
    assert (found.name, found.frame_names) == ("0002", ("000000", "000001", "000002"))
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "car"), (2, "pedestrian")]
    for frame in range(3):
        np.testing.assert_array_equal(found.labels(frame), np.array([0, 1, 2, 0], np.uint8)[labels(frame)])


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "mots")
    part = tmp_path / "set/train"
    (part / "images/ring/000001.jpg").unlink()
    (part / "instances/ring/000002.png").write_bytes(b"none")
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["mots"].read(tmp_path / "set", notes=notes)
    assert found.annotated == (0, 2, 3, 4)
    listed = "\n".join(notes.lines())
    assert "1 frame left out: there is no picture of it (1)" in listed
    assert "000002.png: the picture is damaged" in listed
    for path in (part / "instances/ring").iterdir():
        path.unlink()
    text = part / "instances_txt/ring.txt"
    lines = text.read_text().splitlines()
    text.write_text("\n".join([lines[0].replace(f" {SIZE[1]} {SIZE[0]} ", " 5 5 "), "a b", *lines[2:]]))
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["mots"].read(tmp_path / "set", notes=notes)
    np.testing.assert_array_equal(found.labels(1), labels(2))
    assert not found.labels(0).any()
    listed = "\n".join(notes.lines())
    assert "1 line left out: it is not frame, object" in listed
    assert "1 annotation left out: it is 5 x 5, not 61 x 43 (line 1)" in listed
    with pytest.raises(DatasetError, match="expected a folder 'instances'"):
        list(DATASET_FORMATS["mots"].read(tmp_path / "set/train/images"))
