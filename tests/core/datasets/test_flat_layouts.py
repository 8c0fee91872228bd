"""YOLO and PASCAL VOC: what their tools expect, and what others write."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest
import yaml

from core.datasets.formats import DATASET_FORMATS, detect_format
from core.datasets.layouts.voc_reader import read_voc
from core.datasets.layouts.yolo_reader import read_yolo
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError
from tests.core.datasets.clips import FRAMES, SIZE, clip, clips, labels, write


def test_yolo_outlines_fill_to_the_masks_as_a_trainer_fills_them(tmp_path: Path) -> None:
    write(clips(2), tmp_path / "set", "yolo", ratios=(1, 1))
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


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0 0.5 0.5 0.2 0.2", "it is a box, not an outline"),
        ("x 0 0 1 0 1 1", "no number of a class"),
        ("0 0 0 1 0 1 x", "no number of a class with corners"),
        ("0 0 0 1 0", "it is a box"),
        ("0 0 0", "fewer than three corners"),
        ("0 10 10 400 10 400 300", "its corners are no fractions of the picture"),
        ("0 nan 0 1 0 1 1", "its corners are no fractions of the picture"),
        ("0 1e400 0 1 0 1 1", "its corners are no fractions of the picture"),
    ],
)
def test_yolo_lines_that_are_no_outline_are_left_out(tmp_path: Path, line: str, reason: str) -> None:
    write([clip()], tmp_path / "set", "yolo")
    path = tmp_path / "set/labels/train/ring_00001.txt"
    path.write_text(line + "\n" + path.read_text())
    notes = ReadNotes()
    (found,) = read_yolo(tmp_path / "set", notes=notes)
    np.testing.assert_array_equal(found.labels(1) > 0, labels(1) > 0)
    assert len(notes.lines()) == 1
    assert "1 line left out: " in notes.lines()[0] and reason in notes.lines()[0]
    assert "(ring_00001.txt, line 1)" in notes.lines()[0]


def test_yolo_what_is_no_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"expected a file 'data.yaml'"):
        list(read_yolo(tmp_path))
    write([clip()], tmp_path / "set", "yolo")
    index = tmp_path / "set/data.yaml"
    index.write_text("a: [")
    with pytest.raises(DatasetError, match="is no YAML"):
        list(read_yolo(tmp_path / "set"))
    index.write_text("just text")
    with pytest.raises(DatasetError, match="expected 'names'"):
        list(read_yolo(tmp_path / "set"))
    index.write_text("train: images/nowhere\nnames: [a]\n")
    with pytest.raises(DatasetError, match=r"nothing in it can be read.*train: images/nowhere"):
        list(DATASET_FORMATS["yolo"].read(tmp_path / "set"))
    for path in (tmp_path / "set/labels/train").iterdir():
        path.write_text("0 0.5 0.5 0.2 0.2")
    index.write_text("train: images/train\nnames: [a]\n")
    with pytest.raises(DatasetError, match=r"nothing in it can be read.*6 lines left out: it is a box"):
        list(DATASET_FORMATS["yolo"].read(tmp_path / "set"))


def test_yolo_tracks_that_cannot_be_used_are_linked(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "yolo")
    tracks = tmp_path / "set/tracks.json"
    for text in ('{"ring_00000": 3}', "[", "[1]"):
        tracks.write_text(text)
        (found,) = read_yolo(tmp_path / "set")
        assert len(found.objects) == 3
        np.testing.assert_array_equal(found.labels(2) > 0, labels(2) > 0)


@pytest.mark.parametrize(
    ("index", "names"),
    [
        ("names: [bar, ring]", ["bar", "ring", "ring"]),
        ("names: {0: bar, 1: ring}", ["bar", "ring", "ring"]),
        ("names: {'0': on, 1: no}", ["on", "no", "no"]),
        ("nc: 2", ["class 0", "class 1", "class 1"]),
        ("names: [bar]", ["bar", "class 1", "class 1"]),
    ],
)
def test_yolo_names_of_classes(tmp_path: Path, index: str, names: list[str]) -> None:
    write([clip()], tmp_path / "set", "yolo")
    (tmp_path / "set/data.yaml").write_text(f"train: images/train\n{index}\n")
    (found,) = read_yolo(tmp_path / "set")
    assert sorted(one.class_label for one in found.objects) == sorted(names)


@pytest.mark.parametrize(
    "index",
    [
        "train: ../images/train",
        "train: /content/set/images/train",
        "train: 'C:\\data\\set\\images\\train'",
        "path: ../datasets/set\ntrain: images/train",
        "train: [images/train]",
        "train: images/train\nval: images/train",
        "train: images/train\nval:\ntest: images/test",
        "train: train.txt",
        "train: [train.txt, images/train]",
        "train: images",
        "nc: 2",
    ],
)
def test_yolo_parts_in_all_the_ways_they_are_written(tmp_path: Path, index: str) -> None:
    write([clip()], tmp_path / "set", "yolo")
    (tmp_path / "set/data.yaml").write_text(f"{index}\nnames: [bar, ring]\n")
    (tmp_path / "set/train.txt").write_text("".join(f"./images/train/ring_{one:05}.jpg\n" for one in range(FRAMES)))
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["yolo"].read(tmp_path / "set", notes=notes)
    assert (found.name, len(found.frame_names), found.split) == ("ring", FRAMES, "train")
    assert ("val:\n" in index) == any("test: images/test" in line for line in notes.lines())
    # what is named twice is read once, and reported
    twice = (index.count("train") > 2 and "val: images/train" in index) or "[train.txt" in index
    assert twice == any("6 pictures left out" in line for line in notes.lines())


def test_yolo_of_several_folders_and_of_roboflow(tmp_path: Path) -> None:
    write([clip()], tmp_path / "one", "yolo")
    root = tmp_path / "set"
    for part in ("a", "b"):
        shutil.copytree(tmp_path / "one/images/train", root / part / "images")
        shutil.copytree(tmp_path / "one/labels/train", root / part / "labels")
    (root / "data.yaml").write_text("train: [a/images, ../b/images]\nnames: [bar, ring]\n")
    found = list(DATASET_FORMATS["yolo"].read(root))
    assert [one.name for one in found] == ["ring", "ring_train"]
    for folder in (root / "a/images", root / "a/labels"):
        for path in folder.iterdir():
            path.rename(path.with_name(f"{path.stem}_jpg.rf.{'0123456789abcdef' * 2}{path.suffix}"))
    (root / "data.yaml").write_text("train: ../a/images\nval: ../valid/images\nnames: [bar, ring]\n")
    (clip_of_parts,) = DATASET_FORMATS["yolo"].read(root)
    assert (clip_of_parts.name, len(clip_of_parts.frame_names)) == ("ring", FRAMES)


def test_yolo_with_a_list_of_classes_alone(tmp_path: Path) -> None:
    """As Label Studio exports it."""
    write([clip()], tmp_path / "one", "yolo")
    root = tmp_path / "set"
    shutil.copytree(tmp_path / "one/images/train", root / "images")
    shutil.copytree(tmp_path / "one/labels/train", root / "labels")
    (root / "classes.txt").write_text("bar\nring\n")
    assert detect_format(root) == "yolo"
    (found,) = read_yolo(root)
    assert sorted(one.class_label for one in found.objects) == ["bar", "ring", "ring"]


def test_voc_pictures_hold_classes_and_objects(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "voc", ratios=(0, 1))
    root = tmp_path / "set"
    assert (root / "class_names.txt").read_text().splitlines() == ["_background_", "bar: long, thin", "ring"]
    for part in ("val", "trainval"):
        names = (root / f"ImageSets/Segmentation/{part}.txt").read_text().split()
        assert names == [f"ring_{index:05}" for index in range(FRAMES)]
    with PIL.Image.open(root / "SegmentationClass/ring_00002.png") as stored:
        assert stored.mode == "P"
        assert stored.getpalette()[:9] == [0, 0, 0, 128, 0, 0, 0, 128, 0]  # type: ignore[index]
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


def test_voc_what_is_missing_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="expected a folder 'SegmentationClass'"):
        list(read_voc(tmp_path))
    write([clip()], tmp_path / "set", "voc")
    (tmp_path / "set/JPEGImages/ring_00003.jpg").unlink()
    (tmp_path / "set/SegmentationObject/ring_00002.png").unlink()
    (tmp_path / "set/SegmentationObject/ring_00005.png").write_bytes(b"no picture")
    notes = ReadNotes()
    (found,) = read_voc(tmp_path / "set", notes=notes)
    assert found.frame_names == ("00000", "00001", "00004", "00005")
    assert found.annotated == (0, 1, 2)
    assert "1 mask left out: there is no picture for it in JPEGImages (ring_00003.png)" in notes.lines()[0]
    assert "1 mask left out: there is no such file (ring_00002.png)" in notes.lines()[1]
    assert "ring_00005.png: the picture is damaged" in notes.lines()[2]


CVAT = {"helmet": (36, 179, 83), "scooter": (250, 125, 187)}


def cvat_masks(root: Path, objects: np.ndarray, frames: list[np.ndarray], classes: dict[int, str]) -> None:
    """CVAT's "segmentation mask 1.1": RGB pictures, the colours of the classes in labelmap.txt."""
    for folder in ("JPEGImages", "SegmentationClass", "SegmentationObject"):
        (root / folder).mkdir(parents=True)
    for index, found in enumerate(frames):
        colours = np.zeros((*found.shape, 3), np.uint8)
        for object_id, name in classes.items():
            colours[found == object_id] = CVAT[name]
        for folder, picture in (
            ("JPEGImages", np.zeros_like(colours)),
            ("SegmentationClass", colours),
            ("SegmentationObject", objects[found]),
        ):
            PIL.Image.fromarray(picture).save(root / folder / f"frame_{index:06}.png")
    lines = [f"{name}:{','.join(map(str, colour))}::\n" for name, colour in CVAT.items()]
    (root / "labelmap.txt").write_text("# label:color_rgb:parts:actions\nbackground:0,0,0::\n" + "".join(lines))


