"""COCO of others: what is read all the same, and what is left out and reported."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
from pycocotools import mask as coco_masks
from pycocotools.coco import COCO

from core.datasets.formats import DATASET_FORMATS
from core.datasets.layouts.coco_reader import read_coco
from core.datasets.reading.notes import ReadNotes
from core.datasets.run_lengths import runs_of_mask
from core.errors import DatasetError
from tests.core.datasets.clips import SIZE, write
from tests.core.datasets.foreign_coco import Foreign

# pycocotools calls NumPy's array protocol in the way of version 1
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def load(path: Path) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"segmentation": []}, r"1 annotation left out: it has no mask \(annotation 1\)"),
        ({"segmentation": None, "bbox": [0, 0, 5, 5]}, "it has no mask, only a box"),
        ({"segmentation": {"size": [1, 1], "counts": "0"}}, "its run lengths are of 1 x 1 pixels, not 61 x 43"),
        ({"segmentation": {"size": [SIZE[1], SIZE[0]], "counts": [4, 4]}}, "its runs do not add up"),
        ({"segmentation": {"size": "x", "counts": "0"}}, "do not say of which size"),
        ({"segmentation": {"size": [SIZE[1], SIZE[0]], "counts": [10**30]}}, "its runs do not add up"),
        ({"segmentation": [[1, 2, 3, 4]]}, "fewer than three corners"),
        ({"segmentation": "mask.png"}, "its outline cannot be understood"),
        ({"image_id": 77}, "its image is not in the index"),
    ],
)
def test_one_fault_is_left_out_and_counted(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.image(2)
    foreign.box(1, 18, 0, 0, 5)
    foreign.box(2, 18, 0, 0, 5)
    foreign.index["annotations"][0] |= change
    notes = ReadNotes()
    found = foreign.read(notes)
    assert found[-1].name == "000000000002"
    assert found[-1].labels(0)[2, 2] == 1
    assert len(notes.lines()) == 1
    assert re.search(reason, notes.lines()[0])
    # the image itself is not one without objects: nothing is known of it
    assert len(found) == (2 if "image_id" in change else 1)


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ({"size": [SIZE[1], SIZE[0]], "counts": "~~~"}, "its run lengths are damaged"),
        ({"size": [SIZE[1], SIZE[0]], "counts": "0o0"}, "its runs count|make no sense"),
        ([[1e300, 0, 5, 5, 0, 9]], "corners far outside"),
        ([[float("nan"), 0, 5, 5, 0, 9]], "corners far outside"),
        ([["a", "b", "c", "d", "e", "f"]], "not made of numbers"),
        ([[900, 900, 910, 900, 910, 910]], "no pixel of it lies in the picture"),
    ],
)
def test_faults_that_only_drawing_shows_are_reported_too(tmp_path: Path, shape: Any, reason: str) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 20, 20, 5)
    foreign.box(1, 18, 0, 0, 5, segmentation=shape)
    notes = ReadNotes()
    (found,) = foreign.read(notes)
    for _ in range(2):  # reading again reports nothing twice
        assert found.labels(0)[22, 22] == 1
    (line,) = notes.lines()
    assert re.search(rf"1 annotation left out: .*({reason}).*annotation 2", line)


def test_images_that_are_missing_or_of_another_size_are_left_out(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    for number in (1, 2, 3):
        foreign.image(number)
        foreign.box(number, 18, 0, 0, 5)
    foreign.index["images"][0]["width"] = SIZE[0] + 1
    (tmp_path / "val2017" / "000000000002.jpg").unlink()
    notes = ReadNotes()
    assert [one.name for one in foreign.read(notes)] == ["000000000003"]
    size, missing = sorted(notes.lines(), key=lambda line: "missing" in line or "no such" in line)
    assert "1 image left out: there is no such picture in the dataset (000000000002.jpg)" in missing
    assert "1 picture left out: it is 61 x 43, not 62 x 43" in size
    foreign.index["images"][2]["width"] = 10**9
    foreign.read()
    with pytest.raises(DatasetError, match="nothing in it can be read"):
        list(DATASET_FORMATS["coco"].read(foreign.root))


@pytest.mark.parametrize(
    "segmentation",
    [
        [4, 4, 14, 4, 14, 14, 4, 14],
        [[[4, 4], [14, 4], [14, 14], [4, 14]]],
        [[4, 4], [14, 4], [14, 14], [4, 14]],
        [[[4, 4, 14, 4, 14, 14, 4, 14]]],
        [[4, 4, 14, 4, 14, 14, 4, 14], []],
    ],
)
def test_outlines_in_other_nestings(tmp_path: Path, segmentation: Any) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 0, 0, 1, segmentation=segmentation)
    (found,) = foreign.read()
    expected = np.zeros(SIZE[::-1], np.uint8)
    expected[4:14, 4:14] = 1
    np.testing.assert_array_equal(found.labels(0), expected)


def test_crowds_are_no_objects_unless_all_are_marked_so(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 4, 4, 10)
    foreign.box(1, 3, 20, 4, 10, iscrowd=1)
    notes = ReadNotes()
    (found,) = foreign.read(notes)
    assert [one.class_label for one in found.objects] == ["dog"]
    assert "1 annotation left out: a crowd, which is not one object (annotation 2)" in notes.lines()[0]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("images\\a.jpg", "images/a.jpg"),
        ("C:\\data\\set\\images\\a.jpg", "images/a.jpg"),
        ("/home/somebody/set/a.jpg", "images/val2017/a.jpg"),
        ("a.jpg", "images/Val2017/a.jpg"),
        ("a.jpg", "data/a.jpg"),
        ("./a.jpg", "valid/a.jpg"),
        ("val/a.jpg", "pictures/deep/val/a.jpg"),
        ("A.JPG", "images/a.jpg"),
    ],
)
def test_pictures_are_found_wherever_the_index_took_their_root(tmp_path: Path, written: str, path: str) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 4, 4, 10)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "val2017/000000000001.jpg").rename(tmp_path / path)
    foreign.index["images"][0]["file_name"] = written
    (found,) = foreign.read()
    assert found.picture_file(0) == tmp_path / path


def test_indices_beside_the_pictures_and_of_other_tasks(tmp_path: Path) -> None:
    """Roboflow's _annotations.coco.json in each part's folder; captions next to instances."""
    foreign = Foreign(tmp_path / "one")
    foreign.image(1)
    foreign.box(1, 18, 4, 4, 10)
    foreign.read()
    captions = {"images": foreign.index["images"], "annotations": [{"id": 1, "image_id": 1, "caption": "a dog"}]}
    (foreign.path.parent / "captions_val2017.json").write_text(json.dumps(captions))
    assert len(foreign.read()) == 1
    foreign.path.unlink()
    with pytest.raises(DatasetError, match=r"captions_val2017.json: no COCO instances"):
        list(read_coco(foreign.root))
    for part in ("train", "valid"):
        (tmp_path / "two" / part).mkdir(parents=True)
        PIL.Image.new("RGB", SIZE).save(tmp_path / "two" / part / "000000000001.jpg")
        (tmp_path / "two" / part / "_annotations.coco.json").write_text(json.dumps(foreign.index))
    found = list(DATASET_FORMATS["coco"].read(tmp_path / "two"))
    assert [(one.name, one.split) for one in found] == [("000000000001", "train"), ("000000000001_val", "val")]
    assert found[1].picture_file(0) == tmp_path / "two/valid/000000000001.jpg"
    assert [one.name for one in DATASET_FORMATS["coco"].read(tmp_path / "two", {"000000000001_val"})] == [found[1].name]


@pytest.mark.parametrize("key", ["track_id", "instance_id", "attributes"])
def test_tracks_make_numbered_images_one_clip(tmp_path: Path, key: str) -> None:
    foreign = Foreign(tmp_path)
    for number in (1, 2, 10):
        foreign.image(number)
        name = f"frame_{number}.jpg"
        (tmp_path / "val2017" / foreign.index["images"][-1]["file_name"]).rename(tmp_path / "val2017" / name)
        foreign.index["images"][-1]["file_name"] = name
        for track in (0, 1):
            given = {"track_id": track} if key == "attributes" else track
            foreign.box(number, 18, 4 + 20 * track, 4, 10, **{key: given})
    (found,) = foreign.read()
    assert found.name == "frame"
    assert found.frame_names == ("frame_1", "frame_2", "frame_10")
    assert [found.labels(2)[8, 8], found.labels(2)[8, 28]] == [1, 2]


def test_categories_may_be_missing_or_count_from_zero(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.index["categories"] = [{"id": 0, "name": "cat"}]
    foreign.image(1)
    foreign.box(1, 0, 4, 4, 10)
    foreign.box(1, 9, 24, 4, 10)
    notes = ReadNotes()
    (found,) = foreign.read(notes)
    assert [one.class_label for one in found.objects] == ["cat", "category 9"]
    assert "1 annotation of a category that the index does not name (annotation 2)" in notes.lines()[0]


def test_more_than_255_objects_on_a_picture(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    for number in range(300):
        foreign.box(1, 18, number % 60, number // 60 * 6, 1 if number < 45 else 2)
    notes = ReadNotes()
    (found,) = foreign.read(notes)
    assert len(found.objects) == 255
    assert "45 annotations left out: more than 255 objects on frame" in notes.lines()[0]


def test_what_else_the_index_states_is_written_again(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.index |= {"info": {"description": "Park", "year": 2020}, "licenses": [{"id": 4, "name": "CC BY"}]}
    foreign.index["categories"][0]["supercategory"] = "animal"
    foreign.image(7, license=4, flickr_url="http://example.org/7")
    foreign.box(7, 18, 4, 4, 10, attributes={"occluded": True}, score=0.5)
    foreign.read()
    write(list(DATASET_FORMATS["coco"].read(tmp_path)), tmp_path / "again", "coco")
    index = json.loads((tmp_path / "again/annotations/instances_val.json").read_text())
    assert index["info"] == foreign.index["info"]
    assert index["licenses"] == foreign.index["licenses"]
    assert index["categories"] == foreign.index["categories"], "with their numbers, used or not"
    assert index["images"][0]["license"] == 4
    assert index["images"][0]["flickr_url"] == "http://example.org/7"
    (entry,) = index["annotations"]
    assert (entry["category_id"], entry["attributes"], entry["score"]) == (18, {"occluded": True}, 0.5)
    assert load(tmp_path / "again/annotations/instances_val.json").getCatIds() == [18, 3]


def test_pycocotools_sees_what_is_read(tmp_path: Path) -> None:
    """An independent reader on outlines, numbers and text, rotated and overlapping."""
    foreign = Foreign(tmp_path)
    foreign.image(1)
    rng = np.random.default_rng(5)
    for number in range(12):
        mask = np.zeros(SIZE[::-1], np.uint8)
        x, y = rng.integers(0, 40), rng.integers(0, 30)
        mask[y : y + 12, x : x + 9] = rng.random(mask[y : y + 12, x : x + 9].shape) < 0.8
        runs = coco_masks.encode(np.asfortranarray(mask))
        numbers = {"size": runs["size"], "counts": runs_of_mask(mask.astype(bool))}
        text = {"size": runs["size"], "counts": runs["counts"].decode()}
        foreign.box(1, 18, 0, 0, 1, segmentation=text if number % 2 else numbers)
    (found,) = foreign.read()
    coco = load(foreign.path)
    masks = [coco.annToMask(entry) for entry in coco.loadAnns(coco.getAnnIds(1))]
    seen = found.labels(0)
    np.testing.assert_array_equal(seen > 0, np.any(masks, axis=0))
    for object_id in range(1, 13):
        assert not ((seen == object_id) & (masks[object_id - 1] == 0)).any()


def test_ids_may_be_texts_in_one_place_and_numbers_in_another(tmp_path: Path) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 4, 4, 10)
    foreign.index["annotations"][0] |= {"image_id": "1", "category_id": "18", "id": "a"}
    foreign.index["images"][0]["id"] = 1.0
    (found,) = foreign.read()
    assert [one.class_label for one in found.objects] == ["dog"]
    assert found.labels(0).sum() == 100
