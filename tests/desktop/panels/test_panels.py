"""Objects, anchors, frames to check, engine: each by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QToolButton, QWidget

from core.engines import EngineInfo
from desktop.actions.actions import plain
from desktop.actions.edit_menu import TOOLS
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.objects_model import Column
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


def cell(view: QAbstractItemView, row: int, column: int) -> QPoint:
    return view.visualRect(view.model().index(row, column)).center()


@pytest.fixture
def two_objects(opened: Editor) -> Editor:
    opened.paint_box(10, 10, 30, 40, object_id=1)
    opened.paint_box(60, 10, 80, 40, object_id=2)
    return opened


def test_a_click_on_eye_and_lock_hides_and_locks(two_objects: Editor) -> None:
    view, session = two_objects.window.objects.view, two_objects.window.session
    two_objects.qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 1, Column.VISIBLE))
    assert not session.track(2).visible  # type: ignore[union-attr]
    two_objects.qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 1, Column.LOCKED))
    assert session.track(2).locked  # type: ignore[union-attr]
    assert session.current_object == 2, "a click also chooses"


def test_number_keys_choose_objects(two_objects: Editor) -> None:
    two_objects.key(Qt.Key.Key_1)
    assert two_objects.window.session.current_object == 1
    assert two_objects.window.objects.view.currentIndex().row() == 0
    two_objects.key(Qt.Key.Key_2)
    assert two_objects.window.session.current_object == 2
    two_objects.key(Qt.Key.Key_7)
    assert two_objects.window.session.current_object == 2


def test_an_object_is_renamed_in_place(two_objects: Editor) -> None:
    two_objects.window.session.choose_object(1)
    two_objects.do("rename_object")
    field = two_objects.window.objects.view.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    two_objects.qtbot.keyClicks(field, "dog")
    two_objects.qtbot.keyClick(field, Qt.Key.Key_Return)
    # Qt hands the text over with the next turn of the event loop
    two_objects.qtbot.waitUntil(lambda: two_objects.window.session.track(1).name == "dog")  # type: ignore[union-attr]


def test_a_double_click_on_the_swatch_picks_another_colour(two_objects: Editor) -> None:
    view = two_objects.window.objects.view
    two_objects.answers.picked = (1, 2, 3)
    two_objects.qtbot.mouseClick(view.viewport(), LEFT, pos=cell(view, 0, Column.COLOUR))
    two_objects.qtbot.mouseDClick(view.viewport(), LEFT, pos=cell(view, 0, Column.COLOUR))
    assert two_objects.window.session.track(1).colour == (1, 2, 3)  # type: ignore[union-attr]


def test_add_and_delete_with_undo(two_objects: Editor) -> None:
    session = two_objects.window.session
    two_objects.do("add_object")
    assert session.current_object == 3
    session.choose_object(1)
    two_objects.do("remove_object")
    assert [track.object_id for track in session.tracks] == [2, 3]
    assert session.current_object in (2, 3)
    assert not (two_objects.labels == 1).any()
    assert not (two_objects.view.mask_item.labels == 1).any()
    two_objects.do("undo")
    assert [track.object_id for track in session.tracks] == [1, 2, 3]
    assert (two_objects.labels == 1).any()


def test_confidence_of_the_current_frame_is_shown(two_objects: Editor) -> None:
    two_objects.do("propagate_forward")
    two_objects.wait_idle()
    two_objects.go(10)
    model = two_objects.window.objects.model
    assert model.index(0, Column.CONFIDENCE).data() == "0.67"


def test_ctrl_arrows_go_from_anchor_to_anchor(two_objects: Editor) -> None:
    two_objects.go(5)
    two_objects.paint_box(0, 0, 9, 9)
    two_objects.go(9)
    two_objects.do("previous_anchor")
    assert two_objects.window.session.frame_index == 5
    two_objects.do("previous_anchor")
    two_objects.do("next_anchor")
    assert two_objects.window.session.frame_index == 5


def test_n_and_shift_n_walk_through_the_frames_to_check(two_objects: Editor) -> None:
    two_objects.do("propagate_forward")
    two_objects.wait_idle()
    two_objects.go(0)
    two_objects.key(Qt.Key.Key_N)
    first = two_objects.window.session.frame_index, two_objects.window.session.current_object
    assert first[0] > 6, "far from the masks on frame 0"
    two_objects.key(Qt.Key.Key_N)
    second = two_objects.window.session.frame_index, two_objects.window.session.current_object
    assert second != first
    two_objects.key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert (two_objects.window.session.frame_index, two_objects.window.session.current_object) == first


def test_nothing_to_check_is_reported(opened: Editor) -> None:
    opened.do("check_next")
    assert "No frame to check" in opened.window.notices.text


def test_the_engine_panel_makes_a_field_for_each_option(opened: Editor) -> None:
    info = EngineInfo(
        "one", "One", "The one.", options={"size": 480, "refine": True, "rate": 0.5, "name": "x", "path": None}
    )
    panel = EnginePanel()
    opened.qtbot.addWidget(panel)
    panel.set_engines([info])
    assert panel.engine == "one"
    assert panel.options == {"size": 480, "refine": True, "rate": 0.5, "name": "x", "path": None}
    panel.set_options({"size": 240, "refine": False, "unknown": 1})
    assert panel.options["size"] == 240
    assert panel.options["refine"] is False
    assert "unknown" not in panel.options


def test_an_option_of_few_values_is_a_list_of_them(opened: Editor) -> None:
    info = EngineInfo("one", "One", "The one.", options={"flow": "auto"}, choices={"flow": ("auto", "dis", "raft")})
    panel = EnginePanel()
    opened.qtbot.addWidget(panel)
    panel.set_engines([info])
    box = next(box for box in panel.findChildren(QComboBox) if box.accessibleName() == "Optical flow")
    assert [box.itemText(index) for index in range(box.count())] == ["Automatic", "DIS", "RAFT"]
    box.setFocus()
    with opened.qtbot.waitSignal(panel.changed):
        opened.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert panel.options == {"flow": "dis"}
    panel.set_options({"flow": "raft"})
    assert panel.options == {"flow": "raft"}


def test_every_control_has_a_name_for_those_who_do_not_see_it(opened: Editor) -> None:
    nameless = [
        widget
        for kind in (QToolButton, QAbstractItemView)
        for widget in opened.window.findChildren(kind)
        if widget.isVisible() and not _named(widget)
    ]
    assert not [(type(widget).__name__, widget.objectName()) for widget in nameless]


def _named(widget: QWidget) -> bool:
    inner = widget.objectName().startswith("qt_")
    text = widget.text() if isinstance(widget, QToolButton) else ""
    return bool(widget.accessibleName() or text or inner)


def test_every_action_states_its_keys_and_no_key_is_used_twice(opened: Editor) -> None:
    from desktop.actions.table import SPECS

    seen: dict[str, str] = {}
    for spec in SPECS:
        action = opened.window.actions_[spec.name]
        for key in spec.keys:
            assert key not in seen, f"{key}: {spec.name} and {seen.get(key)}"
            seen[key] = spec.name
            assert not key.startswith("Alt+"), f"{key} opens a menu"
            assert action.shortcuts()[0].toString(action.shortcuts()[0].SequenceFormat.NativeText) in action.toolTip()


def test_a_tools_tooltip_says_what_it_is_called_and_what_it_does(opened: Editor) -> None:
    for name in TOOLS:
        action = opened.window.actions_[name]
        title, _, rest = action.toolTip().partition(": ")
        assert title == plain(action.text()) and rest.startswith(action.statusTip())


def test_every_action_of_the_table_is_in_a_menu_and_does_something(opened: Editor) -> None:
    from desktop.actions.table import MENUS, SPECS, SUBMENUS

    in_menus = {name for _, names in (*MENUS, *SUBMENUS.values()) for name in names}
    assert not {spec.name for spec in SPECS} - in_menus


def test_shortcuts_can_be_searched(opened: Editor) -> None:
    from desktop.dialogs.shortcuts import ShortcutsDialog

    opened.do("shortcuts")
    dialog = opened.window.findChild(ShortcutsDialog)
    assert dialog is not None
    opened.qtbot.keyClicks(dialog.search, "brush")
    shown = [
        f"{item.text(0)} {item.toolTip(0)}"
        for row in range(dialog.rows.topLevelItemCount())
        if (item := dialog.rows.topLevelItem(row)) is not None and not item.isHidden()
    ]
    assert shown
    assert all("rush" in text for text in shown)
    dialog.close()


def test_a_new_name_is_seen_everywhere(two_objects: Editor) -> None:
    two_objects.do("propagate_forward")
    two_objects.wait_idle()
    two_objects.window.session.change_object(1, name="dog")
    anchors, review = two_objects.window.anchors.model, two_objects.window.review.list
    two_objects.qtbot.waitUntil(lambda: anchors.rowCount() > 0 and "dog" in anchors.index(0).data())
    two_objects.qtbot.waitUntil(lambda: any("dog" in review.item(row).text() for row in range(review.count())))


def test_a_notice_covers_no_picture_and_moves_nothing(opened: Editor) -> None:
    zoom, notices, canvas = opened.view.zoom, opened.window.notices, opened.window.canvas
    notices.notify("A notice. " * 40)
    assert opened.view.zoom == zoom
    assert notices.isVisible()
    over = canvas.mapTo(opened.window, canvas.rect().bottomLeft()).y()
    assert notices.y() > over, "the picture is free"
    assert notices.geometry().right() < opened.window.notice_button.x(), "and so is the way to the history"
    assert notices.label.height() >= notices.label.heightForWidth(notices.label.width())
    opened.qtbot.mouseClick(notices.findChild(QToolButton), LEFT)
    assert notices.text == ""


def test_the_status_bar_states_the_frame(opened: Editor) -> None:
    status = opened.window.status
    assert status.frame.text() == "frame 0"
    opened.go(7)
    assert status.frame.text() == "frame 7"
    opened.do("close")
    assert status.frame.text() == ""


def test_engines_that_begin_alike_are_told_apart_in_the_list_of_a_narrow_panel(
    opened: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = opened.window.engine.engines
    texts = [engines.itemText(row) for row in range(engines.count())]
    deeplabs = [text for text in texts if "DeepLab" in text]
    assert len(deeplabs) == 4 and all(text.startswith("DeepLab v") for text in deeplabs), "what differs comes first"
    engines.setFixedWidth(90)
    # the platform of the tests has no windows in front of others
    monkeypatch.setattr(QComboBox, "showPopup", lambda _box: None)
    engines.showPopup()
    view = engines.view()
    assert view.minimumWidth() > view.sizeHintForColumn(0) > 90, "no text is cut off"


def test_each_option_of_a_target_network_says_what_it_does(opened: Editor) -> None:
    panel = opened.window.engine
    panel.engines.setCurrentIndex(panel.engines.findData("target:unet"))
    hints = {field.accessibleName(): field.toolTip() for field in panel.findChildren(QWidget) if field.accessibleName()}
    for title in ("Combine with", "Backbone layers", "Upsampling", "CutMix", "Pseudo-labels", "Teacher"):
        assert len(hints[title]) > len(title) + 15, hints[title]
