"""`export` out of projects that `propagate` made."""

from __future__ import annotations

from pathlib import Path

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


def test_only_frames_with_masks(run: RunCommand, clip: Path, mask: Path, tmp_path: Path) -> None:
    project, out = tmp_path / "part.roto", tmp_path / "masks"
    assert run("propagate", clip, "--mask", mask, "--range", "0:2", "--engine", "fake", "--out", project).code == 0
    assert run("export", project, "--out", out).code == 0
    assert [path.name for path in sorted(out.iterdir())] == ["00000.png", "00001.png", "00002.png"]
