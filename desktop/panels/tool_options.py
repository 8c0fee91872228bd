"""The brush's size and the overlay's opacity, as sliders in the tool bar."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from desktop import theme
from desktop.tools.brush_settings import MAX_SIZE, MIN_SIZE, BrushSettings

_STEPS = 200


class ToolOptions(QWidget):
    """The size slider is logarithmic: a pixel more matters to a small brush only."""

    opacity_changed = Signal(float)

    def __init__(self, brush: BrushSettings, opacity: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = brush
        self.size_slider = _slider(0, _STEPS, self.tr("Brush size ([ and ], or Ctrl+wheel)"))
        self.size_label = QLabel()
        self.opacity_slider = _slider(0, 100, self.tr("How strongly the masks cover the picture"))
        self.opacity_label = QLabel()
        widest = self.fontMetrics().horizontalAdvance("500 px ")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        for title, slider, label in (
            (self.tr("Size"), self.size_slider, self.size_label),
            (self.tr("Opacity"), self.opacity_slider, self.opacity_label),
        ):
            text = QLabel(title)
            text.setProperty("dim", True)
            text.setBuddy(slider)
            label.setFixedWidth(widest)
            layout.addWidget(text)
            layout.addWidget(slider)
            layout.addWidget(label)
            layout.addSpacing(theme.MARGIN)
        layout.addStretch()
        self.size_slider.valueChanged.connect(lambda value: brush.set_size(_size_at(value)))
        self.opacity_slider.valueChanged.connect(self._opacity_moved)
        brush.changed.connect(self._show_size)
        self._show_size(brush.size)
        self.opacity_slider.setValue(round(opacity * 100))
        self._opacity_moved(self.opacity_slider.value())

    def _show_size(self, size: int) -> None:
        with QSignalBlocker(self.size_slider):
            self.size_slider.setValue(_value_of(size))
        self.size_label.setText(f"{size} px")

    def _opacity_moved(self, value: int) -> None:
        self.opacity_label.setText(f"{value} %")
        self.opacity_changed.emit(value / 100)


def _slider(low: int, high: int, tip: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(low, high)
    slider.setFixedWidth(120)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    slider.setToolTip(tip)
    slider.setAccessibleName(tip)
    return slider


def _size_at(value: int) -> int:
    return round(MIN_SIZE * float((MAX_SIZE / MIN_SIZE) ** (value / _STEPS)))


def _value_of(size: int) -> int:
    return round(_STEPS * math.log(size / MIN_SIZE) / math.log(MAX_SIZE / MIN_SIZE))
