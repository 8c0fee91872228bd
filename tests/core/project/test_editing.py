"""What a person does, and what becomes of the results that depended on it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from core.errors import MaskError, ProjectError
from core.masks import LabelEdit, rasterise_box
from core.project import Change, Project
from core.types import Box, Origin
from tests.core.project.conftest import FRAMES, SIZE, block, paint, result, run_over, two

NONE, PROPAGATED, EDITED, STALE = (int(origin) for origin in Origin)


def test_a_new_project_is_empty(project: Project) -> None:
    assert (project.frame_count, project.size, project.objects.all) == (FRAMES, SIZE, ())
    assert not project.labels(3).any()
    assert project.labels(3).shape == SIZE[::-1]
    assert not project.has_labels(3)
    assert (project.anchors(), project.history.undo_text, project.history.redo_text) == ([], None, None)
    assert (project.history.undo(), project.history.redo()) == (None, None)


def test_labels_are_the_callers_own(tracked: Project) -> None:
    tracked.labels(0)[:] = 9
    np.testing.assert_array_equal(tracked.labels(0), two())


def test_an_edit_makes_the_touched_objects_anchors(project: Project) -> None:
    project.objects.add()
    project.objects.add()
    changes: list[Change] = []
    project.subscribe(changes.append)
    paint(project, 5, 2, Box(3, 4, 9, 10))
    assert project.origins(5) == {2: Origin.EDITED}
    assert project.anchor_frames() == [5]
    (anchor,) = project.anchors()
    assert anchor.object_ids == {2}
    np.testing.assert_array_equal(anchor.labels, project.labels(5))
    assert (project.labels(5) == 2).sum() == 36
    assert changes == [Change(5, Box(3, 4, 9, 10), 1, "edit")]


def test_painting_over_another_object_makes_both_anchors(tracked: Project) -> None:
    paint(tracked, 4, 2, Box(2, 4, 6, 14))
    assert tracked.origins(4) == {1: Origin.EDITED, 2: Origin.EDITED}


def test_an_object_erased_is_known_to_be_absent(tracked: Project) -> None:
    edit = LabelEdit.erase(tracked.labels(4), rasterise_box(Box(0, 0, 16, 20), SIZE), 1)
    assert edit is not None
    tracked.masks.edit(4, edit, "Erase")
    assert tracked.anchor(4).object_ids == {1}
    assert not (tracked.labels(4) == 1).any()
    assert tracked.has_labels(4)


def test_results_turn_stale_up_to_the_objects_next_anchors(tracked: Project) -> None:
    paint(tracked, 4, 1)
    assert tracked.origin_lane(1).tolist() == [EDITED, *[STALE] * 3, EDITED, *[STALE] * 3, EDITED, *[PROPAGATED] * 3]
    assert tracked.origin_lane(2).tolist() == [EDITED, *[PROPAGATED] * 7, EDITED, *[PROPAGATED] * 3]
    np.testing.assert_array_equal(tracked.labels(6), two())
    assert tracked.confidence_lane(1)[6] == 0.5


def test_another_objects_anchor_is_no_border(tracked: Project) -> None:
    paint(tracked, 3, 2, Box(28, 15, 31, 18))
    paint(tracked, 5, 1, Box(28, 1, 31, 3))
    assert tracked.origin_lane(1).tolist()[:9] == [EDITED, *[STALE] * 4, EDITED, *[STALE] * 2, EDITED]


def test_correcting_an_anchor_makes_both_sides_stale(tracked: Project) -> None:
    paint(tracked, 8, 1)
    assert tracked.origin_lane(1).tolist() == [EDITED, *[STALE] * 7, EDITED, *[STALE] * 3]


def test_a_dropped_anchor_is_shown_but_not_vouched_for(tracked: Project) -> None:
    tracked.masks.drop_anchor(8)
    assert tracked.anchor_frames() == [0]
    assert tracked.origin_lane(1).tolist() == [EDITED, *[STALE] * 11]
    np.testing.assert_array_equal(tracked.labels(8), two())
    assert tracked.history.undo_text == "Remove anchor"
    assert tracked.masks.drop_anchor(8) == ()


def test_locked_objects_are_not_edited(tracked: Project) -> None:
    tracked.objects.update(dataclasses.replace(tracked.objects.get(1), locked=True))
    edit = LabelEdit.paint(tracked.labels(4), rasterise_box(Box(0, 0, 32, 20), SIZE), 2)
    assert edit is not None
    tracked.masks.edit(4, edit, "Paint")
    np.testing.assert_array_equal(tracked.labels(4) == 1, two() == 1)
    assert tracked.origins(4) == {1: Origin.PROPAGATED, 2: Origin.EDITED}
    tracked.masks.import_labels(5, block(2, 0, 32))
    np.testing.assert_array_equal(tracked.labels(5) == 1, two() == 1)


def test_an_edit_made_before_a_result_came_in_changes_only_its_own_pixels(tracked: Project) -> None:
    edit = LabelEdit.paint(tracked.labels(4), rasterise_box(Box(3, 3, 9, 9), SIZE), 2)
    assert edit is not None
    run_over(tracked, range(4, 5), np.maximum(block(1, 8), block(2, 24)))
    tracked.masks.edit(4, edit, "Paint")
    expected = np.maximum(block(1, 8), block(2, 24))
    expected[edit.box.slices][edit.changed] = 2
    np.testing.assert_array_equal(tracked.labels(4), expected)


def test_an_edit_that_changes_nothing_is_no_step(tracked: Project) -> None:
    edit = LabelEdit.paint(tracked.labels(4), rasterise_box(Box(3, 3, 9, 9), SIZE), 2)
    assert edit is not None
    assert len(tracked.masks.edit(4, edit, "Paint")) == 1
    assert tracked.masks.edit(4, edit, "Again") == ()
    assert tracked.history.undo_text == "Paint"


def test_an_unknown_object_cannot_be_painted(project: Project) -> None:
    edit = LabelEdit.paint(project.labels(0), rasterise_box(Box(3, 3, 9, 9), SIZE), 5)
    assert edit is not None
    with pytest.raises(ProjectError, match="no object 5"):
        project.masks.edit(0, edit, "Paint")
    assert (project.history.undo_text, project.revision(0)) == (None, 0)


def test_an_edit_of_another_size_is_refused(project: Project) -> None:
    project.objects.add()
    edit = LabelEdit.paint(np.zeros((50, 50), np.uint8), rasterise_box(Box(30, 30, 40, 40), (50, 50)), 1)
    assert edit is not None
    with pytest.raises(MaskError, match="32 x 20"):
        project.masks.edit(0, edit, "Paint")


@pytest.mark.parametrize("frame_index", [-1, FRAMES])
def test_a_frame_outside_the_clip_is_refused(project: Project, frame_index: int) -> None:
    run = project.runs.begin("run")
    for call in (
        lambda: project.labels(frame_index),
        lambda: project.origins(frame_index),
        lambda: project.revision(frame_index),
        lambda: project.masks.drop_anchor(frame_index),
        lambda: project.masks.import_labels(frame_index, two()),
        lambda: project.runs.put(run, result(frame_index, two())),
    ):
        with pytest.raises(ProjectError, match=f"no frame {frame_index}; the clip's go from 0 to 11"):
            call()


def test_an_imported_mask_adds_its_objects(project: Project) -> None:
    changes = project.masks.import_labels(2, np.maximum(block(3), block(7, 20)), "Import masks/2.png")
    assert [track.object_id for track in project.objects.all] == [3, 7]
    assert [change.kind for change in changes] == ["objects", "edit"]
    assert project.anchor(2).object_ids == {3, 7}
    assert project.history.undo() == "Import masks/2.png"
    assert project.objects.all == ()
    assert not project.labels(2).any()


def test_an_imported_mask_replaces_what_is_there(tracked: Project) -> None:
    tracked.masks.import_labels(4, block(1, 10))
    np.testing.assert_array_equal(tracked.labels(4), block(1, 10))
    assert tracked.origins(4) == {1: Origin.EDITED, 2: Origin.EDITED}


def test_importing_the_mask_that_is_there_vouches_for_it(tracked: Project) -> None:
    tracked.masks.import_labels(4, tracked.labels(4))
    assert tracked.anchor(4).object_ids == {1, 2}


def test_an_empty_or_wrong_import_changes_nothing(tracked: Project) -> None:
    tracked.history.undo()
    with pytest.raises(ProjectError, match="nothing"):
        tracked.masks.import_labels(5, np.zeros(SIZE[::-1], np.uint8))
    with pytest.raises(MaskError, match="10 x 10, but the clip is 32 x 20"):
        tracked.masks.import_labels(5, np.ones((10, 10), np.uint8))
    assert tracked.history.redo_text == "Propagate"


def test_objects_get_names_colours_and_ids(project: Project) -> None:
    first = project.objects.add()
    named = project.objects.add("dog", (1, 2, 3))
    chosen = project.objects.add(object_id=9)
    assert [track.object_id for track in project.objects.all] == [1, 2, 9]
    assert first.name
    assert len({first.colour, chosen.colour}) == 2
    assert (named.name, named.colour) == ("dog", (1, 2, 3))
    changed = dataclasses.replace(named, name="cat", class_label="animal", visible=False, locked=True)
    project.objects.update(changed)
    assert project.objects.get(2) == changed
    with pytest.raises(ProjectError, match="no object 4"):
        project.objects.get(4)
    with pytest.raises(ProjectError, match="no object 4"):
        project.origin_lane(4)
    with pytest.raises(ProjectError, match="no object 4"):
        project.objects.update(dataclasses.replace(named, object_id=4))


def test_ids_of_removed_objects_are_never_used_again(project: Project) -> None:
    project.objects.add()
    project.objects.add()
    project.objects.remove(2)
    assert project.objects.add().object_id == 3
    project.objects.remove(3)
    assert project.objects.add().object_id == 4
    with pytest.raises(ProjectError, match="id 3 was used before"):
        project.objects.add(object_id=3)
    with pytest.raises(ProjectError, match="1 to 255"):
        project.objects.add(object_id=256)
    project.masks.import_labels(0, block(2))  # 2 is somebody else by now
    assert [track.object_id for track in project.objects.all] == [1, 4, 5]
    np.testing.assert_array_equal(project.labels(0), block(5))


def test_ids_run_out_after_255(project: Project) -> None:
    project.objects.add(object_id=255)
    for _ in range(254):
        project.objects.add()
    project.objects.remove(7)
    with pytest.raises(ProjectError, match="All 255"):
        project.objects.add()
    assert len(project.objects.all) == 254


def test_a_removed_object_is_gone_from_every_frame(tracked: Project) -> None:
    tracked.objects.remove(1)
    for frame_index in range(FRAMES):
        np.testing.assert_array_equal(tracked.labels(frame_index), block(2, 20))
        assert 1 not in tracked.origins(frame_index)
    assert tracked.anchor(0).object_ids == {2}
    paint(tracked, 4, 2)
    tracked.history.undo()
    tracked.history.undo()
    np.testing.assert_array_equal(tracked.labels(4), two())
    with pytest.raises(ProjectError, match="no object 5"):
        tracked.objects.remove(5)


def test_listeners_are_notified_of_objects_and_can_stop_listening(project: Project) -> None:
    changes: list[Change] = []
    stop = project.subscribe(changes.append)
    track = project.objects.add()
    project.objects.update(dataclasses.replace(track, name="dog"))
    project.objects.remove(track.object_id)
    stop()
    project.objects.add()
    assert [change.kind for change in changes] == ["objects"] * 3


def test_a_listener_finds_the_change_done(project: Project) -> None:
    found: list[int] = []
    project.subscribe(lambda change: found.append(int(project.labels(2).max())))
    project.masks.import_labels(2, block(4))
    project.history.undo()
    assert found == [4, 4, 0]
