"""What dialogs that start a long work have in common: their rows, and the two buttons below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import theme

_AROUND = 200
"""Pixels of the screen's height for what is around a dialog's rows: title, margins, what is missing and the buttons."""


class Rows(QScrollArea):
    """A dialog's rows, as high as they are; on a screen that is too low for them they are scrolled, and the buttons
    below stay on it.
    """

    def __init__(self, form: QFormLayout, least: int = 0) -> None:
        """`least` is how wide they are at least, in pixels."""
        super().__init__()
        self._least = QSize(least, 0)
        self.content = QWidget()
        self._form = form
        form.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        # where there is more room than the rows need they stay together
        layout.addStretch(1)
        self.setWidget(self.content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keep_room(self) -> None:
        """Has room from now on for the rows that are shown now: what is below does not move when they come and go."""
        self._form.invalidate()
        self._least = self._least.expandedTo(self._wanted())
        # its layout remembers what it needed before
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        wanted, room = self._wanted(), self.screen().availableSize().height() - _AROUND
        if wanted.height() <= room:
            return wanted.expandedTo(QSize(0, min(self._least.height(), room)))
        return QSize(wanted.width() + self.verticalScrollBar().sizeHint().width(), room)

    def _wanted(self) -> QSize:
        """What the rows that are shown need, as wide as all need that there are."""
        form = self._form
        wanted = form.sizeHint().expandedTo(form.minimumSize()).expandedTo(QSize(self._least.width(), 0))
        if form.hasHeightForWidth():
            # a text that wraps is the lower the wider it is
            wanted.setHeight(form.totalHeightForWidth(max(wanted.width(), self.viewport().width())))
        return wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.content:
            # rows have come or gone
            self.updateGeometry()
        return super().eventFilter(watched, event)


def titled_rows(rows: Iterable[tuple[str, QWidget]]) -> QFormLayout:
    """Rows of a title and a field."""
    form = QFormLayout()
    form.setVerticalSpacing(2 * theme.SPACING)
    form.setHorizontalSpacing(2 * theme.MARGIN)
    for title, field in rows:
        form.addRow(title, field)
    return form


def lay_out(dialog: QDialog, form: QFormLayout, missing: QLabel, go: str, cancel: str, width: int) -> QPushButton:
    """Rows, what is missing, and below two buttons that accept and reject the dialog; returns the one to go.

    The dialog is at least `width` pixels wide.
    """
    missing.setProperty("dim", True)
    buttons = QDialogButtonBox()
    button = buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
    button.setProperty("primary", True)
    button.setDefault(True)
    buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setSpacing(2 * theme.MARGIN)
    layout.setContentsMargins(*4 * (2 * theme.MARGIN,))
    # not the dialog's own least width: that would keep it from growing with rows that need more
    layout.addWidget(Rows(form, width - 4 * theme.MARGIN))
    layout.addStretch()
    layout.addWidget(missing)
    layout.addWidget(buttons)
    return button
