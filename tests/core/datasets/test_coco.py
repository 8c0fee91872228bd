"""COCO instances: read by COCO's own tools, and read as others write them."""

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
from tests.core.datasets.clips import FRAMES, SIZE, clip, clips, labels, write

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


class Foreign:
    """A dataset as another program would write it."""

    def __init__(self, root: Path) -> None:
        self.path = root / "annotations" / "instances_val2017.json"
        self.index: dict[str, Any] = {
            "categories": [{"id": 18, "name": "dog"}, {"id": 3, "name": "car"}],
            "images": [],
            "annotations": [],
        }
        self.path.parent.mkdir(parents=True)
        (root / "val2017").mkdir()
        self.root = root

    def image(self, number: int, **fields: object) -> None:
        name = f"{number:012}.jpg"
        PIL.Image.new("RGB", SIZE).save(self.root / "val2017" / name)
        self.index["images"].append({"id": number, "file_name": name, "width": SIZE[0], "height": SIZE[1], **fields})

    def box(self, image: int, category: int, x: int, y: int, side: int, **fields: object) -> None:
        corners = [x, y, x + side, y, x + side, y + side, x, y + side]
        self.index["annotations"].append(
            {
                "id": len(self.index["annotations"]) + 1,
                "image_id": image,
                "category_id": category,
                "segmentation": [corners],
                "area": side * side,
                **fields,
            }
        )

    def read(self, notes: ReadNotes | None = None) -> list[Any]:
        self.path.write_text(json.dumps(self.index))
        return list(read_coco(self.root, notes=notes))


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
def test_faults_that_only_drawing_shows_are_told_too(tmp_path: Path, shape: Any, reason: str) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 20, 20, 5)
    foreign.box(1, 18, 0, 0, 5, segmentation=shape)
    notes = ReadNotes()
    (found,) = foreign.read(notes)
    for _ in range(2):  # reading again tells nothing twice
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
    ("written", "place"),
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
def test_pictures_are_found_wherever_the_index_took_their_root(tmp_path: Path, written: str, place: str) -> None:
    foreign = Foreign(tmp_path)
    foreign.image(1)
    foreign.box(1, 18, 4, 4, 10)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "val2017/000000000001.jpg").rename(tmp_path / place)
    foreign.index["images"][0]["file_name"] = written
    (found,) = foreign.read()
    assert found.picture_file(0) == tmp_path / place


def test_indices_beside_the_pictures_and_of_other_tasks(tmp_path: Path) -> None:
    """Roboflow's _annotations.coco.json in each part's folder; captions beside instances."""
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


def test_categories_may_be_missing_or_count_from_nought(tmp_path: Path) -> None:
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


def test_what_else_the_index_says_is_written_again(tmp_path: Path) -> None:
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
