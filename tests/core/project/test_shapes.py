"""Shapes in a project: drawn into the masks, undone, kept, and what they are next to paint and propagation."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.errors import MaskError, ProjectError, ProjectFormatError
from core.project import Change, Project
from core.project.repair import is_sound, repair
from core.project.storage.schema import SCHEMA_VERSION
from core.shapes import Interpolation, Points, Shape
from core.types import Box, Origin
from tests.core.project.conftest import FRAMES, SIZE, block, paint, run_over, state, two
from tests.core.shapes.curves import mask_of, shape, square

LEFT, RIGHT = square(2, 2, 10, 10), square(18, 2, 26, 10)


def everything(project: Project) -> dict[str, object]:
    return {**state(project), "shapes": project.shapes.all}


def drawn(project: Project, frame: int, object_id: int = 1) -> np.ndarray:
    return project.labels(frame) == object_id


@pytest.fixture
def moving(project: Project) -> Project:
    """Object 1 as a square that moves from frame 2 to frame 6."""
    project.objects.add()
    project.shapes.put([shape(f2=LEFT, f6=RIGHT)], "Draw shape")
    return project


def test_a_shape_is_drawn_on_its_keyframes_and_between_them(moving: Project) -> None:
    for frame, x in ((2, 2), (3, 6), (4, 10), (5, 14), (6, 18)):
        np.testing.assert_array_equal(drawn(moving, frame), mask_of(square(x, 2, x + 8, 10), SIZE))
    assert not drawn(moving, 1).any()
    assert not drawn(moving, 7).any()
    assert moving.anchor_frames() == [2, 6]
    assert [moving.origins(frame).get(1, Origin.NONE) for frame in range(1, 8)] == [0, 2, 1, 1, 1, 2, 0]
    assert moving.origin_lane(1).tolist() == [0, 0, 2, 1, 1, 1, 2, 0, 0, 0, 0, 0]
    assert moving.has_labels(4)


def test_shapes_are_undone_redone_and_kept(moving: Project, reopened: Callable[..., Project]) -> None:
    received: list[Change] = []
    moving.subscribe(received.append)
    before = everything(moving)
    (one,) = moving.shapes.all
    moving.shapes.put([one.with_key(4, square(9, 8, 17, 16))], "Move point")
    after = everything(moving)
    assert [change.kind for change in received] == ["shapes"]
    assert moving.anchor_frames() == [2, 4, 6]
    moving = reopened(moving)
    assert everything(moving) == after
    assert moving.history.undo() == "Move point"
    assert everything(moving) == before
    assert moving.history.undo() == "Draw shape"
    assert moving.shapes.all == ()
    assert not drawn(moving, 4).any()
    moving.history.redo()
    moving.history.redo()
    assert everything(moving) == after


def test_a_propagation_leaves_drawn_frames_alone(moving: Project) -> None:
    before = [moving.labels(frame) for frame in range(2, 7)]
    moving.objects.add()
    run_over(moving, range(FRAMES))
    for frame, labels in zip(range(2, 7), before, strict=True):
        np.testing.assert_array_equal(drawn(moving, frame), labels == 1)
    assert moving.origins(9)[1] == Origin.PROPAGATED
    # nor do corrections elsewhere make them stale
    paint(moving, 0, 1, Box(0, 12, 6, 18))
    assert moving.origin_lane(1).tolist() == [2, 3, 2, 1, 1, 1, 2, 1, 1, 1, 1, 1]
    paint(moving, 4, 1, Box(0, 12, 6, 18))
    assert moving.origin_lane(1).tolist() == [2, 3, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1]
    (one,) = moving.shapes.all
    moving.shapes.put([one.with_key(2, RIGHT)], "Move")
    assert moving.origin_lane(1).tolist() == [2, 3, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1]


def test_what_was_painted_stays_when_the_shape_changes(moving: Project) -> None:
    spot = Box(0, 12, 6, 18)
    paint(moving, 2, 1, spot)
    paint(moving, 4, 1, spot)
    (one,) = moving.shapes.all
    painted = drawn(moving, 4)
    moving.shapes.put([one.with_key(2, square(4, 2, 12, 10))], "Move")
    expected = mask_of(square(4, 2, 12, 10), SIZE)
    expected[spot.slices] = True
    np.testing.assert_array_equal(drawn(moving, 2), expected)
    # a frame between keyframes that a person painted is that person's
    np.testing.assert_array_equal(drawn(moving, 4), painted)


def test_a_keyframe_is_taken_away_between_and_at_the_end(moving: Project) -> None:
    one = moving.shapes.get(1)
    start = everything(moving)
    (three,) = moving.shapes.put([one.with_key(4, square(9, 8, 17, 16))], "Key")
    between = three.without_key(4)
    assert between is not None
    moving.shapes.put([between], "Delete keyframe")
    assert everything(moving) == start
    shorter = between.without_key(6)
    assert shorter is not None
    moving.shapes.put([shorter], "Delete keyframe")
    assert moving.anchor_frames() == [2]
    assert not any(drawn(moving, frame).any() for frame in (3, 6))
    moving.shapes.put([], "Delete shape", removed=[one.shape_id])
    assert moving.anchor_frames() == []
    assert not drawn(moving, 2).any()
    for _ in range(4):
        moving.history.undo()
    assert everything(moving) == start


def test_the_first_shape_takes_the_place_of_a_result_and_is_added_to_paint(tracked: Project) -> None:
    tracked.shapes.put([shape(f3=RIGHT)], "Draw")
    np.testing.assert_array_equal(drawn(tracked, 3), mask_of(RIGHT, SIZE))
    tracked.shapes.put([shape(f8=square(14, 2, 18, 10))], "Draw")
    np.testing.assert_array_equal(drawn(tracked, 8), (two() == 1) | mask_of(square(14, 2, 18, 10), SIZE))
    tracked.shapes.put([shape(f0=RIGHT)], "Mask to shape", afresh=True)
    np.testing.assert_array_equal(drawn(tracked, 0), mask_of(RIGHT, SIZE))


def test_a_first_shape_keeps_or_replaces_a_mask_as_is_asked(tracked: Project) -> None:
    before = everything(tracked)
    for keeps in (True, False):
        for frame, drawing in ((3, shape(f3=RIGHT)), (8, shape(f8=RIGHT))):
            mask = drawn(tracked, frame)
            tracked.shapes.put([drawing], "Draw", keeps=keeps)
            expected = mask_of(RIGHT, SIZE) | mask if keeps else mask_of(RIGHT, SIZE)
            np.testing.assert_array_equal(drawn(tracked, frame), expected)
            tracked.history.undo()
    assert everything(tracked) == before
    (one,) = tracked.shapes.put([shape(f8=RIGHT)], "Draw", keeps=True)
    both = drawn(tracked, 8)
    tracked.shapes.put([one.with_key(3, RIGHT)], "Move", keeps=False)
    np.testing.assert_array_equal(drawn(tracked, 8), both)
    np.testing.assert_array_equal(drawn(tracked, 3), mask_of(RIGHT, SIZE))


def test_other_objects_give_way_as_to_a_brush_unless_they_are_locked_or_anchored(tracked: Project) -> None:
    over = square(16, 6, 28, 12)
    tracked.shapes.put([shape(f3=over, f5=over)], "Draw")
    for frame in (3, 4, 5):
        np.testing.assert_array_equal(drawn(tracked, frame), mask_of(over, SIZE))
        np.testing.assert_array_equal(drawn(tracked, frame, 2), (two() == 2) & ~mask_of(over, SIZE))
    tracked.history.undo()
    tracked.objects.update(replace(tracked.objects.get(2), locked=True))
    tracked.shapes.put([shape(f3=over, f5=over)], "Draw")
    for frame in (3, 4, 5):
        np.testing.assert_array_equal(drawn(tracked, frame, 2), two() == 2)


def test_objects_take_their_shapes_along(moving: Project) -> None:
    before = everything(moving)
    moving.objects.remove(1)
    assert moving.shapes.all == ()
    assert not moving.labels(4).any()
    moving.history.undo()
    assert everything(moving) == before
    other = moving.objects.add()
    moving.objects.merge(1, other.object_id)
    np.testing.assert_array_equal(drawn(moving, 4, other.object_id), mask_of(square(10, 2, 18, 10), SIZE))
    assert len(moving.shapes.of_object(other.object_id)) == 1
    assert moving.shapes.of_object(1) == []


def test_shapes_become_masks_that_stay(moving: Project) -> None:
    masks = [moving.labels(frame) for frame in range(FRAMES)]
    assert moving.shapes.to_masks(1, "Shape to mask") == 5
    assert moving.shapes.all == ()
    assert moving.anchor_frames() == [2, 3, 4, 5, 6]
    for frame, labels in enumerate(masks):
        np.testing.assert_array_equal(moving.labels(frame), labels)
    with pytest.raises(ProjectError, match="has no shapes"):
        moving.shapes.to_masks(1, "again")


def test_what_cannot_be_is_refused_and_changes_nothing(moving: Project) -> None:
    before = everything(moving)
    (one,) = moving.shapes.all
    with pytest.raises(ProjectError, match="There is no frame 12"):
        moving.shapes.put([one.with_key(12, LEFT)], "Key")
    with pytest.raises(MaskError, match="same number of points"):
        moving.shapes.put([one.with_key(4, LEFT[:3])], "Key")
    with pytest.raises(ProjectError, match="no object 9"):
        moving.shapes.put([Shape(0, 9, {0: LEFT})], "Draw")
    with pytest.raises(ProjectError, match="no shape 77"):
        moving.shapes.put([replace(one, shape_id=77)], "Draw")
    with pytest.raises(ProjectError, match="drawn by shapes; delete the keyframe"):
        moving.masks.drop_anchor(2)
    assert everything(moving) == before
    moving.objects.update(replace(moving.objects.get(1), locked=True))
    for attempt in (
        lambda: moving.shapes.put([one.with_key(4, LEFT)], "Key"),
        lambda: moving.shapes.put([], "Delete", removed=[one.shape_id]),
        lambda: moving.shapes.to_masks(1, "Masks"),
    ):
        with pytest.raises(ProjectError, match="is locked"):
            attempt()


def test_a_project_of_the_format_before_gets_shapes(tracked: Project, path: Path) -> None:
    before = state(tracked)
    tracked.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for table in ("shape", "step_shape"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 3")
    with Project.open(path) as project:
        assert state(project) == before
        project.shapes.put([shape(f3=LEFT)], "Draw")
    with Project.open(path) as project:
        assert len(project.shapes.all) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_shapes_that_make_no_sense_are_reported_and_repaired(moving: Project, path: Path, tmp_path: Path) -> None:
    moving.close()
    good = path.read_bytes()
    for damage in (
        "UPDATE shape SET payload = 'nonsense'",
        "UPDATE shape SET payload = replace(payload, '\"6\":', '\"60\":')",
    ):
        path.write_bytes(good)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(damage)
        with pytest.raises(ProjectFormatError, match=r"its shape 1 makes no sense\. Try to repair"):
            Project.open(path)
        assert not is_sound(path)
        target = tmp_path / f"{len(damage)}.roto"
        found = repair(path, target)
        assert "some shapes could not be read any more" in found.notes
        with Project.open(target) as project:
            assert project.shapes.all == ()
            np.testing.assert_array_equal(drawn(project, 2), mask_of(LEFT, SIZE))
    path.write_bytes(good)
    assert is_sound(path)
    repair(path, tmp_path / "copy.roto")
    with Project.open(tmp_path / "copy.roto") as project:
        assert len(project.shapes.all) == 1


def test_imported_masks_win_over_shapes_on_their_frame(moving: Project) -> None:
    moving.masks.import_labels(4, block(1))
    np.testing.assert_array_equal(moving.labels(4), block(1))
    np.testing.assert_array_equal(drawn(moving, 3), mask_of(square(6, 2, 14, 10), SIZE))


def test_masks_before_a_step_are_drawn_by_the_shapes_of_then(moving: Project) -> None:
    history = [[moving.labels(frame) for frame in range(FRAMES)]]

    def done(what: Callable[[], object]) -> None:
        what()
        history.append([moving.labels(frame) for frame in range(FRAMES)])

    (one,) = moving.shapes.all
    done(lambda: moving.shapes.put([one.with_key(4, square(9, 8, 17, 16))], "Key"))
    done(lambda: paint(moving, 3, 1, Box(0, 12, 6, 18)))
    smooth = replace(moving.shapes.all[0], interpolation=Interpolation.SMOOTH)
    done(lambda: moving.shapes.put([smooth], "Smooth"))
    done(lambda: moving.shapes.to_masks(1, "Masks"))
    steps = moving.history.mask_steps()
    assert [step.text for step in steps[:4]] == ["Masks", "Smooth", "Paint 1", "Key"]
    for step, before in zip(steps, reversed(history[:-1]), strict=False):
        for frame in range(FRAMES):
            np.testing.assert_array_equal(moving.history.labels_before(frame, step.step_id), before[frame], step.text)
    assert any((history[2][frame] != history[3][frame]).any() for frame in range(FRAMES))


@pytest.mark.parametrize("seed", range(4))
def test_random_work_with_shapes_is_undone_and_redone_exactly(
    project: Project, reopened: Callable[..., Project], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(2):
        project.objects.add()
    passed = [everything(project)]

    def some_points() -> Points:
        x, y, width, height = (float(value) for value in rng.uniform((0, 0, 4, 4), (22, 10, 12, 12)))
        return square(x, y, x + width, y + height)

    def frame() -> int:
        return int(rng.integers(FRAMES))

    for _ in range(40):
        shapes, tracks = project.shapes.all, project.objects.all
        one = shapes[int(rng.integers(len(shapes)))] if shapes else None
        work = int(rng.integers(9))
        before = project.history.undo_text, len(passed)
        try:
            if work == 0 or (one is None and work < 5):
                project.shapes.put([Shape(0, tracks[-1].object_id, {frame(): some_points()})], f"new {len(passed)}")
            elif work < 3 and one is not None:
                project.shapes.put([one.with_key(frame(), some_points())], f"key {len(passed)}")
            elif work == 3 and one is not None:
                rest = one.without_key(int(rng.choice(one.frames)))
                project.shapes.put([rest] if rest else [], f"no key {len(passed)}", [] if rest else [one.shape_id])
            elif work == 4 and one is not None:
                project.shapes.to_masks(one.object_id, f"masks {len(passed)}")
            elif work == 5:
                paint(project, frame(), tracks[0].object_id, Box(2, 2, int(rng.integers(4, 30)), 9))
            elif work == 6:
                run_over(project, range(FRAMES), text=f"run {len(passed)}")
            elif work == 7:
                project.masks.drop_anchor(frame(), f"drop {len(passed)}")
            elif len(tracks) > 2:
                project.objects.merge(tracks[1].object_id, tracks[0].object_id)
            else:
                project.objects.add(text=f"add {len(passed)}")
        except (ProjectError, AssertionError):
            # nothing to do there
            assert (project.history.undo_text, len(passed)) == before
        if everything(project) != passed[-1]:
            passed.append(everything(project))
    while project.history.undo_text != "Add object":
        project.history.undo()
        assert everything(project) in passed
    assert everything(project) == passed[0]
    project = reopened(project)
    while project.history.redo_text is not None:
        project.history.redo()
        assert everything(project) in passed
    assert everything(project) == passed[-1]
