"""A list of the ways to look at masks."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.canvas.overlay import Overlay


class OverlayChoice(QComboBox):
    """One entry an Overlay."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            Overlay.COLOURS: self.tr("Colours"),
            Overlay.OUTLINES: self.tr("Outlines only"),
            Overlay.MASKS: self.tr("Masks only"),
            Overlay.MATTE: self.tr("Matte"),
            Overlay.ON_BLACK: self.tr("On black"),
            Overlay.ON_WHITE: self.tr("On white"),
            Overlay.ON_CHECKER: self.tr("On checkerboard"),
            Overlay.ON_GREEN: self.tr("On green"),
        }
        self._ways = list(names)
        self.addItems(list(names.values()))
        tip = self.tr("How masks and picture are seen")
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        # the keys of the canvas go on working after a choice
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(lambda index: self.chosen.emit(self._ways[index]))

    def show_overlay(self, overlay: Overlay) -> None:
        """Shows which way it is, and notifies nobody."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._ways.index(overlay))
