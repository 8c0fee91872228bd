"""A pointer that keys move: every tool of the canvas without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

_STEP, _FINE, _FAR = 8.0, 1.0, 64.0
_ARM = 11.0
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class KeyPointer(QGraphicsItem):
    """A cross on the canvas. Arrow keys move it, by pixels of the screen: with shift by one, with control far.

    Space presses the left button where it is, and lets it go the next time; what is done in between is a drag. The
    tools get the mouse's own events, with whatever of shift, control and alt is held when space is pressed.
    """

    def __init__(self, view: QGraphicsView, is_dragging: Callable[[], bool]) -> None:
        """`is_dragging` says whether a tool has the mouse: what began by a key may have been cancelled since."""
        super().__init__()
        self._view, self._is_dragging = view, is_dragging
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(20)
        self.setVisible(False)

    def set_wanted(self, wanted: bool) -> None:
        """Shows it, in the middle of what is seen, or hides it; a drag that it began ends."""
        if not wanted and self.isVisible() and self._is_dragging():
            self._send(QEvent.Type.MouseButtonRelease, Qt.KeyboardModifier.NoModifier)
        self.setVisible(wanted)
        if wanted:
            self._move_to(QPointF(self._view.viewport().rect().center()))
            self._view.setFocus()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is for it, and not for the shortcuts of the window."""
        return self.isVisible() and (event.key() in _MOVES or event.key() == Qt.Key.Key_Space)

    def take(self, event: QKeyEvent) -> bool:
        """Does what a key says; False if it is not for it."""
        if not self.wants(event):
            return False
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                down = self._is_dragging()
                self._send(QEvent.Type.MouseButtonRelease if down else QEvent.Type.MouseButtonPress, keys)
            return True
        step = _STEP
        if keys & Qt.KeyboardModifier.ShiftModifier:
            step = _FINE
        elif keys & Qt.KeyboardModifier.ControlModifier:
            step = _FAR
        dx, dy = _MOVES[Qt.Key(event.key())]
        port = self._view.viewport().rect()
        position = self._position() + QPointF(step * dx, step * dy)
        self._move_to(QPointF(min(max(position.x(), 0), port.right()), min(max(position.y(), 0), port.bottom())))
        self._send(QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier)
        return True

    def boundingRect(self) -> QRectF:
        return QRectF(-_ARM - 2, -_ARM - 2, 2 * _ARM + 4, 2 * _ARM + 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        for colour, width in ((QColor(0, 0, 0, 200), 4.0), (QColor(255, 255, 255), 1.6)):
            painter.setPen(QPen(colour, width))
            for sign in (-1, 1):
                painter.drawLine(QPointF(sign * 3, 0), QPointF(sign * _ARM, 0))
                painter.drawLine(QPointF(0, sign * 3), QPointF(0, sign * _ARM))

    def _position(self) -> QPointF:
        """Where it is in the view's port."""
        return self._view.viewportTransform().map(self.pos())

    def _move_to(self, position: QPointF) -> None:
        self.setPos(self._view.viewportTransform().inverted()[0].map(position))

    def _send(self, kind: QEvent.Type, keys: Qt.KeyboardModifier) -> None:
        port, position = self._view.viewport(), self._position()
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        moved, released = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
        held = none if released or (moved and not self._is_dragging()) else left
        event = QMouseEvent(kind, position, QPointF(port.mapToGlobal(position)), none if moved else left, held, keys)
        QApplication.sendEvent(port, event)
