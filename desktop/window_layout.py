"""Where the panels are and how large: one arrangement for small windows, one for large ones, each kept by itself."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar

from desktop.settings.store import settings

LAYOUT_VERSION = 3
_SMALL = QSize(1200, 720)
"""A window that is less wide or high than this is small: its panels share one position and the timeline is low."""
_LOW = 780
"""A window that is less high than this has room for two panels above each other, not for three."""
_REST_MS = 120
_COLUMN = ("objects", "anchors", "review", "quality", "engine", "proposals", "explain")
"""The panels at the right, from above; the last five share a position in a large window, all of them in a small one."""


class WindowLayout(QObject):
    """Arranges the docks of a window. A size that was chosen in a small window is none for a large one."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget], width: int) -> None:
        """`width` is the column's in a large window. The docks are as a new window has them."""
        super().__init__(window)
        self._window, self._docks, self._width = window, docks, width
        self._first = window.saveState(LAYOUT_VERSION)
        self._asked: QSize | None = None
        """The size that the window was to have: its parts, as they are made, may need more until they are arranged."""
        self._kept: dict[str, QByteArray] = {}
        self._kind = ""
        self._fresh = True
        """The docks are still as they were made."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._follow)
        store = settings()
        for kind in ("small", "large"):
            state = store.value(f"layout/{kind}")
            if isinstance(state, QByteArray):
                self._kept[kind] = state
        geometry = store.value("geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        for widget in (window, *docks.values()):
            widget.installEventFilter(self)

    def keep(self) -> None:
        """Stores size and arrangement for the next run."""
        self._note()
        store = settings()
        store.setValue("geometry", self._window.saveGeometry())
        for kind, state in self._kept.items():
            store.setValue(f"layout/{kind}", state)

    def reset(self) -> None:
        """Puts all panels back where they are in a new window."""
        self._kept.pop(self._kind, None)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # before the window is shown its parts have no sizes to change
        if event.type() == QEvent.Type.Polish and not self._kind and watched is self._window:
            self._asked = self._window.size()
        elif event.type() == QEvent.Type.Show and not self._kind and watched is self._window:
            self._kind = self._kind_now()
            self._arrange()
            if self._asked is not None and not self._window.isMaximized():
                self._window.resize(self._asked)
        elif event.type() == QEvent.Type.Resize and self._kind:
            self._rest.start()
        return False

    def _kind_now(self) -> str:
        size = self._window.size()
        return "small" if size.width() < _SMALL.width() or size.height() < _SMALL.height() else "large"

    def _follow(self) -> None:
        kind = self._kind_now()
        if kind == self._kind:
            self._note()
        else:
            # what was arranged for the other kind was noted before the window squeezed or stretched it
            self._kind = kind
            self._arrange()

    def _note(self) -> None:
        if self._kind and self._kind_now() == self._kind:
            self._kept[self._kind] = self._window.saveState(LAYOUT_VERSION)

    def _hide_left_over_bars(self) -> None:
        groups = set()
        for dock in self._docks.values():
            # of a floating dock there is no bar
            if not dock.isHidden() and not dock.isFloating():
                group = [dock, *self._window.tabifiedDockWidgets(dock)]
                groups.add(frozenset(one.windowTitle() for one in group if not one.isHidden()))
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if frozenset(bar.tabText(tab) for tab in range(bar.count())) not in groups:
                bar.hide()

    def _arrange(self) -> None:
        # Qt leaves bars of tabs on the screen that it does not use any more
        QTimer.singleShot(0, self, self._hide_left_over_bars)
        kept = self._kept.get(self._kind)
        if kept is not None and self._window.restoreState(kept, LAYOUT_VERSION):
            self._fresh = False
            return
        if not self._fresh:
            # Qt makes tab bars again then, and puts them somewhere in the row that Tab goes through
            self._window.restoreState(self._first, LAYOUT_VERSION)
        self._fresh = False
        column = [self._docks[name] for name in _COLUMN]
        timeline = self._docks["timeline"]
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        if self._kind == "small":
            for before, dock in pairwise(column):
                self._window.tabifyDockWidget(before, dock)
            column[0].raise_()
            self._window.resizeDocks([column[0]], [max(330, self._window.width() // 4)], across)
            self._window.resizeDocks([timeline], [self._window.height() // 4], down)
            return
        if self._window.height() < _LOW:
            # objects in a list of one row are not seen side by side
            self._window.tabifyDockWidget(column[1], column[2])
            column[2].raise_()
            self._window.resizeDocks([column[0], column[2]], [300, 150], down)
        else:
            # so two anchors are seen at once, and every hint is whole in a window of 700 pixels
            self._window.resizeDocks(column[:3], [290, 170, 200], down)
        # one stands for the column: of several, Qt shares out the sum
        self._window.resizeDocks(column[:1], [self._width], across)
        self._window.resizeDocks([timeline], [230], down)
