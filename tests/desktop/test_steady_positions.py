"""What a person aims at stays where it is, whatever comes and goes around it; and one word means one thing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QComboBox, QToolBar, QWidget
from pytestqt.qtbot import QtBot

from core.engines import available
from desktop.actions.edit_menu import TOOLS
from desktop.dialogs.exporting.edge_field import EdgeField
from desktop.dialogs.preferences_dialog import PreferencesDialog
from desktop.panels.engine_panel import EnginePanel
from desktop.panels.objects_model import Column
from desktop.panels.objects_panel import ObjectsPanel
from desktop.settings import languages
from desktop.settings.core_texts import choice_title
from desktop.settings.languages import LANGUAGES
from desktop.settings.preferences import load_preferences
from desktop.theme.colours import DARK
from desktop.theme.style_sheet import style_sheet
from desktop.widgets.elided_label import WholeLines
from tests.desktop.conftest import Editor

_STILL = 9
"""Looks in a row at which everything is where it was."""


@pytest.fixture
def dressed(opened: Editor) -> Editor:
    """A clip with two objects in the window as people see it."""
    opened.window.setStyleSheet(style_sheet(DARK))
    opened.paint_box(10, 10, 30, 30, 1)
    opened.paint_box(40, 10, 60, 30, 2)
    return opened


def rectangle(window: QWidget, part: QWidget) -> QRect:
    """Where a part is in the window."""
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def settled(editor: Editor) -> list[QRect]:
    """Where timeline, canvas and transport are once nothing moves: a window arranges itself some time after it is
    resized.
    """
    window = editor.window
    seen: list[list[QRect]] = []

    def still() -> bool:
        seen.append([rectangle(window, part) for part in (window.timeline, window.canvas, window.transport)])
        editor.qtbot.wait(30)
        return len(seen) > _STILL and all(one == seen[-1] for one in seen[-_STILL:])

    editor.qtbot.waitUntil(still, timeout=30_000)
    return seen[-1]


def test_the_timeline_does_not_move_when_a_curve_appears(dressed: Editor) -> None:
    window = dressed.window
    scores = {1: dict.fromkeys(range(12), 0.9), 2: dict.fromkeys(range(12), 0.4)}
    for size in ((1024, 600), (1600, 950)):
        window.resize(*size)
        window.show_panel("quality")
        before = settled(dressed)
        window.quality.show_findings((), 12, window.quality.mask_state(), scores)
        dressed.qtbot.waitUntil(window.quality.curve.isVisible)
        assert settled(dressed) == before, f"with a curve, in a window of {size}"
        window.quality.clear()
    assert settled(dressed) == before


def test_lanes_and_pictures_of_the_timeline_stay_when_the_first_marker_comes(dressed: Editor) -> None:
    window = dressed.window
    settled(dressed)
    parts = (window.timeline.lanes, window.timeline.strip, window.timeline.ruler)
    before = [rectangle(window, part) for part in parts]
    dressed.do("marker")
    settled(dressed)
    assert window.session.markers.all and [rectangle(window, part) for part in parts] == before


def test_the_buttons_of_the_bars_stay_where_they_are(dressed: Editor) -> None:
    window = dressed.window
    window.resize(1500, 900)
    buttons = [
        button
        for bar in window.findChildren(QToolBar)
        for action in bar.actions()
        if (button := bar.widgetForAction(action)) is not None and button is not window.tool_options
    ]

    def rectangles() -> list[QRect]:
        dressed.qtbot.wait(30)
        return [rectangle(window, button) for button in buttons]

    settled(dressed)
    before = rectangles()
    for tool in TOOLS:
        window.actions_[tool].trigger()
    window.tool_options.set_pending(True)
    assert rectangles() == before, "with a tool that waits to be applied"
    dressed.do("propagate_both")
    dressed.wait_idle()
    assert rectangles() == before, "after a propagation"
    dressed.do("undo")
    assert rectangles() == before, "with something to redo"
    dressed.do("close")
    assert rectangles() == before, "without a clip"


def test_titles_are_whole_when_classes_are_shown(dressed: Editor) -> None:
    window, session = dressed.window, dressed.window.session
    session.change_object(1, class_label="sports ball", name="The one that was thrown")
    panel = ObjectsPanel(session, window.actions_, window)
    header = panel.view.header()
    for width in range(230, 420, 19):
        panel.resize(width, 300)
        seen = [column for column in Column if not panel.view.isColumnHidden(column)]
        assert {Column.NAME, Column.CLASS} <= set(seen)
        for column in seen:
            assert header.sectionSize(column) >= header.sectionSizeHint(column), (width, column.name)
    assert panel.view.textElideMode() == Qt.TextElideMode.ElideMiddle


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_what_the_program_chooses_itself_is_automatic_everywhere(language: str, qtbot: QtBot) -> None:
    """In lists of values and in fields of numbers, in panels and dialogs."""
    languages.use(language)
    try:
        preferences, panel, edge = PreferencesDialog(load_preferences()), EnginePanel(), EdgeField()
        words = {choice_title("auto"), edge.band.specialValueText(), preferences.threads.specialValueText()}
        for widget in (preferences, panel, edge):
            qtbot.addWidget(widget)
        for info in available():
            panel.set_engines([info])
            for box in (*panel.findChildren(QComboBox), *preferences.findChildren(QComboBox)):
                words |= {box.itemText(row) for row in range(box.count()) if box.itemData(row) == "auto"}
    finally:
        languages.use("en")
    assert len(words) == 1, words
    assert (words == {"Automatic"}) == (language == "en")


def test_a_low_panel_shows_no_half_of_a_line_and_that_there_is_more(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    text = "A text that is put into three or four lines, of which there is room for one and a half."
    label = WholeLines(text, panel)
    line = label.fontMetrics().lineSpacing()
    label.resize(140, line + line // 2)
    panel.show()
    (only,) = label.shown_lines()
    assert only.startswith("A text") and only.endswith("…") and label.toolTip() == text
    # nothing below that line
    picture = label.grab().toImage()
    paper = picture.pixelColor(0, picture.height() - 1)
    ratio = picture.devicePixelRatio()
    rows = range(round((line + 2) * ratio), picture.height())
    assert all(picture.pixelColor(x, y) == paper for y in rows for x in range(picture.width()))
    label.resize(140, 9 * line)
    assert " ".join(label.shown_lines()) == text, "all of it is there"
