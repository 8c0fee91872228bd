"""The window can be worked with by keys alone, and a screen reader has a name for every control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from core.engines import available
from core.types import ObjectTrack
from desktop.actions.table import MENUS, SPECS
from desktop.dialogs.dataset.dialog import DatasetDialog
from desktop.dialogs.export_dialog import ExportDialog
from desktop.dialogs.exporting.subject import ExportSubject
from desktop.palette.palette import CommandPalette
from desktop.settings.presets import Presets
from desktop.settings.store import settings
from desktop.widgets.tab_order import is_stop
from tests.desktop.conftest import Editor

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def controls(root: QWidget) -> Iterator[QWidget]:
    """What a person can use in a window, without the parts that Qt makes for its own controls."""
    for widget in [root, *root.findChildren(QWidget)]:
        if (
            isinstance(widget, QScrollBar | QHeaderView)
            or widget.objectName().startswith("qt_")
            or widget.focusProxy() is not None
        ):
            continue
        owner: QWidget | None = widget
        while owner is not None and not (owner is not widget and isinstance(owner, QComboBox | QAbstractSpinBox)):
            owner = owner.parentWidget()
        if owner is None and (isinstance(widget, _CONTROLS) or is_stop(widget)) and widget.isVisibleTo(root):
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control."""
    if isinstance(widget, QComboBox):
        # Qt itself answers with what is chosen
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in controls(root)
        if not name_of(widget)
    ]


@pytest.fixture
def busy_window(opened: Editor) -> Editor:
    """A window with something in every panel."""
    opened.window.engine.set_engines(available(), "warping")
    opened.paint_box(10, 10, 30, 40)
    opened.do("propagate_forward")
    opened.wait_idle()
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    return opened


