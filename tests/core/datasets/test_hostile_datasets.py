"""Datasets that somebody made to do harm: nothing outside of them is read, nothing outside of the target is written,
and no small file takes more time or memory than its size allows."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.batch.dataset_projects import read_into_projects
from core.datasets.formats import DATASET_FORMATS
from core.datasets.layouts.coco_reader import read_coco
from core.datasets.layouts.yolo_reader import read_yolo
from core.datasets.layouts.youtube_vos import read_youtube_vos
from core.datasets.reading.inner_paths import PictureFinder, inner_parts, is_plain_name, plain_name
from core.datasets.reading.notes import ReadNotes
from core.datasets.reading.segmentation import segmentation_fault
from core.errors import DatasetError
from core.jobs import CancelToken
from tests.core.datasets.clips import FRAMES, SIZE, clip, write


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A picture next to the dataset."""
    path = tmp_path / "secret.jpg"
    PIL.Image.new("RGB", SIZE, "red").save(path)
    return path


@pytest.mark.parametrize("name", ["../secret.jpg", "images/../../secret.jpg", "..\\secret.jpg", "ABSOLUTE"])
def test_coco_pictures_come_from_the_dataset_only(tmp_path: Path, secret: Path, name: str) -> None:
    write([clip()], tmp_path / "set", "coco")
    path = tmp_path / "set/annotations/instances_train.json"
    index = json.loads(path.read_text())
    index["images"][0]["file_name"] = str(secret) if name == "ABSOLUTE" else name
    path.write_text(json.dumps(index))
    notes = ReadNotes()
    (found,) = read_coco(tmp_path / "set", notes=notes)
    assert len(found.frame_names) == FRAMES - 1
    assert "1 image left out: there is no such picture in the dataset" in notes.lines()[0]


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "..", "a/../../outside", "nul\x00"])
def test_youtube_vos_clips_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    write([clip(), clip("good")], tmp_path / "in/set", "youtube-vos")
    for folder in ("JPEGImages", "Annotations"):
        shutil.copytree(tmp_path / f"in/set/train/{folder}/ring", tmp_path / f"in/set/{folder}/outside")
        shutil.copytree(tmp_path / f"in/set/train/{folder}/ring", tmp_path / f"outside/{folder}/ring")
    path = tmp_path / "in/set/train/meta.json"
    meta = json.loads(path.read_text())
    meta["videos"][name] = meta["videos"].pop("ring")
    path.write_text(json.dumps(meta))
    shutil.rmtree(tmp_path / "in/set/train/Annotations/ring")
    notes = ReadNotes()
    found = list(DATASET_FORMATS["youtube-vos"].read(tmp_path / "in/set", notes=notes))
    assert [one.name for one in found] == ["good"]
    assert "1 clip left out: its name is a path" in notes.lines()[0]


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "a/b", "..", ""])
def test_projects_stay_in_the_folder_that_was_asked_for(tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DatasetError, match="cannot be the name of a project's file"):
        list(read_into_projects([clip(name)], tmp_path, tmp_path / "out", True, CancelToken(), ReadNotes()))
    assert sorted(tmp_path.rglob("*")) == before


def test_yolo_folders_and_lists_stay_inside(tmp_path: Path, secret: Path) -> None:
    write([clip()], tmp_path / "set", "yolo")
    (tmp_path / "beside").mkdir()
    shutil.copy(secret, tmp_path / "beside/a_00000.jpg")
    (tmp_path / "set/list.txt").write_text(f"../secret.jpg\n{secret}\n./images/train/ring_00000.jpg\n")
    for train in ("../beside", str(tmp_path / "beside"), "[../beside, list.txt]"):
        (tmp_path / "set/data.yaml").write_text(f"train: {train}\nnames: [a, b]\n")
        files = [one.picture_file(0) for one in read_yolo(tmp_path / "set")]
        assert files == ([tmp_path / "set/images/train/ring_00000.jpg"] if "list.txt" in train else [])


def test_names_are_made_plain() -> None:
    assert inner_parts("C:\\data\\..\\images\\./a.jpg") == ("data", "images", "a.jpg")
    assert inner_parts("//server/share/a.jpg") == ("server", "share", "a.jpg")
    assert inner_parts("a\x00b") == ("a",)
    for name, plain in (
        ("../x", "_x"),
        (".hidden", "hidden"),
        ("a\x1b[31m", "a_[31m"),
        ("  ", "clip"),
        ("a:b*", "a_b_"),
    ):
        assert plain_name(name) == plain
        assert is_plain_name(plain_name(name))
    assert len(plain_name("é" * 300).encode()) <= 120
    assert not is_plain_name("..") and not is_plain_name("a/b") and not is_plain_name("")


def test_a_name_that_fits_several_pictures_fits_none(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / "deep" / folder).mkdir(parents=True)
        PIL.Image.new("L", SIZE).save(tmp_path / "deep" / folder / "x.png")
    finder = PictureFinder(tmp_path)
    assert finder.find("x.png") is None
    assert finder.find("b/x.png") == tmp_path / "deep/b/x.png"
    assert finder.find("/elsewhere/b/x.png") == tmp_path / "deep/b/x.png"
    assert finder.find("y" * 5000) is None
    assert finder.find("") is None


