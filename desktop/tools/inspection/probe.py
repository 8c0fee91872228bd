"""Look inside: a click asks what the network knows of the pixel under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.tools.base import Cursor, Point, Tool, ToolEvent


class Probe(QObject):
    """Answers questions about pixels; shared by the tool and the panel."""

    asked = Signal(float, float)
    """(x, y) in pixels of the picture."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.point: Point | None = None
        """The point that was probed last, on the frame that is shown."""


class ProbeTool(Tool):
    """A click asks; nothing is changed by it."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe

    def press(self, event: ToolEvent) -> None:
        self._probe.point = event.point
        self._probe.asked.emit(*event.point)

    def move(self, event: ToolEvent) -> None:
        pass

    def release(self, event: ToolEvent) -> None:
        pass

    def cancel(self) -> None:
        pass

    def cursor(self) -> Cursor:
        return Cursor.CROSS
