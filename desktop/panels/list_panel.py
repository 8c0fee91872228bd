"""What the panels with a list have in common: the list, a hint while it is empty, and filling it now and then."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.widgets.elided_label import WholeLines

LEAST_LIST = 30
"""A row is enough where room is short."""
_SHARE = 30
"""A list takes at most this part of the UI thread's time."""


def show_one(first: QWidget, second: QWidget, is_first: bool) -> None:
    """Shows one of two widgets in one position. The other is hidden first: both would make the window grow."""
    shown, hidden = (first, second) if is_first else (second, first)
    hidden.setVisible(False)
    shown.setVisible(True)


class ListPanel(QWidget):
    """A list, or a hint in its place. Changes that come in quick succession fill it once."""

    def set_up(self, view: QListView, name: str, hint: str, refresh_ms: int) -> None:
        """Lays out the panel; called once. `name` is read out in place of the list's title."""
        self._view = view
        view.setIconSize(QSize(14, 14))
        view.setUniformItemSizes(True)
        view.setAccessibleName(name)
        view.setMinimumHeight(LEAST_LIST)
        self.hint = WholeLines(hint)
        self.hint.setProperty("dim", True)
        self.hint.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.hint, 1)
        layout.addWidget(view, 1)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(refresh_ms)
        self._refresh.timeout.connect(self.fill)
        self.show_hint(True)

    @abstractmethod
    def fill(self) -> None:
        """Makes the list what the project says now."""

    def fill_soon(self) -> None:
        """Fills the list once, however often this is called meanwhile."""
        if not self._refresh.isActive():
            self._refresh.start()

    def filled_in(self, refresh_ms: int, seconds: float) -> None:
        """The list was filled, which took so long: it is not filled again at once, and takes little of the time."""
        self._refresh.stop()
        self._refresh.setInterval(max(refresh_ms, int(_SHARE * 1000 * seconds)))

    def show_hint(self, empty: bool) -> None:
        """Shows the hint in place of an empty list."""
        show_one(self.hint, self._view, empty)