BOMBS = {
    "aliases": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30)),
    "merges": "a0: &a0 {a: 1}\n" + "".join(f"a{n}: &a{n}\n  <<: [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30)),
    "depth": "a: " + "[" * 200_000,
    "depth of mappings": "{a: " * 200_000,
    "python": "a: !!python/object/apply:os.system ['touch pwned']\n",
    "length": "a: " + "x" * (9 << 20),
    "number of values": "a: [" + "x," * 4_000_000 + "x]\n",
    "a moment that is none": "a: 2020-99-99\nb: 0x\n",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_yaml_bombs_are_refused_at_once(tmp_path: Path, kind: str) -> None:
    write([clip()], tmp_path / "set", "yolo")
    (tmp_path / "set/data.yaml").write_text(BOMBS[kind] + "\nnames: [a, b]\n")
    start = time.monotonic()
    try:
        list(DATASET_FORMATS["yolo"].read(tmp_path / "set"))
    except DatasetError as error:
        assert "data.yaml" in str(error)
    assert time.monotonic() - start < 60, "whatever else the machine does"
    assert not Path("pwned").exists()


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"images": ' * 100_000, "9" * 10_000, '{"images": [1e999, NaN]}', "\ufeff{}", "", "\x00"]
)
@pytest.mark.parametrize("name", ["coco", "youtube-vos"])
def test_json_traps_are_refused(tmp_path: Path, name: str, text: str) -> None:
    write([clip()], tmp_path / "set", name)
    for path in (tmp_path / "set").rglob("*.json"):
        path.write_text(text, encoding="utf-8")
    if name == "youtube-vos" and text in ("\ufeff{}", '{"images": [1e999, NaN]}'):
        assert len(list(read_youtube_vos(tmp_path / "set"))) == 1, "the index is not needed"
        return
    with pytest.raises(DatasetError, match=r"\.json"):
        list(DATASET_FORMATS[name].read(tmp_path / "set"))


def test_devices_and_folders_are_no_indices(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations/instances.json").symlink_to("/dev/zero")
    with pytest.raises(DatasetError, match=r"instances.json: is no file that can be read"):
        list(DATASET_FORMATS["coco"].read(tmp_path))
    (tmp_path / "data.yaml").mkdir()
    with pytest.raises(DatasetError, match=r"expected a file 'data.yaml'"):
        list(DATASET_FORMATS["yolo"].read(tmp_path))


@pytest.mark.parametrize("kind", ["many lines", "all over each other", "many corners", "zigzag"])
def test_yolo_pictures_with_thousands_of_lines(tmp_path: Path, kind: str) -> None:
    """The public sets have a few hundred; more than a label map holds are left out without drawing them for ever."""
    size = (320, 480)
    (tmp_path / "images/train").mkdir(parents=True)
    (tmp_path / "labels/train").mkdir(parents=True)
    (tmp_path / "data.yaml").write_text("train: images/train\nnames: [cell]\n")
    rng = np.random.default_rng(2)
    for frame in range(2):
        PIL.Image.new("RGB", size).save(tmp_path / f"images/train/c_{frame:05}.jpg")
        lines = []
        for _ in range(600 if kind in ("many lines", "all over each other") else 1):
            turns = np.linspace(0, 2 * np.pi, 20, endpoint=False)
            radius, centre = 0.01, rng.random(2)
            if kind == "all over each other":
                radius, centre = 0.5, np.array([0.5, 0.5])
            corners = centre + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
            if kind == "many corners":
                corners = rng.random((20_000, 2)) * 0.01 + 0.5
            if kind == "zigzag":
                corners = np.stack([rng.random(60_000), np.arange(60_000) % 2], axis=1)
            lines.append("0 " + " ".join(f"{value:.5f}" for value in np.clip(corners, 0, 1).ravel()))
        (tmp_path / f"labels/train/c_{frame:05}.txt").write_text("\n".join(lines))
    start = time.monotonic()
    notes = ReadNotes()
    for found in read_yolo(tmp_path, notes=notes):
        assert len(found.objects) <= 255
        for frame in range(2):
            found.labels(frame)
    assert time.monotonic() - start < 20
    if kind != "many corners":
        assert any("left out" in line for line in notes.lines())


@pytest.mark.parametrize(
    ("position", "value"),
    [
        (("annotations", 0, "segmentation"), [[[1, 2], 3, [4, 5], [6, 7]]]),
        (("annotations", 0, "segmentation"), {"size": [43, 61], "counts": {}}),
        (("images", 0, "width"), [1]),
        (("images", 0, "height"), {"a": 1}),
        (("images", 0, "id"), {"a": [1]}),
        (("images", 0, "file_name"), "\ud800.jpg"),
        (("images", 0), None),
        (("categories", 0, "name"), None),
        (("categories",), {"a": 1}),
        (("videos", 0, "name"), ["a"]),
        (("tracks", 0, "object_id"), 10**30),
    ],
)
def test_values_of_other_kinds_in_an_index_are_no_fault_of_the_program(
    tmp_path: Path, position: tuple[str | int, ...], value: object
) -> None:
    write([clip()], tmp_path / "set", "coco")
    path = tmp_path / "set/annotations/instances_train.json"
    index = json.loads(path.read_text())
    inner = index
    for key in position[:-1]:
        inner = inner[key]
    inner[position[-1]] = value
    path.write_text(json.dumps(index))
    (found,) = DATASET_FORMATS["coco"].read(tmp_path / "set")
    assert len(found.frame_names) >= FRAMES - 1
    for frame in found.annotated:
        found.labels(frame)


def test_more_outlines_than_anybody_draws_are_left_out() -> None:
    shape = [[0, 0, 4, 0, 4, 4]]
    assert segmentation_fault(shape * 10_000, (8, 8)) is None
    assert "more than 10000 are not read" in str(segmentation_fault(shape * 10_001, (8, 8)))
