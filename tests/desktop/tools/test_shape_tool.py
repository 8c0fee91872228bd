"""Splines under a real mouse: drawn, changed on frames, keyframes, undone one by one, and the menu of shapes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.shapes import Interpolation, Shape, ShapeMode, drawn_patch, points_at
from core.types import Origin
from desktop.commands.shapes.storing import Storing
from tests.desktop.conftest import Editor

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SQUARE = ((20, 15), (50, 15), (50, 45), (20, 45))


def click(editor: Editor, x: float, y: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    editor.stroke((x, y), modifiers=modifiers)


def drag(
    editor: Editor,
    start: tuple[float, float],
    end: tuple[float, float],
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    editor.stroke(start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end, modifiers=modifiers)


def draw(editor: Editor, *positions: tuple[float, float]) -> None:
    editor.do("shape")
    for position in positions:
        click(editor, *position)
    editor.key(Qt.Key.Key_Return)


def shapes(editor: Editor) -> tuple[Shape, ...]:
    return editor.window.session.project.shapes.all


def drawn(editor: Editor, frame: int = 0) -> np.ndarray:
    """The object as the shapes draw it on a frame."""
    found = np.zeros(editor.labels.shape, np.bool_)
    size = editor.labels.shape[::-1]
    patch = drawn_patch(shapes(editor), frame, size)
    found[patch.box.slices] = patch.mask
    return found


def mask(editor: Editor, frame: int = 0) -> np.ndarray:
    return editor.window.session.project.labels(frame) == 1


def near(editor: Editor, point: tuple[float, float], spot: tuple[float, float]) -> bool:
    return bool(np.hypot(point[0] - spot[0], point[1] - spot[1]) < 1.5 / editor.view.zoom)


@pytest.fixture
def square(opened: Editor) -> Editor:
    draw(opened, *SQUARE)
    return opened


def test_clicks_and_enter_make_a_shape_and_a_mask(opened: Editor) -> None:
    opened.do("shape")
    for spot in SQUARE:
        click(opened, *spot)
    assert opened.view.tool.pending
    assert not shapes(opened)
    opened.key(Qt.Key.Key_Return)
    (one,) = shapes(opened)
    assert list(one.keys) == [0]
    for point, spot in zip(one.keys[0], SQUARE, strict=True):
        assert near(opened, (point.x, point.y), spot)
    assert mask(opened).sum() > 800
    np.testing.assert_array_equal(mask(opened), drawn(opened))
    np.testing.assert_array_equal(opened.view.mask_item.labels, opened.labels)
    assert opened.window.session.undo_text == "Draw shape"
    opened.do("undo")
    assert not shapes(opened)
    assert not mask(opened).any()
    opened.do("redo")
    assert mask(opened).any()


def test_a_click_on_the_first_point_closes_and_drags_make_tangents(opened: Editor) -> None:
    opened.do("shape")
    drag(opened, (20, 30), (20, 15))
    drag(opened, (60, 30), (60, 45))
    click(opened, 20, 30)
    (one,) = shapes(opened)
    first, second = one.keys[0]
    assert first.out_y == pytest.approx(-15, abs=1)
    assert (first.in_x, first.in_y) == (-first.out_x, -first.out_y)
    assert second.in_y == pytest.approx(-15, abs=1)
    # the curve swings above and below the line between its points
    assert mask(opened)[22, 40] and mask(opened)[38, 40]


def test_backspace_and_escape_take_back_what_is_not_closed_yet(opened: Editor) -> None:
    opened.do("shape")
    for point in SQUARE:
        click(opened, *point)
    opened.key(Qt.Key.Key_Backspace)
    opened.key(Qt.Key.Key_Return)
    assert shapes(opened)[0].point_count == 3
    opened.do("undo")
    click(opened, 30, 30)
    click(opened, 60, 30)
    opened.key(Qt.Key.Key_Escape)
    assert not opened.view.tool.pending
    assert not shapes(opened)


def test_another_frame_or_tool_closes_what_is_begun(opened: Editor) -> None:
    opened.do("shape")
    for point in SQUARE:
        click(opened, *point)
    opened.go(1)
    assert list(shapes(opened)[0].keys) == [0]
    assert not mask(opened, 1).any()


def test_points_are_dragged_and_each_drag_is_one_step(square: Editor) -> None:
    drag(square, (50, 15), (70, 10))
    (one,) = shapes(square)
    assert near(square, (one.keys[0][1].x, one.keys[0][1].y), (70, 10))
    np.testing.assert_array_equal(mask(square), drawn(square))
    assert square.window.session.undo_text == "Move point"
    square.do("undo")
    assert near(square, (shapes(square)[0].keys[0][1].x, shapes(square)[0].keys[0][1].y), (50, 15))
    # a click without a drag only chooses
    click(square, 50, 15)
    assert square.window.session.undo_text == "Draw shape"


def test_ctrl_pulls_tangents_and_they_turn_together_unless_alone(square: Editor) -> None:
    drag(square, (50, 15), (60, 15), CTRL)
    point = shapes(square)[0].keys[0][1]
    assert (point.out_x, point.in_x) == (pytest.approx(10, abs=1), pytest.approx(-10, abs=1))
    assert square.window.session.undo_text == "Move tangent"
    drag(square, (60, 15), (50, 25))
    point = shapes(square)[0].keys[0][1]
    assert point.out_y == pytest.approx(10, abs=1)
    assert point.in_y == pytest.approx(-10, abs=1)
    assert square.window.session.undo_text == "Move tangent"
    drag(square, (50, 25), (60, 25), ALT)
    point = shapes(square)[0].keys[0][1]
    assert point.out_x == pytest.approx(10, abs=1)
    assert abs(point.in_x) < 1


def test_a_point_is_inserted_and_taken_out(square: Editor) -> None:
    before = mask(square)
    click(square, 35, 15)
    (one,) = shapes(square)
    assert one.point_count == 5
    assert near(square, (one.keys[0][1].x, one.keys[0][1].y), (35, 15))
    assert square.window.session.undo_text == "Insert point"
    np.testing.assert_array_equal(mask(square), before)
    drag(square, (35, 15), (35, 5))
    click(square, 35, 5, ALT)
    assert shapes(square)[0].point_count == 4
    assert square.window.session.undo_text == "Delete point"
    np.testing.assert_array_equal(mask(square), before)


def test_the_feather_has_a_handle_of_its_own(square: Editor) -> None:
    from desktop.tools.splines.shape_handles import feather_handle

    click(square, 50, 15)
    spot = feather_handle(shapes(square)[0].keys[0], 1, square.view.zoom)
    before = mask(square)
    drag(square, spot, (spot[0] + 5, spot[1] - 5))
    point = shapes(square)[0].keys[0][1]
    assert point.feather == pytest.approx(7.07, abs=1.5)
    assert square.window.session.undo_text == "Change feather"
    # a second line says where the feather ends
    assert sum(line[0] == line[-1] for line in _lines(square)) == 2
    np.testing.assert_array_equal(mask(square), before)


def test_a_change_on_another_frame_makes_a_keyframe_and_masks_between_follow(square: Editor) -> None:
    square.go(4)
    # the shape is still there to be taken hold of, though it is drawn on frame 0 only
    drag(square, (35, 15), (55, 25), SHIFT)
    (one,) = shapes(square)
    assert sorted(one.keys) == [0, 4]
    assert square.window.session.undo_text == "Move shape"
    for frame in range(5):
        np.testing.assert_array_equal(mask(square, frame), drawn(square, frame))
    middle = points_at(one, 2)[0]
    assert near(square, (middle.x, middle.y), (30, 20))
    project = square.window.session.project
    assert project.anchor_frames() == [0, 4]
    assert project.origins(2) == {1: Origin.PROPAGATED}
    assert "keyframe of a shape" in _tip(square, 4)
    assert "keyframe of a shape" not in _tip(square, 2)
    square.go(2)
    np.testing.assert_array_equal(square.view.mask_item.labels == 1, drawn(square, 2))
    drag(square, (middle.x + 30, middle.y), (75, 20))
    assert sorted(shapes(square)[0].keys) == [0, 2, 4]
    square.do("delete_shape_key")
    assert sorted(shapes(square)[0].keys) == [0, 4]
    square.do("undo")
    square.do("undo")
    square.do("smooth_shapes")
    assert shapes(square)[0].interpolation is Interpolation.SMOOTH
    square.do("smooth_shapes")
    assert shapes(square)[0].interpolation is Interpolation.LINEAR


def _lines(editor: Editor) -> list[list[tuple[float, float]]]:
    return [[point.toTuple() for point in line] for line in editor.view.sketch._lines]


def _tip(editor: Editor, frame: int) -> str:
    from desktop.timeline.time_strip import GUTTER

    lanes = editor.window.timeline.lanes
    point = lanes.rect().topLeft()
    point.setX(round(lanes.middle_of(frame)))
    point.setY(10)
    assert point.x() > GUTTER
    return lanes.tip_at(point)


def test_alt_draws_a_hole(square: Editor) -> None:
    for number, position in enumerate(((30, 25), (40, 25), (40, 35), (30, 35))):
        click(square, *position, modifiers=ALT if number == 0 else Qt.KeyboardModifier.NoModifier)
    square.key(Qt.Key.Key_Return)
    assert [shape.mode for shape in shapes(square)] == [ShapeMode.ADD, ShapeMode.SUBTRACT]
    assert not mask(square)[30, 35]
    assert mask(square)[20, 25]
    assert square.window.session.undo_text == "Draw hole"


def test_a_first_shape_is_added_to_a_mask_and_may_take_its_place(opened: Editor) -> None:
    opened.paint_box(60, 20, 80, 40)
    box = mask(opened)
    draw(opened, *SQUARE)
    np.testing.assert_array_equal(mask(opened), box | drawn(opened))
    assert "added to the mask" in opened.window.notices.text
    opened.qtbot.mouseClick(opened.window.notices.button, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(mask(opened), drawn(opened))
    assert "takes the place" in opened.window.notices.text and len(shapes(opened)) == 1
    opened.qtbot.mouseClick(opened.window.notices.button, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(mask(opened), box | drawn(opened))
    opened.do("undo")
    np.testing.assert_array_equal(mask(opened), box)
    opened.qtbot.mouseClick(opened.window.notices.button, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(mask(opened), box, "the offer is over")


def test_a_keyframe_on_a_result_says_that_it_takes_its_place(square: Editor) -> None:
    from core.types import FrameResult

    project = square.window.session.project
    result = np.zeros_like(square.labels)
    result[5:10, 60:90] = 1
    run = project.runs.begin("Propagate")
    project.runs.put(run, FrameResult(4, result, {1: 0.9}))
    project.runs.end(run)
    square.go(4)
    drag(square, (35, 15), (55, 25), SHIFT)
    np.testing.assert_array_equal(mask(square, 4), drawn(square, 4))
    assert "takes the place" in square.window.notices.text
    square.qtbot.mouseClick(square.window.notices.button, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(mask(square, 4), drawn(square, 4) | (result == 1))
    square.do("undo")
    np.testing.assert_array_equal(mask(square, 4), result == 1)


def test_a_hole_without_a_shape_says_what_is_missing(opened: Editor) -> None:
    opened.paint_box(20, 10, 60, 50)
    opened.do("shape")
    click(opened, 30, 30, ALT)
    assert "A hole is cut out of a shape" in opened.window.notices.text
    assert not opened.view.tool.pending


def test_locked_and_hidden_objects_keep_their_shapes(square: Editor) -> None:
    before = shapes(square)
    square.do("toggle_locked")
    drag(square, (50, 15), (70, 10))
    assert shapes(square) == before
    assert "locked" in square.window.notices.text


def test_a_mask_becomes_a_shape_and_a_shape_a_mask(opened: Editor) -> None:
    opened.paint_box(20, 10, 60, 50)
    before = mask(opened)
    opened.do("mask_to_shape")
    opened.wait_idle()
    (one,) = shapes(opened)
    assert one.point_count == 4
    assert (mask(opened) ^ before).mean() < 0.002
    assert "points: 4" in opened.window.notices.text
    assert opened.window.session.undo_text == "Mask to shape"
    opened.do("mask_to_shape")
    assert "already" in opened.window.notices.text
    opened.do("shape_to_mask")
    assert not shapes(opened)
    assert (mask(opened) ^ before).mean() < 0.002
    opened.do("undo")
    opened.do("undo")
    np.testing.assert_array_equal(mask(opened), before)
    opened.do("shape_to_mask")
    assert "no shapes" in opened.window.notices.text


def test_the_masks_of_a_range_become_shapes_with_keyframes(opened: Editor) -> None:
    for frame in range(6):
        opened.go(frame)
        opened.paint_box(10 + 5 * frame, 10, 40 + 5 * frame, 50)
    opened.do("masks_to_shapes")
    opened.wait_idle()
    (one,) = shapes(opened)
    assert sorted(one.keys) == [0, 5]
    assert opened.window.session.project.anchor_frames() == [0, 1, 2, 3, 4, 5]
    opened.do("delete_shape")
    assert not shapes(opened)


def test_shapes_of_a_range_are_one_step_and_a_cancelled_one_leaves_nothing(
    opened: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for frame in range(6):
        opened.go(frame)
        opened.paint_box(10 + frame * frame, 10, 40 + frame * frame, 50)
    opened.go(3)
    before = mask(opened)
    text = opened.window.session.undo_text
    opened.do("masks_to_shapes")
    opened.wait_idle()
    assert len(shapes(opened)[0].keys) > 2 and opened.window.session.undo_text == "Masks to shapes"
    opened.do("undo")
    assert not shapes(opened) and opened.window.session.undo_text == text
    np.testing.assert_array_equal(mask(opened), before)

    take = Storing.take

    def cancelled(storing: Storing, item: object) -> None:
        take(storing, item)
        if storing.fit is not None:
            opened.window.jobs.cancel()

    monkeypatch.setattr(Storing, "take", cancelled)
    opened.do("masks_to_shapes")
    opened.wait_idle()
    assert not shapes(opened) and opened.window.session.undo_text == text
    np.testing.assert_array_equal(mask(opened), before)

    def painted(storing: Storing, item: object) -> None:
        if storing.fit is None and type(item).__name__ == "DrawnKey":
            opened.paint_box(50, 10, 60, 20)
        take(storing, item)

    monkeypatch.setattr(Storing, "take", painted)
    opened.do("masks_to_shapes")
    opened.wait_idle()
    assert not shapes(opened) and "changed meanwhile" in opened.window.notices.text


def test_shapes_are_there_when_the_project_is_opened_again(square: Editor, pictures: Path) -> None:
    kept = shapes(square)
    project = square.window.session.project.path
    square.do("close")
    square.open(project)
    assert shapes(square) == kept
    np.testing.assert_array_equal(mask(square), drawn(square))
