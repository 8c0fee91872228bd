"""Chooses how soft the matte's edge is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QPushButton, QSpinBox, QWidget

from core.matting import MatteSettings
from desktop.theme import theme

_FINEST = "finest"


class EdgeField(QWidget):
    """Band, choke, feather, temporal smoothing and how the band is refined."""

    changed = Signal()
    models_wanted = Signal()
    """The weights that are missing are to be fetched."""

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
        self.refinement.addItem("", _FINEST)
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
        self.models_button = QPushButton(self.tr("Get its weights…"))
        self.models_button.setToolTip(self.tr("Opens the list of models, where ViTMatte can be downloaded"))
        self.models_button.setAutoDefault(False)
        self.models_button.clicked.connect(self.models_wanted)
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
        # nothing can be shown without the weights, so both are never there at once
        layout.addWidget(self.try_button, len(parts) // 2, 3)
        layout.addWidget(self.models_button, len(parts) // 2, 3)
        layout.setColumnStretch(4, 1)
        self.look_for_weights()
        self.show_settings(MatteSettings())
        for spin in (self.band, self.choke, self.feather, self.smoothing):
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        self.refinement.currentIndexChanged.connect(lambda _index: self._refinement_changed())

    @property
    def lacks_weights(self) -> bool:
        """Whether what is chosen needs a model that is not here."""
        return self.refinement.currentData() == _FINEST and not self._has_weights

    def look_for_weights(self) -> None:
        """Looks again whether the model of the finest edge is here."""
        self._has_weights = _has_vitmatte()
        text = self.tr("Finest: ViTMatte") if self._has_weights else self.tr("Finest: ViTMatte, not downloaded yet")
        self.refinement.setItemText(self.refinement.findData(_FINEST), text)
        self._refinement_changed()

    def _refinement_changed(self) -> None:
        lacking = self.lacks_weights
        if lacking:
            self.try_button.setChecked(False)
        self.try_button.setVisible(not lacking)
        self.models_button.setVisible(lacking)
        self.changed.emit()

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


def _has_vitmatte() -> bool:
    from core.errors import EngineError
    from core.matting.vitmatte import find_vitmatte

    try:
        find_vitmatte()
    except EngineError:
        return False
    return True
