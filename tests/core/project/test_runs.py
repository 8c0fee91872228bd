"""Results of an engine: what they may change, and what not."""

from __future__ import annotations

import dataclasses
from contextlib import closing

import numpy as np
import pytest

from core.engines import load
from core.errors import MaskError, ProjectError
from core.jobs import CancelToken
from core.project import Change, Project
from core.propagation import Direction, PropagationRequest, propagate
from core.types import Box, Origin
from tests.core.project.conftest import FRAMES, SIZE, block, paint, result, run_over, state, two


def test_results_are_stored_with_origin_and_confidence(project: Project) -> None:
    project.masks.import_labels(0, two())
    changes: list[Change] = []
    project.subscribe(changes.append)
    run = project.runs.begin("Propagate")
    assert project.runs.put(run, result(1, two(), o1=0.9))
    project.runs.end(run)
    np.testing.assert_array_equal(project.labels(1), two())
    assert project.origins(1) == {1: Origin.PROPAGATED, 2: Origin.PROPAGATED}
    assert project.confidence_lane(1)[1] == np.float32(0.9)
    assert np.isnan(project.confidence_lane(2)).all()
    assert project.confidence(1) == {1: pytest.approx(0.9)}
    assert project.confidence(0) == {}
    assert changes == [Change(1, Box(2, 4, 28, 14), 0, "result")]


def test_anchored_objects_stay_bit_identical(tracked: Project) -> None:
    paint(tracked, 4, 1)
    before = tracked.labels(4)
    for labels in (np.full(SIZE[::-1], 1, np.uint8), np.full(SIZE[::-1], 2, np.uint8), np.zeros(SIZE[::-1], np.uint8)):
        run_over(tracked, range(4, 5), labels)
        np.testing.assert_array_equal(tracked.labels(4) == 1, before == 1)
        assert tracked.origins(4)[1] == Origin.EDITED
    run_over(tracked, range(4, 5), np.full(SIZE[::-1], 2, np.uint8))
    np.testing.assert_array_equal(tracked.labels(4) == 2, before != 1)


def test_locked_objects_stay_bit_identical(tracked: Project) -> None:
    tracked.objects.update(dataclasses.replace(tracked.objects.get(2), locked=True))
    lanes = tracked.origin_lane(2), tracked.confidence_lane(2)
    run_over(tracked, range(1, 6), np.where(two() == 2, 0, 1).astype(np.uint8))
    run_over(tracked, range(6, 8), np.full(SIZE[::-1], 2, np.uint8))
    for frame_index in range(FRAMES):
        np.testing.assert_array_equal(tracked.labels(frame_index) == 2, two() == 2)
    np.testing.assert_array_equal(tracked.origin_lane(2), lanes[0])
    np.testing.assert_array_equal(tracked.confidence_lane(2), lanes[1])


def test_an_object_the_result_does_not_speak_of_keeps_its_mask(tracked: Project) -> None:
    run = tracked.runs.begin("Propagate 1")
    tracked.runs.put(run, result(3, block(1, 14), o1=0.7))  # comes over the left part of object 2
    expected = np.where(block(1, 14) == 1, 1, np.where(two() == 2, 2, 0))
    np.testing.assert_array_equal(tracked.labels(3), expected)
    assert tracked.confidence_lane(2)[3] == 0.5


def test_an_object_with_a_confidence_and_no_pixel_has_gone(tracked: Project) -> None:
    run = tracked.runs.begin("Propagate")
    tracked.runs.put(run, result(3, block(1, 2), o1=0.7, o2=0.1))
    np.testing.assert_array_equal(tracked.labels(3), block(1, 2))
    assert tracked.origins(3)[2] == Origin.PROPAGATED


def test_a_result_for_an_edited_frame_is_dropped(tracked: Project) -> None:
    revisions = [tracked.revision(index) for index in range(FRAMES)]
    run = tracked.runs.begin("Propagate")
    paint(tracked, 4, 1)
    before = tracked.labels(4)
    assert not tracked.runs.put(run, result(4, block(2), o1=0.1, o2=0.1), revisions[4])
    np.testing.assert_array_equal(tracked.labels(4), before)
    assert tracked.runs.put(run, result(5, block(2), o1=0.1, o2=0.1), revisions[5])


@pytest.mark.parametrize("change", ["undo", "redo", "drop", "import", "remove"])
def test_every_change_by_a_person_raises_the_revision(tracked: Project, change: str) -> None:
    paint(tracked, 4, 1)
    if change == "redo":
        tracked.history.undo()
    before = tracked.revision(4)
    {
        "undo": tracked.history.undo,
        "redo": tracked.history.redo,
        "drop": lambda: tracked.masks.drop_anchor(4),
        "import": lambda: tracked.masks.import_labels(4, two()),
        "remove": lambda: tracked.objects.remove(1),
    }[change]()
    assert tracked.revision(4) > before


def test_results_do_not_raise_the_revision(tracked: Project) -> None:
    before = tracked.revision(4)
    run_over(tracked, range(4, 5))
    assert tracked.revision(4) == before


def test_a_run_is_one_step(project: Project) -> None:
    project.masks.import_labels(0, two())
    before = state(project)
    run_over(project, range(1, FRAMES), text="Propagate forward")
    run_over(project, range(1, FRAMES), block(1, 12), text="Again")
    assert project.history.undo() == "Again"
    np.testing.assert_array_equal(project.labels(7), two())
    assert project.history.undo() == "Propagate forward"
    assert state(project) == before


