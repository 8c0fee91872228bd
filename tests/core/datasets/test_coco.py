"""COCO instances: read by COCO's own tools, and read as others write them."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
from pycocotools.coco import COCO

from core.datasets.layouts.coco_reader import read_coco
from core.errors import DatasetError
from tests.core.datasets.clips import FRAMES, SIZE, clip, clips, labels, write
from tests.core.datasets.foreign_coco import Foreign

# pycocotools calls NumPy's array protocol in the way of version 1
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def load(path: Path) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


@pytest.mark.parametrize("name", ["coco", "coco-polygons"])
def test_pycocotools_sees_the_same_pixels(name: str, tmp_path: Path) -> None:
    write(clips(2), tmp_path / "set", name)
    coco = load(tmp_path / "set/annotations/instances_train.json")
    assert [entry["name"] for entry in coco.loadCats(coco.getCatIds())] == ["bar: long, thin", "ring"]
    assert len(coco.getImgIds()) == 2 * FRAMES
    seen = 0
    for image in coco.loadImgs(coco.getImgIds()):
        truth = labels(image["frame_index"])
        objects = {entry["id"]: entry["object_id"] for entry in coco.dataset["tracks"]}
        for entry in coco.loadAnns(coco.getAnnIds(image["id"])):
            expected = truth == objects[entry["track_id"]]
            np.testing.assert_array_equal(coco.annToMask(entry).astype(bool), expected)
            rows, columns = np.nonzero(expected)
            assert entry["area"] == expected.sum()
            assert entry["bbox"] == [
                columns.min(),
                rows.min(),
                np.ptp(columns) + 1,
                np.ptp(rows) + 1,
            ]
            seen += 1
    assert seen == 26


def test_frames_are_counted_in_the_clip_and_in_the_set(tmp_path: Path) -> None:
    write(clips(2), tmp_path / "set", "coco", every=2)
    index = json.loads((tmp_path / "set/annotations/instances_train.json").read_text())
    assert [(one["video_id"], one["frame_index"], one["frame_id"]) for one in index["images"]] == [
        *((1, 0, 0), (1, 2, 1), (1, 4, 2)),
        *((2, 0, 0), (2, 2, 1), (2, 4, 2)),
    ]
    assert all((tmp_path / "set/images" / one["file_name"]).is_file() for one in index["images"])


def test_fewer_corners_within_the_tolerance(tmp_path: Path) -> None:
    write([clip()], tmp_path / "exact", "coco-polygons")
    write([clip()], tmp_path / "rough", "coco-polygons", tolerance=1.0)
    sizes = [(tmp_path / name / "annotations/instances_train.json").stat().st_size for name in ("exact", "rough")]
    assert sizes[1] <= sizes[0]
    (found,) = read_coco(tmp_path / "rough")
    np.testing.assert_array_equal(found.labels(0) == 3, labels(0) == 3, "a single pixel does not vanish")


def test_single_images_are_clips_of_one_frame(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(7)
    foreign.image(9)
    foreign.box(7, 18, 4, 4, 10)
    foreign.box(7, 3, 6, 6, 3)
    one, two = foreign.read()
    assert (one.name, one.split, two.name) == ("000000000007", "val", "000000000009")
    assert [thing.class_label for thing in one.objects] == ["dog", "car"]
    assert one.labels(0)[7, 7] == 2, "the smaller one is in front"
    assert one.labels(0)[5, 5] == 1
    assert two.objects == ()
    assert not two.labels(0).any()


def test_annotations_without_tracks_are_linked(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    for number in (1, 2, 3):
        foreign.image(number, video_id=5, frame_id=number)
    foreign.box(1, 18, 4, 4, 10)
    foreign.box(1, 18, 30, 4, 10)
    foreign.box(2, 18, 32, 5, 10)  # in another order
    foreign.box(2, 18, 6, 4, 10)
    foreign.box(3, 3, 6, 4, 10)  # of another class
    (found,) = foreign.read()
    assert found.name == "5"
    assert [found.labels(index)[8, 8] for index in range(3)] == [1, 1, 3]
    assert [found.labels(index)[8, 35] for index in range(3)] == [2, 2, 0]


def test_tracks_count_from_one_in_each_video(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.index["videos"] = [{"id": 1, "name": "val/park/walk"}]
    foreign.image(1, video_id=1)
    foreign.image(2, video_id=1)
    foreign.box(1, 18, 4, 4, 8, track_id=9000)
    foreign.box(2, 3, 20, 4, 8, track_id=700)
    foreign.box(2, 18, 4, 4, 8, track_id=9000)
    (found,) = foreign.read()
    assert found.name == "val_park_walk"
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "car"), (2, "dog")]
    assert found.labels(0)[5, 5] == found.labels(1)[5, 5] == 2


def test_run_lengths_as_numbers(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    height = SIZE[1]
    runs = [height + 2, 3, SIZE[0] * height - height - 5]  # three pixels of the second column
    foreign.box(1, 18, 0, 0, 5, segmentation={"size": [height, SIZE[0]], "counts": runs}, iscrowd=1)
    (found,) = foreign.read()
    expected = np.zeros(SIZE[::-1], np.uint8)
    expected[2:5, 1] = 1
    np.testing.assert_array_equal(found.labels(0), expected)


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no COCO dataset; expected a folder 'annotations'"):
        list(read_coco(tmp_path))
    foreign = Foreign(tmp_path)
    foreign.path.write_text("{")
    with pytest.raises(DatasetError, match=r"instances_val2017.json: is no JSON: .* in line 1"):
        list(read_coco(tmp_path))
    foreign.index.pop("images")
    with pytest.raises(DatasetError, match="no COCO instances"):
        foreign.read()


def test_images_of_one_name_in_two_folders_are_two_clips(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    for number, folder in enumerate(("left", "right"), start=1):
        foreign.image(number)
        (tmp_path / "val2017" / folder).mkdir()
        old = tmp_path / "val2017" / foreign.index["images"][-1]["file_name"]
        old.rename(tmp_path / "val2017" / folder / "a.jpg")
        foreign.index["images"][-1]["file_name"] = f"{folder}/a.jpg"
        foreign.box(number, 18, 4, 4, 6)
    assert [one.name for one in foreign.read()] == ["left_a", "right_a"]
