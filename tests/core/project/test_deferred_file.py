"""A project whose file is made by its first change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import ProjectError
from core.project import Project, VideoReference

CLIP = VideoReference(Path("/clips/dog.mp4"), 1000, "abc")


def make(path: Path) -> Project:
    return Project.create(path, CLIP, 10, (20, 10), later=True)


def test_there_is_no_file_before_the_first_change(tmp_path: Path) -> None:
    path = tmp_path / "dog.roto"
    with make(path) as project:
        assert not project.is_written
        assert project.video.path == CLIP.path
        assert not project.labels(3).any()
    assert list(tmp_path.iterdir()) == []
    with make(path) as project:
        project.masks.import_labels(3, np.ones((10, 20), np.uint8))
        assert project.is_written
        assert path.is_file()
        with pytest.raises(ProjectError, match="in use"):
            Project.open(path)
    with Project.open(path) as project:
        assert project.labels(3).all()
        assert project.history.undo_text == "Import mask"
        assert project.video == CLIP
    assert [file.name for file in tmp_path.iterdir()] == ["dog.roto"]


def test_a_place_that_is_taken_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "dog.roto"
    with make(path) as project:
        path.write_text("something else")
        with pytest.raises(ProjectError, match="this file exists"):
            project.objects.add()
        assert path.read_text() == "something else"
        assert not project.objects.all
        path.unlink()
        assert project.objects.add().object_id == 1
    with Project.open(path) as project:
        assert len(project.objects.all) == 1


def test_a_place_that_cannot_be_written_to_is_reported_with_the_first_change(tmp_path: Path) -> None:
    with make(tmp_path / "missing" / "dog.roto") as project, pytest.raises(ProjectError, match="cannot be created"):
        project.objects.add()


def test_a_copy_has_everything_and_finds_the_clip(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    clip = tmp_path / "dog.mp4"
    clip.write_bytes(b"frames")
    target = tmp_path / "there" / "copy.roto"
    target.write_bytes(b"")
    with Project.create(tmp_path / "dog.roto", VideoReference(clip, 6, "abc"), 10, (20, 10)) as project:
        project.objects.add("Dog")
        project.save_copy(target)
        project.objects.add("Cat")
        project.save_copy(target)
        with pytest.raises(ProjectError, match="is open"):
            project.save_copy(tmp_path / "dog.roto")
        with Project.open(target), pytest.raises(ProjectError, match="in use"):
            project.save_copy(target)
    with Project.open(target) as copy:
        assert [track.name for track in copy.objects.all] == ["Dog", "Cat"]
        assert copy.locate_video(lambda _path: VideoReference(clip, 6, "abc")) == clip
