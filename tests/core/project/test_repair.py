"""What is saved of damaged projects, and the copies that are kept of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.errors import OutputError, ProjectError, RotoflowError
from core.project import Project, backups
from core.project.repair import is_sound, repair
from core.project.storage import salvage
from core.project.storage.schema import SCHEMA_VERSION
from tests.core.cli.conftest import RunCommand, run
from tests.core.project.conftest import CLIP, FRAMES, block, paint, run_over, state, two

__all__ = ["run"]

BIG = (320, 200)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "clip.roto"
    rng = np.random.default_rng(0)
    with Project.create(path, CLIP, 60, BIG) as project:
        for frame_index in range(60):
            project.masks.import_labels(frame_index, rng.integers(0, 3, BIG[::-1]).astype(np.uint8))
        project.markers.set(3, "here")
    return path


@pytest.fixture
def large(built: Path, tmp_path: Path) -> Path:
    """A project whose masks take pages of their own."""
    return Path(shutil.copy(built, tmp_path))


def test_a_sound_project_is_left_alone(tracked: Project, path: Path, run: RunCommand) -> None:
    with pytest.raises(ProjectError, match="no such project"):
        is_sound(path.with_name("nowhere.roto"))
    with pytest.raises(ProjectError, match="in use"):
        is_sound(path)
    tracked.close()
    before = path.read_bytes()
    outcome = run("repair", path)
    assert (outcome.code, outcome.out) == (0, f"{path}: there is nothing to repair.\n")
    assert path.read_bytes() == before
    with pytest.raises(OutputError):
        repair(path, path)


def test_everything_of_a_sound_project_is_taken_over(tracked: Project, path: Path, tmp_path: Path) -> None:
    paint(tracked, 3, 1)
    tracked.markers.set(2, "here")
    tracked.settings.set("view", [1, 2])
    tracked.history.undo()
    before = state(tracked)
    tracked.close()
    saved = repair(path, tmp_path / "new.roto")
    assert (saved.frames, saved.objects, saved.lost, saved.notes) == (FRAMES, 2, (), ())
    with Project.open(tmp_path / "new.roto") as project:
        assert state(project) == before
        assert project.settings.get("view") == [1, 2]
        assert project.history.redo() is not None


@pytest.mark.parametrize("kept", [0.98, 0.8, 0.5])
def test_a_project_whose_end_is_cut_off_keeps_what_is_before(
    large: Path, tmp_path: Path, run: RunCommand, kept: float
) -> None:
    with Project.open(large) as project:
        before = [project.labels(index) for index in range(60)]
    data = large.read_bytes()
    large.write_bytes(data[: int(kept * len(data))])
    outcome = run("repair", large, "--out", tmp_path / "new.roto")
    assert outcome.code == 0, outcome.err
    with Project.open(tmp_path / "new.roto") as project:
        saved = [index for index in range(60) if project.has_labels(index)]
        assert len(saved) >= 60 * kept - 12
        for index in saved:
            np.testing.assert_array_equal(project.labels(index), before[index])


def test_a_project_of_a_newer_version_is_not_damaged(large: Path, run: RunCommand) -> None:
    with closing(sqlite3.connect(large)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    assert "written by a newer Rotoflow" in run("repair", large).error_line
    assert [path.name for path in large.parent.iterdir()] == [large.name]
    # and one that is damaged, too, is repaired as far as this version knows it
    data = bytearray(large.read_bytes())
    data[60 * 4096 : 61 * 4096] = bytes(4096)
    large.write_bytes(data)
    assert run("repair", large, "--out", large.with_name("new.roto")).code == 0


def test_what_is_beyond_repair_is_not_sent_round(large: Path, run: RunCommand) -> None:
    data = bytearray(large.read_bytes())
    # the list of tables
    data[100:4096] = bytes(3996)
    large.write_bytes(data)
    line = run("repair", large).error_line
    assert "rotoflow repair" not in line, line
    assert "repair" in line or "nothing of it can be read" in line


@pytest.mark.parametrize("seed", range(8))
def test_pages_that_are_gone_take_only_their_masks_along(large: Path, tmp_path: Path, seed: int) -> None:
    with Project.open(large) as project:
        before = [project.labels(index) for index in range(60)]
    rng = np.random.default_rng(seed)
    data = bytearray(large.read_bytes())
    pages = len(data) // 4096
    # not the first ones: without the list of tables nothing is found
    for page in rng.integers(40, pages, 6):
        data[page * 4096 : (page + 1) * 4096] = rng.bytes(4096)
    large.write_bytes(data)
    assert not is_sound(large)
    saved = repair(large, tmp_path / "new.roto")
    assert saved.frames >= 30
    assert saved.frames + len(saved.lost) <= 60
    with Project.open(tmp_path / "new.roto") as project:
        assert is_content_of(project, before) == saved.frames
        project.masks.import_labels(0, block(1, 4).repeat(10, 0).repeat(10, 1)[: BIG[1], : BIG[0]].copy())
        project.history.undo()
    assert large.read_bytes() == data


def is_content_of(project: Project, before: list[np.ndarray]) -> int:
    frames = [index for index in range(60) if project.has_labels(index)]
    for index in frames:
        np.testing.assert_array_equal(project.labels(index), before[index])
    return len(frames)


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE state SET origin = 77 WHERE frame_index = 5",
        "UPDATE track SET payload = '[]' WHERE object_id = 2",
        "UPDATE track SET payload = '{\"merged_into\": 2}' WHERE object_id = 1;"
        " UPDATE track SET payload = '{\"merged_into\": 1}' WHERE object_id = 2",
        "DELETE FROM track",
        "DROP TABLE marker",
        "DROP TABLE used_id",
        "UPDATE blob SET data = 5 WHERE blob_id = (SELECT blob_id FROM frame WHERE frame_index = 5)",
        "UPDATE step_frame SET blob_id = 99999",
        "UPDATE frame SET frame_index = 99999 WHERE frame_index = 5",
    ],
)
def test_impossible_values_are_left_out(tracked: Project, path: Path, script: str, run: RunCommand) -> None:
    paint(tracked, 3, 1)
    tracked.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    outcome = run("repair", path)
    assert outcome.code == 0
    target = path.with_name(f"{path.stem}-repaired.roto")
    if not target.exists():
        assert "nothing to repair" in outcome.out
        return
    assert f"2 objects in {target}" in outcome.out
    with Project.open(target) as project:
        assert len(project.objects.all) == 2
        assert sum(project.has_labels(index) for index in range(FRAMES)) >= FRAMES - 1
        np.testing.assert_array_equal(project.labels(7), two())
        paint(project, 4, 2)
        project.history.undo()


@pytest.mark.parametrize("seed", range(20))
def test_flipped_files_give_a_sound_project_or_a_sentence(large: Path, tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = bytearray(large.read_bytes())
    for position in rng.integers(0, len(data), 40):
        data[position] ^= 1 << int(rng.integers(8))
    large.write_bytes(data[: int(rng.integers(len(data) // 2, len(data)))] if seed % 3 == 0 else data)
    try:
        repair(large, tmp_path / "new.roto")
    except RotoflowError as error:
        assert "clip.roto" in str(error) or "beyond repair" in str(error)
        assert not (tmp_path / "new.roto").exists()
        return
    assert is_sound(tmp_path / "new.roto")


class TestCopies:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv(backups.BACKUPS_VARIABLE, str(tmp_path / "copies"))
        monkeypatch.setattr(backups, "LEAST_SECONDS", 0.0)
        return tmp_path / "copies"

    def test_the_newest_stay(self, tracked: Project, path: Path, reopened: Callable[[Project], Project]) -> None:
        anchors = []
        project = tracked
        for frame_index in range(1, backups.KEPT + 3):
            paint(project, frame_index, 1)
            anchors.append(project.anchor_frames())
            project.close()
            assert backups.back_up(path) is not None
            assert backups.back_up(path) is None, "it did not change"
            project = Project.open(path)
        project.close()
        found = backups.backups(path)
        assert len(found) == backups.KEPT
        for copy, wanted in zip(found, reversed(anchors), strict=False):
            with Project.open(copy) as project:
                assert project.anchor_frames() == wanted
        reopened(Project.open(path))

    def test_none_where_none_are_wanted_or_possible(
        self, tracked: Project, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run_over(tracked, range(1, 3))
        tracked.close()
        folder.write_text("a file in the way")
        assert backups.back_up(path) is None
        monkeypatch.setenv(backups.BACKUPS_VARIABLE, "")
        assert backups.back_up(path) is None
        monkeypatch.delenv(backups.BACKUPS_VARIABLE)
        monkeypatch.setattr(backups, "MOST_BYTES", 10)
        assert backups.back_up(path) is None
        assert os.environ.get(backups.BACKUPS_VARIABLE) is None

    def test_what_a_crash_left_in_the_log_is_in_the_copy(self, tracked: Project, path: Path, tmp_path: Path) -> None:
        paint(tracked, 7, 1)
        wanted = tracked.anchor_frames()
        crashed = tmp_path / "crashed.roto"
        for ending in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + ending), crashed.with_name(crashed.name + ending))
        tracked.close()
        copy = backups.back_up(crashed)
        assert copy is not None and backups.backups(crashed) == [copy]
        with Project.open(copy) as project:
            assert project.anchor_frames() == wanted
        assert crashed.with_name("crashed.roto-wal").exists(), "what is copied is only read"

    def test_repair_names_them(self, tracked: Project, path: Path, run: RunCommand) -> None:
        tracked.close()
        copy = backups.back_up(path)
        path.write_bytes(b"SQLite format 3\0" + bytes(5000))
        outcome = run("repair", path)
        assert outcome.code == 1
        assert outcome.out == f"copy: {copy}\n"


def test_a_kill_while_the_log_is_written_into_the_file_is_no_damage(large: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed.roto"
    with Project.open(large) as project:
        for index in range(0, 60, 6):
            project.masks.import_labels(index, np.full(BIG[::-1], index % 3, np.uint8))
        for ending in ("", "-wal"):
            shutil.copy(f"{large}{ending}", f"{killed}{ending}")
    log, pages = Path(f"{killed}-wal").read_bytes(), bytearray(killed.read_bytes())
    size = int.from_bytes(log[8:12], "big")
    numbers = {int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log) - size, size + 24)}
    torn = [number for number in numbers if 1 < number <= len(pages) // size]
    assert torn
    for number in torn:
        pages[(number - 1) * size : number * size] = bytes(size)
    killed.write_bytes(pages)
    assert is_sound(killed)


def test_a_mask_of_more_bytes_than_any_has_is_left_out_unread(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(large)) as connection, connection:
        connection.execute("UPDATE blob SET data = zeroblob(300000) WHERE blob_id = (SELECT min(blob_id) FROM blob)")
        connection.execute("INSERT INTO attachment VALUES ('long', zeroblob(300000))")
    monkeypatch.setattr(
        salvage, "_COLUMNS", {k: v.replace(str(1 << 28), "200000") for k, v in salvage._COLUMNS.items()}
    )
    saved = repair(large, tmp_path / "new.roto")
    assert len(saved.lost) == 1 and saved.frames
    assert (tmp_path / "new.roto").stat().st_size < large.stat().st_size - 500_000
