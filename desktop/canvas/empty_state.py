"""What the canvas shows before a clip is open: what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.theme.icons import icon, pixmap

_RECENT_SHOWN = 5
_RECENT_WIDTH = 480
"""Pixels: as much as there is next to the panels of a small window."""


class EmptyState(QWidget):
    """A button to open, a hint to drop, and the files opened last."""

    open_requested = Signal()
    folder_requested = Signal()
    sample_requested = Signal()
    recent_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(f"EmptyState {{ background: {theme.CANVAS}; }} QLabel {{ background: transparent; }}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        picture = QLabel()
        picture.setPixmap(pixmap("clip", 64))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = QLabel(self.tr("Open a clip to begin"))
        heading.setProperty("heading", True)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = QLabel(
            self.tr(
                "Drop a clip, a folder of pictures or a project here, or choose one. "
                "Then Smart select (S) masks an object."
            )
        )
        hint.setProperty("dim", True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # next to the panels of a small window there is no room for one line
        hint.setWordWrap(True)
        self.open_button = QPushButton(icon("open", "#ffffff"), self.tr("Open clip…"))
        self.open_button.setProperty("primary", True)
        self.open_button.clicked.connect(self.open_requested)
        self.folder_button = QPushButton(self.tr("Open folder of pictures…"))
        self.folder_button.clicked.connect(self.folder_requested)
        self.sample_button = QPushButton(self.tr("Try the sample clip"))
        self.sample_button.clicked.connect(self.sample_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACING)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.SPACING)
        layout.addStretch(2)
        for widget in (picture, heading, hint):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addSpacing(2 * theme.MARGIN)
        layout.addLayout(self._recent)
        layout.addStretch(3)

    def set_tips(self, open_tip: str, folder_tip: str, sample_tip: str) -> None:
        """Says what the buttons do and which keys do the same."""
        for button, tip in (
            (self.open_button, open_tip),
            (self.folder_button, folder_tip),
            (self.sample_button, sample_tip),
        ):
            button.setToolTip(tip)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # who works by keys begins here, not at what happens to come first in the window
        if not event.spontaneous():
            self.open_button.setFocus()

    def set_recent(self, paths: list[Path]) -> None:
        while item := self._recent.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for path in paths[:_RECENT_SHOWN]:
            button = QToolButton()
            text = f"{path.name}    {path.parent}"
            button.setText(button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _RECENT_WIDTH))
            button.setProperty("flat", True)
            button.setToolTip(str(path))
            button.clicked.connect(lambda _checked=False, chosen=path: self.recent_chosen.emit(chosen))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
