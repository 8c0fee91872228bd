"""YouTube-VIS, CVAT for video and labelme: read by independent readers, and read as others write them."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pytest
from pycocotools import mask as coco_masks

from benchmarks.video_writer import VideoWriter
from core.datasets.formats import DATASET_FORMATS, detect_format
from core.datasets.reading.notes import ReadNotes
from core.errors import DatasetError
from tests.core.datasets.clips import FRAMES, SIZE, clip, clips, labels, picture, write

# pycocotools calls NumPy's array protocol in the way of version 1
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def save_pictures(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for index, name in enumerate(names):
        PIL.Image.fromarray(picture(index)).save(folder / name)


def test_youtube_vis_is_what_pycocotools_decodes(tmp_path: Path) -> None:
    write(clips(2), tmp_path / "set", "youtube-vis", ratios=(1, 1))
    index = json.loads((tmp_path / "set/train/instances.json").read_text())
    (video,) = index["videos"]
    assert (video["width"], video["height"], video["length"]) == (*SIZE, FRAMES)
    assert all((tmp_path / "set/train/JPEGImages" / name).is_file() for name in video["file_names"])
    assert len(index["annotations"]) == 3
    for entry in index["annotations"]:
        assert entry["video_id"] == video["id"]
        for frame in range(FRAMES):
            truth = labels(frame) == entry["object_id"]
            if not truth.any():
                assert (entry["segmentations"][frame], entry["bboxes"][frame], entry["areas"][frame]) == (None,) * 3
                continue
            np.testing.assert_array_equal(coco_masks.decode(entry["segmentations"][frame]), truth)
            assert entry["areas"][frame] == truth.sum()
            assert entry["bboxes"][frame] == coco_masks.toBbox(entry["segmentations"][frame]).tolist()


def ovis(root: Path, **change: Any) -> Path:
    """As OVIS is laid out: annotations_train.json, the pictures in train/VIDEO."""
    names = [f"abc/img_{index + 1:07}.jpg" for index in range(3)]
    save_pictures(root / "train/abc", [Path(name).name for name in names])
    annotations = []
    for number, object_id in ((501, 2), (77, 1)):
        masks: list[Any] = [None] * 3
        for frame in range(3):
            if (labels(frame) == object_id).any():
                runs = coco_masks.encode(np.asfortranarray((labels(frame) == object_id).astype(np.uint8)))
                masks[frame] = {"size": runs["size"], "counts": runs["counts"].decode()}
        annotations.append({"id": number, "video_id": 9, "category_id": 4, "segmentations": masks, "iscrowd": 0})
    video = {"id": 9, "width": SIZE[0], "height": SIZE[1], "length": 3, "file_names": names}
    index = {"videos": [video], "annotations": annotations, "categories": [{"id": 4, "name": "fish"}], **change}
    root.mkdir(exist_ok=True)
    (root / "annotations_train.json").write_text(json.dumps(index))
    return root


def test_ovis_is_read(tmp_path: Path) -> None:
    root = ovis(tmp_path / "set")
    assert detect_format(root) == "youtube-vis"
    (found,) = DATASET_FORMATS["youtube-vis"].read(root)
    assert (found.name, found.split, found.annotated) == ("abc", "train", (0, 1, 2))
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "fish"), (2, "fish")]
    for frame in range(3):
        truth = labels(frame)
        np.testing.assert_array_equal(found.labels(frame), np.where(truth == 3, 0, truth))


def test_an_object_id_that_is_no_number_is_none(tmp_path: Path) -> None:
    root = ovis(tmp_path / "set")
    path = root / "annotations_train.json"
    index = json.loads(path.read_text())
    # JSON's `true` is 1 for Python, and no index of an array
    index["annotations"][0]["object_id"] = True
    path.write_text(json.dumps(index))
    (found,) = DATASET_FORMATS["youtube-vis"].read(root)
    assert {one.object_id for one in found.objects} == {1, 2}
    assert {int(one) for frame in range(3) for one in np.unique(found.labels(frame))} <= {0, 1, 2}


def test_youtube_vis_faults_are_left_out(tmp_path: Path) -> None:
    root = ovis(tmp_path / "set")
    (root / "train/abc/img_0000002.jpg").unlink()
    path = root / "annotations_train.json"
    index = json.loads(path.read_text())
    index["annotations"][1]["segmentations"][2] = {"size": [1, 1], "counts": "0"}
    index["annotations"].append({**index["annotations"][0], "id": 3, "iscrowd": 1})
    index["videos"].append({"id": 10, "file_names": ["other/1.jpg"], "width": 4, "height": 4})
    path.write_text(json.dumps(index))
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["youtube-vis"].read(root, notes=notes)
    assert found.frame_names == ("img_0000001", "img_0000003")
    listed = "\n".join(notes.lines())
    for text in (
        "1 frame left out",
        "1 mask left out: its run lengths are of 1 x 1",
        "1 annotation left out: a crowd",
        "'other' left out",
    ):
        assert text in listed
    path.write_text(json.dumps({"videos": [{"name": "a"}]}))
    with pytest.raises(DatasetError, match="no YouTube-VIS index"):
        list(DATASET_FORMATS["youtube-vis"].read(root))


def cvat_mask(element: ElementTree.Element) -> np.ndarray:
    """CVAT's masks as its documentation says: runs of pixels, row by row, in the mask's box."""
    found = np.zeros(SIZE[::-1], bool)
    left, top, width, height = (int(element.get(key) or 0) for key in ("left", "top", "width", "height"))
    flat: list[int] = []
    for index, run in enumerate((element.get("rle") or "").split(",")):
        flat += [index % 2] * int(run)
    found[top : top + height, left : left + width] = np.array(flat).reshape(height, width)
    return found


def test_cvat_tracks_hold_the_masks(tmp_path: Path) -> None:
    write([clip("a & <b>".replace("<", "(").replace(">", ")"))], tmp_path / "set", "cvat-video")
    (path,) = (tmp_path / "set").rglob("annotations.xml")
    tree = ElementTree.parse(path).getroot()
    assert [track.get("label") for track in tree.iter("track")] == ["ring", "bar: long, thin", "ring"]
    assert {name.text for name in tree.iter("name")} == {"a & (b)", "ring", "bar: long, thin"}
    assert len(list((path.parent / "images").iterdir())) == FRAMES
    for track in tree.iter("track"):
        for element in track:
            truth = labels(int(element.get("frame") or -1)) == int(track.get("id") or 0)
            assert (element.get("outside") == "0") == bool(truth.any())
            if truth.any():
                np.testing.assert_array_equal(cvat_mask(element), truth)


CVAT_VIDEO = """<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version>
<meta><task><name>walk</name><size>6</size><mode>interpolation</mode><subset>Validation</subset>
<labels><label><name>dog</name></label></labels><source>walk.mp4</source>
<original_size><width>61</width><height>43</height></original_size></task></meta>
<track id="0" label="dog" source="manual">
  <polygon frame="0" outside="0" occluded="0" points="2.00,2.00;12.00,2.00;12.00,12.00;2.00,12.00" z_order="0"/>
  <polygon frame="1" outside="0" occluded="0" points="3.00,2.00;13.00,2.00;13.00,12.00;3.00,12.00" z_order="0"/>
  <polygon frame="2" outside="1" occluded="0" points="3.00,2.00;13.00,2.00;13.00,12.00;3.00,12.00" z_order="0"/>
