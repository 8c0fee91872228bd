"""A list of the ways to cut a picture into regions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.tools.regions.settings import METHODS, RegionSettings


class RegionMethods(QComboBox):
    """One entry for each of `METHODS`."""

    def __init__(self, settings: RegionSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(
            [self.tr("SLIC: even"), self.tr("Felzenszwalb: by contrast"), self.tr("Watershed: between edges")]
        )
        tip = self.tr("How the picture is cut into regions")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        # the keys of the canvas go on working after a choice
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(lambda index: settings.set_method(METHODS[index]))
        settings.changed.connect(lambda: self.setCurrentIndex(METHODS.index(settings.method)))
