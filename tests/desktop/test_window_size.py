"""The window keeps its size whatever comes and goes in it, and fits on a small screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.theme.colours import DARK
from desktop.theme.style_sheet import style_sheet
from desktop.wiring import make_window
from tests.desktop.conftest import Editor

_LOWEST = 700
"""Pixels of height that a window with a clip may need: a laptop's 768 less a task bar and a title."""


@pytest.fixture
def dressed(editor: Editor) -> Editor:
    """The window as people see it: the style sheet makes everything larger."""
    editor.window.setStyleSheet(style_sheet(DARK))
    return editor


def test_opening_masking_and_closing_leave_the_window_as_it_was(dressed: Editor, pictures: Path) -> None:
    window = dressed.window
    dressed.qtbot.wait(50)
    lowest = window.minimumSizeHint().height()
    # no room to spare: whatever needs more for a moment would make the window grow
    window.resize(1300, lowest + 70)
    sizes = [window.size()]

    def note() -> None:
        dressed.qtbot.wait(250)
        sizes.append(window.size())

    dressed.open(pictures)
    note()
    dressed.paint_box(10, 10, 30, 30, 1)
    dressed.paint_box(40, 10, 60, 30, 2)
    dressed.go(5)
    dressed.paint_box(10, 10, 30, 30, 1)
    note()
    assert window.minimumSizeHint().height() < _LOWEST
    dressed.do("close")
    note()
    dressed.open(pictures)
    note()
    assert len({size.toTuple() for size in sizes}) == 1, sizes


def test_a_window_with_a_clip_fits_on_a_screen_of_1024_by_600(dressed: Editor, pictures: Path) -> None:
    dressed.open(pictures)
    dressed.paint_box(10, 10, 30, 30, 1)
    dressed.do("propagate_forward")
    dressed.wait_idle()
    least = dressed.window.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 600


def test_a_first_window_fits_on_the_screen_with_its_title(qtbot: QtBot) -> None:
    window = make_window()
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert screen.height() < 950, "or there would be nothing to see here"
    assert window.height() <= screen.height() - 40
    window.close()
