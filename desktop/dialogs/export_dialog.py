"""Asks where the masks go, and of which frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme


@dataclass(frozen=True)
class ExportChoice:
    folder: Path
    marked_range: bool
    """Only the in/out range."""


class ExportDialog(QDialog):
    """A folder and the frames; Export stays disabled until there is a folder."""

    def __init__(self, folder: Path, range_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export masks"))
        self.setMinimumWidth(520)
        note = QLabel(self.tr("One PNG a frame at the clip's size. A pixel's value is the number of its object."))
        note.setProperty("dim", True)
        note.setWordWrap(True)
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName(self.tr("Folder"))
        browse = QPushButton(self.tr("Browse…"))
        # or the return key in the folder's field would browse instead of export
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        self.whole = QRadioButton(self.tr("Whole clip"))
        self.marked = QRadioButton(
            self.tr("Range {range}").format(range=range_text) if range_text else self.tr("Range")
        )
        self.marked.setEnabled(bool(range_text))
        self.whole.setChecked(True)
        frames = QHBoxLayout()
        frames.addWidget(self.whole)
        frames.addWidget(self.marked)
        frames.addStretch()
        form = QFormLayout()
        form.setVerticalSpacing(2 * theme.SPACING)
        form.setHorizontalSpacing(2 * theme.MARGIN)
        form.addRow(self.tr("Folder"), row)
        form.addRow(self.tr("Frames"), frames)
        buttons = QDialogButtonBox()
        self.export_button = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.MARGIN)
        layout.setContentsMargins(*4 * (2 * theme.MARGIN,))
        layout.addWidget(note)
        layout.addLayout(form)
        layout.addStretch()
        layout.addWidget(buttons)
        self.folder.textChanged.connect(self._check)
        self._check()

    @property
    def choice(self) -> ExportChoice:
        return ExportChoice(Path(self.folder.text().strip()).expanduser(), self.marked.isChecked())

    def _check(self) -> None:
        self.export_button.setEnabled(bool(self.folder.text().strip()))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export masks to"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
