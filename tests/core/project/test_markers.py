"""Markers, and the measures of the masks."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.errors import ProjectError
from core.project import Change, Marker, Project
from tests.core.project.conftest import CLIP, FRAMES, SIZE, block, paint, result, run_over, state, two


def test_markers_are_set_renamed_and_removed_with_undo(project: Project, reopened: Callable[..., Project]) -> None:
    received: list[Change] = []
    project.subscribe(received.append)
    project.markers.set(7, "exit")
    project.markers.set(2)
    project.markers.set(7, "leaves")
    assert project.markers.all == (Marker(2, ""), Marker(7, "leaves"))
    assert [change.kind for change in received] == ["markers"] * 3
    project = reopened(project)
    project.markers.remove(2)
    assert project.markers.all == (Marker(7, "leaves"),)
    assert project.history.undo() == "Remove marker"
    assert project.history.undo() == "Set marker"
    assert project.markers.all == (Marker(2, ""), Marker(7, "exit"))
    project.history.redo()
    assert project.markers.all[1].name == "leaves"  # type: ignore[misc]


def test_what_changes_no_marker_is_no_step(project: Project) -> None:
    project.markers.remove(3)
    assert project.history.undo_text is None
    project.markers.set(3, "a")
    project.markers.set(3, "a")
    project.history.undo()
    assert project.history.undo_text is None
    with pytest.raises(ProjectError, match="no frame 12"):
        project.markers.set(FRAMES)


def expected(labels: np.ndarray, object_id: int) -> list[float]:
    ys, xs = np.nonzero(labels == object_id)
    return [len(xs), xs.mean(), ys.mean()] if len(xs) else [0, np.nan, np.nan]


def test_every_stored_mask_is_measured(tracked: Project, reopened: Callable[..., Project]) -> None:
    paint(tracked, 4, 1)
    run = tracked.runs.begin("Propagate")
    tracked.runs.put(run, result(5, block(1, 9), o1=0.5, o2=0.5))
    tracked.runs.end(run)
    check_measures(tracked)
    check_measures(reopened(tracked))


def check_measures(project: Project) -> None:
    for object_id in (1, 2):
        lane = project.measure_lane(object_id)
        for frame in range(FRAMES):
            assert lane[frame].tolist() == pytest.approx(expected(project.labels(frame), object_id), nan_ok=True)


def test_frames_without_a_mask_are_not_measured(project: Project) -> None:
    project.masks.import_labels(3, two())
    lane = project.measure_lane(1)
    assert np.isnan(lane[[0, 2, 4]]).all()
    assert lane[3, 0] == 80
    project.history.undo()
    project.objects.add(object_id=4)
    assert np.isnan(project.measure_lane(4)).all()


def test_merged_objects_are_measured_as_one(tracked: Project) -> None:
    tracked.objects.merge(2, 1)
    assert tracked.measure_lane(1)[5].tolist() == pytest.approx(expected(tracked.labels(5), 1))


def test_no_measure_outlives_its_mask(tracked: Project, path: Path) -> None:
    run_over(tracked, range(1, FRAMES), block(1))
    tracked.history.undo()
    paint(tracked, 4, 1)
    tracked.close()
    with sqlite3.connect(path) as connection:
        lost = connection.execute("SELECT count(*) FROM measure WHERE blob_id NOT IN (SELECT blob_id FROM blob)")
        assert lost.fetchone() == (0,)
        unmeasured = connection.execute("SELECT count(*) FROM blob WHERE blob_id NOT IN (SELECT blob_id FROM measure)")
        assert unmeasured.fetchone() == (0,)
    connection.close()


def test_a_project_of_the_first_format_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "old.roto"
    with Project.create(path, CLIP, FRAMES, SIZE) as project:
        project.masks.import_labels(0, two())
        run_over(project, range(1, 6))
        before = {key: value for key, value in state(project).items() if key != "measures"}
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER blob_gone")
    for table in ("measure", "marker", "step_marker", "step_setting", "shape", "step_shape"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with Project.open(path) as project:
        assert {key: value for key, value in state(project).items() if key != "measures"} == before
        assert np.isnan(project.measure_lane(1)).all(), "masks of before are not measured"
        project.markers.set(2, "cut")
        paint(project, 3, 1)
        assert project.measure_lane(1)[3, 0] > 0
        project.history.undo()
        project.history.undo()
        assert project.history.undo() == "Propagate"
