"""Undo and redo bring back everything, also after the program was closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.project import Project
from core.shapes import Shape
from core.types import Origin
from tests.core.project.conftest import FRAMES, block, paint, result, run_over, state, two
from tests.core.shapes.curves import square

Step = Callable[[Project], object]

STEPS: dict[str, Step] = {
    "Paint 1": lambda project: paint(project, 4, 1),
    "Import": lambda project: project.masks.import_labels(5, np.maximum(block(7), block(2, 20)), "Import"),
    "Add object": lambda project: project.objects.add(),
    "Remove": lambda project: project.objects.remove(1, "Remove"),
    "Remove anchor": lambda project: project.masks.drop_anchor(8),
    "Propagate": lambda project: run_over(project, range(2, 10), block(2, 10)),
    "Set marker": lambda project: project.markers.set(3, "cut"),
    "Merge": lambda project: project.objects.merge(2, _other_than_2(project), "Merge"),
    # what an object is added for is one step with it
    "Paint 3": lambda project: paint(project, 4, project.objects.add(leads=True).object_id),
    "Draw": lambda project: project.shapes.put([corners(project.objects.add(leads=True).object_id)], "Draw"),
}


def corners(object_id: int) -> Shape:
    return Shape(0, object_id, {4: square(2, 2, 9, 9)})


def _other_than_2(project: Project) -> int:
    return next(track.object_id for track in project.objects.all if track.object_id != 2)


def test_only_the_first_mask_is_one_step_with_the_object_added_for_it(project: Project) -> None:
    empty = state(project)
    first = project.objects.add(leads=True).object_id
    paint(project, 2, first)
    paint(project, 3, first)
    assert (project.history.undo(), project.history.undo_text) == ("Paint 1", "Paint 1")
    assert project.labels(2).any() and not project.labels(3).any()
    assert (project.history.undo(), project.history.undo_text) == ("Paint 1", None)
    assert state(project) == empty
    project.history.redo()
    paint(project, 3, first)
    assert project.history.undo() == "Paint 1" and project.labels(2).any(), "once redone, it leads nothing any more"
    second = project.objects.add(leads=True)
    project.markers.set(3, "cut")
    paint(project, 4, second.object_id)
    assert [project.history.undo() for _ in range(3)] == ["Paint 2", "Set marker", "Add object"]


@pytest.mark.parametrize("text", list(STEPS))
def test_each_step_can_be_taken_back_and_done_again(
    tracked: Project, reopened: Callable[[Project], Project], text: str
) -> None:
    before = state(tracked)
    STEPS[text](tracked)
    after = state(tracked)
    assert after != before
    for _ in range(2):
        assert (tracked.history.undo_text, tracked.history.undo()) == (text, text)
        assert state(tracked) == before
        assert (tracked.history.redo_text, tracked.history.redo()) == (text, text)
        assert state(tracked) == after
    tracked = reopened(tracked)
    assert state(tracked) == after
    assert tracked.history.undo() == text
    assert state(tracked) == before
    tracked = reopened(tracked)
    assert state(tracked) == before
    assert tracked.history.redo() == text
    assert state(tracked) == after


def test_all_steps_in_a_row(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    states = [state(tracked)]
    for step in STEPS.values():
        step(tracked)
        states.append(state(tracked))
    for expected in reversed(states[:-1]):
        tracked.history.undo()
        assert state(tracked) == expected
    tracked = reopened(tracked)
    for expected in states[1:]:
        tracked.history.redo()
        assert state(tracked) == expected
    assert tracked.history.redo() is None


def test_undo_brings_back_stale_flags(tracked: Project) -> None:
    paint(tracked, 4, 1)
    run_over(tracked, range(1, 4))
    assert tracked.origins(2)[1] == Origin.PROPAGATED
    tracked.history.undo()
    assert tracked.origins(2)[1] == Origin.STALE
    tracked.history.undo()
    assert tracked.origins(2)[1] == Origin.PROPAGATED


def test_a_new_step_ends_redo(tracked: Project) -> None:
    paint(tracked, 4, 1)
    tracked.history.undo()
    tracked.history.undo()
    paint(tracked, 6, 2)
    assert (tracked.history.redo_text, tracked.history.redo()) == (None, None)


def test_undo_keeps_a_name_given_since(tracked: Project) -> None:
    track = tracked.objects.add()
    import dataclasses

    renamed = dataclasses.replace(track, name="dog")
    tracked.objects.update(renamed)
    tracked.history.undo()
    tracked.history.redo()
    assert tracked.objects.get(track.object_id) == renamed


def test_every_stored_mask_has_one_owner(tracked: Project, path: Path) -> None:
    """Masks that nobody can come back to do not stay in the file."""
    for step in STEPS.values():
        step(tracked)
    run = tracked.runs.begin("Twice")
    for labels in (two(), block(2)):
        tracked.runs.put(run, result(3, labels))
    for _ in range(4):
        tracked.history.undo()
    paint(tracked, 11, 2)
    tracked.close()
    with sqlite3.connect(path) as connection:
        blobs = sorted(connection.execute("SELECT blob_id FROM blob").fetchall())
        owned = "SELECT blob_id FROM frame UNION ALL SELECT blob_id FROM step_frame WHERE blob_id IS NOT NULL"
        assert sorted(connection.execute(owned).fetchall()) == blobs
        steps = {row[0] for row in connection.execute("SELECT step_id FROM step")}
        for table in ("step_frame", "step_state", "step_track"):
            assert {row[0] for row in connection.execute(f"SELECT DISTINCT step_id FROM {table}")} <= steps
    connection.close()


def test_a_long_run_is_taken_back_without_moving_masks(path: Path, project: Project) -> None:
    project.masks.import_labels(0, two())
    run_over(project, range(1, FRAMES))
    project.history.undo()
    project.history.redo()
    project.close()
    with sqlite3.connect(path) as connection:
        ids = [row[0] for row in connection.execute("SELECT blob_id FROM frame ORDER BY frame_index")]
    connection.close()
    assert ids == list(range(1, FRAMES + 1))
