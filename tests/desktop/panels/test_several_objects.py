"""Several objects chosen in the list: what a command or a click on an eye does to all of them is one undo step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.panels.objects_model import Column
from tests.desktop.conftest import Editor
from tests.desktop.panels.test_objects_panel import CTRL, LEFT, SHIFT, cell, ids

NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def four_objects(opened: Editor) -> Editor:
    for number in range(4):
        opened.paint_box(20 * number, 10, 20 * number + 10, 40, object_id=number + 1)
    click(opened, 0)
    return opened


def click(
    editor: Editor, row: int, keys: Qt.KeyboardModifier = NO_KEYS, column: Column = Column.NAME, right: bool = False
) -> None:
    button = Qt.MouseButton.RightButton if right else LEFT
    editor.qtbot.mouseClick(editor.window.objects.view.viewport(), button, keys, cell(editor, row, column))


def chosen(editor: Editor) -> tuple[int, ...]:
    return editor.window.session.chosen_objects


def test_ctrl_and_shift_choose_and_a_click_ends_it(four_objects: Editor) -> None:
    session, view = four_objects.window.session, four_objects.window.objects.view
    click(four_objects, 2, CTRL)
    assert chosen(four_objects) == (1, 3) and session.current_object == 3
    click(four_objects, 3, CTRL)
    assert chosen(four_objects) == (1, 3, 4) and session.current_object == 4
    click(four_objects, 3, CTRL)
    assert chosen(four_objects) == (1, 3) and session.current_object == 3, "what is taken out is not the current one"
    click(four_objects, 3)
    click(four_objects, 2, SHIFT)
    assert chosen(four_objects) == (3, 4) and session.current_object == 3
    click(four_objects, 2)
    click(four_objects, 2, CTRL)
    assert chosen(four_objects) == (3,) and view.chosen_rows() == [2], "one is always chosen, and seen to be"
    click(four_objects, 0, CTRL)
    session.choose_object(2)
    assert chosen(four_objects) == (2,) and view.chosen_rows() == [1], "a key, or a click on the picture"
    click(four_objects, 0, CTRL)
    four_objects.qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(30, view.viewport().height() - 3))
    assert chosen(four_objects) == (1,) and view.chosen_rows() == [0], "a click beside the rows"


def test_deleting_takes_all_of_them_in_one_step(four_objects: Editor) -> None:
    click(four_objects, 2, CTRL)
    before = four_objects.labels.copy()
    four_objects.do("remove_object")
    assert ids(four_objects) == [2, 4]
    assert set(four_objects.labels.ravel().tolist()) == {0, 2, 4}
    assert four_objects.window.session.undo_text == "Remove Object 1, and 1 more"
    four_objects.do("undo")
    assert ids(four_objects) == [1, 2, 3, 4] and (four_objects.labels == before).all()


def test_a_locked_one_among_them_keeps_all(four_objects: Editor) -> None:
    four_objects.window.session.toggle_object(3, "locked")
    click(four_objects, 0)
    click(four_objects, 2, CTRL)
    four_objects.do("remove_object")
    assert ids(four_objects) == [1, 2, 3, 4] and "locked" in four_objects.window.notices.text


@pytest.mark.parametrize(("column", "field"), [(Column.VISIBLE, "visible"), (Column.LOCKED, "locked")])
def test_an_eye_or_a_lock_of_one_of_them_is_about_all(four_objects: Editor, column: Column, field: str) -> None:
    session = four_objects.window.session

    def states() -> list[bool]:
        return [getattr(track, field) for track in session.project.objects.all]

    before = states()
    session.toggle_object(2, field)
    click(four_objects, 0)
    click(four_objects, 1, CTRL)
    click(four_objects, 3, CTRL)
    click(four_objects, 0, column=column)
    usual = before[0]
    assert states() == [not usual, not usual, usual, not usual], "all become as the one that was clicked on"
    assert chosen(four_objects) == (1, 2, 4), "they stay chosen"
    click(four_objects, 0, column=column)
    assert states() == [usual] * 4
    click(four_objects, 2, column=column)
    assert states() == [usual, usual, not usual, usual] and chosen(four_objects) == (3,), "one that is not among them"
    for _ in range(3):
        four_objects.do("undo")
    assert states() == [usual, not usual, usual, usual], "each click was one step"


def test_a_class_is_given_to_all_and_the_menu_leaves_them_chosen(four_objects: Editor) -> None:
    click(four_objects, 1, CTRL)
    click(four_objects, 1, right=True)
    assert chosen(four_objects) == (1, 2)
    model = four_objects.window.objects.model
    assert model.setData(model.index(1, Column.CLASS), "cup")
    session = four_objects.window.session
    assert [track.class_label for track in session.tracks] == ["cup", "cup", "", ""]
    assert session.undo_text == "Class of Object 1, and 1 more"
    four_objects.do("undo")
    assert not any(track.class_label for track in session.tracks)


def test_merging_makes_them_a_part_of_one_even_of_one_among_them(four_objects: Editor) -> None:
    click(four_objects, 1, CTRL)
    click(four_objects, 2, CTRL)
    before = four_objects.labels.copy()
    four_objects.answers.chosen = 1
    four_objects.do("merge_object")
    assert ids(four_objects) == [2, 4]
    assert ((four_objects.labels == 2) == ((before > 0) & (before < 4))).all()
    four_objects.do("undo")
    assert ids(four_objects) == [1, 2, 3, 4] and (four_objects.labels == before).all()
