"""The hand: moves the picture in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint

from desktop.tools.base import Cursor, Tool, ToolEvent


class PanTool(Tool):
    """Drags the picture about."""

    def __init__(self, pan_by: Callable[[int, int], None]) -> None:
        self._pan_by = pan_by
        self._last: QPoint | None = None

    def press(self, event: ToolEvent) -> None:
        self._last = event.position

    def move(self, event: ToolEvent) -> None:
        if self._last is not None:
            step = event.position - self._last
            self._last = event.position
            self._pan_by(step.x(), step.y())

    def release(self, event: ToolEvent) -> None:
        self._last = None

    def cancel(self) -> None:
        self._last = None

    def cursor(self) -> Cursor:
        return Cursor.OPEN_HAND if self._last is None else Cursor.CLOSED_HAND
