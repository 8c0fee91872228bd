"""A long row of random clicks, keys and commands on the canvas: whatever comes, what is shown is what is stored."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.types import Box, Combine
from desktop.actions.edit_menu import TOOLS
from desktop.actions.overlay_menu import OVERLAYS
from tests.desktop.conftest import Editor

STEPS = 220
NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
BUTTONS = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
COMMANDS = (
    "grow_mask", "shrink_mask_more", "fill_holes", "remove_specks", "smooth_mask", "copy_next", "copy_previous",
    "clear_mask",
)  # fmt: skip


class Monkey:
    """Does one random thing after another, the same for the same seed."""

    def __init__(self, editor: Editor, seed: int) -> None:
        self._editor = editor
        self._session = editor.window.session
        self._random = random.Random(seed)
        self._down: Qt.MouseButton | None = None
        mouse = [self.press, *[self.move] * 3, *[self.release] * 2]
        rest = [self.tool, self.key, self.key, self.undo, self.redo, self.frame, self.choose, self.toggle, self.command]
        self._ways = [*mouse, *rest, self.look, self.combine, self.wait]

    def step(self) -> None:
        self._random.choice(self._ways)()

    def rest(self) -> None:
        """Lets everything go."""
        self.release()
        self._editor.key(Qt.Key.Key_Escape)
        self._editor.view.cancel_tool()

    def press(self) -> None:
        if self._down is None:
            self._down = self._random.choice(BUTTONS)
            keys = self._random.choice((NO_KEYS, SHIFT, ALT, SHIFT | ALT, CTRL))
            QTest.mousePress(self._editor.view.viewport(), self._down, keys, self._place())

    def move(self) -> None:
        QTest.mouseMove(self._editor.view.viewport(), self._place())

    def release(self) -> None:
        if self._down is not None:
            QTest.mouseRelease(self._editor.view.viewport(), self._down, NO_KEYS, self._place())
            self._down = None

    def tool(self) -> None:
        self._editor.do(self._random.choice(TOOLS))

    def key(self) -> None:
        self._editor.key(self._random.choice(KEYS))

    def undo(self) -> None:
        self._editor.key(Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        self._editor.key(Qt.Key.Key_Y, CTRL)

    def frame(self) -> None:
        self._session.go_to(self._random.randrange(4))

    def choose(self) -> None:
        if len(self._session.tracks) < 4:
            self._session.add_object()
        else:
            self._session.choose_object(self._random.randrange(1, 5))

    def toggle(self) -> None:
        if self._session.tracks:
            track = self._random.choice(self._session.tracks)
            self._session.toggle_object(track.object_id, self._random.choice(("locked", "visible")))

    def command(self) -> None:
        if self._session.tracks:
            self._editor.do(self._random.choice(COMMANDS))

    def look(self) -> None:
        self._editor.view.zoom_to(self._random.uniform(0.5, 20))
        self._editor.do(self._random.choice(OVERLAYS))

    def combine(self) -> None:
        self._editor.window.area.set_how(self._random.choice(list(Combine)))

    def wait(self) -> None:
        QTest.qWait(self._random.choice((1, 20)))

    def _place(self):  # type: ignore[no-untyped-def]
        return self._editor.at(self._random.uniform(-5, 100), self._random.uniform(-5, 70))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_shown_is_what_is_stored(opened: Editor, seed: int) -> None:
    monkey = Monkey(opened, seed)
    for _ in range(STEPS):
        monkey.step()
    monkey.rest()
    session, canvas = opened.window.session, opened.window.canvas
    opened.qtbot.waitUntil(lambda: canvas.shown_frame == session.frame_index)
    item = opened.view.mask_item
    assert (item.labels == opened.labels).all()
    outlines = item._edges.copy()
    item.touched(Box(0, 0, 96, 64))
    assert (item._edges == outlines).all(), "outlines are those of the labels"
    assert not opened.view.tool.pending
    assert not opened.window.tool_options.pending_bar.isVisible()


@pytest.mark.parametrize("seed", range(3, 5))
def test_a_locked_object_keeps_every_pixel(opened: Editor, seed: int) -> None:
    opened.paint_box(30, 20, 60, 45, object_id=1)
    session = opened.window.session
    session.add_object()
    session.change_object(1, locked=True)
    before = opened.labels == 1
    monkey = Monkey(opened, seed)
    kept = {monkey.frame, monkey.toggle, monkey.undo, monkey.redo}
    monkey._ways = [way for way in monkey._ways if way not in kept]
    for _ in range(STEPS):
        monkey.step()
    monkey.rest()
    assert ((opened.labels == 1) == before).all()
