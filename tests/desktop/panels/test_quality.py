"""The quality panel: a check in the background, findings a click away from their frames."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton

from core.masks import LabelEdit, write_mask
from core.quality.findings import Fault
from desktop.theme import theme
from desktop.timeline.lanes import LANE_HEIGHT
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
        session.project.masks.edit(frame, edit, "Paint")
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
    button = next(one for one in panel.findChildren(QToolButton) if one.text() == "Check")
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
    point = panel.list.visualItemRect(panel.list.item(2)).center()
    spoiled.qtbot.mouseClick(panel.list.viewport(), LEFT, pos=point)
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


def test_names_follow_and_changed_masks_are_reported(spoiled: Editor) -> None:
    checked(spoiled)
    session, panel = spoiled.window.session, spoiled.window.quality
    session.change_object(2, name="cat")
    spoiled.qtbot.waitUntil(lambda: texts(spoiled)[2] == "Frame 8  ·  cat  ·  no mask")
    assert panel.note.text() == "3 on 12 frames"
    spoiled.go(8)
    spoiled.paint_box(45, 40, 70, 60, object_id=2)
    spoiled.qtbot.waitUntil(lambda: panel.note.text() == "Masks have changed")
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
    window.quality.resize(300, 500)
    assert window.quality.note.geometry().bottom() < 60, "the buttons stay at the top while there is no list"


def test_another_clip_forgets_the_findings(spoiled: Editor) -> None:
    checked(spoiled)
    spoiled.do("close")
    assert spoiled.window.quality.list.count() == 0
    assert spoiled.window.quality.note.text() == ""


def test_closing_the_window_during_a_check(spoiled: Editor) -> None:
    spoiled.do("check_masks")
    spoiled.window.close()
    spoiled.qtbot.waitUntil(lambda: not spoiled.window.isVisible(), timeout=20_000)
    assert not spoiled.window.jobs.busy


@pytest.fixture
def truth(spoiled: Editor, tmp_path: Path) -> Path:
    """A folder of masks: those of the window, but object 1 is elsewhere on frame 3."""
    folder = tmp_path / "truth"
    folder.mkdir()
    video = spoiled.window.session.video
    assert video is not None
    for frame in range(12):
        labels = spoiled.window.session.labels_at(frame).copy()
        if frame == 3:
            labels[labels == 1] = 0
            labels[0:8, 0:20] = 1
        write_mask(folder / f"{video.frame_name(frame)}.png", labels)
    return folder


def test_comparing_with_true_masks(spoiled: Editor, truth: Path) -> None:
    window, panel = spoiled.window, spoiled.window.quality
    spoiled.answers.folder = truth
    spoiled.do("compare_masks")
    spoiled.wait_idle()
    assert spoiled.answers.asked[-1] == "truth"
    assert texts(spoiled) == ["Frame 3  ·  Object 1  ·  J&F 0.00"]
    # one object of two has nothing right on one frame of twelve
    assert panel.note.text().startswith(f"J&F {1 - 1 / 24:.3f}")
    assert not panel.curve.isHidden()
    curve = panel.curve
    spoiled.qtbot.mouseClick(curve, LEFT, pos=QPoint(curve.width() - 7, 20))
    assert window.session.frame_index == 11
    spoiled.qtbot.mouseClick(curve, LEFT, pos=QPoint(6, 20))
    assert window.session.frame_index == 0
    checked(spoiled)
    assert curve.isHidden(), "a check without true masks has no scores"


def test_the_curve_is_drawn_in_the_objects_colour(spoiled: Editor, truth: Path) -> None:
    spoiled.answers.folder = truth
    spoiled.do("compare_masks")
    spoiled.wait_idle()
    curve, track = spoiled.window.quality.curve, spoiled.window.session.track(1)
    assert track is not None
    spoiled.go(11)
    picture = curve.grab().toImage()
    seen = [
        (column, row)
        for column in range(picture.width())
        for row in range(picture.height())
        if picture.pixelColor(column, row).getRgb()[:3] == track.colour  # type: ignore[index]
    ]
    deepest = max(seen, key=lambda point: point[1])
    assert deepest[1] > 0.7 * picture.height(), "the score falls to nothing"
    assert deepest[0] == pytest.approx(6 + (picture.width() - 12) * 3 / 11, abs=4), "on frame 3"


def test_no_folder_is_asked_for_where_there_is_nothing_to_compare(opened: Editor) -> None:
    opened.do("compare_masks")
    assert "no mask" in opened.window.notices.text
    assert opened.answers.asked == []


def test_true_masks_of_another_size_or_none(spoiled: Editor, truth: Path, tmp_path: Path) -> None:
    spoiled.answers.folder = None
    spoiled.do("compare_masks")
    assert not spoiled.window.jobs.busy
    spoiled.answers.folder = tmp_path / "empty"
    spoiled.answers.folder.mkdir()
    spoiled.do("compare_masks")
    spoiled.wait_idle()
    assert "no mask pictures" in spoiled.window.notices.text
    for path in truth.iterdir():
        write_mask(path, np.ones((5, 5), np.uint8))
    spoiled.answers.folder = truth
    spoiled.do("compare_masks")
    spoiled.wait_idle()
    assert "shape" in spoiled.window.notices.text


def test_what_was_left_out_of_the_true_masks_is_reported(spoiled: Editor, truth: Path, tmp_path: Path) -> None:
    """A dataset with a damaged mask is compared with all the same."""
    root = tmp_path / "DAVIS"
    name = spoiled.window.session.project.path.stem
    for folder, ending in (("Annotations", ".png"), ("JPEGImages", ".png")):
        (root / folder / name).mkdir(parents=True)
        for path in truth.iterdir():
            shutil.copy(path, root / folder / name / f"{path.stem}{ending}")
    first = min((root / "Annotations" / name).iterdir())
    first.write_bytes(b"\x89PNG")
    spoiled.answers.folder = root
    spoiled.do("compare_masks")
    spoiled.wait_idle()
    assert first.name in spoiled.window.notices.text
    assert texts(spoiled)


def test_the_panels_keep_their_width_and_a_hidden_one_is_no_tab_stop(opened: Editor) -> None:
    window = opened.window
    assert window.objects.width() == 320
    assert not window.quality.isEnabled()
    window.show_panel("quality")
    opened.qtbot.waitUntil(window.quality.isEnabled)
    assert not window.review.isEnabled()
    assert window.objects.width() == 320


def test_findings_are_marked_on_the_objects_lanes(spoiled: Editor) -> None:
    lanes = spoiled.window.timeline.lanes
    bare = lanes.grab().toImage()
    checked(spoiled)
    marked = lanes.grab().toImage()

    def warned(frame: int, row: int) -> bool:
        x, y = round(lanes.middle_of(frame)), (row + 1) * LANE_HEIGHT - 3
        return marked.pixelColor(x, y) == QColor(theme.WARNING) and bare.pixelColor(x, y) != QColor(theme.WARNING)

    assert [[warned(frame, row) for frame in (0, 5, 6, 8, 11)] for row in (0, 1)] == [
        [False, True, True, False, False],
        [False, False, False, True, False],
    ]
    point = QPoint(round(lanes.middle_of(8)), LANE_HEIGHT + 5)
    assert lanes.tip_at(point).splitlines()[1:] == ["no mask"]
    assert lanes.tip_at(QPoint(round(lanes.middle_of(9)), LANE_HEIGHT + 5)).splitlines()[1:] == []
    spoiled.do("close")
    assert lanes.tip_at(point) == ""