def walk(editor: Editor, root: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Presses Tab until it comes round, and returns where it stopped."""
    stops: list[QWidget] = []
    first = QApplication.focusWidget()
    assert first is not None
    for _ in range(200):
        now = QApplication.focusWidget()
        assert now is not None, f"Tab is lost after {stops[-1]}"
        if stops and now is first:
            return stops
        stops.append(now)
        editor.qtbot.keyClick(now, key)
    raise AssertionError("Tab does not come round")


def test_every_control_of_the_window_has_a_name(busy_window: Editor) -> None:
    assert not nameless(busy_window.window)


def test_every_control_of_the_window_states_what_it_does(busy_window: Editor) -> None:
    silent = [
        f"{type(widget).__name__} {name_of(widget)}"
        for widget in controls(busy_window.window)
        if isinstance(widget, QAbstractButton | QAbstractSlider | QComboBox | QAbstractSpinBox) and not widget.toolTip()
    ]
    assert not [text for text in silent if "Dock" not in text]


def test_tab_goes_through_the_whole_window_in_order(busy_window: Editor) -> None:
    window = busy_window.window
    window.canvas.view.setFocus()
    stops = walk(busy_window, window)
    wanted = {widget for widget in controls(window) if is_stop(widget) and widget.isEnabled() and widget.isVisible()}
    assert not {f"{type(widget).__name__} {name_of(widget)}" for widget in wanted - set(stops)}
    regions = [
        window.tool_options,
        window.canvas,
        window.transport,
        window.timeline,
        window.objects,
        window.anchors,
        window.review,
        window.quality,
        window.engine,
        window.notices,
        window.notice_button,
        *window.findChildren(QTabBar),
    ]
    positions = [
        next((position for position, region in enumerate(regions) if region is stop or region.isAncestorOf(stop)), None)
        for stop in stops
    ]
    assert None not in positions
    start = positions.index(min(position for position in positions if position is not None))
    turned = positions[start:] + positions[:start]
    assert turned == sorted(turned), [name_of(stop) for stop in stops]  # type: ignore[type-var]


def test_shift_tab_goes_the_same_way_back(busy_window: Editor) -> None:
    window = busy_window.window
    window.canvas.view.setFocus()
    there = walk(busy_window, window)
    back = walk(busy_window, window, Qt.Key.Key_Backtab)
    assert back == [there[0], *reversed(there[1:])]


@pytest.mark.parametrize("action", ["shortcuts", "preferences", "log", "palette", "batch"])
def test_dialogs_have_names_and_a_tab_order(opened: Editor, action: str) -> None:
    before = set(opened.window.findChildren(QDialog))
    opened.do(action)
    (dialog,) = set(opened.window.findChildren(QDialog)) - before
    dialog.activateWindow()
    opened.qtbot.waitUntil(dialog.isActiveWindow)
    opened.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    left = nameless(dialog)
    stops = walk(opened, dialog)
    wanted = {widget for widget in controls(dialog) if is_stop(widget) and widget.isEnabled() and widget.isVisible()}
    missed = {f"{type(widget).__name__} {name_of(widget)}" for widget in wanted - set(stops)}
    dialog.close()
    assert not left
    assert not missed


def test_the_export_dialog_has_names(opened: Editor, tmp_path: Path) -> None:
    objects = (ObjectTrack(1, "1", (230, 159, 0)),)
    subject = ExportSubject(tmp_path / "a.mp4", tmp_path / "a", (640, 360), 90, (10, 19), objects, True)
    dialog = ExportDialog(subject, Presets(), opened.window)
    left = nameless(dialog)
    dialog.deleteLater()
    assert not left


def test_the_dataset_dialog_has_names(opened: Editor, tmp_path: Path) -> None:
    dialog = DatasetDialog(tmp_path / "clip.roto", opened.window)
    left = nameless(dialog)
    dialog.deleteLater()
    assert not left


def test_the_main_job_by_keys_alone(editor: Editor, tmp_path: Path) -> None:
    """The sample from the palette, propagation, the frame to check, a correction, history, export: no mouse."""
    window, control = editor.window, Qt.KeyboardModifier.ControlModifier
    settings().setValue("tour_done", True)

    def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window.activateWindow()
        editor.qtbot.waitUntil(window.isActiveWindow)
        editor.key(key, modifiers)

    key(Qt.Key.Key_A, control | Qt.KeyboardModifier.ShiftModifier)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    editor.qtbot.keyClicks(palette.search, "sample")
    editor.qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    editor.wait_idle()
    session = window.session
    assert session.has_anchors
    key(Qt.Key.Key_2)
    assert session.current_object == 2
    key(Qt.Key.Key_P)
    editor.wait_idle()
    last = session.frame_count - 1
    assert session.labels_at(last).any()
    key(Qt.Key.Key_N)
    checked = session.frame_index
    assert checked > 0, "the program proposes a frame"
    before = session.labels_at(checked).copy()
    # the mask of the frame before, by a key of the mask menu, is a correction
    key(Qt.Key.Key_Left, control | Qt.KeyboardModifier.AltModifier)
    assert (session.labels_at(checked) != before).any()
    assert checked in session.anchor_frames()
    key(Qt.Key.Key_Z, control)
    assert (session.labels_at(checked) == before).all()
    key(Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert checked in session.anchor_frames()
    editor.answers.folder = tmp_path / "masks"
    key(Qt.Key.Key_E, control)
    editor.wait_idle()
    assert len(list((tmp_path / "masks").glob("*.png"))) == session.frame_count


def test_no_two_entries_of_a_menu_have_the_same_letter() -> None:
    """The letter that is underlined chooses an entry of an open menu; two of the same choose neither."""
    texts = {spec.name: spec.text for spec in SPECS}
    for title, names in MENUS:
        marks = [mark[1].lower() for name in names if (mark := re.search("&(.)", texts.get(name, "")))]
        assert len(marks) == len(set(marks)), (title, sorted(marks))
    marks = [title[title.index("&") + 1].lower() for title, _ in MENUS]
    assert len(marks) == len(set(marks))


def test_keys_begin_where_a_clip_is_opened(editor: Editor, pictures: Path) -> None:
    empty = editor.window.canvas.empty
    assert editor.window.focusWidget() is empty.open_button
    editor.open(pictures)
    assert editor.window.focusWidget() is editor.view
    editor.do("close")
    assert editor.window.focusWidget() is empty.open_button
