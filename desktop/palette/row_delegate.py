"""Rows of the palette: what cannot be done now is grey, chosen or not."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.widgets.lists.row_delegate import RowDelegate

CAN_BE_DONE = Qt.ItemDataRole.UserRole
"""The role of an item's data that says so."""


class PaletteRowDelegate(RowDelegate):
    """Paints such a row as disabled. The item itself is not: it can be chosen, to see what is missing."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if not index.sibling(index.row(), 0).data(CAN_BE_DONE):
            option.state &= ~QStyle.StateFlag.State_Enabled
