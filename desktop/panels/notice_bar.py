"""A line over the canvas that says what happened, what was kept and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop.settings.core_texts import core_message
from desktop.theme import theme
from desktop.theme.icons import icon, pixmap

_SHORT_MS = 6000

_log = logging.getLogger(__name__)


class Kind(Enum):
    INFO = "info"
    """Goes away by itself."""
    WARNING = "warning"
    """Goes away by itself."""
    ERROR = "error"
    """Stays until it is dismissed."""


class NoticeBar(QFrame):
    """Shows one notice at a time; the newest wins. Lies over the top of its parent, so that nothing moves below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        parent.installEventFilter(self)
        self.setObjectName("notice")
        self._icon = QLabel()
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setAccessibleName(self.tr("Notice"))
        self.button = QPushButton()
        """What can be done about it; hidden where there is nothing."""
        self.button.clicked.connect(self._act)
        self._action: Callable[[], object] | None = None
        close = QToolButton()
        close.setIcon(icon("cancel"))
        close.setProperty("flat", True)
        close.setToolTip(self.tr("Dismiss"))
        close.setAccessibleName(self.tr("Dismiss"))
        close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 4, 4, 4)
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
        return "" if self.isHidden() else self.label.text()

    def say(
        self, text: str, kind: Kind = Kind.INFO, offer: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Shows a notice. `offer` names a button that does `action`; such a notice stays until it is answered."""
        _log.log(logging.INFO if kind is Kind.INFO else logging.WARNING, "%s", text)
        text = "\n".join(core_message(line) for line in text.split("\n"))
        self._action = action
        self.button.setText(offer)
        self.button.setVisible(action is not None)
        self._icon.setPixmap(pixmap("info" if kind is Kind.INFO else "warning", theme.ICON_SIZE))
        colour = {Kind.INFO: theme.ACCENT, Kind.WARNING: theme.WARNING, Kind.ERROR: theme.ERROR}[kind]
        self.setStyleSheet(
            f"#notice {{ background: {theme.RAISED}; border: 0; border-left: 3px solid {colour}; }}"
            "#notice QLabel { background: transparent; }"
        )
        self.label.setText(text)
        self._place()
        self.setVisible(True)
        self.raise_()
        if kind is Kind.ERROR or action is not None:
            self._timer.stop()
        else:
            self._timer.start()

    def dismiss(self) -> None:
        self._timer.stop()
        self.setVisible(False)

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = self._over.width() - 2 * theme.MARGIN
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        self.setGeometry(theme.MARGIN, theme.MARGIN, width, max(height, self.sizeHint().height()))
