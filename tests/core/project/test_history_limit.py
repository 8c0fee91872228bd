"""The history is bounded: the oldest steps go, and nothing else with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.masks import LabelEdit
from core.project import Project, steps
from core.project.storage import frames
from tests.core.project.conftest import CLIP, SIZE, block, paint, run_over, state, two


def scribble(project: Project, count: int) -> list[dict[str, object]]:
    """Strokes that each change one pixel more; the states before each."""
    states = []
    for number in range(count):
        states.append(state(project))
        labels = project.labels(0)
        new = labels.copy()
        new[0, number] = 1
        edit = LabelEdit.replace(labels, new)
        assert edit is not None
        project.masks.edit(0, edit, f"Stroke {number}")
    return states


def redo_all(project: Project) -> None:
    while project.history.redo() is not None:
        pass


def undo_all(project: Project) -> int:
    count = 0
    while project.history.undo() is not None:
        count += 1
    return count


def owned(path: Path) -> tuple[list[int], list[int], int]:
    """Ids of all masks, ids of those that somebody owns, masks of steps that are not there any more."""
    connection = sqlite3.connect(path)
    blobs = sorted(row[0] for row in connection.execute("SELECT blob_id FROM blob"))
    owners = "SELECT blob_id FROM frame UNION ALL SELECT blob_id FROM step_frame WHERE blob_id IS NOT NULL"
    held = sorted(row[0] for row in connection.execute(owners))
    lost = "SELECT count(*) FROM step_frame WHERE step_id NOT IN (SELECT step_id FROM step)"
    (count,) = connection.execute(lost).fetchone()
    connection.close()
    return blobs, held, count


def test_only_the_newest_steps_can_be_undone(
    project: Project, reopened: Callable[..., Project], monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.setattr(steps, "MAX_STEPS", 6)
    project.masks.import_labels(0, two())
    project.markers.set(3, "early")
    states = scribble(project, 20)
    project = reopened(project)
    after = state(project)
    assert undo_all(project) == 6
    assert state(project) == states[14]
    redo_all(project)
    assert state(project) == after
    project.close()
    blobs, held, lost = owned(path)
    assert blobs == held
    assert lost == 0


def test_what_a_forgotten_step_removed_stays_removed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MAX_STEPS", 3)
    project.masks.import_labels(0, two())
    project.objects.add(object_id=5)
    project.objects.remove(2)
    project.objects.merge(5, 1)
    scribble(project, 8)
    assert undo_all(project) == 3
    assert [track.object_id for track in project.objects.all] == [1]
    assert set(np.unique(project.labels(0))) == {0, 1}


def test_runs_that_hold_too_many_masks_are_forgotten_first(
    project: Project, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.setattr(steps, "MAX_OLD_MASKS", 30)
    monkeypatch.setattr(steps, "KEPT_ANYWAY", 1)
    monkeypatch.setattr(steps, "_LARGE_STEP", 5)
    project.masks.import_labels(0, two())
    for number in range(6):
        run_over(project, range(1, 12), block(1, number), f"Run {number}")
    before = state(project)
    paint(project, 3, 1)
    after = state(project)
    project.history.undo()
    assert state(project) == before
    assert undo_all(project) == 2, "two runs hold 22 masks, three 33"
    redo_all(project)
    assert state(project) == after
    project.close()
    blobs, held, _ = owned(path)
    assert blobs == held


def test_the_newest_steps_stay_however_large(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MAX_OLD_MASKS", 5)
    monkeypatch.setattr(steps, "KEPT_ANYWAY", 3)
    monkeypatch.setattr(steps, "_LARGE_STEP", 5)
    project.masks.import_labels(0, two())
    for number in range(6):
        run_over(project, range(1, 12), block(1, number), f"Run {number}")
    assert undo_all(project) == 4, "three before the last one began"


def test_old_masks_are_cleared_away_bit_by_bit_also_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "_CLEARED_AT_ONCE", 10)
    path = tmp_path / "long.roto"
    with Project.create(path, CLIP, 100, SIZE) as project:
        project.masks.import_labels(0, two())
        run_over(project, range(1, 100), block(1, 2))
        run_over(project, range(1, 100), block(1, 6))
        project.history.undo()
        project.history.undo()
        # redo is over: two hundred masks are nobody's
        paint(project, 0, 1)
    assert owned(path)[2] > 100
    with Project.open(path) as project:
        assert project.history.redo() is None
        scribble(project, 25)
        last = state(project)
    blobs, held, lost = owned(path)
    assert lost == 0
    assert blobs == held
    with Project.open(path) as project:
        assert state(project) == last
