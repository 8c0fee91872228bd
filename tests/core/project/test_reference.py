"""Finding the clip again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import VideoMovedError, WrongVideoError
from core.media import fingerprint
from core.project import Project, VideoReference
from tests.core.project.conftest import FRAMES, SIZE


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    (tmp_path / "shots").mkdir()
    path = tmp_path / "shots" / "clip.mp4"
    path.write_bytes(b"a clip" * 100)
    return path


@pytest.fixture
def saved(tmp_path: Path, clip: Path) -> Path:
    """A closed project in a folder next to the clip's."""
    (tmp_path / "work").mkdir()
    path = tmp_path / "work" / "clip.roto"
    found = fingerprint(clip)
    Project.create(path, VideoReference(clip, found.size_bytes, found.head_hash), FRAMES, SIZE).close()
    return path


def test_a_clip_in_its_place_is_found(saved: Path, clip: Path) -> None:
    with Project.open(saved) as project:
        assert project.locate_video(fingerprint) == clip
        assert project.video.path == clip
        assert project.video.fits(fingerprint(clip))


def test_a_clip_that_moved_with_the_project_is_found(saved: Path, clip: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("shots", "work"):
        shutil.move(tmp_path / name, moved / name)
    with Project.open(moved / "work" / "clip.roto") as project:
        assert project.locate_video(fingerprint) == moved / "shots" / "clip.mp4"
        assert project.video.path == moved / "shots" / "clip.mp4"


def test_a_clip_beside_the_project_is_found(saved: Path, clip: Path) -> None:
    clip.rename(saved.parent / "clip.mp4")
    with Project.open(saved) as project:
        assert project.locate_video(fingerprint) == saved.parent / "clip.mp4"


def test_a_project_made_with_a_relative_path_knows_the_absolute_one(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = fingerprint(clip)
    reference = VideoReference(Path("shots/clip.mp4"), found.size_bytes, found.head_hash)
    with Project.create(Path("mine.roto"), reference, FRAMES, SIZE) as project:
        assert project.video.path == clip
        assert project.path == tmp_path / "mine.roto"


def test_a_clip_that_is_gone_is_named_with_what_to_do(saved: Path, clip: Path) -> None:
    clip.unlink()
    with Project.open(saved) as project, pytest.raises(VideoMovedError) as caught:
        project.locate_video(fingerprint)
    assert str(clip) in str(caught.value)
    assert "clip.roto" in str(caught.value)
    assert "locate it" in str(caught.value)


def test_another_clip_in_its_place_is_not_taken(saved: Path, clip: Path) -> None:
    clip.write_bytes(b"another")
    with Project.open(saved) as project, pytest.raises(VideoMovedError, match=r"not the clip.*original"):
        project.locate_video(fingerprint)


def test_a_good_copy_is_taken_where_the_first_place_has_another(saved: Path, clip: Path) -> None:
    shutil.copy(clip, saved.parent / "clip.mp4")
    clip.write_bytes(b"another")
    with Project.open(saved) as project:
        assert project.locate_video(fingerprint) == saved.parent / "clip.mp4"


def test_a_clip_that_cannot_be_read_is_a_moved_one(saved: Path) -> None:
    def unreadable(path: Path) -> VideoReference:
        raise PermissionError(path)

    with Project.open(saved) as project, pytest.raises(VideoMovedError):
        project.locate_video(unreadable)


def test_a_new_place_is_remembered(saved: Path, clip: Path, tmp_path: Path) -> None:
    moved = clip.rename(tmp_path / "renamed.mp4")
    with Project.open(saved) as project:
        project.relocate(moved, fingerprint(moved))
    with Project.open(saved) as project:
        assert project.locate_video(fingerprint) == moved
        assert project.history.undo_text is None


@pytest.mark.parametrize("content", [b"other and longer" * 200, b"a clap" * 100], ids=["size", "beginning"])
def test_a_wrong_clip_is_refused(saved: Path, clip: Path, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.mp4"
    wrong.write_bytes(content)
    with Project.open(saved) as project:
        with pytest.raises(WrongVideoError, match=r"wrong\.mp4: this is another clip.*Choose the original, clip\.mp4"):
            project.relocate(wrong, fingerprint(wrong))
        assert project.video.path == clip


def test_a_folder_of_pictures_is_found(tmp_path: Path, reopened: Callable[[Project], Project], path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "0001.png").write_bytes(b"picture")
    found = fingerprint(folder)
    project = Project.create(path, VideoReference(folder, found.size_bytes, found.head_hash), FRAMES, SIZE)
    assert reopened(project).locate_video(fingerprint) == folder
