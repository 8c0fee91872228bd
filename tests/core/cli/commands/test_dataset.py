"""`dataset`: from projects to datasets and back."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from core.datasets.formats import DATASET_FORMATS
from core.datasets.layouts import coco_writer
from core.masks import LabelEdit, read_mask, write_mask
from core.project import Project
from tests.core.cli.conftest import FRAMES, RunCommand, picture, true_labels


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A mask of two objects."""
    path = tmp_path / "two.png"
    labels = true_labels(0)
    labels[36:46, 10:30] = 2
    write_mask(path, labels)
    return path


@pytest.fixture
def projects(run: RunCommand, clip: Path, pictures: Path, two: Path, tmp_path: Path) -> list[Path]:
    """A project of a video and one of pictures; object 1 is a cat, object 2 has a name only."""
    paths = [tmp_path / "film.roto", tmp_path / "shots.roto"]
    for path, source in zip(paths, (clip, pictures), strict=True):
        assert run("propagate", source, "--mask", two, "--engine", "fake", "--out", path).code == 0
        with Project.open(path) as project:
            project.objects.update(replace(project.objects.get(1), class_label="cat"))
            project.objects.update(replace(project.objects.get(2), name="sofa"))
    return paths


def stored(path: Path) -> list[np.ndarray]:
    with Project.open(path) as project:
        return [project.labels(index) for index in range(project.frame_count)]


EXACT = [name for name, kind in DATASET_FORMATS.items() if kind.writer and name != "davis-2016"]


@pytest.mark.parametrize("name", EXACT)
def test_out_and_back(run: RunCommand, projects: list[Path], tmp_path: Path, name: str) -> None:
    out, back = tmp_path / "set", tmp_path / "back"
    written = run("dataset", "write", *projects, "--format", name, "--out", out, "--split", "1,1", "--seed", 4)
    assert written.code == 0
    assert f"{2 * FRAMES} frames in {out}" in written.out
    assert f"train: 1 clips, {FRAMES} frames, {2 * FRAMES} masks" in written.out
    read = run("dataset", "read", out, "--format", name, "--out", back)
    assert read.code == 0
    assert f"2 projects in {back}" in read.out
    for path in projects:
        for before, after in zip(stored(path), stored(back / path.name), strict=True):
            np.testing.assert_array_equal(after, before)
        with Project.open(back / path.name) as project:
            assert [track.class_label for track in project.objects.all] == ["cat", "sofa"]
            assert project.anchor_frames() == list(range(FRAMES))
            assert project.video.path.is_dir()
    assert run("export", back / "film.roto", "--out", tmp_path / "masks").code == 0, "its clip is found"


def test_an_empty_frame_is_known_to_be_empty(run: RunCommand, projects: list[Path], tmp_path: Path) -> None:
    with Project.open(projects[0]) as project:
        labels = project.labels(3)
        edit = LabelEdit.replace(labels, np.zeros_like(labels))
        assert edit is not None
        project.masks.edit(3, edit, "Erase")
    out, back = tmp_path / "set", tmp_path / "back.roto"
    assert run("dataset", "write", projects[0], "--format", "coco", "--out", out).code == 0
    assert run("dataset", "read", out, "--format", "coco", "--out", back).code == 0
    with Project.open(back) as project:
        assert project.has_labels(3)
        assert not project.labels(3).any()
        assert project.labels(2).any()


def test_stale_masks_are_reported(run: RunCommand, projects: list[Path], tmp_path: Path) -> None:
    with Project.open(projects[0]) as project:
        labels = project.labels(0)
        edit = LabelEdit.replace(labels, np.where(labels == 1, 0, labels).astype(np.uint8))
        assert edit is not None
        project.masks.edit(0, edit, "Erase")
    outcome = run("dataset", "write", projects[0], "--format", "davis", "--out", tmp_path / "set")
    assert outcome.code == 0
    assert f"film.roto: {FRAMES - 1} of {FRAMES} frames hold masks older than a correction" in outcome.err


def test_one_clip_of_several(run: RunCommand, projects: list[Path], tmp_path: Path) -> None:
    out, back = tmp_path / "set", tmp_path / "one.roto"
    assert run("dataset", "write", *projects, "--format", "yolo", "--out", out).code == 0
    refused = run("dataset", "read", out, "--format", "yolo", "--out", back)
    assert refused.code == 1
    assert "holds one clip, and there are 2; choose one: film, shots" in refused.error_line
    assert run("dataset", "read", out, "--format", "yolo", "--clip", "shots", "--out", back).code == 0
    # the pictures of both clips stand in one folder
    assert len(list((tmp_path / "one.pictures").iterdir())) == FRAMES
    again = run("dataset", "read", out, "--format", "yolo", "--clip", "shots", "--out", back)
    assert again.code == 1
    assert "this project exists" in again.error_line
    assert run("dataset", "read", out, "--format", "yolo", "--clip", "shots", "--out", back, "--overwrite").code == 0
    unknown = run("dataset", "read", out, "--format", "yolo", "--clip", "shot", "--out", tmp_path / "x.roto")
    assert "no clip 'shot'; there are: film, shots" in unknown.error_line


def test_davis_becomes_coco(run: RunCommand, dataset: Path, tmp_path: Path) -> None:
    outcome = run("dataset", "convert", dataset, "--from", "davis", "--to", "coco", "--out", tmp_path / "set")
    assert outcome.code == 1
    assert "Annotations/480p/one/00000.png: there is no picture" in outcome.error_line
    for name in ("one", "two"):
        folder = dataset / "JPEGImages/480p" / name
        folder.mkdir(parents=True)
        for index in range(FRAMES):
            PIL.Image.fromarray(picture(index)).save(folder / f"{index:05}.jpg")
    assert run("dataset", "convert", dataset, "--from", "davis", "--to", "coco", "--out", tmp_path / "set").code == 0
    (found, _) = DATASET_FORMATS["coco"].read(tmp_path / "set", None)
    np.testing.assert_array_equal(found.labels(5), read_mask(dataset / "Annotations/480p/one/00005.png"))


