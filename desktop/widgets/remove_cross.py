"""A delegate that paints a cross at the right end of each row, to remove it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme.icons import ThemedIcon

_SIZE = 16
_MARGIN = 6


class RemoveCross(QStyledItemDelegate):
    """Paints the cross on the row under the pointer and on the chosen one; the view takes the clicks on it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = ThemedIcon("cancel")

    @staticmethod
    def area(row: QRect) -> QRect:
        """The rectangle of the cross in a row."""
        return QRect(row.right() - _MARGIN - _SIZE, row.top() + _MARGIN, _SIZE, _SIZE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        state = option.state
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            self._icon.now().paint(painter, self.area(option.rect), Qt.AlignmentFlag.AlignCenter)
