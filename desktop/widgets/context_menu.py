"""What a click with the right button, or the menu key, offers for the thing under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QMenu, QWidget

from desktop.widgets.lists.several_rows import go_to


class ContextMenu(QObject):
    """The menu of a widget: the actions of the window that concern what is pointed at, which is chosen first."""

    def __init__(self, widget: QWidget, actions: Sequence[QAction], choose: Callable[[QPoint], bool]) -> None:
        """`choose` makes the thing at a point of the widget the current one; False if there is none."""
        super().__init__(widget)
        self._widget, self._choose = widget, choose
        self.menu = QMenu(widget)
        self.menu.setToolTipsVisible(True)
        self.menu.addActions(actions)
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(self._show)

    def _show(self, point: QPoint) -> None:
        if self._choose(point):
            # a view counts from its viewport
            origin = self._widget.viewport() if isinstance(self._widget, QAbstractScrollArea) else self._widget
            self.menu.popup(origin.mapToGlobal(point))


def give_row_menu(view: QAbstractItemView, actions: Sequence[QAction], go: Callable[[int], object]) -> ContextMenu:
    """A menu for the rows of a view; `go` does what a click on the row does."""

    def choose(point: QPoint) -> bool:
        index = view.indexAt(point)
        if index.isValid():
            go_to(view, index)
            go(index.row())
        return index.isValid()

    return ContextMenu(view, actions, choose)
