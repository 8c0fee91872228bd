"""What dialogs that start a long work have in common: their rows, and the two buttons below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import theme


def titled_rows(rows: Iterable[tuple[str, QWidget]]) -> QFormLayout:
    """Rows of a title and a field."""
    form = QFormLayout()
    form.setVerticalSpacing(2 * theme.SPACING)
    form.setHorizontalSpacing(2 * theme.MARGIN)
    for title, field in rows:
        form.addRow(title, field)
    return form


def lay_out(dialog: QDialog, form: QFormLayout, missing: QLabel, go: str, cancel: str) -> QPushButton:
    """Rows, what is missing, and below two buttons that accept and reject the dialog; returns the one to go."""
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
    layout.addLayout(form)
    layout.addStretch()
    layout.addWidget(missing)
    layout.addWidget(buttons)
    return button
