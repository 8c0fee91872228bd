"""What a tool has begun is applied when the frame, the tool or the object is left: once, where it was begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


def frame(editor: Editor) -> None:
    editor.go(3)


def frame_by_key(editor: Editor) -> None:
    editor.key(Qt.Key.Key_Right)
    editor.qtbot.waitUntil(lambda: editor.window.session.frame_index == 1)


def tool(editor: Editor) -> None:
    editor.do("brush")


def other_object(editor: Editor) -> None:
    editor.window.session.choose_object(2)


def new_object(editor: Editor) -> None:
    editor.do("add_object")


def lock(editor: Editor) -> None:
    editor.window.session.toggle_object(1, "locked")


def propagate(editor: Editor) -> None:
    editor.do("propagate_forward")
    editor.wait_idle()


def play(editor: Editor) -> None:
    editor.do("play")
    editor.qtbot.waitUntil(lambda: editor.window.session.frame_index > 0)
    editor.do("play")


def mask_command(editor: Editor) -> None:
    editor.do("save")


WAYS = (frame, frame_by_key, tool, other_object, new_object, lock, propagate, play, mask_command)


def polygon(editor: Editor) -> None:
    editor.do("polygon")
    for corner in ((60, 10), (90, 10), (90, 50), (60, 50)):
        editor.stroke(corner)


def moved(editor: Editor) -> None:
    editor.do("transform")
    editor.stroke((30, 30), (70, 30))


def rectangle_held(editor: Editor) -> None:
    editor.do("rectangle")
    editor.stroke((60, 10), (90, 50), let_go=False)


def brush_held(editor: Editor) -> None:
    editor.window.brush.set_size(12)
    editor.do("brush")
    editor.stroke((66, 20), (80, 20), let_go=False)


BEGUN = {"Polygon": polygon, "Transform": moved, "Rectangle": rectangle_held, "Paint": brush_held}


@pytest.fixture
def boxed(opened: Editor) -> Editor:
    opened.paint_box(2, 52, 8, 58, object_id=2)
    opened.paint_box(20, 20, 40, 40)
    opened.window.session.choose_object(1)
    return opened


def steps(editor: Editor) -> list[str]:
    """The names of all that undo would take back, the newest first; takes it back."""
    project = editor.window.session.project
    found = []
    while (text := project.history.undo()) is not None:
        found.append(text)
    return found


@pytest.mark.parametrize(
    ("name", "leave"),
    [*(("Polygon", way) for way in WAYS), *((name, frame) for name in BEGUN if name != "Polygon"), ("Paint", tool)],
)
def test_it_is_applied_once_where_it_was_begun(boxed: Editor, name: str, leave: Callable[[Editor], None]) -> None:
    BEGUN[name](boxed)
    leave(boxed)
    labels = boxed.window.session.project.labels(0)
    assert (labels[15:40, 68:76] == 1).any(), "applied, to the object it was begun for"
    assert not boxed.view.tool.pending
    assert steps(boxed).count(name) == (1 if name != "Paint" else 3), "the two boxes are called so, too"


def test_closing_the_window_applies_it(boxed: Editor) -> None:
    from core.project import Project

    polygon(boxed)
    path = boxed.window.session.project.path
    boxed.window.close()
    with Project.open(path) as project:
        assert (project.labels(0)[15:40, 68:76] == 1).all()


def test_escape_still_drops_it(boxed: Editor) -> None:
    polygon(boxed)
    boxed.key(Qt.Key.Key_Escape)
    boxed.go(3)
    assert "Polygon" not in steps(boxed)


def test_redo_leaves_it_and_undo_takes_a_corner_back(boxed: Editor) -> None:
    boxed.do("undo")
    polygon(boxed)
    boxed.do("redo")
    assert boxed.view.tool.pending
    assert (boxed.labels[20:40, 20:40] == 1).all(), "redone"
    boxed.do("undo")
    assert boxed.view.tool.pending
    boxed.key(Qt.Key.Key_Return)
    assert (boxed.labels[12:20, 70:85] == 1).any()


def test_what_is_looked_at_meanwhile_leaves_it(boxed: Editor) -> None:
    polygon(boxed)
    for action in ("zoom_in", "show_masks", "show_masks", "larger", "next_overlay"):
        boxed.do(action)
    assert boxed.view.tool.pending


def test_the_first_mask_can_be_propagated_while_it_is_only_begun(opened: Editor) -> None:
    assert not opened.window.actions_["propagate_forward"].isEnabled()
    opened.window.session.add_object()
    polygon(opened)
    propagate(opened)
    assert (opened.window.session.project.labels(0)[15:40, 68:76] == 1).any()
    assert opened.window.session.project.labels(3).any(), "and it was followed"


def test_what_is_grey_says_why_in_its_tooltip_and_when_its_key_is_pressed(editor: Editor, pictures: Path) -> None:
    actions, bar = editor.window.actions_, editor.window.statusBar()
    assert actions["propagate_forward"].toolTip().endswith("\nOpen a clip first.")
    editor.open(pictures)
    assert actions["propagate_forward"].toolTip().endswith("\nThis needs a mask to start from.")
    editor.key(Qt.Key.Key_P)
    assert bar.currentMessage() == "This needs a mask to start from."
    editor.paint_box(20, 20, 40, 40)
    assert "\n" not in actions["propagate_forward"].toolTip()
    # nothing runs that could be cancelled, so there is nothing to report
    editor.key(Qt.Key.Key_Escape)
    assert "Nothing is running" not in bar.currentMessage()
