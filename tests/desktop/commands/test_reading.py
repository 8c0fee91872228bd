"""How a clip is read and shown: gaps, rate, plate numbers, transparency, exposure."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from core.media import ClipOptions, Gaps, View
from desktop.dialogs.picture_view_dialog import PictureViewDialog
from desktop.dialogs.reading_dialog import ReadingDialog
from tests.desktop.conftest import Editor


@pytest.fixture
def plates(tmp_path: Path) -> Path:
    folder = tmp_path / "plates"
    folder.mkdir()
    for number in (1001, 1002, 1005):
        rgba = np.full((48, 64, 4), 60 + 20 * (number - 1000), np.uint8)
        rgba[..., 3] = 0
        rgba[10:20, 10:30, 3] = 255
        PIL.Image.fromarray(rgba).save(folder / f"plate.{number}.png")
    return folder


def test_missing_pictures_are_asked_for_once_and_the_answer_is_kept(editor: Editor, plates: Path) -> None:
    editor.answers.chosen = 1
    editor.open(plates)
    editor.wait_idle()
    window = editor.window
    assert any("2 pictures of plates are missing, the first is number 1003." in text for text in editor.answers.asked)
    assert window.session.frame_count == 5
    project = window.session.project.path
    window.session.close()
    editor.answers.asked.clear()
    for path in (project, plates):
        editor.open(path)
        editor.wait_idle()
        assert window.session.frame_count == 5, (path, window.notices.text)
        assert not editor.answers.asked
        window.session.close()


def test_the_choice_can_be_changed_later(editor: Editor, plates: Path) -> None:
    editor.answers.chosen = 0
    editor.open(plates)
    editor.wait_idle()
    window = editor.window
    assert window.session.frame_count == 3
    changes: tuple[tuple[Gaps, int], ...] = (("hold", 5), ("black", 5), ("skip", 3), ("black", 5))
    for gaps, count in changes:
        editor.answers.read_as = ClipOptions(gaps=gaps)
        editor.do("reading")
        editor.wait_idle()
        assert window.session.frame_count == count
        assert window.session.video is not None and window.session.video.options.gaps == gaps


def test_with_masks_only_what_leaves_them_in_their_places_is_offered(qtbot: QtBot) -> None:
    dialog = ReadingDialog(ClipOptions(gaps="hold"), True, ("hold", "black"))
    qtbot.addWidget(dialog)
    assert [dialog.gaps.itemData(index) for index in range(dialog.gaps.count())] == ["hold", "black"]
    dialog.gaps.setCurrentIndex(1)
    assert dialog.options.gaps == "black"
    assert "would move them" in dialog.gaps.toolTip()
    assert not ReadingDialog(ClipOptions(), True, ("skip",)).gaps.isEnabled()


def test_plate_numbers_are_on_the_ruler_and_in_the_status_bar(editor: Editor, plates: Path) -> None:
    editor.open(plates)
    assert editor.window.timeline.ruler._frame_text(2) == "1005"
    editor.go(1)
    assert editor.window.status.frame.text() == "frame 1 (no. 1002)"


def test_a_rate_is_chosen_and_kept(editor: Editor, plates: Path) -> None:
    editor.open(plates)
    editor.answers.read_as = ClipOptions(rate=Fraction(25))
    editor.do("reading")
    editor.wait_idle()
    video = editor.window.session.video
    assert video is not None and video.info.rate == 25
    assert "reading True" in editor.answers.asked


def test_transparency_becomes_a_mask(editor: Editor, plates: Path) -> None:
    editor.open(plates)
    editor.do("take_alpha")
    assert int(np.count_nonzero(editor.labels)) == 10 * 20
    assert (editor.labels[10:20, 10:30] > 0).all()


def test_exposure_changes_the_screen_and_nothing_else(editor: Editor, plates: Path) -> None:
    editor.open(plates)
    video = editor.window.session.video
    assert video is not None
    before, stored = editor.pixel(50, 40), video.read(0)
    editor.do("picture_view")
    dialog = editor.window.findChild(PictureViewDialog)
    assert dialog is not None
    dialog.exposure.setValue(2)
    editor.qtbot.waitUntil(lambda: editor.pixel(50, 40)[0] > before[0] + 30)
    assert np.array_equal(video.read(0), stored)
    dialog.reset.click()
    editor.qtbot.waitUntil(lambda: editor.pixel(50, 40) == before)
    assert dialog.view == View()


def test_a_rate_that_is_none_cannot_be_accepted(qtbot: QtBot) -> None:
    dialog = ReadingDialog(ClipOptions(), pictures=True)
    qtbot.addWidget(dialog)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.rate.setText("fast")
    assert not ok.isEnabled() and "fast" in dialog.problem.text()
    dialog.rate.setText("23.976")
    assert ok.isEnabled() and dialog.options.rate == Fraction(24000, 1001)
    dialog.rate.setText("")
    assert dialog.options == ClipOptions()
    assert not ReadingDialog(ClipOptions(), pictures=False).rate.isEnabled()
