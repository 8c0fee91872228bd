"""A project is put back as it was: after it was emptied by mistake, and after it was damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.cli.targets import check_target
from core.errors import OutputError, ProjectError, ProjectFormatError
from core.project import Project, VideoReference, backups
from tests.core.cli.conftest import RunCommand, run
from tests.core.project.conftest import FRAMES, paint

__all__ = ["run"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(backups.BACKUPS_VARIABLE, str(tmp_path / "copies"))
    monkeypatch.setattr(backups, "LEAST_SECONDS", 0.0)
    return tmp_path / "copies"


@pytest.fixture
def emptied(tracked: Project, path: Path) -> Path:
    """Masks on all frames, of which there is a copy; all of them cleared, which is copied, too."""
    tracked.close()
    assert backups.back_up(path) is not None
    clear(path)
    assert backups.back_up(path) is not None
    return path


def clear(path: Path) -> None:
    with Project.open(path) as project:
        for index in range(project.frame_count):
            project.masks.import_labels(index, np.zeros(project.size[::-1], np.uint8))


def masked(path: Path) -> list[int]:
    with Project.open(path) as project:
        return [index for index in range(project.frame_count) if project.labels(index).any()]


def test_copies_are_in_the_order_they_were_made_in_whatever_the_clock_says(
    emptied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 10**18)
    made = []
    for frame in range(3):
        with Project.open(emptied) as project:
            paint(project, frame, 1)
        made.append(backups.back_up(emptied))
    assert backups.backups(emptied)[:3] == made[::-1], "the clock was set back, and then stood still"


@pytest.mark.parametrize("renamed", [False, True])
@pytest.mark.parametrize("damaged", [False, True])
def test_copies_from_before_a_project_was_moved_are_listed(
    emptied: Path, tmp_path: Path, run: RunCommand, renamed: bool, damaged: bool
) -> None:
    (tmp_path / "elsewhere").mkdir()
    moved = tmp_path / "elsewhere" / ("other.roto" if renamed else emptied.name)
    assert backups.list_backups(moved) == [], "the project is where it was"
    emptied.rename(moved)
    if damaged:
        moved.write_bytes(b"gone")
    found = backups.list_backups(moved)
    if damaged and renamed:
        assert found == [], "nothing in it says that it is the same one"
        return
    assert [one.origin for one in found] == [emptied, emptied]
    outcome = run("restore", moved)
    assert outcome.out.count(f"from before it was moved: {emptied}") == 2
    assert run("restore", moved, "--copy", 2).code == 0
    assert len(masked(moved)) == FRAMES


@pytest.mark.parametrize("marked", [True, False])
def test_a_project_that_was_renamed_and_damaged_is_known_by_its_clip(
    tmp_path: Path, run: RunCommand, marked: bool
) -> None:
    path, mark = tmp_path / "first.roto", "0123456789abcdef" * 2
    with Project.create(path, VideoReference(Path("clip.mp4"), 1, mark), FRAMES, (16, 12)) as project:
        project.objects.add("a")
        paint(project, 2, 1)
    assert backups.back_up(path) is not None
    renamed = path.rename(tmp_path / "second.roto")
    data = renamed.read_bytes()
    damaged = b"SQLite format 3\0" + bytes(80) + data[96:].replace(b"CREATE TABLE", b"XREATE TABLE")
    renamed.write_bytes(damaged if marked else damaged.replace(mark.encode(), b"?" * 32))
    with pytest.raises(ProjectError):
        Project.open(renamed)
    found = backups.list_backups(renamed)
    assert [one.origin for one in found] == ([path] if marked else [])
    assert run("restore", renamed).code == (0 if marked else 1)
    assert f"of {path}" in run("restore", "--all").out, "a person knows where it was"
    assert run("restore", renamed, "--all", "--copy", 1).code == 0
    assert masked(renamed) == [2]


def test_no_result_takes_the_place_of_a_backup(emptied: Path, run: RunCommand) -> None:
    copy = backups.backups(emptied)[0]
    data = copy.read_bytes()
    for out in (copy, copy.parent / "new.roto", copy.parent):
        with pytest.raises(OutputError, match="keeps backups"):
            check_target(out, [], overwrite=True)
    assert run("check", emptied, "--html", copy.parent / "report.html").code == 1
    assert copy.read_bytes() == data
    assert len(backups.backups(emptied)) == 2


def test_the_list_of_all_needs_no_project_and_putting_back_does(emptied: Path, run: RunCommand) -> None:
    assert run("restore", "--all").out.count(f"of {emptied}") == 2
    for words in ((), ("--all", "--copy", 1)):
        outcome = run("restore", *words)
        assert outcome.code == 1
        assert "Name the project" in outcome.err


def test_copies_of_a_project_of_another_clip_are_not_listed(emptied: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / emptied.name
    other.parent.mkdir()
    video = VideoReference(Path("other.mp4"), 1, "another")
    Project.create(other, video, FRAMES, (16, 12)).close()
    emptied.unlink()
    assert backups.list_backups(other) == []


def test_the_list_says_what_is_in_each(emptied: Path, run: RunCommand) -> None:
    outcome = run("restore", emptied)
    assert [line.partition("masks: ")[2].partition(",")[0] for line in outcome.out.splitlines()] == ["0", str(FRAMES)]
    assert outcome.out.startswith("1: ")


def test_masks_of_a_deleted_object_do_not_count(tracked: Project, path: Path) -> None:
    for track in tracked.objects.all:
        tracked.objects.remove(track.object_id)
    tracked.close()
    backups.back_up(path)
    assert [(one.frames, one.objects) for one in backups.list_backups(path)] == [(0, 0)]


def test_an_emptied_project_comes_back_and_that_can_be_undone(emptied: Path, run: RunCommand) -> None:
    with Project.open(emptied) as project:
        paint(project, 7, 1)
    outcome = run("restore", emptied, "--copy", "2")
    assert outcome.code == 0 and "note: what was there before is the newest copy now" in outcome.out
    assert masked(emptied) == list(range(FRAMES))
    assert run("restore", emptied, "--copy", "1").code == 0
    assert masked(emptied) == [7]


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0" + bytes(5000), None])
def test_a_damaged_or_lost_project_comes_back(emptied: Path, run: RunCommand, data: bytes | None) -> None:
    emptied.unlink()
    if data is not None:
        emptied.write_bytes(data)
    assert run("restore", emptied, "--copy", "2").code == 0
    assert masked(emptied) == list(range(FRAMES))
    if data:
        assert backups.backups(emptied)[0].read_bytes() == data, "what was there is kept as it was"


def test_the_copy_with_most_masks_stays_however_often_an_empty_one_is_opened(emptied: Path) -> None:
    for name in range(backups.KEPT + 3):
        with Project.open(emptied) as project:
            project.settings.set("name", name)
        assert backups.back_up(emptied) is not None
    found = backups.list_backups(emptied)
    assert [one.frames for one in found] == [0] * backups.KEPT + [FRAMES]


def test_what_cannot_be_restored_leaves_the_project(emptied: Path, run: RunCommand, folder: Path) -> None:
    assert "numbered from 1 to 2" in run("restore", emptied, "--copy", "3").error_line
    newest, full = backups.backups(emptied)
    full.chmod(0o600)
    full.write_bytes(full.read_bytes()[:5000])
    assert len(backups.list_backups(emptied)) == 1
    with pytest.raises(ProjectFormatError, match="this copy is damaged"):
        backups.restore(full, emptied)
    with pytest.raises(ProjectError, match="no such project"):
        backups.restore(folder / "none.roto", emptied)
    with Project.open(emptied), pytest.raises(ProjectError, match="in use"):
        backups.restore(newest, emptied)
    assert masked(emptied) == []
    assert "no copy of this project" in run("restore", emptied.with_name("other.roto")).error_line


def test_a_copy_is_not_worked_on_by_mistake(emptied: Path) -> None:
    assert not any(copy.stat().st_mode & 0o222 for copy in backups.backups(emptied))
