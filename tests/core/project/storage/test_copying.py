"""Copies of project files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import ProjectError, ProjectFormatError
from core.project import Project, VideoReference, copy_project
from core.types import LabelMap


class Print:
    """The fingerprint of every clip here."""

    size_bytes, head_hash = 3, "abc"


def made(path: Path, clip: Path) -> LabelMap:
    path.parent.mkdir(parents=True, exist_ok=True)
    labels = np.zeros((6, 8), np.uint8)
    labels[2:4, 3:6] = 1
    with Project.create(path, VideoReference(clip, 3, "abc"), 5, (8, 6)) as project:
        project.masks.import_labels(2, labels)
    return labels


def test_a_copy_has_everything_and_the_original_stays(tmp_path: Path) -> None:
    source, target = tmp_path / "a.roto", tmp_path / "sub" / "b.roto"
    target.parent.mkdir()
    labels = made(source, tmp_path / "clip.mp4")
    data = source.read_bytes()
    copy_project(source, target)
    assert source.read_bytes() == data
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.roto", "sub"]
    with Project.open(target) as project:
        np.testing.assert_array_equal(project.labels(2), labels)
        assert project.history.undo() == "Import mask"


@pytest.mark.parametrize("path", ["clip.mp4", "deep/clip.mp4"])
def test_a_copy_finds_the_clip_that_moved_with_the_original(tmp_path: Path, path: str) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    (old / path).parent.mkdir(parents=True)
    (old / path).write_text("abc")
    made(old / "a.roto", old / path)
    old.rename(new)
    (tmp_path / "elsewhere").mkdir()
    copy_project(new / "a.roto", tmp_path / "elsewhere" / "b.roto")
    with Project.open(tmp_path / "elsewhere" / "b.roto") as project:
        assert project.locate_video(lambda _path: Print()) == new / path


def test_what_cannot_be_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "a.roto", tmp_path / "b.roto"
    with pytest.raises(ProjectError, match="no such project"):
        copy_project(source, target)
    source.write_text("no project at all, but long enough to be taken for something")
    with pytest.raises(ProjectFormatError, match=r"a\.roto"):
        copy_project(source, target)
    assert not target.exists()
    source.unlink()
    made(source, tmp_path / "clip.mp4")
    with Project.open(source), pytest.raises(ProjectError, match="in use"):
        copy_project(source, target)
    assert not target.exists()
    target.write_text("mine")
    with pytest.raises(ProjectError, match="exists"):
        copy_project(source, target)
    assert target.read_text() == "mine"