def test_a_run_that_writes_a_frame_twice_is_taken_back_whole(tracked: Project) -> None:
    before = state(tracked)
    run = tracked.runs.begin("Twice")
    for labels in (block(1), block(2), two()):
        tracked.runs.put(run, result(4, labels, o1=0.1, o2=0.2))
    tracked.runs.end(run)
    after = state(tracked)
    assert tracked.history.undo() == "Twice"
    assert state(tracked) == before
    tracked.history.redo()
    assert state(tracked) == after


def test_a_run_without_results_is_no_step(tracked: Project) -> None:
    paint(tracked, 4, 1)
    tracked.history.undo()
    tracked.runs.end(tracked.runs.begin("Nothing"))
    assert tracked.history.redo_text == "Paint 1"


def test_an_edit_during_a_run_can_be_taken_back_alone(tracked: Project) -> None:
    states = [state(tracked)]
    run = tracked.runs.begin("Run")
    tracked.runs.put(run, result(2, block(1), o1=0.1, o2=0.1))
    states.append(state(tracked))
    paint(tracked, 4, 2)
    states.append(state(tracked))
    tracked.runs.put(run, result(3, block(2), o1=0.1, o2=0.1))
    tracked.runs.put(run, result(4, block(1), o1=0.1, o2=0.1))
    tracked.runs.end(run)
    for text, expected in zip(["Run", "Paint 2", "Run"], reversed(states), strict=True):
        assert tracked.history.undo() == text
        assert state(tracked) == expected


def test_undo_during_a_run_keeps_history_exact(tracked: Project) -> None:
    before = state(tracked)
    run = tracked.runs.begin("Run")
    tracked.runs.put(run, result(2, block(1), o1=0.1, o2=0.1))
    tracked.history.undo()
    tracked.runs.put(run, result(3, block(1), o1=0.1, o2=0.1))
    tracked.runs.put(run, result(2, block(2), o1=0.1, o2=0.1))
    tracked.runs.end(run)
    assert tracked.history.redo_text is None
    tracked.history.undo()
    assert state(tracked) == before


def test_results_of_a_run_older_than_the_edit_are_stale(tracked: Project) -> None:
    run = tracked.runs.begin("Run")
    paint(tracked, 4, 1, Box(3, 3, 9, 9))
    for frame_index in (3, 9):
        tracked.runs.put(run, result(frame_index, two(), o1=0.5, o2=0.5))
    assert tracked.origins(3) == {1: Origin.STALE, 2: Origin.PROPAGATED}
    assert tracked.origins(9) == {1: Origin.PROPAGATED, 2: Origin.PROPAGATED}  # beyond the anchor on 8
    tracked.runs.end(run)
    run_over(tracked, range(3, 4))
    assert tracked.origins(3) == {1: Origin.PROPAGATED, 2: Origin.PROPAGATED}


def test_a_removed_object_does_not_come_back_with_a_result(tracked: Project) -> None:
    run = tracked.runs.begin("Run")
    tracked.objects.remove(1)
    tracked.runs.put(run, result(3, two(), o1=0.5, o2=0.5))
    np.testing.assert_array_equal(tracked.labels(3), block(2, 20))
    assert tracked.origins(3) == {2: Origin.PROPAGATED}


def test_a_run_must_be_open_and_the_size_right(project: Project) -> None:
    project.masks.import_labels(0, two())
    run = project.runs.begin("Run")
    with pytest.raises(MaskError, match="16 x 16, but the clip is 32 x 20"):
        project.runs.put(run, result(1, np.zeros((16, 16), np.uint8)))
    project.runs.end(run)
    project.runs.end(run)
    with pytest.raises(ProjectError, match="not under way"):
        project.runs.put(run, result(1, two()))
    assert project.history.undo_text == "Import mask"


def test_a_run_over_one_object_leaves_what_is_known_of_the_others(project: Project) -> None:
    """Object 1 lost its only anchor: its masks are stale, and are not made fresh by following object 2."""
    project.masks.import_labels(0, two())
    run_over(project, range(1, FRAMES))
    project.masks.drop_anchor(0)
    paint(project, 6, 2, Box(14, 15, 20, 18))
    before = project.origin_lane(1), project.confidence_lane(1), [project.labels(index) == 1 for index in range(FRAMES)]
    request = PropagationRequest(FRAMES, tuple(project.anchors()), Direction.BOTH, 0, FRAMES - 1, stored=project.labels)
    with closing(load("fake").open(SIZE, "cpu", {})) as session:
        run = project.runs.begin("Propagate 2")
        for found in propagate(session, request, lambda _: np.zeros((*SIZE[::-1], 3), np.uint8), CancelToken()):
            assert project.runs.put(run, found)
        project.runs.end(run)
    assert (project.origin_lane(2)[np.arange(FRAMES) != 6] == Origin.PROPAGATED).all()
    np.testing.assert_array_equal(project.origin_lane(1), before[0])
    np.testing.assert_array_equal(project.confidence_lane(1), before[1])
    for index in range(FRAMES):
        np.testing.assert_array_equal(project.labels(index) == 1, before[2][index])
