"""The quality panel: a check in the background, findings a click away from their frames."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from core.masks import LabelEdit
from core.quality.findings import Fault
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def spoiled(opened: Editor) -> Editor:
    """Two objects on twelve frames; they are swapped on frame 5, and the second is gone on frame 8."""
    session = opened.window.session
    session.add_object()
    session.add_object()
    for frame in range(12):
        labels = np.zeros((64, 96), np.uint8)
        labels[10:30, 10 + frame : 40 + frame] = 1
        labels[40:60, 50 - frame : 80 - frame] = 2
        if frame == 5:
            labels = np.array([0, 2, 1], np.uint8)[labels]
        if frame == 8:
            labels[labels == 2] = 0
        edit = LabelEdit.replace(session.labels_at(frame), labels)
        assert edit is not None
        session.project.edit(frame, edit, "Paint")
    return opened


def texts(editor: Editor) -> list[str]:
    list_ = editor.window.quality.list
    return [list_.item(row).text() for row in range(list_.count())]


def checked(editor: Editor) -> None:
    editor.do("check_masks")
    editor.wait_idle()


def test_the_button_checks_and_a_click_goes_to_the_frame(spoiled: Editor) -> None:
    window = spoiled.window
    panel = window.quality
    window.show_panel("quality")
    (button,) = (one for one in panel.findChildren(QToolButton) if one.defaultAction() is not None)
    spoiled.qtbot.mouseClick(button, LEFT)
    spoiled.wait_idle()
    assert [(one.fault, one.frame_index) for one in panel.findings] == [
        (Fault.SWAP, 5),
        (Fault.SWAP, 6),
        (Fault.EMPTY, 8),
    ]
    assert texts(spoiled) == [
        "Frame 5  ·  Object 1  ·  was Object 2",
        "Frame 6  ·  Object 1  ·  was Object 2",
        "Frame 8  ·  Object 2  ·  no mask",
    ]
    assert panel.note.text() == "3 on 12 frames"
    spoiled.go(0)
    place = panel.list.visualItemRect(panel.list.item(2)).center()
    spoiled.qtbot.mouseClick(panel.list.viewport(), LEFT, pos=place)
    assert (window.session.frame_index, window.session.current_object) == (8, 2)
    panel.list.setCurrentRow(0)
    spoiled.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert (window.session.frame_index, window.session.current_object) == (5, 1)


def test_the_key_opens_the_panel(spoiled: Editor) -> None:
    panel = spoiled.window.quality
    assert panel.visibleRegion().isEmpty(), "it shares its place, and is behind"
    spoiled.key(Qt.Key.Key_F8)
    spoiled.wait_idle()
    spoiled.qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())
    assert panel.list.count() == 3


def test_names_follow_and_changed_masks_are_told(spoiled: Editor) -> None:
    checked(spoiled)
    session, panel = spoiled.window.session, spoiled.window.quality
    session.change_object(2, name="cat")
    spoiled.qtbot.waitUntil(lambda: texts(spoiled)[2] == "Frame 8  ·  cat  ·  no mask")
    assert panel.note.text() == "3 on 12 frames"
    spoiled.go(8)
    spoiled.paint_box(45, 40, 70, 60, object_id=2)
    spoiled.qtbot.waitUntil(lambda: panel.note.text() == "Masks have changed since")
    assert panel.list.count() == 3, "the list stays until the next check"
    checked(spoiled)
    assert panel.list.count() == 2
    assert panel.note.text() == "2 on 12 frames"


def test_nothing_stands_out_and_nothing_to_check(opened: Editor) -> None:
    window = opened.window
    checked(opened)
    assert "no mask to check" in window.notices.text
    for frame in (0, 1, 2):
        opened.go(frame)
        opened.paint_box(10, 10, 30, 30)
    checked(opened)
    assert window.quality.hint.text() == "Nothing stands out."
    assert not window.quality.hint.isHidden()


def test_another_clip_forgets_the_findings(spoiled: Editor) -> None:
    checked(spoiled)
    spoiled.do("close")
    assert spoiled.window.quality.list.count() == 0
    assert spoiled.window.quality.note.text() == ""


def test_closing_the_window_during_a_check(spoiled: Editor) -> None:
    spoiled.do("check_masks")
    spoiled.window.close()
    assert not spoiled.window.jobs.busy