def test_ctrl_c_leaves_nothing(
    run: RunCommand, projects: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = coco_writer.CocoWriter.add

    def interrupted(self: coco_writer.CocoWriter, frame: object) -> None:
        add(self, frame)  # type: ignore[arg-type]
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(coco_writer.CocoWriter, "add", interrupted)
    before = sorted(tmp_path.iterdir())
    outcome = run("dataset", "write", *projects, "--format", "coco", "--out", tmp_path / "set")
    assert outcome.code == 130
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_wrong_is_named(run: RunCommand, projects: list[Path], clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "set"
    for source in (tmp_path / "nowhere.roto", clip):
        outcome = run("dataset", "write", projects[0], source, "--format", "coco", "--out", out)
        assert outcome.code == 1
        assert source.name in outcome.error_line
    assert not out.exists()
    assert run("dataset", "write", projects[0], "--format", "coco", "--out", out).code == 0
    gone = clip.rename(tmp_path / "gone.mp4")
    moved = run("dataset", "write", *projects, "--format", "coco", "--out", tmp_path / "other")
    assert moved.code == 1
    assert "clip.mp4: the clip of film.roto is not there any more" in moved.error_line
    assert not (tmp_path / "other").exists()
    gone.rename(clip)
    taken = run("dataset", "write", projects[0], "--format", "coco", "--out", out)
    assert f"{out}: this folder is not empty" in taken.error_line
    assert run("dataset", "write", projects[0], "--format", "voc", "--out", out, "--overwrite").code == 0
    wrong = run("dataset", "read", out, "--format", "coco", "--out", tmp_path / "x.roto")
    assert "no COCO dataset; expected a folder 'annotations'" in wrong.error_line
    assert "there is no such folder" in run("dataset", "read", "nope", "--format", "voc", "--out", "x.roto").error_line
    assert run("dataset", "write", projects[0], "--format", "coco", "--split", "a,b", "--out", "x").code == 2
    assert run("dataset").code == 2


@pytest.mark.parametrize("action", ["write", "read", "convert"])
def test_help_names_the_formats(run: RunCommand, action: str) -> None:
    outcome = run("dataset", action, "--help")
    assert outcome.code == 0
    assert f"rotoflow dataset {action}" in outcome.out
    assert all(f"  {name} " in outcome.out for name in DATASET_FORMATS)


def coco_of_others(root: Path) -> Path:
    """An index with a track, a box and a category number, a licence and attributes of its own."""
    images, annotations = [], []
    for number in range(3):
        (root / "images").mkdir(parents=True, exist_ok=True)
        PIL.Image.fromarray(picture(number)).save(root / f"images/shot_{number:03}.jpg")
        name = f"shot_{number:03}.jpg"
        size = {"width": picture(0).shape[1], "height": picture(0).shape[0]}
        images.append({"id": number + 1, "file_name": name, **size, "license": 3})
        base = {"image_id": number + 1, "category_id": 17, "track_id": 5}
        ring = [4, 4, 24, 4, 24, 24, 4, 24]
        annotations.append({"id": 2 * number, **base, "segmentation": [ring], "attributes": {"occluded": True}})
        annotations.append({"id": 2 * number + 1, **base, "segmentation": [], "bbox": [0, 0, 4, 4], "track_id": 6})
    index = {
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 17, "name": "cat", "supercategory": "animal"}],
        "licenses": [{"id": 3, "name": "CC BY"}],
    }
    (root / "annotations").mkdir()
    (root / "annotations/instances_val.json").write_text(json.dumps(index))
    return root


def test_what_is_left_out_is_reported_and_what_else_was_given_is_kept(run: RunCommand, tmp_path: Path) -> None:
    """Into a project, and out again: without naming the layout."""
    outcome = run("dataset", "read", coco_of_others(tmp_path / "set"), "--out", tmp_path / "back")
    assert (outcome.code, outcome.out) == (0, f"1 project: {tmp_path / 'back/shot.roto'}\n")
    assert "note: " in outcome.err
    assert (
        "3 annotations left out: it has no mask, only a box (annotation 1, annotation 3, annotation 5)" in outcome.err
    )
    written = run("dataset", "write", tmp_path / "back/shot.roto", "--format", "coco", "--out", tmp_path / "again")
    assert written.code == 0
    index = json.loads((tmp_path / "again/annotations/instances_train.json").read_text())
    assert index["categories"] == [{"id": 17, "name": "cat", "supercategory": "animal"}]
    assert index["licenses"] == [{"id": 3, "name": "CC BY"}]
    assert [image["license"] for image in index["images"]] == [3, 3, 3]
    assert [one["attributes"] for one in index["annotations"]] == [{"occluded": True}] * 3


def test_another_layout_than_was_named_is_pointed_out(run: RunCommand, tmp_path: Path) -> None:
    root = coco_of_others(tmp_path / "set")
    outcome = run("dataset", "read", root, "--format", "yolo", "--out", tmp_path / "back")
    assert outcome.code == 1
    assert "It looks like COCO instances" in outcome.error_line
    assert not (tmp_path / "back").exists()
    (tmp_path / "empty").mkdir()
    unknown = run("dataset", "convert", tmp_path / "empty", "--to", "coco", "--out", tmp_path / "x")
    assert "no dataset whose layout is known" in unknown.error_line
    assert "Choose the folder that holds its pictures and masks, or name its layout" in unknown.error_line
