"""Where the export goes: a folder for pictures, else a file with the format's ending."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.theme import theme

_KNOWN = frozenset({".mp4", ".mov", ".mkv", ".webm"})


class TargetField(QWidget):
    """A path to type or to choose. Its ending follows the format; what a person typed before it stays."""

    changed = Signal()

    def __init__(self, base: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._suffix = ""
        self._proposed = ""
        self.path_edit = QLineEdit()
        self.path_edit.setAccessibleName(self.tr("Save to"))
        browse = QPushButton(self.tr("Browse…"))
        # or the return key in the path's field would browse instead of export
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.path_edit, 1)
        layout.addWidget(browse)
        self.path_edit.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def path(self) -> Path | None:
        """The path; None while there is none."""
        text = self.path_edit.text().strip()
        return Path(text).expanduser() if text else None

    def set_format(self, name: str, suffix: str) -> None:
        """Proposes a path for a format, or gives the typed one its ending."""
        proposed = str(self._base.with_name(f"{self._base.name}_{name}{suffix}"))
        path = self.path
        if path is None or self.path_edit.text() == self._proposed:
            self.path_edit.setText(proposed)
        elif suffix != self._suffix:
            bare = path.with_suffix("") if path.suffix.lower() in _KNOWN else path
            self.path_edit.setText(f"{bare}{suffix}")
        self._suffix, self._proposed = suffix, proposed

    def _browse(self) -> None:
        title, now = self.tr("Export to"), self.path_edit.text()
        if self._suffix:
            # whether to replace a file is asked once, when exporting
            option = QFileDialog.Option.DontConfirmOverwrite
            chosen, _ = QFileDialog.getSaveFileName(self, title, now, f"*{self._suffix}", options=option)
        else:
            chosen = QFileDialog.getExistingDirectory(self, title, now)
        if chosen:
            ending = "" if Path(chosen).suffix.lower() == self._suffix else self._suffix
            self.path_edit.setText(f"{chosen}{ending}")
