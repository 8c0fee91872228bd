"""A list of which several rows can be chosen."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_AS_THEY_ARE = QItemSelectionModel.SelectionFlag.NoUpdate


class SeveralRows(QTreeView):
    """Ctrl and Shift choose several rows. A click on a switch leaves them chosen, as it is about them all."""

    def __init__(self, switches: Collection[int], parent: QWidget | None = None) -> None:
        """`switches` are the columns of things to click on."""
        super().__init__(parent)
        self._switches = switches
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def chosen_rows(self) -> list[int]:
        """The rows that are chosen, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def go_to(self, index: QModelIndex) -> None:
        """Makes a row the current one; if it is one of several that are chosen, they stay so."""
        go_to(self, index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # a panel that grows next to it takes rows away: not the one that is worked on
        if event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        if index.isValid() and index.column() in self._switches:
            return _AS_THEY_ARE if self.selectionModel().isSelected(index) else _ALONE
        return super().selectionCommand(index, event)


def go_to(view: QAbstractItemView, index: QModelIndex) -> None:
    """Makes a row of a list the current one; if it is one of several that are chosen, they stay so.

    The view's own way would take a Ctrl or Shift that is held for something else as a wish to choose several.
    """
    chosen = view.selectionModel()
    chosen.setCurrentIndex(index, _AS_THEY_ARE if chosen.isSelected(index) else _ALONE)
