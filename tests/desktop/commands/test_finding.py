"""Finding objects in the window: searching in the background, the list, and what is accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.commands.inspection.finding import FindingCommands
from desktop.dialogs.found.dialog import FoundDialog
from desktop.wiring import Wiring
from tests.desktop.conftest import Editor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Twelve pictures with a large bright square and a small one."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for index in range(12):
        image = np.full((64, 96, 3), 10 * index, np.uint8)
        image[20:44, 10 + index : 34 + index] = (250, 60, 60)
        image[50:56, 70:76] = (60, 250, 60)
        PIL.Image.fromarray(image).save(folder / f"frame_{index:02}.png")
    return folder


@pytest.fixture
def finding(opened: Editor) -> FindingCommands:
    """The commands, with the stand-ins for tests."""
    wiring = opened.window.findChild(Wiring)
    assert wiring is not None
    wiring.finding.text_model = "fake"
    return wiring.finding


@pytest.fixture
def dialog(opened: Editor, finding: FindingCommands) -> FoundDialog:
    opened.do("find_objects")
    made = finding.dialog
    assert made is not None and made.isVisible()
    made.detector.addItem("Fake", "fake")
    made.detector.setCurrentIndex(made.detector.count() - 1)
    return made


def search(opened: Editor, dialog: FoundDialog) -> None:
    opened.qtbot.mouseClick(dialog.by_detector, LEFT)
    assert not dialog.by_detector.isEnabled()
    opened.wait_idle()
    opened.qtbot.waitUntil(dialog.by_detector.isEnabled)


def test_what_a_detector_finds_is_listed_and_accepted_one_by_one(opened: Editor, dialog: FoundDialog) -> None:
    session = opened.window.session
    search(opened, dialog)
    listed = len(dialog.listed)
    assert listed >= 1, dialog.note.text()
    item = dialog.list.item(0)
    assert "thing" in item.text() and "frame 0" in item.text()
    assert not item.icon().isNull()
    assert not dialog.accept_chosen.isEnabled()
    dialog.list.setCurrentRow(0)
    opened.qtbot.mouseClick(dialog.accept_chosen, LEFT)
    assert [track.class_label for track in session.tracks] == ["thing"]
    assert (session.labels_at(0) > 0).any()
    assert session.anchor_frames() == [0]
    assert len(dialog.listed) == listed - 1
    opened.do("undo")
    assert not session.tracks


def test_accepting_the_first_of_two_stays_on_the_frame(opened: Editor, dialog: FoundDialog) -> None:
    search(opened, dialog)
    one = dialog.listed[0]
    later = replace(one, found=replace(one.found, masks={5: one.found.masks[0]}))
    dialog.show_candidates([one, later], "")
    dialog.list.setCurrentRow(0)
    opened.qtbot.mouseClick(dialog.accept_chosen, LEFT)
    assert dialog.listed == [later]
    assert opened.window.session.frame_index == 0, "a list that is filled anew chooses nothing"


def test_all_are_accepted_and_followed(opened: Editor, dialog: FoundDialog) -> None:
    session = opened.window.session
    dialog.frames.setCurrentIndex(1)
    dialog.every.setValue(5)
    search(opened, dialog)
    opened.qtbot.mouseClick(dialog.accept_all, LEFT)
    assert session.tracks and session.anchor_frames()[:2] == [0, 5]
    opened.qtbot.mouseClick(dialog.follow, LEFT)
    opened.wait_idle()
    first = session.tracks[0].object_id
    assert session.lane_data(first)[0].all()


def test_the_threshold_hides_what_is_less_sure(opened: Editor, dialog: FoundDialog) -> None:
    search(opened, dialog)
    assert len(dialog.listed) > 1
    dialog.threshold.setValue(99)
    assert len(dialog.listed) == 1
    assert "1 hidden" in dialog.threshold_text.text()
    opened.qtbot.mouseClick(dialog.accept_all, LEFT)
    assert len(opened.window.session.tracks) == 1


def test_a_text_in_the_panel_opens_the_list(opened: Editor, finding: FindingCommands, qtbot: QtBot) -> None:
    line = opened.window.objects.text
    qtbot.keyClicks(line, "dog")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    opened.wait_idle()
    dialog = finding.dialog
    assert dialog is not None and dialog.text.text() == "dog"
    assert [candidate.found.label for candidate in dialog.listed][:1] == ["dog"]
    dialog.text.setText("unicorn")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    opened.wait_idle()
    assert dialog.note.text() == "Nothing was found."


def test_all_like_the_chosen_object(opened: Editor, finding: FindingCommands, dialog: FoundDialog) -> None:
    opened.qtbot.mouseClick(dialog.similar, LEFT)
    assert "Choose an object" in dialog.note.text()
    opened.paint_box(1, 1, 9, 9)
    opened.window.session.change_object(1, class_label="ball")
    opened.qtbot.mouseClick(dialog.similar, LEFT)
    opened.wait_idle()
    assert {candidate.found.label for candidate in dialog.listed} == {"ball"}


def test_without_weights_the_list_states_how_to_get_them(opened: Editor, dialog: FoundDialog) -> None:
    dialog.detector.setCurrentIndex(0)
    search(opened, dialog)
    assert "There are no weights of Mask R-CNN" in dialog.note.text()
    assert "There are no weights of Mask R-CNN" in opened.window.notices.text


def test_another_clip_empties_the_list(opened: Editor, dialog: FoundDialog) -> None:
    search(opened, dialog)
    opened.do("close")
    assert not dialog.listed
    opened.qtbot.mouseClick(dialog.by_detector, LEFT)
    assert dialog.note.text() == "Open a clip first."