</track>
<track id="7" label="cat" source="manual">
  <mask frame="1" outside="0" occluded="0" rle="1, 2, 2, 1" left="5" top="5" width="3" height="2" z_order="1"/>
  <mask frame="2" outside="0" occluded="0" rle="0, 6" left="5" top="5" width="3" height="2" z_order="1"/>
  <ellipse frame="4" outside="0" cx="30" cy="20" rx="8" ry="4" z_order="1"/>
</track>
<track id="8" label="cat"><box frame="3" outside="0" xtl="1" ytl="1" xbr="9" ybr="9"/></track>
<track id="9" label="late">
  <polygon frame="3" outside="0" points="40,30;44,30;44,34;40,34"/>
  <polygon frame="5" outside="0" points="42,30;46,30;46,34;42,34"/>
</track>
</annotations>
"""


def check_cvat_video(found: Any, notes: ReadNotes) -> None:
    assert (found.name, found.split, found.annotated) == ("walk", "val", (0, 1, 2, 4, 5))
    assert [(one.object_id, one.class_label) for one in found.objects] == [(1, "dog"), (2, "cat"), (3, "late")]
    first = np.zeros(SIZE[::-1], np.uint8)
    first[2:12, 2:12] = 1
    np.testing.assert_array_equal(found.labels(0), first)
    second = np.zeros(SIZE[::-1], np.uint8)
    second[2:12, 3:13] = 1
    second[5, 6:8] = 2
    second[6, 7] = 2
    np.testing.assert_array_equal(found.labels(1), second)
    third = np.zeros(SIZE[::-1], np.uint8)
    third[5:7, 5:8] = 2
    np.testing.assert_array_equal(found.labels(2), third)
    assert abs(int((found.labels(4) == 2).sum()) - np.pi * 8 * 4) < 4
    late = np.zeros(SIZE[::-1], bool)
    late[30:34, 41:45] = True  # between the two keyframes
    np.testing.assert_array_equal(found.labels(4) == 3, late)
    listed = "\n".join(notes.lines())
    assert "1 shape left out: a box is no area (track 8, frame 3)" in listed
    assert "1 frame left out: it lies between keyframes of a track" in listed


@pytest.mark.parametrize("names", ["frame_{:06}.PNG", "{:05}.jpg", "walk ({}).png"])
def test_cvat_video_with_pictures(tmp_path: Path, names: str) -> None:
    save_pictures(tmp_path / "images", [names.format(index) for index in range(6)])
    (tmp_path / "annotations.xml").write_text(CVAT_VIDEO)
    assert detect_format(tmp_path) == "cvat-video"
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["cvat-video"].read(tmp_path, notes=notes)
    check_cvat_video(found, notes)
    assert abs(int(found.picture(3)[0, 0, 1]) - int(picture(3)[0, 0, 1])) < 3


def test_cvat_video_with_the_video_itself(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "walk.mp4", (SIZE[0] + 3, SIZE[1] + 5), 24) as writer:
        for index in range(6):
            writer.write(np.pad(picture(index), ((0, 5), (0, 3), (0, 0))))
    (tmp_path / "annotations.xml").write_text(CVAT_VIDEO)
    (found,) = DATASET_FORMATS["cvat-video"].read(tmp_path)
    assert found.source == tmp_path / "walk.mp4"
    assert len(found.frame_names) == 6
    assert found.labels(0).shape == found.picture(0).shape[:2]
    assert abs(int(found.picture(4)[10, 10, 1]) - int(picture(4)[10, 10, 1])) < 12


def test_cvat_images(tmp_path: Path) -> None:
    save_pictures(tmp_path / "images/sub", ["a_1.png", "a_2.png", "other.png"])
    shape = '<polygon label="dog" points="2,2;12,2;12,12;2,12" z_order="0"></polygon>'
    images = "".join(
        f'<image id="{number}" name="sub/{name}.png" width="61" height="43">{inside}</image>'
        for number, (name, inside) in enumerate(
            [
                ("a_1", shape),
                ("a_2", shape),
                ("other", '<box label="dog" xtl="1" ytl="1" xbr="9" ybr="9"/>'),
                ("gone", shape),
            ]
        )
    )
    (tmp_path / "annotations.xml").write_text(f"<annotations><version>1.1</version>{images}</annotations>")
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["cvat-video"].read(tmp_path, notes=notes)
    assert (found.name, found.annotated) == ("a", (0, 1))
    assert found.labels(1)[5, 5] == 1
    listed = "\n".join(notes.lines())
    assert "1 image left out: there is no such picture" in listed
    assert "no shape of 'other' is an area" in listed


def test_cvat_traps(tmp_path: Path) -> None:
    save_pictures(tmp_path / "images", ["0.png"])
    bomb = '<!DOCTYPE a [<!ENTITY a "x">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    body = CVAT_VIDEO.split("?>")[1]
    for text, reason in (
        (f"<?xml version='1.0'?>{bomb}]>{body.replace('walk', '&k;')}", "declares a document type"),
        (body.replace("</track>", ""), "is no XML"),
        ("<annotations>" * 50_000, "is no XML"),
        ("<annotations></annotations>", "has no track and no image"),
        (body.replace("polygon", "box").replace("mask", "box").replace("ellipse", "box"), "is an area"),
    ):
        (tmp_path / "annotations.xml").write_text(text)
        with pytest.raises(DatasetError, match=reason):
            list(DATASET_FORMATS["cvat-video"].read(tmp_path))
    for rle, box in (
        ("0, 99999999999", "5 5 3 2"),
        ("0, 6", "60 5 3 2"),
        ("0, 6", "5 5 99999 99999"),
        ("a", "5 5 3 2"),
    ):
        left, top, width, height = box.split()
        change = f'rle="{rle}" left="{left}" top="{top}" width="{width}" height="{height}"'
        (tmp_path / "annotations.xml").write_text(
            f'<annotations><track id="1" label="a"><mask frame="0" outside="0" {change}/></track></annotations>'
        )
        # of a clip of which nothing can be read no empty masks are made
        with pytest.raises(DatasetError, match=r"1 annotation left out: .* no annotation of clip"):
            list(DATASET_FORMATS["cvat-video"].read(tmp_path))


def test_labelme_outlines_are_what_pillow_fills(tmp_path: Path) -> None:
    write([clip()], tmp_path / "set", "labelme")
    for frame in range(FRAMES):
        entry = json.loads((tmp_path / f"set/train/ring/{frame:05}.json").read_text())
        assert (entry["imageWidth"], entry["imageHeight"]) == SIZE
        assert (tmp_path / "set/train/ring" / entry["imagePath"]).is_file()
        drawn = PIL.Image.new("L", (SIZE[0] * 10, SIZE[1] * 10))
        for shape in entry["shapes"]:
            corners = [(x * 10 - 0.5, y * 10 - 0.5) for x, y in shape["points"]]
            PIL.ImageDraw.Draw(drawn).polygon(corners, fill=shape["group_id"])
        np.testing.assert_array_equal(np.asarray(drawn)[5::10, 5::10], labels(frame))


def labelme(path: Path, shapes: list[dict[str, Any]], image: str, **change: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    entry: dict[str, Any] = {"version": "5.4.1", "flags": {}, "shapes": shapes, "imagePath": image, "imageData": None}
    path.write_text(json.dumps({**entry, "imageHeight": SIZE[1], "imageWidth": SIZE[0], **change}))


def square(x: int, label: str = "dog", group: int | None = None, **change: Any) -> dict[str, Any]:
    points = [[x, 4], [x + 10, 4], [x + 10, 14], [x, 14]]
    return {"label": label, "points": points, "group_id": group, "shape_type": "polygon", "flags": {}, **change}


def test_labelme_shapes_of_all_kinds(tmp_path: Path) -> None:
    save_pictures(tmp_path / "images", ["p.jpg"])
    mask = io.BytesIO()
    PIL.Image.fromarray(np.array([[0, 255], [255, 255]], np.uint8)).save(mask, "PNG")
    text = base64.b64encode(mask.getvalue()).decode()
    shapes = [
        square(1),
        square(30, "box", points=[[40, 24], [30, 4]], shape_type="rectangle"),
        square(0, "disc", points=[[15, 30], [15, 35]], shape_type="circle"),
        square(0, "bits", points=[[50, 30], [51, 31]], shape_type="mask", mask=text),
        square(0, "line", shape_type="linestrip"),
        square(0, "dot", points=[[1, 1]], shape_type="point"),
    ]
    labelme(tmp_path / "notes/p.json", shapes, "..\\images\\p.jpg")
    assert detect_format(tmp_path) == "labelme"
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["labelme"].read(tmp_path, notes=notes)
    assert [one.class_label for one in found.objects] == ["dog", "box", "disc", "bits"]
    seen = found.labels(0)
    assert [int((seen == one.object_id).sum()) for one in found.objects][:2] == [100, 200]
    assert abs(int((seen == 3).sum()) - np.pi * 25) < 4
    np.testing.assert_array_equal(seen[30:32, 50:52], [[0, 4], [4, 4]])
    assert sorted(notes.lines()) == [
        f"{tmp_path}: 1 shape left out: a linestrip is no area (p.json, shape 5).",
        f"{tmp_path}: 1 shape left out: a point is no area (p.json, shape 6).",
    ]


def test_labelme_groups_are_objects_of_a_clip(tmp_path: Path) -> None:
    save_pictures(tmp_path / "walk", ["00009.jpg", "00010.jpg"])
    labelme(tmp_path / "walk/00009.json", [square(1, group=4), square(30, group=2)], "00009.jpg")
    labelme(tmp_path / "walk/00010.json", [square(30, group=2), square(2, group=4), square(40, group=4)], "00010.jpg")
    (found,) = DATASET_FORMATS["labelme"].read(tmp_path)
    assert (found.name, found.frame_names) == ("walk", ("00009", "00010"))
    assert [one.object_id for one in found.objects] == [2, 4]
    assert [found.labels(1)[6, x] for x in (5, 32, 45)] == [4, 2, 4]
    # without groups they are linked; groups that two labels share are kept apart
    labelme(tmp_path / "walk/00009.json", [square(1), square(30)], "00009.jpg")
    labelme(tmp_path / "walk/00010.json", [square(31), square(2)], "00010.jpg")
    (found,) = DATASET_FORMATS["labelme"].read(tmp_path)
    assert [found.labels(1)[6, x] for x in (5, 35)] == [1, 2]
    labelme(tmp_path / "walk/00010.json", [square(31, "cat", 1), square(2, "dog", 1)], "00010.jpg")
    (found,) = DATASET_FORMATS["labelme"].read(tmp_path)
    assert len(set(found.labels(1).ravel().tolist())) == 3


def test_labelme_faults_are_left_out(tmp_path: Path) -> None:
    save_pictures(tmp_path, ["a.jpg", "b.jpg", "c.jpg"])
    labelme(tmp_path / "a.json", [square(1), square(20, points=[[1, 2]]), square(0, points="x")], "a.jpg")
    labelme(tmp_path / "b.json", [square(1)], "b.jpg", imageWidth=99)
    labelme(tmp_path / "c.json", [square(1, shape_type="line")], "c.jpg")
    labelme(tmp_path / "d.json", [square(1)], "/etc/d.jpg")
    (tmp_path / "e.json").write_text("{")
    (tmp_path / "f.json").write_text("[]")
    notes = ReadNotes()
    (found,) = DATASET_FORMATS["labelme"].read(tmp_path, notes=notes)
    assert found.name == "a"
    assert (found.labels(0) > 0).sum() == 100
    listed = "\n".join(notes.lines())
    for text in (
        "1 annotation left out: it has no 3 corners",
        "1 annotation left out: could not convert",
        "not 99 x 43 as stated",
        "1 shape left out: a line is no area",
        "1 file left out: its picture is not in the dataset (d.json)",
        "e.json: is no JSON",
        "1 file left out: it has no 'shapes' (f.json)",
    ):
        assert text in listed, text
