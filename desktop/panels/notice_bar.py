"""A line over the status bar that says what happened, what was kept and what to do. Never over the picture."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from desktop.panels.notices import Kind, Notice, NoticeHistory
from desktop.program.folders import show_in_folder
from desktop.theme import theme
from desktop.theme.icons import IconButton, pixmap

__all__ = ["Kind", "NoticeBar"]

_SHORT_MS = 8000
_LEAST_HEIGHT = 34

_log = logging.getLogger(__name__)


class NoticeBar(QFrame):
    """Shows one notice at a time; the newest wins, and the history has them all.

    Lies over the status bar of its window, and grows upward over the timeline where a text is long, but not up to the
    picture: what then has no room is in the tooltip and in the history.
    """

    added = Signal(object)
    """A Notice, which is in the history now."""

    def __init__(self, bar: QStatusBar, window: QWidget) -> None:
        super().__init__(window)
        self.history = NoticeHistory()
        self._bar = bar
        bar.setMinimumHeight(_LEAST_HEIGHT)
        bar.installEventFilter(self)
        self._clear_of: tuple[QWidget, ...] = ()
        self._below: QWidget | None = None
        self._text = ""
        self.setObjectName("notice")
        self._icon = QLabel()
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setAccessibleName(self.tr("Notice"))
        self.button = QPushButton()
        """What can be done about it; hidden where there is nothing."""
        # it goes with the click, and the keys would go to whatever comes next
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._act)
        self._action: Callable[[], object] | None = None
        close = IconButton("cancel")
        close.setToolTip(self.tr("Dismiss"))
        close.setAccessibleName(self.tr("Dismiss"))
        close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 2, 4, 2)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self._icon)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        layout.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHORT_MS)
        self._timer.timeout.connect(self.dismiss)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What is shown; empty while nothing is."""
        return "" if self.isHidden() else self._text

    def keep_clear(self, *widgets: QWidget) -> None:
        """The bar ends before these parts of the status bar."""
        self._clear_of = widgets

    def keep_below(self, widget: QWidget) -> None:
        """The bar never lies over this one."""
        self._below = widget
        widget.installEventFilter(self)

    def notify(
        self,
        text: str,
        kind: Kind = Kind.INFO,
        offer: str = "",
        action: Callable[[], object] | None = None,
        path: Path | None = None,
    ) -> None:
        """Shows a notice. `offer` names a button that does `action`; such a notice stays until it is answered.

        `path` is a result that can be shown in its folder, now and from the history.
        """
        _log.log(logging.INFO if kind is Kind.INFO else logging.WARNING, "%s", text)
        notice = Notice(text, kind, datetime.now().astimezone(), offer, action, path)
        self.history.add(notice)
        if path is not None and action is None:
            offer, action = self.tr("Show in folder"), lambda: show_in_folder(path)
        self._action = action
        self.button.setText(offer)
        self.button.setToolTip(offer)
        self.button.setVisible(action is not None)
        self._icon.setPixmap(pixmap("info" if kind is Kind.INFO else "warning", theme.ICON_SIZE))
        colour = {Kind.INFO: theme.ACCENT, Kind.WARNING: theme.WARNING, Kind.ERROR: theme.ERROR}[kind]
        self.setStyleSheet(
            f"#notice {{ background: {theme.RAISED}; border: 0; border-left: 3px solid {colour}; }}"
            "#notice QLabel { background: transparent; }"
        )
        self._text = text
        self._update_geometry()
        self.setVisible(True)
        self.raise_()
        if kind is Kind.ERROR or notice.action is not None:
            self._timer.stop()
        else:
            self._timer.start()
        self.added.emit(notice)

    def dismiss_news(self) -> None:
        """Another piece of work begins: what is no warning goes, and stays in the history."""
        if not self.isHidden() and self.history.notices and self.history.notices[-1].kind is Kind.INFO:
            self.dismiss()

    def dismiss(self) -> None:
        self._timer.stop()
        self.setVisible(False)

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)
        # the status bar is laid out with every move of the mouse; what is hidden gets its place when it is shown
        if moved and not self.isHidden():
            self._update_geometry()
        return super().eventFilter(watched, event)

    def _update_geometry(self) -> None:
        bar = self._bar.geometry()
        ends = [widget.x() for widget in self._clear_of if widget.isVisible()]
        width = min(ends, default=bar.width()) - 2
        height = self._height_of(self._text, width)
        limit = bar.height()
        if self._below is not None and self._below.isVisible():
            limit = max(limit, bar.bottom() + 1 - self._below.mapTo(self.window(), self._below.rect().bottomLeft()).y())
        else:
            limit = max(limit, height)
        if height > limit:
            self._shorten(width, limit)
            height = limit
        self.label.setToolTip(self._text if self.label.text() != self._text else "")
        self.setGeometry(bar.x(), bar.bottom() + 1 - height, width, height)

    def _height_of(self, text: str, width: int) -> int:
        """What the bar needs to show a text."""
        self.label.setText(text)
        layout = self.layout()
        if layout is None:
            return self._bar.height()
        layout.invalidate()
        return max(layout.heightForWidth(width), self._bar.height())

    def _shorten(self, width: int, limit: int) -> None:
        """Shows as much of the text as there is room for."""
        low, high = 0, len(self._text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._height_of(self._text[:middle] + "…", width) <= limit:
                low = middle
            else:
                high = middle - 1
        self.label.setText(self._text[:low] + "…")
