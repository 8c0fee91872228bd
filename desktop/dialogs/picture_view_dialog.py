"""Exposure, gamma and tone mapping of what is shown; exports and engines are not touched."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDoubleSpinBox, QFormLayout, QLabel, QPushButton, QWidget

from core.media import View


class PictureViewDialog(QDialog):
    """Stays open next to the window; `changed` is called with every new View."""

    def __init__(self, view: View, changed: Callable[[View], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changed = changed
        self.setWindowTitle(self.tr("Picture on the screen"))
        self.exposure = self._number(-10, 10, 0.25, view.exposure, self.tr("Stops: 1 shows twice the light"))
        self.gamma = self._number(0.2, 5, 0.1, view.gamma, self.tr("Above 1 lifts the dark parts"))
        self.tone_mapped = QCheckBox(self.tr("Map HDR to the screen's range"))
        self.tone_mapped.setChecked(view.tone_mapped)
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.setAutoDefault(False)
        explanation = QLabel(self.tr("Only what is shown changes: masks and exports come from the clip as it is."))
        explanation.setWordWrap(True)
        explanation.setAlignment(Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout(self)
        form.addRow(self.tr("Exposure"), self.exposure)
        form.addRow(self.tr("Gamma"), self.gamma)
        form.addRow(self.tone_mapped)
        form.addRow(explanation)
        form.addRow(self.reset)
        self.exposure.valueChanged.connect(self._apply)
        self.gamma.valueChanged.connect(self._apply)
        self.tone_mapped.toggled.connect(self._apply)
        self.reset.clicked.connect(lambda: self.show_view(View()))

    @property
    def view(self) -> View:
        """What is chosen."""
        return View(self.exposure.value(), self.gamma.value(), self.tone_mapped.isChecked())

    def show_view(self, view: View) -> None:
        """Makes the controls show a view."""
        self.exposure.setValue(view.exposure)
        self.gamma.setValue(view.gamma)
        self.tone_mapped.setChecked(view.tone_mapped)

    def _number(self, low: float, high: float, step: float, start: float, tip: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(low, high)
        box.setSingleStep(step)
        box.setValue(start)
        box.setToolTip(tip)
        return box

    def _apply(self) -> None:
        self._changed(self.view)
