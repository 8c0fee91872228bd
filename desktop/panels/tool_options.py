"""What can be set for the chosen tool, and the overlay's opacity, in the tool bar."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSlider, QWidget

from desktop.canvas.overlay import Overlay
from desktop.theme import theme
from desktop.tools.area_settings import MAX_TOLERANCE, AreaSettings
from desktop.tools.brush_settings import MAX_HARDNESS, MAX_SIZE, MIN_SIZE, BrushSettings
from desktop.tools.regions.settings import LARGEST, SMALLEST, RegionSettings
from desktop.widgets.combine_buttons import CombineButtons
from desktop.widgets.overlay_choice import OverlayChoice
from desktop.widgets.region_methods import RegionMethods

_STEPS = 200

_BRUSHES = frozenset({"brush", "eraser", "smart", "refine"})
_STROKES = frozenset({"brush", "eraser"})
_AREAS = frozenset({"lasso", "polygon", "rectangle", "ellipse", "bucket", "wand", "smart", "regions"})
_LIKE_COLOURS = frozenset({"bucket", "wand"})


class ToolOptions(QWidget):
    """Shows what the chosen tool looks at. The size slider is logarithmic: small brushes change by pixels."""

    opacity_changed = Signal(float)
    overlay_chosen = Signal(object)
    confirm_requested = Signal()
    cancel_requested = Signal()

    def __init__(
        self,
        brush: BrushSettings,
        area: AreaSettings,
        regions: RegionSettings,
        opacity: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._area, self._regions = area, regions
        self.size_slider = _slider(0, _STEPS, self.tr("Brush size"))
        self.size_label = QLabel()
        self.hardness_slider = _slider(
            0, MAX_HARDNESS, self.tr("Hardness: below 100 % the brush's rim takes only what looks like its centre")
        )
        self.hardness_label = QLabel()
        self.tolerance_slider = _slider(0, MAX_TOLERANCE, self.tr("How far a colour may be from the one pointed at"))
        self.tolerance_label = QLabel()
        self.opacity_slider = _slider(0, 100, self.tr("How strongly the masks cover the picture"))
        self.opacity_label = QLabel()
        self.overlay = OverlayChoice()
        self.overlay.chosen.connect(self.overlay_chosen)
        self.combine = CombineButtons(area)
        self.region_slider = _slider(SMALLEST, LARGEST, self.tr("How wide and high a region is"))
        self.region_label = QLabel()
        self.region_method = RegionMethods(regions)
        self.contiguous = QCheckBox(self.tr("Joined"))
        self.contiguous.setToolTip(self.tr("Only colours joined with the pixel pointed at, not all over the picture"))
        self._size_row = self._labelled(self.tr("Size"), self.size_slider, self.size_label)
        self._hardness_row = self._labelled(self.tr("Hardness"), self.hardness_slider, self.hardness_label)
        self._tolerance_row = self._labelled(self.tr("Tolerance"), self.tolerance_slider, self.tolerance_label)
        self._region_row = self._labelled(self.tr("Region"), self.region_slider, self.region_label)
        self.pending_bar = self._pending_bar()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        for widget in (
            self._labelled(self.tr("Opacity"), self.opacity_slider, self.opacity_label),
            self.overlay,
            self._size_row,
            self._hardness_row,
            self.combine,
            self._tolerance_row,
            self.contiguous,
            self.region_method,
            self._region_row,
            self.pending_bar,
        ):
            layout.addWidget(widget)
        layout.addStretch()
        self.size_slider.valueChanged.connect(lambda value: brush.set_size(_size_at(value)))
        self.hardness_slider.valueChanged.connect(brush.set_hardness)
        self.tolerance_slider.valueChanged.connect(area.set_tolerance)
        self.region_slider.valueChanged.connect(regions.set_side)
        regions.changed.connect(self._show_regions)
        self._show_regions()
        self.contiguous.toggled.connect(area.set_contiguous)
        self.opacity_slider.valueChanged.connect(self._opacity_moved)
        brush.changed.connect(self._show_size)
        brush.hardness_changed.connect(self._show_hardness)
        area.changed.connect(self._show_area)
        self._show_size(brush.size)
        self._show_hardness(brush.hardness)
        self._show_area()
        self.opacity_slider.setValue(round(opacity * 100))
        self._opacity_moved(self.opacity_slider.value())
        self.set_pending(False)

    def show_tool(self, name: str) -> None:
        """Shows what the tool looks at, and hides the rest."""
        self._size_row.setVisible(name in _BRUSHES)
        self._hardness_row.setVisible(name in _STROKES)
        self.combine.setVisible(name in _AREAS)
        for widget in (self._tolerance_row, self.contiguous):
            widget.setVisible(name in _LIKE_COLOURS)
        for widget in (self._region_row, self.region_method):
            widget.setVisible(name == "regions")

    def show_overlay(self, overlay: Overlay) -> None:
        self.overlay.show_overlay(overlay)

    def set_pending(self, pending: bool) -> None:
        """Whether the tool has something that waits to be taken or dropped."""
        self.pending_bar.setVisible(pending)

    def _labelled(self, title: str, slider: QSlider, value: QLabel) -> QWidget:
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, theme.MARGIN, 0)
        layout.setSpacing(theme.SPACING)
        text = QLabel(title)
        text.setProperty("dim", True)
        text.setBuddy(slider)
        value.setFixedWidth(self.fontMetrics().horizontalAdvance("500 px "))
        for widget in (text, slider, value):
            layout.addWidget(widget)
        return row

    def _pending_bar(self) -> QWidget:
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(theme.MARGIN, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        self.confirm_button = QPushButton(self.tr("Apply"))
        self.confirm_button.setProperty("primary", True)
        self.confirm_button.setToolTip(self.tr("Make it part of the mask (Enter)"))
        self.confirm_button.clicked.connect(self.confirm_requested)
        self.cancel_button = QPushButton(self.tr("Discard"))
        self.cancel_button.setToolTip(self.tr("Leave the mask as it was (Esc)"))
        self.cancel_button.clicked.connect(self.cancel_requested)
        for button in (self.confirm_button, self.cancel_button):
            # the keys of the canvas go on working after a click
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        return bar

    def _show_size(self, size: int) -> None:
        with QSignalBlocker(self.size_slider):
            self.size_slider.setValue(_value_of(size))
        self.size_label.setText(f"{size} px")

    def _show_hardness(self, hardness: int) -> None:
        self.hardness_slider.setValue(hardness)
        self.hardness_label.setText(f"{hardness} %")

    def _show_area(self) -> None:
        self.tolerance_slider.setValue(self._area.tolerance)
        self.tolerance_label.setText(str(self._area.tolerance))
        self.contiguous.setChecked(self._area.contiguous)

    def _show_regions(self) -> None:
        self.region_slider.setValue(self._regions.side)
        self.region_label.setText(f"{self._regions.side} px")

    def _opacity_moved(self, value: int) -> None:
        self.opacity_label.setText(f"{value} %")
        self.opacity_changed.emit(value / 100)


def _slider(low: int, high: int, tip: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(low, high)
    # a narrow window makes the sliders short: a bar that does not fit would hide all of its options
    slider.setMinimumWidth(48)
    slider.setMaximumWidth(110)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    slider.setToolTip(tip)
    slider.setAccessibleName(tip)
    return slider


def _size_at(value: int) -> int:
    return round(MIN_SIZE * float((MAX_SIZE / MIN_SIZE) ** (value / _STEPS)))


def _value_of(size: int) -> int:
    return round(_STEPS * math.log(size / MIN_SIZE) / math.log(MAX_SIZE / MIN_SIZE))
