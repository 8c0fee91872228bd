"""Labels that cut their text short where there is no room for it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Asks for no room; what does not fit ends in an ellipsis, and the whole text is the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), text)


class WholeLines(QLabel):
    """A text of several lines. Where its panel is low, the last whole line ends in an ellipsis; the tooltip has all."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def shown_lines(self) -> list[str]:
        """The lines there is room for, one at least; the last one ends in an ellipsis if it is not the text's last."""
        text, room = self.text(), self.contentsRect()
        layout = QTextLayout(text, self.font())
        starts: list[int] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room.width())
            starts.append(line.textStart())
        layout.endLayout()
        count = max(1, room.height() // self.fontMetrics().lineSpacing())
        parts = [text[start:end].rstrip() for start, end in pairwise((*starts, len(text)))]
        if len(parts) <= count:
            return parts
        rest = text[starts[count - 1] :]
        return [*parts[: count - 1], self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, room.width())]

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.heightForWidth(self.width()) <= self.height():
            super().paintEvent(event)
            return
        painter, room, height = QPainter(self), self.contentsRect(), self.fontMetrics().lineSpacing()
        for number, line in enumerate(self.shown_lines()):
            painter.drawText(QRect(room.left(), room.top() + number * height, room.width(), height), 0, line)
