"""Where a project's file is, and what becomes of it when that changes: made at once, put back, only read, replaced."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import OutputError, ProjectError
from core.project import Project, VideoReference, recorded_clips, replace_project, replacement
from core.project.storage import database
from tests.core.project.conftest import CLIP, FRAMES, SIZE, two


def create(path: Path) -> Project:
    return Project.create(path, CLIP, FRAMES, SIZE)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestMaking:
    def test_a_project_appears_complete(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def stop(part: Path, target: Path) -> None:
            assert not target.exists()
            with closing(sqlite3.connect(part)) as found:
                assert found.execute("SELECT frame_count FROM project").fetchone() == (FRAMES,)
            raise KeyboardInterrupt

        monkeypatch.setattr(database, "publish", stop)
        with pytest.raises(KeyboardInterrupt):
            create(tmp_path / "a.roto")
        assert names(tmp_path) == []

    def test_an_empty_file_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "a.roto").touch()
        (tmp_path / "a.roto-wal").write_bytes(b"left by a project that is gone")
        with create(tmp_path / "a.roto") as project:
            project.masks.import_labels(0, two())
        with pytest.raises(ProjectError, match="this file exists"):
            create(tmp_path / "a.roto")
        assert names(tmp_path) == ["a.roto"]

    def test_names_that_are_not_text(self, tmp_path: Path) -> None:
        folder = Path(f"{tmp_path}/\udcc3\udcd4")
        folder.mkdir()
        reference = VideoReference(folder / "clip.mp4", CLIP.size_bytes, CLIP.head_hash)
        with Project.create(folder / "\udcff.roto", reference, FRAMES, SIZE) as project:
            assert project.video.path == folder / "clip.mp4"
        assert folder / "clip.mp4" in recorded_clips(folder / "\udcff.roto")

    def test_a_name_without_room_for_sqlite(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="too long by"):
            create(tmp_path / ("a" * 248 + ".roto"))
        with create(tmp_path / ("a" * 242 + ".roto")) as project:
            project.masks.import_labels(0, two())


class TestTakenAway:
    def test_it_is_put_back_with_the_next_change(self, tmp_path: Path) -> None:
        with create(tmp_path / "a.roto") as project:
            project.masks.import_labels(0, two())
            (tmp_path / "a.roto").unlink()
            assert project.times_put_back == 0
            project.masks.import_labels(3, two())
            assert project.times_put_back == 1
            assert project.history.undo() is not None
            assert project.history.redo() is not None
        with Project.open(tmp_path / "a.roto") as project:
            assert project.anchor_frames() == [0, 3]

    def test_a_run_is_not_ended_without_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        with create(tmp_path / "sub" / "a.roto") as project:
            run = project.runs.begin("Propagate")
            shutil.rmtree(tmp_path / "sub")
            with pytest.raises(ProjectError, match="not there any more and cannot be put back"):
                project.runs.end(run)

    def test_another_file_in_its_place_is_reported(self, tmp_path: Path) -> None:
        with create(tmp_path / "a.roto") as project:
            create(tmp_path / "b.roto").close()
            (tmp_path / "b.roto").replace(tmp_path / "a.roto")
            with pytest.raises(ProjectError, match="another file at this path"):
                project.masks.import_labels(3, two())
        with Project.open(tmp_path / "a.roto") as project:
            assert project.anchor_frames() == []


class TestReadOnly:
    @pytest.fixture
    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A project on a disk that can only be read: SQLite says so when it is to write there."""
        path = tmp_path / "a.roto"
        with create(path) as project:
            project.masks.import_labels(0, two())
            project.masks.import_labels(3, two())
            # as a crash leaves it: the last changes are in the log
            for ending in ("", "-wal"):
                shutil.copy(f"{path}{ending}", tmp_path / f"b.roto{ending}")
        connect = database._connect

        def refuse(path: Path, new: bool) -> sqlite3.Connection:
            if path.parent == tmp_path:
                with database.in_words(path):
                    error = sqlite3.OperationalError("disk I/O error")
                    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                    raise error
            return connect(path, new)

        monkeypatch.setattr(database, "_connect", refuse)
        return path

    @pytest.mark.parametrize("name", ["a.roto", "b.roto"])
    def test_reading_works(self, file: Path, name: str) -> None:
        path = file.with_name(name)
        before = path.read_bytes()
        with Project.open(path) as project:
            assert project.anchor_frames() == [0, 3]
            assert project.labels(3).any()
            with pytest.raises(ProjectError, match="can only be read where it is"):
                project.masks.import_labels(4, two())
            assert project.anchor_frames() == [0, 3]
        assert path.read_bytes() == before

    def test_an_older_one_is_brought_up_to_date_in_a_copy(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(
                "DROP TRIGGER blob_gone; DROP TABLE marker; DROP TABLE step_marker; DROP TABLE step_setting; "
                "DROP TABLE measure; DROP TABLE shape; DROP TABLE step_shape;"
                "PRAGMA user_version = 1; PRAGMA journal_mode = DELETE;"
            )
        with Project.open(file) as project:
            assert project.anchor_frames() == [0, 3]
            assert project.markers.all == ()

    def test_another_error_is_not_taken_for_it(self, file: Path) -> None:
        file.write_bytes(b"no project at all" * 100)
        with pytest.raises(ProjectError):
            Project.open(file)


class TestReplacing:
    def test_what_is_open_is_not_replaced(self, tmp_path: Path) -> None:
        with create(tmp_path / "a.roto"), pytest.raises(ProjectError, match="in use"), replacement(tmp_path / "a.roto"):
            raise AssertionError("nobody gets here")

    def test_nobody_can_open_what_is_being_replaced(self, tmp_path: Path) -> None:
        create(tmp_path / "a.roto").close()
        with replacement(tmp_path / "a.roto") as part:
            create(part).close()
            with pytest.raises(ProjectError, match="in use"):
                Project.open(tmp_path / "a.roto")
        Project.open(tmp_path / "a.roto").close()

    def test_who_waits_for_the_lock_gets_the_new_project(self, tmp_path: Path) -> None:
        path, found = tmp_path / "a.roto", list[int]()
        create(path).close()

        def wait() -> None:
            with Project.open(path) as project:
                found.extend(project.anchor_frames())

        thread = threading.Thread(target=wait)
        with replacement(path) as part:
            with create(part) as project:
                project.masks.import_labels(5, two())
            thread.start()
            thread.join(0.1)
        thread.join()
        assert found == [5]

    def test_an_error_leaves_the_old_one(self, tmp_path: Path) -> None:
        with create(tmp_path / "a.roto") as project:
            project.masks.import_labels(7, two())
        with pytest.raises(KeyError), replacement(tmp_path / "a.roto") as part, create(part):
            raise KeyError
        assert names(tmp_path) == ["a.roto"]
        with Project.open(tmp_path / "a.roto") as project:
            assert project.anchor_frames() == [7]

    @pytest.mark.parametrize("old", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
    def test_what_is_no_project_is_replaced_too(self, tmp_path: Path, old: bytes) -> None:
        (tmp_path / "a.roto").write_bytes(old)
        create(tmp_path / "new.roto").close()
        replace_project(tmp_path / "new.roto", tmp_path / "a.roto")
        Project.open(tmp_path / "a.roto").close()
        assert names(tmp_path) == ["a.roto"]
