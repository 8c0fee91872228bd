"""Chooses how soft the matte's edge is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QPushButton, QSpinBox, QWidget

from core.matting import MatteSettings
from desktop.theme import theme


class EdgeField(QWidget):
    """Band, choke, feather, temporal smoothing and how the band is refined."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.band = QSpinBox()
        self.band.setRange(-1, 200)
        self.band.setSpecialValueText(self.tr("Automatic"))
        self.band.setSuffix(" px")
        self.choke = QDoubleSpinBox()
        self.choke.setRange(-50, 50)
        self.feather = QDoubleSpinBox()
        self.feather.setRange(0, 50)
        for length in (self.choke, self.feather):
            length.setDecimals(1)
            length.setSingleStep(0.5)
            length.setSuffix(" px")
        self.smoothing = QSpinBox()
        self.smoothing.setRange(0, 10)
        self.smoothing.setSuffix(self.tr(" frames"))
        self.refinement = QComboBox()
        self.refinement.addItem(self.tr("Fast"), "fast")
        self.refinement.addItem(self.tr("Fine: finds hair, slow"), "fine")
        self.refinement.addItem(self.tr("Finest: ViTMatte, where its weights are"), "finest")
        parts: tuple[tuple[str, QWidget, str], ...] = (
            (
                self.tr("Soft band"),
                self.band,
                self.tr(
                    "Half the width of the strip in which the picture decides how soft the edge is; 0 is hard. "
                    "Automatic is wider where the engine is not sure"
                ),
            ),
            (self.tr("Choke"), self.choke, self.tr("Moves the edge inwards; less than 0 moves it outwards")),
            (self.tr("Feather"), self.feather, self.tr("Blurs the edge")),
            (
                self.tr("Steady over"),
                self.smoothing,
                self.tr("Frames to either side that steady a flickering edge"),
            ),
            (self.tr("Refinement"), self.refinement, self.tr("How the picture decides inside the band")),
        )
        self.try_button = QPushButton(self.tr("Show on the canvas"))
        self.try_button.setToolTip(self.tr("See the objects of the current frame with this edge, behind this window"))
        self.try_button.setCheckable(True)
        self.try_button.setAutoDefault(False)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.MARGIN)
        layout.setVerticalSpacing(theme.SPACING)
        for index, (text, box, tip) in enumerate(parts):
            label = QLabel(text)
            label.setBuddy(box)
            label.setToolTip(tip)
            box.setToolTip(tip)
            box.setAccessibleName(text)
            row, column = divmod(index, 2)
            layout.addWidget(label, row, 2 * column)
            layout.addWidget(box, row, 2 * column + 1)
        layout.addWidget(self.try_button, len(parts) // 2, 3)
        layout.setColumnStretch(4, 1)
        self.show_settings(MatteSettings())
        for spin in (self.band, self.choke, self.feather, self.smoothing):
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        self.refinement.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @property
    def settings(self) -> MatteSettings:
        """The chosen matte settings."""
        band = self.band.value()
        return MatteSettings(
            None if band < 0 else band,
            self.choke.value(),
            self.feather.value(),
            self.smoothing.value(),
            self.refinement.currentData(),
        )

    def show_settings(self, settings: MatteSettings) -> None:
        """Shows other settings."""
        self.band.setValue(-1 if settings.band is None else settings.band)
        self.choke.setValue(settings.choke)
        self.feather.setValue(settings.feather)
        self.smoothing.setValue(settings.smoothing)
        self.refinement.setCurrentIndex(max(0, self.refinement.findData(settings.refinement)))
