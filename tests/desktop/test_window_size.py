"""The window keeps its size whatever comes and goes in it, and fits on a small screen."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from core.explain.references import Reading, Reference
from core.explain.views import Answer
from desktop.batch.window import BatchWindow
from desktop.dialogs.found.dialog import FoundDialog
from desktop.panels.objects_model import Column
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
    least = [dressed.window.minimumSizeHint()]
    dressed.paint_box(10, 10, 30, 30, 1)
    # before the panels are notified, while it runs and afterwards: hints give way to lists
    least.append(dressed.window.minimumSizeHint())
    dressed.do("propagate_forward")
    least.append(dressed.window.minimumSizeHint())
    dressed.wait_idle()
    least.append(dressed.window.minimumSizeHint())
    assert max(size.width() for size in least) <= 1024, least
    assert max(size.height() for size in least) <= 600, least


def test_what_explain_shows_leaves_the_window_as_low_as_it_was_and_covers_nothing(
    dressed: Editor, pictures: Path
) -> None:
    dressed.open(pictures)
    window, panel = dressed.window, dressed.window.explain
    window.show_panel("explain")
    least = window.minimumSizeHint().height()
    references = tuple(Reference(number, True, 0.25, {1: 0.2}, ()) for number in range(4))
    frames = {number: np.zeros((40, 60, 3), np.uint8) for number in range(4)}
    panel.show_answer(Answer(reading=Reading(references, {1: 0.8}, 0.9), frames=frames), "Votes of the memory: " * 9)
    dressed.qtbot.waitUntil(lambda: panel.list.isVisible() and panel.list.height() > 20, timeout=20_000)
    assert window.minimumSizeHint().height() == least
    parts = [panel.show_button, panel.note, panel.pages, panel.list, panel.weight]

    def apart() -> bool:
        return all(upper.geometry().bottom() < lower.geometry().top() for upper, lower in pairwise(parts))

    dressed.qtbot.waitUntil(apart, timeout=20_000)
    assert panel.note.height() >= panel.note.heightForWidth(panel.note.width())


def test_nothing_of_the_empty_state_is_cut_off_on_a_small_screen(dressed: Editor) -> None:
    window, empty = dressed.window, dressed.window.canvas.empty
    window.resize(1024, 600)
    empty.set_recent([Path("/", *("a_rather_long_name_of_a_folder",) * 6, "clip.mp4")])
    parts = empty.findChildren(QWidget)
    dressed.qtbot.waitUntil(lambda: empty.width() < 800 and all(one.isVisible() for one in parts), timeout=20_000)
    for widget in parts:
        needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
        assert empty.rect().contains(widget.geometry()), widget
        assert widget.height() >= needed
        assert widget.hasHeightForWidth() or widget.width() >= widget.sizeHint().width()


def test_a_small_window_has_its_panels_in_one_place_and_a_large_one_its_own_sizes(editor: Editor) -> None:
    window, wait = editor.window, editor.qtbot.waitUntil
    docks = {dock.objectName(): dock for dock in window._docks}
    wait(lambda: not docks["objects"].visibleRegion().isEmpty() and not docks["anchors"].visibleRegion().isEmpty())
    window.resize(1400, 900)
    window.resizeDocks([docks["timeline"]], [300], Qt.Orientation.Vertical)
    editor.qtbot.wait(200)
    large = docks["timeline"].height()
    window.resize(1024, 600)
    wait(lambda: docks["anchors"] in window.tabifiedDockWidgets(docks["objects"]))
    wait(lambda: docks["timeline"].height() < 230)
    assert docks["anchors"].visibleRegion().isEmpty(), "behind the objects, a tab away"
    assert not docks["anchors"].widget().isEnabled(), "the Tab key does not go there"
    window.show_panel("anchors")
    wait(lambda: docks["anchors"].widget().isEnabled())
    window.resize(1400, 900)
    wait(lambda: docks["anchors"] not in window.tabifiedDockWidgets(docks["objects"]))
    wait(lambda: abs(docks["timeline"].height() - large) < 12)


def test_a_size_chosen_in_a_small_window_is_none_for_a_large_one(editor: Editor, qtbot: QtBot) -> None:
    editor.window.resize(1024, 600)
    qtbot.wait(250)
    docks = {dock.objectName(): dock for dock in editor.window._docks}
    editor.window.resizeDocks([docks["timeline"]], [130], Qt.Orientation.Vertical)
    qtbot.wait(250)
    small = docks["timeline"].height()
    editor.window.close()
    again = make_window()
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    timeline = next(dock for dock in again._docks if dock.objectName() == "timeline")
    qtbot.waitUntil(lambda: abs(timeline.height() - small) < 12)
    again.resize(1500, 900)
    qtbot.waitUntil(lambda: timeline.height() > 200)
    again.close()


def test_names_come_first_where_the_objects_have_little_room(dressed: Editor, pictures: Path) -> None:
    dressed.open(pictures)
    dressed.paint_box(10, 10, 30, 30, 1)
    panel = dressed.window.objects
    panel.resize(340, 300)
    assert not panel.view.isColumnHidden(Column.AREA)
    panel.resize(170, 300)
    assert panel.view.isColumnHidden(Column.AREA) and panel.view.isColumnHidden(Column.CONFIDENCE)
    assert not panel.view.isColumnHidden(Column.NAME)


def test_a_first_window_fits_on_the_screen_with_its_title(qtbot: QtBot) -> None:
    window = make_window()
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert screen.height() < 950, "or there would be nothing to see here"
    assert window.height() <= screen.height() - 40
    window.close()


def test_a_small_window_has_the_size_it_was_given_and_no_bars_without_use(qtbot: QtBot, editor: Editor) -> None:
    window = make_window()
    qtbot.addWidget(window)
    window.setStyleSheet(style_sheet(DARK))
    window.resize(1024, 600)
    window.show()
    qtbot.wait(50)
    assert window.size().toTuple() == (1024, 600)
    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window and bar.isVisible()]
    assert len(bars) == 1, [[bar.tabText(tab) for tab in range(bar.count())] for bar in bars]


def test_a_panel_that_comes_up_leaves_room_for_the_objects(dressed: Editor, pictures: Path) -> None:
    window = dressed.window
    window.resize(1600, 1000)
    dressed.open(pictures)
    dressed.paint_box(10, 10, 30, 30, 1)
    dressed.paint_box(40, 10, 60, 30, 2)
    timeline = next(dock for dock in window._docks if dock.objectName() == "timeline")
    window.resizeDocks([timeline], [330], Qt.Orientation.Vertical)
    dressed.qtbot.wait(250)
    window.show_panel("explain")
    dock = next(dock for dock in window._docks if dock.objectName() == "explain")
    dressed.qtbot.waitUntil(lambda: window.explain.isEnabled() and dock.height() > window._middle.height() // 2)
    dressed.qtbot.wait(100)
    for row in range(2):
        shown = window.objects.view.visualRect(window.objects.model.index(row, Column.NAME))
        assert window.objects.view.viewport().rect().contains(shown), "its row can be seen"


def test_a_low_window_shows_more_than_one_object(dressed: Editor, pictures: Path) -> None:
    window = dressed.window
    # a screen of 2560 x 1600 at 200 per cent, less title and task bar
    window.resize(1260, 740)
    window.reset_panels()
    dressed.open(pictures)
    for number in range(4):
        dressed.paint_box(10 + 10 * number, 10, 18 + 10 * number, 30, number + 1)
    view = window.objects.view
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(4)]
    dressed.qtbot.waitUntil(lambda: view.viewport().height() >= 3 * rows[0].height(), timeout=20_000)
    assert not window.review.visibleRegion().isEmpty()
    assert window.tabifiedDockWidgets(next(dock for dock in window._docks if dock.objectName() == "anchors"))


class _SmallScreen:
    def availableSize(self) -> QSize:
        return QSize(1024, 560)


@pytest.mark.parametrize("make", [lambda: FoundDialog([("maskrcnn", "Mask R-CNN")]), BatchWindow])
def test_lists_open_no_higher_than_a_small_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make: Callable[[], QDialog]
) -> None:
    monkeypatch.setattr(QDialog, "screen", lambda _self: _SmallScreen())
    dialog = make()
    qtbot.addWidget(dialog)
    assert max(dialog.height(), dialog.minimumSizeHint().height()) <= 560 - 30, "below its title"
