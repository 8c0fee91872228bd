"""One of several things, all of which are seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

_MOST_ROWS = 10
"""A longer list scrolls."""
_LEAST_WIDTH, _MOST_WIDTH = 420, 900
"""In logical pixels."""


class ChoiceDialog(QDialog):
    """Asks a question to which the answers are a list; the first of them is chosen already."""

    def __init__(self, title: str, question: str, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        label = QLabel(question)
        label.setWordWrap(True)
        self.list = QListWidget()
        self.list.addItems(list(choices))
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        rows = min(max(2, len(choices)), _MOST_ROWS)
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth())
        wanted = self.list.sizeHintForColumn(0) + 4 * self.list.frameWidth() + 24
        self.list.setMinimumWidth(min(max(_LEAST_WIDTH, wanted), _MOST_WIDTH))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (label, self.list, buttons):
            layout.addWidget(part)
        self.list.setFocus()

    @property
    def choice(self) -> int:
        """The index of what is chosen."""
        return self.list.currentRow()
