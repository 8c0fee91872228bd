"""Chooses the size as a share of the clip's."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from core.delivery.render import output_size
from desktop.theme import theme


class SizeField(QWidget):
    """Per cent, and the pixels that come of it."""

    changed = Signal()

    def __init__(self, size: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.percent = QDoubleSpinBox()
        self.percent.setRange(1, 400)
        self.percent.setDecimals(1)
        self.percent.setSingleStep(25)
        self.percent.setSuffix(" %")
        self.percent.setValue(100)
        self.percent.setAccessibleName(self.tr("Size"))
        self.pixels = QLabel()
        self.pixels.setProperty("dim", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.percent)
        layout.addWidget(self.pixels)
        layout.addStretch()
        self.percent.valueChanged.connect(self._show)
        self._show()

    @property
    def scale(self) -> float:
        """1 is the clip's size."""
        return self.percent.value() / 100

    def _show(self) -> None:
        width, height = output_size(self._size, self.scale)
        self.pixels.setText(f"{width} × {height}")
        self.changed.emit()
