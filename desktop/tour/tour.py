"""The three steps of the tour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.settings.store import settings
from desktop.tour.bubble import Bubble

_DONE = "tour_done"


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    target: Callable[[], QWidget | None]
    """What is pointed at; None where it is not to be seen."""


class Tour(QObject):
    """Shows one bubble after the other over a window, which can be used meanwhile. Ends with the window."""

    ended = Signal()

    def __init__(self, window: QWidget, steps: list[Step]) -> None:
        super().__init__(window)
        self._window, self._steps = window, steps
        self._number = 0
        self.bubble = Bubble(window)
        self.bubble.forward.connect(lambda: self._go(1))
        self.bubble.back.connect(lambda: self._go(-1))
        self.bubble.left.connect(self.end)
        window.installEventFilter(self)
        self._go(0)

    @property
    def step(self) -> Step:
        return self._steps[self._number]

    def end(self) -> None:
        """Takes the bubble away; the tour does not come by itself again."""
        settings().setValue(_DONE, True)
        self._window.removeEventFilter(self)
        self.bubble.hide()
        self.bubble.deleteLater()
        self.ended.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._move_bubble()
        return super().eventFilter(watched, event)

    def _go(self, by: int) -> None:
        self._number += by
        if self._number >= len(self._steps):
            self.end()
            return
        self.bubble.show_step(self.step.title, self.step.text, self._number + 1, len(self._steps))
        self._move_bubble()
        self.bubble.show()
        self.bubble.raise_()
        self.bubble.forward_button.setFocus()

    def _move_bubble(self) -> None:
        target = self.step.target()
        if target is None:
            self.bubble.point_at(self._window.rect())
        else:
            self.bubble.point_at(QRect(target.mapTo(self._window, QPoint(0, 0)), target.size()))


def was_seen() -> bool:
    """Whether the tour was shown to its end, or left."""
    return str(settings().value(_DONE, "false")).lower() == "true"


def button_of(window: QWidget, action: QAction) -> QWidget | None:
    """The button that does an action, where one can be seen."""
    buttons = window.findChildren(QToolButton)
    return next((button for button in buttons if button.defaultAction() is action and button.isVisible()), None)
