"""Merging and arranging objects."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from core.errors import ProjectError
from core.project import Change, Project
from core.types import Box, Origin
from tests.core.project.conftest import FRAMES, block, paint, result, run_over, two


def test_merged_objects_are_one_on_every_frame(tracked: Project) -> None:
    before = [tracked.labels(frame) for frame in range(FRAMES)]
    tracked.objects.merge(2, 1)
    assert [track.object_id for track in tracked.objects.all] == [1]
    for frame, labels in enumerate(before):
        assert np.array_equal(tracked.labels(frame), np.where(labels == 2, 1, labels))
        assert set(tracked.origins(frame)) == {1}
    assert tracked.history.undo_text == "Merge Object 2 into Object 1"


def test_what_a_person_vouches_for_stays_an_anchor_when_merged(project: Project) -> None:
    project.masks.import_labels(0, two())
    paint(project, 6, 2)
    run = project.runs.begin("Propagate")
    for frame in (2, 3, 6):
        project.runs.put(run, result(frame, two(), o1=0.7, o2=0.4))
    project.runs.put(run, result(4, block(1), o1=0.9))
    project.runs.end(run)
    paint(project, 3, 2, Box(19, 4, 21, 9))
    project.objects.merge(2, 1)
    assert project.anchor_frames() == [0, 3, 6]
    lane, sure = project.origin_lane(1), project.confidence_lane(1)
    assert lane[2] == Origin.STALE, "object 2 was stale there"
    assert lane[4] == Origin.PROPAGATED
    assert sure[2] == pytest.approx(0.4)
    assert sure[4] == pytest.approx(0.9)
    assert np.isnan(sure[6])


def test_merging_in_turn_and_removing_the_last_leaves_nothing(
    tracked: Project, reopened: Callable[[Project], Project]
) -> None:
    third = tracked.objects.add().object_id
    tracked.objects.merge(1, 2)
    tracked.objects.merge(2, third)
    tracked = reopened(tracked)
    assert set(np.unique(tracked.labels(0))) == {0, third}
    tracked.objects.remove(third)
    assert not tracked.labels(0).any()
    for _ in range(3):
        tracked.history.undo()
    assert set(np.unique(tracked.labels(0))) == {0, 1, 2}


def test_a_merged_object_can_be_painted_and_erased(tracked: Project) -> None:
    tracked.objects.merge(2, 1)
    paint(tracked, 0, 1)
    assert set(np.unique(tracked.labels(0))) == {0, 1}
    tracked.history.undo()
    tracked.history.undo()
    assert np.array_equal(tracked.labels(0), two())


def test_results_of_a_run_that_a_merge_overtook_are_stale(tracked: Project) -> None:
    run = tracked.runs.begin("Propagate")
    tracked.runs.put(run, result(1, two(), o1=0.5, o2=0.5))
    tracked.objects.merge(2, 1)
    tracked.runs.put(run, result(2, two(), o1=0.5, o2=0.5), None)
    tracked.runs.end(run)
    assert tracked.origins(2) == {1: Origin.STALE}
    assert set(np.unique(tracked.labels(2))) == {0, 1}


def test_locked_unknown_and_same_objects_are_not_merged(tracked: Project) -> None:
    with pytest.raises(ProjectError, match="itself"):
        tracked.objects.merge(1, 1)
    with pytest.raises(ProjectError, match="no object 9"):
        tracked.objects.merge(1, 9)
    tracked.objects.update(dataclasses.replace(tracked.objects.get(2), locked=True))
    for pair in ((1, 2), (2, 1)):
        with pytest.raises(ProjectError, match="locked"):
            tracked.objects.merge(*pair)
    assert set(np.unique(tracked.labels(0))) == {0, 1, 2}


def test_objects_are_listed_as_arranged(tracked: Project, reopened: Callable[[Project], Project]) -> None:
    third = tracked.objects.add().object_id
    received: list[Change] = []
    tracked.subscribe(received.append)
    tracked.objects.arrange([third, 1, 2])
    assert [change.kind for change in received] == ["objects"]
    tracked = reopened(tracked)
    assert [track.object_id for track in tracked.objects.all] == [third, 1, 2]
    tracked.objects.remove(1)
    fourth = tracked.objects.add().object_id
    assert [track.object_id for track in tracked.objects.all] == [third, 2, fourth], "a new one comes last"
    with pytest.raises(ProjectError):
        tracked.objects.arrange([99])


def test_a_run_over_a_merged_object_writes_its_own_id_only(tracked: Project) -> None:
    tracked.objects.merge(2, 1)
    run_over(tracked, range(1, 8), block(1, 6))
    assert set(np.unique(tracked.labels(4))) == {0, 1}


def test_an_object_whose_adding_was_undone_leaves_its_id(project: Project) -> None:
    project.objects.add("dog")
    paint(project, 0, 1)
    project.history.undo()
    project.history.undo()
    assert project.history.redo() == "Add object" and project.objects.get(1).name == "dog", "it can come back"
    project.history.undo()
    assert project.objects.add("cat").object_id == 1
    assert not project.labels(0).any()
    project.objects.add()
    project.objects.remove(2)
    project.history.undo()
    project.history.undo()
    assert project.objects.add().object_id == 2, "also one that was removed, of which nothing is left in the history"
    project.objects.remove(2)
    assert project.objects.add().object_id == 3, "that one may come back"
    path = project.path
    project.close()
    with Project.open(path) as again:
        assert again.objects.add().object_id == 4


def test_late_results_of_an_object_that_was_undone_do_not_go_to_the_next_one(project: Project) -> None:
    project.objects.add()
    paint(project, 0, 1)
    run = project.runs.begin("Propagate")
    project.runs.put(run, result(1, block(1)))
    for _ in range(3):
        project.history.undo()
    assert project.objects.add().object_id == 1
    project.runs.put(run, result(2, block(1)))
    assert not project.labels(2).any() and not project.origins(2)


def test_several_objects_are_removed_merged_and_changed_in_one_step_each(
    tracked: Project, reopened: Callable[[Project], Project]
) -> None:
    third = tracked.objects.add("third").object_id
    paint(tracked, 2, third, Box(0, 0, 3, 3))
    before = [tracked.labels(frame) for frame in range(FRAMES)]
    lanes = {object_id: tracked.origin_lane(object_id).copy() for object_id in (1, 2, third)}

    def as_before(project: Project) -> bool:
        return (
            all(np.array_equal(project.labels(frame), labels) for frame, labels in enumerate(before))
            and all(np.array_equal(project.origin_lane(object_id), lane) for object_id, lane in lanes.items())
            and [track.object_id for track in project.objects.all] == [1, 2, third]
        )

    tracked.objects.merge_all((1, third), 2)
    assert [track.object_id for track in tracked.objects.all] == [2]
    assert all(np.array_equal(tracked.labels(frame), 2 * (labels > 0)) for frame, labels in enumerate(before))
    tracked.history.undo()
    assert as_before(tracked)
    tracked.objects.remove_all((1, third))
    assert not np.isin(tracked.labels(2), (1, third)).any() and (tracked.labels(2) == 2).any()
    tracked.history.undo()
    assert as_before(tracked)
    tracks = tracked.objects.all
    tracked.objects.update_all([dataclasses.replace(track, locked=True) for track in tracks[:2]], "Lock")
    assert [track.locked for track in tracked.objects.all] == [True, True, False]
    with pytest.raises(ProjectError, match="locked"):
        tracked.objects.remove_all((third, 1))
    with pytest.raises(ProjectError, match="locked"):
        tracked.objects.merge_all((third, 1), 2)
    tracked.history.undo()
    project = reopened(tracked)
    assert as_before(project) and tracks == project.objects.all
    project.history.redo()
    assert [track.locked for track in project.objects.all] == [True, True, False]
