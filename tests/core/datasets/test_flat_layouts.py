"""YOLO and PASCAL VOC: what their tools expect, and what others write."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest
import yaml

from core.datasets.layouts.voc import read_voc
from core.datasets.layouts.yolo import read_yolo
from core.errors import DatasetError
from tests.core.datasets.clips import FRAMES, SIZE, clip, clips, labels, write


def test_yolo_outlines_fill_to_the_masks_as_a_trainer_fills_them(tmp_path: Path) -> None:
    write(clips(2), tmp_path / "set", "yolo", shares=(1, 1))
    index = yaml.safe_load((tmp_path / "set/data.yaml").read_text())
    assert index == {"train": "images/train", "val": "images/val", "names": {0: "bar: long, thin", 1: "ring"}}
    (path,) = (tmp_path / "set/labels/train").glob("*_00002.txt")
    lines = path.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["1", "0", "1"]
    for object_id, line in enumerate(lines, start=1):
        values = np.array(line.split()[1:], float)
        assert ((values >= 0) & (values <= 1)).all()
        # at ten times the size a line's width no longer matters
        corners = np.round(values.reshape(-1, 2) * np.array(SIZE) * 10).astype(np.int32)
        drawn = np.zeros((SIZE[1] * 10, SIZE[0] * 10), np.uint8)
        cv2.fillPoly(drawn, [corners], 1)
        # a trainer's filler draws the outline too: the line to the hole, one pixel wide
        drawn = cv2.morphologyEx(drawn, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        np.testing.assert_array_equal(drawn[5::10, 5::10] > 0, labels(2) == object_id)


def test_yolo_pictures_without_an_object_have_an_empty_file(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "yolo")
    assert (tmp_path / "set/labels/train/ring_00004.txt").read_text() == ""
    assert len(list((tmp_path / "set/images/train").iterdir())) == FRAMES


def test_yolo_of_others_is_linked_by_overlap(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "yolo")
    (tmp_path / "set/tracks.json").unlink()
    (found,) = read_yolo(tmp_path / "set")
    assert sorted(one.class_label for one in found.objects) == ["bar: long, thin", "ring", "ring"]
    for frame_index in range(FRAMES):
        truth, seen = labels(frame_index), found.labels(frame_index)
        np.testing.assert_array_equal(seen > 0, truth > 0)
        assert len(np.unique(seen)) == len(np.unique(truth))
    # the ring is the first object on the first frame and stays it, also over the empty frame
    assert [found.labels(index)[20, 3 + 2 * index] for index in (0, 1, 2, 3, 5)] == [1] * 5


def test_yolo_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"expected a file 'data.yaml'"):
        list(read_yolo(tmp_path))
    write([clip()], tmp_path / "set", "yolo")
    path = tmp_path / "set/labels/train/ring_00001.txt"
    for text, reason in (
        ("0 0.5 0.5 0.2 0.2", r"ring_00001.txt, line 1: a box; expected an outline"),
        ("\n7 0 0 1 0 1 1", "line 2: expected the number of a class"),
        ("0 0 0 1 0 1 x", "line 1: expected the number of a class, then corners"),
        ("0 0 0 1 0 1", "line 1: no outline"),
    ):
        path.write_text(text)
        with pytest.raises(DatasetError, match=reason):
            list(read_yolo(tmp_path / "set"))
    tracks = tmp_path / "set/tracks.json"
    kept = tracks.read_text()
    for text, reason in (
        ('{"ring_00000": 3}', r"tracks.json: expected a list of object ids"),
        (kept.replace("[1, 3]", "[0, 3]", 1), r"Object 0 \('ring'\) cannot be read: ids go from 1 to 255"),
    ):
        path.write_text("")
        tracks.write_text(text.replace('"ring_00001": [1, 2, 3]', '"ring_00001": []'))
        with pytest.raises(DatasetError, match=reason):
            list(read_yolo(tmp_path / "set"))
    index = tmp_path / "set/data.yaml"
    index.write_text("train: images/nowhere\nnames: [a]\n")
    with pytest.raises(DatasetError, match=r"images/nowhere: there is no such folder"):
        list(read_yolo(tmp_path / "set"))
    index.write_text("train: images/train\n")
    with pytest.raises(DatasetError, match="expected 'names'"):
        list(read_yolo(tmp_path / "set"))
    index.write_text("a: [")
    with pytest.raises(DatasetError, match="is no YAML"):
        list(read_yolo(tmp_path / "set"))


def test_voc_pictures_hold_classes_and_objects(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "voc", shares=(0, 1))
    root = tmp_path / "set"
    assert (root / "class_names.txt").read_text().splitlines() == ["_background_", "bar: long, thin", "ring"]
    for part in ("val", "trainval"):
        names = (root / f"ImageSets/Segmentation/{part}.txt").read_text().split()
        assert names == [f"ring_{index:05}" for index in range(FRAMES)]
    with PIL.Image.open(root / "SegmentationClass/ring_00002.png") as stored:
        assert stored.mode == "P"
        assert stored.getpalette()[:9] == [0, 0, 0, 128, 0, 0, 0, 128, 0]
        np.testing.assert_array_equal(np.asarray(stored), np.array([0, 2, 1, 2], np.uint8)[labels(2)])
    with PIL.Image.open(root / "SegmentationObject/ring_00002.png") as stored:
        np.testing.assert_array_equal(np.asarray(stored), labels(2))


def palette_png(path: Path, values: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = PIL.Image.fromarray(values)
    picture.putpalette([0, 0, 0, 128, 0, 0, *(254 * [9, 9, 9])])
    picture.save(path)


def test_voc_of_the_challenge(tmp_path: Path) -> None:
    """Pictures of different sizes whose names look like frames, void about the objects, the twenty classes."""
    for name, size in (("2007_000032", (20, 10)), ("2007_000039", (12, 16))):
        (tmp_path / "JPEGImages").mkdir(exist_ok=True)
        PIL.Image.new("RGB", size).save(tmp_path / "JPEGImages" / f"{name}.jpg")
        classes = np.zeros(size[::-1], np.uint8)
        classes[2:9, 2:9] = 255
        objects = classes.copy()
        classes[3:8, 3:8], objects[3:8, 3:8] = 12, 1
        palette_png(tmp_path / "SegmentationClass" / f"{name}.png", classes)
        palette_png(tmp_path / "SegmentationObject" / f"{name}.png", objects)
    found = list(read_voc(tmp_path))
    assert [(one.name, one.size) for one in found] == [("2007_000032", (20, 10)), ("2007_000039", (12, 16))]
    assert [one.class_label for one in found[0].objects] == ["dog"]
    assert found[0].labels(0).sum() == 25


def test_voc_without_objects_takes_classes_for_them(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "voc")
    shutil.rmtree(tmp_path / "set/SegmentationObject")
    (found,) = read_voc(tmp_path / "set")
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "bar: long, thin"), (2, "ring")]


def test_voc_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="expected a folder 'SegmentationClass'"):
        list(read_voc(tmp_path))
    write([clip()], tmp_path / "set", "voc")
    (tmp_path / "set/JPEGImages/ring_00003.jpg").unlink()
    with pytest.raises(DatasetError, match=r"ring_00003.png: there is no picture"):
        list(read_voc(tmp_path / "set"))
    (tmp_path / "set/SegmentationClass/ring_00003.png").unlink()
    (tmp_path / "set/SegmentationObject/ring_00002.png").unlink()
    with pytest.raises(DatasetError, match=r"SegmentationObject/ring_00002.png: there is no such file"):
        list(read_voc(tmp_path / "set"))
