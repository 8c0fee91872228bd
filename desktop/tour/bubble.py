"""A bubble that points at something in the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import theme

_WIDTH = 340
_BUTTON_WIDTH = 76
_POINTER = 12
_CORNER = 8
_LARGE = 300
"""A thing of more pixels than this is pointed at inside, not at its edge."""


class Bubble(QWidget):
    """Explains one part of the window, with buttons for next, back and close."""

    forward = Signal()
    back = Signal()
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tip = QPoint()
        self._above = False
        """Whether the bubble is above what it points at."""
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.step_label = QLabel()
        self.step_label.setProperty("dim", True)
        self.leave_button = QPushButton(self.tr("End tour"))
        self.leave_button.clicked.connect(self.left)
        self.back_button = QPushButton(self.tr("Back"))
        self.back_button.clicked.connect(self.back)
        self.forward_button = QPushButton()
        self.forward_button.setProperty("primary", True)
        self.forward_button.clicked.connect(self.forward)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACING)
        buttons.addWidget(self.step_label, 1)
        for button in (self.leave_button, self.back_button, self.forward_button):
            button.setMinimumWidth(_BUTTON_WIDTH)
            buttons.addWidget(button)
        layout = self._layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addSpacing(theme.SPACING)
        layout.addLayout(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setStyleSheet("Bubble QLabel { background: transparent; }")

    def show_step(self, title: str, text: str, number: int, count: int) -> None:
        """Shows step `number` of `count`, from 1."""
        self.title.setText(title)
        self.text.setText(text)
        self.step_label.setText(self.tr("{number} of {count}").format(number=number, count=count))
        self.setAccessibleName(f"{title}. {text}")
        self.back_button.setVisible(number > 1)
        self.leave_button.setVisible(number < count)
        self.forward_button.setText(self.tr("Done") if number == count else self.tr("Next"))

    def point_at(self, target: QRect) -> None:
        """Moves to a rectangle of the parent: below it where there is room, else above it."""
        room = self._window.rect()
        large = target.height() > _LARGE
        tip = QPoint(target.center().x(), target.top() + target.height() // 3 if large else target.bottom())
        height = self._height()
        self._above = not large and tip.y() + height > room.bottom()
        if self._above:
            tip.setY(target.top())
        margins = (_POINTER, 0) if not self._above else (0, _POINTER)
        inside = 2 * theme.MARGIN
        self._layout.setContentsMargins(inside, inside + margins[0], inside, inside + margins[1])
        left = min(max(tip.x() - _WIDTH // 2, room.left() + theme.MARGIN), room.right() - _WIDTH - theme.MARGIN)
        top = tip.y() - height if self._above else tip.y()
        self._tip = QPoint(tip.x() - left, height if self._above else 0)
        self.setGeometry(left, top, _WIDTH, height)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forward.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.ACCENT), 1.4))
        painter.setBrush(QColor(theme.SURFACE))
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._above:
            body.setBottom(body.bottom() - _POINTER)
        else:
            body.setTop(body.top() + _POINTER)
        shape = QPainterPath()
        shape.addRoundedRect(body, _CORNER, _CORNER)
        edge = body.bottom() if self._above else body.top()
        x = min(max(self._tip.x(), body.left() + 2 * _CORNER + _POINTER), body.right() - 2 * _CORNER - _POINTER)
        pointer = QPainterPath()
        pointer.addPolygon(
            QPolygonF([QPointF(x - _POINTER, edge), QPointF(self._tip.x(), self._tip.y()), QPointF(x + _POINTER, edge)])
        )
        painter.drawPath(shape.united(pointer))

    def _height(self) -> int:
        inside = 2 * theme.MARGIN
        self._layout.setContentsMargins(inside, inside + _POINTER, inside, inside)
        return self._layout.totalHeightForWidth(_WIDTH)
