"""`export` out of projects that `propagate` made."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest

from core.masks import read_mask, write_mask
from tests.core.cli.conftest import FRAMES, SIZE, RunCommand, true_labels


@pytest.fixture
def project(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> Path:
    path = tmp_path / "clip.roto"
    assert run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", path).code == 0
    return path


def test_palette_masks(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    outcome = run("export", project, "--format", "masks", "--out", out)
    assert outcome.code == 0
    assert str(out) in outcome.out
    assert sorted(path.name for path in out.iterdir()) == [f"{index:05}.png" for index in range(FRAMES)]
    np.testing.assert_array_equal(read_mask(out / "00000.png"), true_labels(0))


def test_masks_are_the_same_as_those_of_a_folder(
    run: RunCommand, project: Path, clip: Path, mask: Path, tmp_path: Path
) -> None:
    direct, exported = tmp_path / "direct", tmp_path / "exported"
    assert run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", direct).code == 0
    assert run("export", project, "--format", "masks", "--out", exported).code == 0
    for path in sorted(direct.iterdir()):
        np.testing.assert_array_equal(read_mask(path), read_mask(exported / path.name))


def test_binary_masks(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "binary"
    assert run("export", project, "--format", "binary", "--out", out).code == 0
    files = sorted(out.rglob("*.png"))
    assert len(files) == FRAMES
    with PIL.Image.open(files[0]) as picture:
        assert picture.size == SIZE
        assert set(np.unique(np.asarray(picture.convert("L")))) == {0, 255}


def test_a_project_of_pictures_exports_their_names(run: RunCommand, pictures: Path, mask: Path, tmp_path: Path) -> None:
    project, out = tmp_path / "pictures.roto", tmp_path / "masks"
    assert run("propagate", pictures, "--mask", mask, "--engine", "fake", "--out", project).code == 0
    assert run("export", project, "--format", "masks", "--out", out).code == 0
    assert (out / "shot_001.png").is_file()


def test_a_folder_in_use_is_refused(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "masks"
    out.mkdir()
    (out / "00000.png").write_text("mine")
    outcome = run("export", project, "--format", "masks", "--out", out)
    assert outcome.code == 1
    assert str(out) in outcome.error_line
    assert (out / "00000.png").read_text() == "mine"
    assert run("export", project, "--format", "masks", "--out", out, "--overwrite").code == 0


def test_a_moved_video_is_named_and_can_be_found_again(
    run: RunCommand, project: Path, clip: Path, tmp_path: Path
) -> None:
    moved, out = tmp_path / "elsewhere.mp4", tmp_path / "masks"
    clip.rename(moved)
    outcome = run("export", project, "--format", "masks", "--out", out)
    assert outcome.code == 1
    assert "clip.mp4" in outcome.error_line
    assert "--video PATH" in outcome.error_line
    assert not out.exists()
    assert run("export", project, "--format", "masks", "--out", out, "--video", moved).code == 0
    again = run("export", project, "--format", "masks", "--out", tmp_path / "again")
    assert again.code == 0, "the new place is written down"


def test_another_video_is_refused(run: RunCommand, project: Path, clip: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.mp4"
    other.write_bytes(clip.read_bytes() + b"more")
    clip.unlink()
    outcome = run("export", project, "--format", "masks", "--out", tmp_path / "masks", "--video", other)
    assert outcome.code == 1
    assert "other.mp4" in outcome.error_line


def test_bad_projects(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.roto", clip, tmp_path):
        outcome = run("export", path, "--format", "masks", "--out", tmp_path / "masks")
        assert outcome.code == 1
        assert str(path) in outcome.error_line
    assert not (tmp_path / "masks").exists()


def test_chosen_objects(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    mask, project, out = tmp_path / "two.png", tmp_path / "two.roto", tmp_path / "masks"
    labels = true_labels(0)
    labels[36:46, 10:30] = 2
    write_mask(mask, labels)
    assert run("propagate", clip, "--mask", mask, "--engine", "fake", "--out", project).code == 0
    assert run("export", project, "--objects", 2, "--out", out).code == 0
    np.testing.assert_array_equal(read_mask(out / "00000.png"), np.where(labels == 2, 2, 0))
    outcome = run("export", project, "--objects", 7, "--out", tmp_path / "none")
    assert outcome.code == 1
    assert "no object 7; there are: 1, 2" in outcome.error_line


def test_all_frames_or_only_those_with_an_object(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    project = tmp_path / "part.roto"
    assert run("propagate", clip, "--mask", mask, "--range", "0:2", "--engine", "fake", "--out", project).code == 0
    for name in ("masks", "binary", "matte"):
        whole, part = tmp_path / name, tmp_path / f"{name}-part"
        outcome = run("export", project, "--format", name, "--out", whole)
        assert outcome.code == 0
        assert f"{FRAMES} frames in" in outcome.out
        assert len(list(whole.iterdir())) == FRAMES
        assert run("export", project, "--format", name, "--only-masked", "--out", part).code == 0
        assert [path.name for path in sorted(part.iterdir())] == ["00000.png", "00001.png", "00002.png"]
    np.testing.assert_array_equal(read_mask(tmp_path / "masks" / "00004.png"), 0)


def test_options_mean_the_same_for_label_formats(run: RunCommand, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "small"
    options = ["--invert", "--scale", "0.5", "--each"]
    assert run("export", project, "--format", "binary", *options, "--out", out).code == 0
    with PIL.Image.open(tmp_path / "small_1" / "00000.png") as picture:
        assert picture.size == (SIZE[0] // 2, SIZE[1] // 2)
        shown = np.asarray(picture.convert("L"))
    true = true_labels(0) > 0
    assert abs((shown == 0).mean() - true.mean()) < 0.02, "inverted"


@pytest.mark.parametrize(
    ("format_name", "out", "typed"),
    [
        ("masks", "x", ["--invert"]),
        ("masks", "x", ["--band", "3"]),
        ("binary", "x", ["--feather", "2"]),
        ("binary", "x", ["--bits", "16"]),
        ("matte", "x", ["--premultiplied"]),
        ("matte", "x", ["--background", "green"]),
        ("prores4444", "x.mov", ["--quality", "20"]),
        ("ffv1", "x.mkv", ["--odd", "crop"]),
        ("h264", "x.mp4", ["--only-masked"]),
        ("rgba", "x", ["--silent"]),
    ],
)
def test_an_option_that_a_format_lacks_is_refused_by_name(
    run: RunCommand, project: Path, tmp_path: Path, format_name: str, out: str, typed: list[str]
) -> None:
    outcome = run("export", project, "--format", format_name, *typed, "--out", tmp_path / out)
    assert outcome.code == 1
    assert typed[0] in outcome.error_line
    ending = f" in {suffix}" if (suffix := (tmp_path / out).suffix) else ""
    assert f": {format_name}{ending} has no such option" in outcome.error_line
    assert not (tmp_path / out).exists()


@pytest.mark.parametrize(
    ("format_name", "typed", "code"), [("h264", ["--quality", "60"], 1), ("rgba", ["--feather", "-3"], 2)]
)
def test_values_of_no_sense_are_refused(
    run: RunCommand, project: Path, tmp_path: Path, format_name: str, typed: list[str], code: int
) -> None:
    out = tmp_path / ("x.mp4" if format_name == "h264" else "x")
    outcome = run("export", project, "--format", format_name, *typed, "--out", out)
    assert outcome.code == code and "from 0" in outcome.err.splitlines()[-1]
    assert not out.exists()


def test_splines_of_masks_and_of_drawn_shapes(run: RunCommand, project: Path, tmp_path: Path) -> None:
    import json

    from core.project import Project
    from tests.core.shapes.curves import shape, square

    out = tmp_path / "shapes.json"
    outcome = run("export", project, "--format", "shapes-json", "--out", out, "--tolerance", "1.5", "--keys", "3")
    assert outcome.code == 0
    assert f"{FRAMES} frames in {out}" in outcome.out
    assert "note: " in outcome.out and "intersection over union" in outcome.out
    (one, *_) = json.loads(out.read_text("utf-8"))["objects"]
    assert [key["frame"] for key in one["shapes"][0]["keys"]] == [0, 3, 6, 7]
    with Project.open(project) as opened:
        object_id = opened.objects.all[0].object_id
        drawn = shape(object_id, f0=square(4, 4, 20, 20), f7=square(14, 9, 30, 25))
        opened.shapes.put([drawn], "Draw", afresh=True)
    outcome = run("export", project, "--format", "shapes-json", "--out", out, "--objects", object_id, "--overwrite")
    assert outcome.code == 0
    (one,) = json.loads(out.read_text("utf-8"))["objects"]
    assert [key["frame"] for key in one["shapes"][0]["keys"]] == [0, 7]
    assert (one["shapes"][0]["keys"][1]["points"][0]["x"], len(one["shapes"])) == (14, 1)
    # the masks between the keyframes are the shape's
    masks = tmp_path / "masks"
    assert run("export", project, "--format", "masks", "--out", masks, "--objects", object_id).code == 0
    assert (read_mask(masks / "00007.png") == object_id).sum() == 256
    for wrong in (("--band", "3"), ("--bits", "16"), ("--quality", "20")):
        refused = run("export", project, "--format", "silhouette", "--out", tmp_path / "a.fxs", *wrong)
        assert refused.code == 1
        assert f"{wrong[0]}: silhouette in .fxs has no such option" in refused.error_line
    refused = run("export", project, "--format", "masks", "--out", tmp_path / "m", "--tolerance", "2")
    assert "--tolerance" in refused.error_line


def test_alpha_of_a_soft_mask_and_a_painted_zone_are_exported(run: RunCommand, clip: Path, tmp_path: Path) -> None:
    from core.project import Project

    labels, project = true_labels(0), tmp_path / "soft.roto"
    soft = cv2.GaussianBlur(np.where(labels > 0, 255, 0).astype(np.uint8), (0, 0), 2.0)
    PIL.Image.fromarray(soft).save(tmp_path / "soft.png")
    masked = ("--mask", tmp_path / "soft.png", "--mask-kind", "matte", "--engine", "fake", "--out", project)
    assert run("propagate", clip, *masked).code == 0
    out, hard = tmp_path / "mattes", tmp_path / "hard"
    assert run("export", project, "--format", "matte", "--out", out).code == 0
    with PIL.Image.open(out / "00000.png") as picture:
        np.testing.assert_array_equal(np.array(picture), soft)
    with PIL.Image.open(out / "00001.png") as picture:
        assert (np.array(picture) != soft).any(), "the mask of another frame is another mask"
    assert run("export", project, "--format", "matte", "--band", "0", "--out", hard).code == 0
    with PIL.Image.open(hard / "00000.png") as picture:
        assert set(np.unique(np.array(picture))) == {0, 255}
    with Project.open(project) as opened:
        zone = np.zeros(labels.shape, np.bool_)
        rows, columns = np.nonzero(opened.labels(3))
        zone[rows.min() - 3 : rows.min() + 3, columns.min() : columns.max()] = True
        assert opened.edges.set_zone(3, zone)
    refined = tmp_path / "refined"
    assert run("export", project, "--format", "matte", "--band", "0", "--out", refined).code == 0
    with PIL.Image.open(refined / "00003.png") as picture, PIL.Image.open(hard / "00003.png") as before:
        changed = np.array(picture) != np.array(before)
    assert changed.any() and not changed[~zone].any()
