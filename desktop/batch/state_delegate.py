"""Paints a clip's state, over a bar while it is at work."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.batch.model import FRACTION_ROLE
from desktop.theme import theme

_INSET = 2


class StateDelegate(QStyledItemDelegate):
    """A bar behind the text shows the clip's progress."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        fraction = index.data(FRACTION_ROLE)
        if fraction is not None:
            room = QRectF(option.rect).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            painter.fillRect(room, QColor(theme.RAISED))
            painter.fillRect(QRectF(room.x(), room.y(), room.width() * fraction, room.height()), QColor(theme.PROGRESS))
        super().paint(painter, option, index)