@pytest.mark.parametrize("colours", [[(0, 0, 0), (128, 0, 0), (0, 128, 0)], [(0, 0, 0), (9, 8, 7), (250, 1, 2)]])
def test_voc_as_cvat_writes_it(tmp_path: Path, colours: list[tuple[int, int, int]]) -> None:
    frames = [np.where(labels(index) == 3, 0, labels(index)) for index in (0, 1, 2)]
    frames[0][frames[0] == 1] = 0  # the colour of a later object alone on the first frame keeps its id
    frames[0][30:33, 3:9] = 2
    cvat_masks(tmp_path, np.array(colours, np.uint8), frames, {1: "scooter", 2: "helmet"})
    (found,) = read_voc(tmp_path)
    assert found.name == "frame"
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "scooter"), (2, "helmet")]
    for index in range(3):
        np.testing.assert_array_equal(found.labels(index), frames[index])


def test_voc_objects_that_are_counted_by_picture_are_linked(tmp_path: Path) -> None:
    frames = [np.zeros((40, 60), np.uint8) for _ in range(2)]
    frames[0][5:15, 5:15], frames[0][5:15, 30:40] = 1, 2
    frames[1][5:15, 32:42], frames[1][5:15, 6:16] = 1, 2  # counted again
    root = tmp_path / "set"
    cvat_masks(root, np.array([(0, 0, 0), (128, 0, 0), (0, 128, 0)], np.uint8), frames, {1: "scooter", 2: "helmet"})
    second = np.asarray(PIL.Image.open(root / "SegmentationClass/frame_000001.png")).copy()
    second[frames[1] == 1], second[frames[1] == 2] = CVAT["helmet"], CVAT["scooter"]
    PIL.Image.fromarray(second).save(root / "SegmentationClass/frame_000001.png")
    (found,) = read_voc(root)
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "scooter"), (2, "helmet")]
    assert (found.labels(1)[10, 10], found.labels(1)[10, 36]) == (1, 2)
