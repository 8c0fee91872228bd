"""The file: crashes, other people's files, newer and older versions, full disks."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.errors import MaskError, ProjectError, ProjectFormatError
from core.project import Project
from core.project.storage.schema import SCHEMA_VERSION, check_format, migrate
from core.types import Origin
from tests.core.project.conftest import CLIP, FRAMES, SIZE, paint, result, run_over, state, two

ROOT = Path(__file__).resolve().parents[3]

_ENDLESS_RUN = """
import sys
from pathlib import Path
from core.project import Project
from tests.core.project.conftest import CLIP, SIZE, result, two
project = Project.create(Path(sys.argv[1]), CLIP, 100_000, SIZE)
project.masks.import_labels(0, two())
run = project.runs.begin("Propagate")
for frame_index in range(1, 100_000):
    project.runs.put(run, result(frame_index, two(), o1=0.5, o2=0.5))
    print(frame_index, flush=True)
"""


def test_a_project_is_one_file(tracked: Project, path: Path) -> None:
    before = state(tracked)
    tracked.close()
    tracked.close()
    assert list(path.parent.iterdir()) == [path]
    with Project.open(path) as again:
        assert state(again) == before
        assert (again.path, again.size, again.frame_count) == (path.resolve(), SIZE, FRAMES)
    assert list(path.parent.iterdir()) == [path]


def test_a_killed_program_loses_at_most_the_frame_in_flight(path: Path) -> None:
    command = [sys.executable, "-c", _ENDLESS_RUN, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        printed = 0
        for line in running.stdout:
            printed = int(line)
            if printed >= 50:
                break
        running.kill()
        printed = max([printed, *(int(line) for line in running.stdout.read().split("\n")[:-1])])
    with Project.open(path) as project:
        lane = project.origin_lane(1)
        stored = int((lane == Origin.PROPAGATED).sum())
        # the frame in flight may be in the file without having been reported
        assert stored in (printed, printed + 1)
        assert (lane[1 : stored + 1] == Origin.PROPAGATED).all()
        for frame_index in range(stored + 1):
            np.testing.assert_array_equal(project.labels(frame_index), two())
        assert project.history.undo() == "Propagate"  # all that the run had done is one step
        assert not (project.origin_lane(1) == Origin.PROPAGATED).any()
        assert project.history.undo_text == "Import mask"
        project.history.redo()
        assert int((project.origin_lane(1) == Origin.PROPAGATED).sum()) == stored


def test_a_run_that_nobody_ended_is_one_step(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    before = state(tracked)
    run = tracked.runs.begin("Cut short")
    for frame_index in (2, 3, 4):
        tracked.runs.put(run, result(frame_index, two(), o1=0.1))
    tracked = reopened(tracked)
    with pytest.raises(ProjectError, match="not under way"):
        tracked.runs.put(run, result(5, two()))
    assert tracked.history.undo() == "Cut short"
    assert state(tracked) == before


def test_an_existing_file_is_not_overwritten(tracked: Project, path: Path) -> None:
    tracked.close()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"clip\.roto: this file exists"):
        Project.create(path, CLIP, FRAMES, SIZE)
    assert path.read_bytes() == before


def test_a_clip_without_pictures_makes_no_project(path: Path) -> None:
    for frame_count, size in ((0, SIZE), (5, (0, 20))):
        with pytest.raises(ProjectError, match="no pictures"):
            Project.create(path, CLIP, frame_count, size)
    with pytest.raises(ProjectError, match="cannot be created"):
        Project.create(path.parent / "nowhere" / "clip.roto", CLIP, FRAMES, SIZE)
    assert not path.exists()


def test_a_missing_project_is_reported_and_not_made(path: Path) -> None:
    for folder in (path, path.parent):
        with pytest.raises(ProjectError, match="no such project"):
            Project.open(folder)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"some text, longer than a database's header, " * 40, b"SQLite format 3\0"])
def test_another_kind_of_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ProjectFormatError, match=r"clip\.roto: no Rotoflow project"):
        Project.open(path)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE track (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectFormatError, match="no Rotoflow project"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_damaged_file_is_a_format_error(tracked: Project, path: Path) -> None:
    tracked.close()
    data = bytearray(path.read_bytes())
    data[100:] = b"\x5a" * (len(data) - 100)
    path.write_bytes(data)
    with pytest.raises(ProjectFormatError, match=r"clip\.roto"):
        Project.open(path)


def test_a_damaged_mask_is_named_and_spoils_no_other(tracked: Project, path: Path) -> None:
    tracked.close()
    with sqlite3.connect(path) as connection:
        wanted = "(SELECT blob_id FROM frame WHERE frame_index = 3)"
        connection.execute(f"UPDATE blob SET data = substr(data, 1, 20) WHERE blob_id = {wanted}")
    connection.close()
    with Project.open(path) as project:
        with pytest.raises(MaskError, match=r"clip\.roto, frame 3: .*damaged"):
            project.labels(3)
        np.testing.assert_array_equal(project.labels(4), two())


def test_a_newer_file_is_refused_and_left_alone(tracked: Project, path: Path) -> None:
    tracked.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ProjectFormatError, match=f"newer Rotoflow .format {SCHEMA_VERSION + 1}.*Update Rotoflow"):
        Project.open(path)
    assert path.read_bytes() == before


def _two_migrations() -> dict[int, Callable[[sqlite3.Connection], None]]:
    def add_notes(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE step ADD COLUMN note TEXT NOT NULL DEFAULT ''")

    def note_all(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE step SET note = 'from ' || text")

    return {SCHEMA_VERSION: add_notes, SCHEMA_VERSION + 1: note_all}


def test_an_older_file_is_brought_up_step_by_step(tracked: Project, path: Path) -> None:
    tracked.close()
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, check_format(connection, "clip.roto"), _two_migrations(), SCHEMA_VERSION + 2)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 2,)
    assert connection.execute("SELECT DISTINCT note FROM step").fetchall() == [
        ("from Import mask",),
        ("from Propagate",),
    ]
    connection.close()


def test_a_migration_that_fails_changes_nothing(tracked: Project, path: Path) -> None:
    before = state(tracked)
    tracked.close()
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(ProjectFormatError, match="can no longer read"):
        migrate(connection, SCHEMA_VERSION, _two_migrations(), SCHEMA_VERSION + 3)
    connection.close()
    with Project.open(path) as project:
        assert state(project) == before


def test_a_second_program_is_kept_out(tracked: Project, path: Path) -> None:
    twin = path.with_name("twin.roto")
    os.link(path, twin)
    for name in (path, twin):
        with pytest.raises(ProjectError, match="in use here already"):
            Project.open(name)
    script = "import sys, core.project; core.project.Project.open(sys.argv[1])"
    other = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True)
    assert "ProjectError" in other.stderr
    assert "in use by another window or program" in other.stderr
    paint(tracked, 4, 1)
    tracked.close()
    Project.open(path).close()


def test_a_failed_change_leaves_file_and_memory_as_they_were(
    tracked: Project, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint(tracked, 2, 2)
    tracked.history.undo()
    before, revision = state(tracked), tracked.revision(4)
    reported: list[object] = []
    tracked.subscribe(reported.append)

    def fail(*_: object) -> None:
        raise ProjectError("the disk is full")

    monkeypatch.setattr("core.project.storage.lanes.LaneStore.mark_stale", fail)
    for call in (lambda: paint(tracked, 4, 1), lambda: tracked.masks.import_labels(5, two() * np.uint8(3))):
        with pytest.raises(ProjectError, match="disk is full"):
            call()
    assert (state(tracked), tracked.revision(4), reported) == (before, revision, [])
    assert (tracked.history.undo_text, tracked.history.redo_text) == ("Propagate", "Paint 2")
    monkeypatch.undo()
    assert tracked.history.redo() == "Paint 2"
    paint(tracked, 4, 1)
    tracked.close()
    with Project.open(path) as again:
        assert again.history.undo() == "Paint 1"


def test_a_disk_that_is_full_is_reported_in_words(tracked: Project) -> None:
    before = state(tracked)
    pages = tracked._database.row("PRAGMA page_count")
    assert pages is not None
    tracked._database.execute(f"PRAGMA max_page_count = {pages[0]}")
    with pytest.raises(ProjectError, match=r"disk is full.*Make room"):
        tracked.attachments.store("weights", bytes(5_000_000))
    assert state(tracked) == before


def test_a_closed_project_reports_it(tracked: Project) -> None:
    tracked.close()
    with pytest.raises(ProjectError, match="closed"):
        tracked.labels(0)
    with pytest.raises(ProjectError, match="closed"):
        tracked.objects.add()


def test_thousands_of_frames_open_at_once(path: Path) -> None:
    frames = 2_500
    with Project.create(path, CLIP, frames, SIZE) as project:
        project.masks.import_labels(0, two())
        run_over(project, range(1, frames))
    start = time.process_time()
    with Project.open(path) as project:
        opened = time.process_time() - start
        start = time.process_time()
        assert int((project.origin_lane(1) == Origin.PROPAGATED).sum()) == frames - 1
        paint(project, frames // 2, 1)
        painted = time.process_time() - start
        assert int((project.origin_lane(1) == Origin.STALE).sum()) == frames - 2
        project.history.undo()
        assert project.history.undo() == "Propagate"
        assert not project.has_labels(7)
    # of the processor, whatever else the machine does: 0.03 s each
    assert opened < 0.3
    assert painted < 0.3


def test_a_damaged_page_names_what_repairs_it(tmp_path: Path) -> None:
    path = tmp_path / "clip.roto"
    with Project.create(path, CLIP, 3, (64, 48)):
        pass
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(ProjectFormatError, match=r"damaged .* rotoflow repair .*clip\.roto"):
        Project.open(path).close()
