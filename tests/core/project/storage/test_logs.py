"""A log that cannot be written into its project, as on a full disk: nothing that lacks it takes a project's name."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from core.errors import ProjectError
from core.project import Project, checkpoint_log, copy_project, move_closed, replacement
from core.project.storage import database
from tests.core.project.conftest import CLIP, FRAMES, SIZE, block

ROOM = 16_384


@contextmanager
def no_room(least: int = ROOM) -> Iterator[None]:
    """No file grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (least, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def fill(project: Project) -> None:
    """More than there is room for, all of it in the log."""
    project.attachments.store("weights", np.random.default_rng(1).bytes(100_000))
    project.masks.import_labels(3, block(1))


def test_a_project_that_is_not_whole_replaces_none(tracked: Project, path: Path) -> None:
    before = [tracked.labels(index).tobytes() for index in range(FRAMES)]
    tracked.close()
    with (
        pytest.raises(ProjectError, match=r"clip\.roto: ") as caught,
        ExitStack() as afterwards,
        replacement(path) as part,
    ):
        project = Project.create(part, CLIP, FRAMES, SIZE)
        fill(project)
        afterwards.enter_context(no_room())
        project.close()
        assert part.with_name(f"{part.name}-wal").exists(), "SQLite says nothing"
    assert "partial" not in str(caught.value)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    with Project.open(path) as project:
        assert [project.labels(index).tobytes() for index in range(FRAMES)] == before


def test_with_room_again_it_is_checkpointed(tracked: Project, path: Path) -> None:
    tracked.close()
    with replacement(path) as part:
        project = Project.create(part, CLIP, FRAMES, SIZE)
        fill(project)
        with no_room():
            project.close()
        assert part.with_name(f"{part.name}-wal").exists()
    with Project.open(path) as project:
        assert project.labels(3).any()


def test_a_new_project_that_is_not_whole_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = database.Database.close

    def close(self: database.Database) -> None:
        with no_room(4096):
            whole(self)

    def checkpoint(part: Path, name: Path) -> None:
        with no_room(4096):
            checkpoint_log(part, name)

    monkeypatch.setattr(database.Database, "close", close)
    monkeypatch.setattr(database, "checkpoint_log", checkpoint)
    with pytest.raises(ProjectError, match=r"new\.roto: "):
        Project.create(tmp_path / "new.roto", CLIP, FRAMES, SIZE)
    assert not list(tmp_path.iterdir())


def test_what_is_moved_takes_its_log_along(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "a.roto", CLIP, FRAMES, SIZE)
    fill(project)
    with no_room():
        project.close()
    move_closed(tmp_path / "a.roto", tmp_path / "b.roto")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["b.roto", "b.roto-wal"]
    copy_project(tmp_path / "b.roto", tmp_path / "c.roto")
    for name in ("b.roto", "c.roto"):
        with closing(Project.open(tmp_path / name)) as project:
            assert project.labels(3).any()
