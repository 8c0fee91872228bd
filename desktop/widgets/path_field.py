"""A path to type or to choose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.theme import theme


class PathField(QWidget):
    """A folder or, with `manifests`, a folder or a list of clips."""

    changed = Signal()

    def __init__(self, title: str, manifests: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.path_edit = QLineEdit()
        self.path_edit.setAccessibleName(title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.path_edit, 1)
        choices = [(self.tr("Folder…"), self._choose_folder)]
        if manifests:
            choices.append((self.tr("List…"), self._choose_file))
        for text, choose in choices:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(choose)
            layout.addWidget(button)
        self.path_edit.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def path(self) -> Path | None:
        """The path; None while there is none."""
        text = self.path_edit.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path) -> None:
        """Shows another path."""
        self.path_edit.setText(str(path))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._title, self.path_edit.text())
        if chosen:
            self.path_edit.setText(chosen)

    def _choose_file(self) -> None:
        filters = self.tr(
            "Lists of clips and timelines (*.toml *.json *.csv *.tsv *.otio *.otioz *.edl *.fcpxml *.xml)"
        )
        chosen, _ = QFileDialog.getOpenFileName(self, self._title, self.path_edit.text(), filters)
        if chosen:
            self.path_edit.setText(chosen)
