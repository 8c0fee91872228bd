"""Objects: class, merge, order, solo, area. By mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.panels.objects_model import Column
from desktop.panels.objects_panel import ObjectsPanel
from desktop.settings.counts import two_digits
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two_objects(opened: Editor) -> Editor:
    opened.paint_box(10, 10, 30, 40, object_id=1)
    opened.paint_box(60, 10, 80, 30, object_id=2)
    return opened


def cell(editor: Editor, row: int, column: int) -> QPoint:
    """Where to click on a cell, scrolled to as a person would."""
    view = editor.window.objects.view
    index = view.model().index(row, column)
    view.scrollTo(index)
    return view.visualRect(index).center()


def ids(editor: Editor) -> list[int]:
    return [track.object_id for track in editor.window.session.tracks]


def classify(editor: Editor, object_id: int, keys: str) -> None:
    editor.window.session.choose_object(object_id)
    editor.do("classify_object")
    field = editor.window.objects.view.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    editor.qtbot.keyClicks(field, keys)
    editor.qtbot.keyClick(field, Qt.Key.Key_Return)
    editor.qtbot.waitUntil(lambda: editor.window.objects.view.findChild(QLineEdit) is None)


def test_a_class_is_typed_once_and_completed_for_the_next_object(two_objects: Editor) -> None:
    classify(two_objects, 1, "animal")
    assert two_objects.window.session.project.objects.get(1).class_label == "animal"
    classify(two_objects, 2, "an")
    assert two_objects.window.session.project.objects.get(2).class_label == "animal"
    classify(two_objects, 2, " ")
    assert two_objects.window.session.project.objects.get(2).class_label == "", "a class can be taken away"


def test_the_column_of_classes_is_there_once_there_is_one(two_objects: Editor) -> None:
    view = two_objects.window.objects.view
    assert view.isColumnHidden(Column.CLASS)
    classify(two_objects, 1, "animal")
    assert not view.isColumnHidden(Column.CLASS)
    assert view.model().index(0, Column.CLASS).data() == "animal"
    classify(two_objects, 1, " ")
    assert view.isColumnHidden(Column.CLASS)


def test_merging_asks_for_the_other_object_and_is_one_undo_step(two_objects: Editor) -> None:
    session = two_objects.window.session
    session.choose_object(2)
    before = two_objects.labels.copy()
    two_objects.answers.chosen = 0
    two_objects.key(Qt.Key.Key_J, CTRL)
    assert "Object 1" in two_objects.answers.asked[-1]
    assert "“Object 2”" in two_objects.answers.asked[-1]
    assert ids(two_objects) == [1]
    assert session.current_object == 1
    assert np.array_equal(two_objects.labels, np.where(before == 2, 1, before))
    assert np.array_equal(two_objects.view.mask_item.labels, two_objects.labels)
    two_objects.do("undo")
    assert ids(two_objects) == [1, 2]
    assert np.array_equal(two_objects.labels, before)


def test_merging_can_be_called_off_and_needs_another_object(two_objects: Editor) -> None:
    two_objects.do("merge_object")
    assert ids(two_objects) == [1, 2]
    two_objects.do("remove_object")
    two_objects.do("merge_object")
    assert "no other object" in two_objects.window.notices.text


def test_keys_move_an_object_in_the_list(two_objects: Editor) -> None:
    session = two_objects.window.session
    session.choose_object(2)
    two_objects.key(Qt.Key.Key_Up, CTRL | SHIFT)
    assert ids(two_objects) == [2, 1]
    assert session.current_object == 2
    assert two_objects.window.objects.view.currentIndex().row() == 0
    two_objects.key(Qt.Key.Key_Up, CTRL | SHIFT)
    assert ids(two_objects) == [2, 1]
    two_objects.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert ids(two_objects) == [1, 2]


@pytest.mark.parametrize(("row", "onto", "expected"), [(0, 3, [2, 3, 1]), (2, 0, [3, 1, 2]), (1, -1, [1, 3, 2])])
def test_a_row_is_dragged_to_another_place(two_objects: Editor, row: int, onto: int, expected: list[int]) -> None:
    two_objects.do("add_object")
    model = two_objects.window.objects.model
    dragged = model.mimeData([model.index(row, Column.NAME)])
    model.dropMimeData(dragged, Qt.DropAction.MoveAction, onto, 0, QModelIndex())
    two_objects.qtbot.waitUntil(lambda: ids(two_objects) == expected)
    assert two_objects.window.session.project.settings.get("object_order") == expected


def test_solo_shows_the_chosen_object_alone(two_objects: Editor) -> None:
    session = two_objects.window.session
    session.choose_object(1)
    bare_1, bare_2 = (20, 25), (70, 20)
    both = two_objects.pixel(*bare_1), two_objects.pixel(*bare_2)
    two_objects.do("solo")
    one, other = two_objects.pixel(*bare_1), two_objects.pixel(*bare_2)
    assert one == both[0]
    assert other != both[1]
    session.choose_object(2)
    assert two_objects.pixel(*bare_2) == both[1], "solo goes with the choice"
    assert two_objects.pixel(*bare_1) != both[0]
    assert all(track.visible for track in session.project.objects.all), "the project knows nothing of it"
    two_objects.do("solo")
    assert (two_objects.pixel(*bare_1), two_objects.pixel(*bare_2)) == both


def test_alt_click_on_the_eye_is_solo_and_a_click_on_an_eye_ends_it(two_objects: Editor) -> None:
    view, session = two_objects.window.objects.view, two_objects.window.session
    alt = Qt.KeyboardModifier.AltModifier
    two_objects.qtbot.mouseClick(view.viewport(), LEFT, alt, cell(two_objects, 0, Column.VISIBLE))
    assert session.solo
    assert two_objects.window.actions_["solo"].isChecked()
    assert [track.visible for track in session.tracks] == [True, False]
    two_objects.qtbot.mouseClick(view.viewport(), LEFT, pos=cell(two_objects, 1, Column.VISIBLE))
    assert not session.solo
    assert not two_objects.window.actions_["solo"].isChecked()
    assert [track.visible for track in session.tracks] == [True, True], (
        "the first click brings back what was seen before"
    )


def test_renaming_under_solo_hides_nothing_for_good(two_objects: Editor) -> None:
    session = two_objects.window.session
    session.choose_object(1)
    session.set_solo(True)
    session.change_object(2, name="cat")
    session.set_solo(False)
    assert session.track(2).visible  # type: ignore[union-attr]
    assert session.track(2).name == "cat"  # type: ignore[union-attr]


def test_the_area_on_this_frame_is_shown(two_objects: Editor) -> None:
    model = two_objects.window.objects.model
    share = 100 * 20 * 30 / two_objects.labels.size
    assert model.index(0, Column.AREA).data() == f"{share:.2g} %"
    assert "600 pixels" in model.index(0, Column.AREA).data(Qt.ItemDataRole.ToolTipRole)
    two_objects.go(3)
    assert model.index(0, Column.AREA).data() == ""
    two_objects.paint_box(0, 0, 96, 64)
    assert model.index(0, Column.AREA).data() == "100 %"


def test_titles_are_not_cut_where_the_letters_are_large(two_objects: Editor, qapp: QApplication) -> None:
    before = qapp.font()
    large = QFont(before)
    large.setPointSize(20)
    try:
        qapp.setFont(large)
        panel = ObjectsPanel(two_objects.window.session, two_objects.window.actions_)
        two_objects.qtbot.addWidget(panel)
        header = panel.view.header()
        for column in (Column.AREA, Column.CONFIDENCE):
            title = header.model().headerData(column, Qt.Orientation.Horizontal)
            assert header.sectionSize(column) > header.fontMetrics().horizontalAdvance(title), title
    finally:
        qapp.setFont(before)


def test_what_is_painted_reads_nothing(opened: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading may have to wait for the disk beside an event loop, which would paint while something is painted."""
    opened.paint_box(10, 10, 30, 30)
    window, model = opened.window, opened.window.objects.model
    read: list[bool] = []
    window.session.project.ask_before_use(read.append)
    # as right after going to the frame
    window.session._labels = None
    for row in range(model.rowCount()):
        for column in Column:
            for role in Qt.ItemDataRole:
                model.index(row, column).data(role)
    assert model.index(0, Column.AREA).data() == ""
    assert not read
    model.measures_changed()
    assert read and model.index(0, Column.AREA).data() != ""


