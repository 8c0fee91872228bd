"""Chooses what stands behind the objects."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from core.delivery.settings import Background
from desktop.theme import theme

_KINDS = ("colour", "blur", "file", "cutout")
_SWATCH = 16


class BackgroundField(QWidget):
    """The kind of background, and what that kind asks for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = (0, 0, 0)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(self.tr("Background"))
        texts = (
            self.tr("Colour"),
            self.tr("The clip, blurred"),
            self.tr("Picture or clip"),
            self.tr("The clip, cut out"),
        )
        for kind, text in zip(_KINDS, texts, strict=True):
            self.kinds.addItem(text, kind)
        self.colour_button = QPushButton()
        self.colour_button.setAutoDefault(False)
        self.colour_button.clicked.connect(self._ask_colour)
        self.radius = QDoubleSpinBox()
        self.radius.setRange(0.5, 200)
        self.radius.setDecimals(1)
        self.radius.setSuffix(" px")
        self.radius.setAccessibleName(self.tr("Blur"))
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("Picture or clip"))
        browse = QPushButton(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._ask_file)
        file_row = QWidget()
        row = QHBoxLayout(file_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACING)
        row.addWidget(self.file, 1)
        row.addWidget(browse)
        self._details = QStackedWidget()
        hole = QLabel(self.tr("black where the objects were"))
        hole.setProperty("dim", True)
        for part in (self.colour_button, self.radius, file_row, hole):
            self._details.addWidget(part)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.kinds)
        layout.addWidget(self._details, 1)
        self.show_background(Background())
        self.kinds.currentIndexChanged.connect(self._details.setCurrentIndex)
        self.kinds.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.radius.valueChanged.connect(lambda _value: self.changed.emit())
        self.file.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def background(self) -> Background:
        """What is chosen."""
        kind = self.kinds.currentData()
        text = self.file.text().strip()
        path = Path(text).expanduser() if text and kind == "file" else None
        return Background(kind, self._colour, path, self.radius.value())

    @property
    def complete(self) -> bool:
        """Whether the choice can be used: a picture needs its file."""
        chosen = self.background
        return chosen.kind != "file" or (chosen.path is not None and chosen.path.exists())

    def show_background(self, background: Background) -> None:
        """Shows another one."""
        self.kinds.setCurrentIndex(self.kinds.findData(background.kind))
        self._details.setCurrentIndex(self.kinds.currentIndex())
        self.radius.setValue(background.radius)
        self.file.setText(str(background.path) if background.path else "")
        self._show_colour(background.colour)

    def _show_colour(self, colour: tuple[int, int, int]) -> None:
        self._colour = colour
        swatch = QPixmap(_SWATCH, _SWATCH)
        swatch.fill(QColor(*colour))
        self.colour_button.setIcon(QIcon(swatch))
        self.colour_button.setText(QColor(*colour).name())
        self.changed.emit()

    def _ask_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(*self._colour), self, self.tr("Background colour"))
        if chosen.isValid():
            self._show_colour((chosen.red(), chosen.green(), chosen.blue()))

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Background"), self.file.text())
        if chosen:
            self.file.setText(chosen)