def test_numbers_have_two_digits_and_no_exponent() -> None:
    """Of a large object, a tiny one, and one that has grown a hundredfold."""
    values = (0, 0.0001, 0.033, 0.49, 1, 7.24, 9.97, 34.4, 100, 1234)
    assert [two_digits(value) for value in values] == [
        *("0.00", "<0.01", "0.03", "0.49", "1", "7.2", "10", "34", "100", "1234")
    ]


def test_a_suggested_class_leaves_the_current_object_in_view_and_the_panel_as_wide(opened: Editor) -> None:
    window, panel = opened.window, opened.window.objects
    window.resize(1600, 1000)
    for _ in range(12):
        opened.do("add_object")
    window.show_panel("explain")
    track = window.session.tracks[-1]
    width = panel.width()
    assert window.session.current_object == track.object_id
    window.tag_suggestion.suggest(track, "a class with a name that is longer than the panel is wide", 0.9)
    opened.qtbot.waitUntil(window.tag_suggestion.isVisible, timeout=20_000)
    view = panel.view

    def in_view() -> bool:
        return view.viewport().rect().contains(view.visualRect(view.currentIndex()))

    opened.qtbot.waitUntil(in_view, timeout=20_000)
    assert panel.width() == width
    assert "longer than the panel" in window.tag_suggestion.text.toolTip()
