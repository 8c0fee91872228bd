"""Chooses, saves and deletes presets."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QPushButton, QWidget

from desktop.settings.presets import Preset, Presets
from desktop.theme import theme
from desktop.widgets.lists.search_combo import SearchCombo
from desktop.widgets.reason import enable


class PresetBar(QWidget):
    """A list of presets. It names one only while the dialog shows just that."""

    chosen = Signal(object)
    """A Preset, when a person picks one."""

    def __init__(self, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self._shown: Preset | None = None
        self.list = SearchCombo()
        self.list.setAccessibleName(self.tr("Preset"))
        self.list.setPlaceholderText(self.tr("Own settings"))
        self.save_button = QPushButton(self.tr("Save…"))
        self.save_button.setToolTip(self.tr("Keep these settings under a name"))
        self.delete_button = QPushButton(self.tr("Delete"))
        self.delete_button.setToolTip(self.tr("Delete this preset of yours"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.list, 1)
        for button in (self.save_button, self.delete_button):
            button.setAutoDefault(False)
            layout.addWidget(button)
        self._fill()
        self.list.activated.connect(self._activated)
        self.list.currentIndexChanged.connect(lambda _index: self._check())
        self.save_button.clicked.connect(self._save)
        self.delete_button.clicked.connect(self._delete)

    def show_preset(self, preset: Preset) -> None:
        """Names the preset that is equal, if there is one."""
        self._shown = preset
        matches = (index for index in range(self.list.count()) if self.list.itemData(index) == preset)
        self.list.setCurrentIndex(next(matches, -1))
        self._check()

    def ask_name(self) -> str:
        """Asks under which name to save; "" if not at all."""
        now = self.list.currentText() if self.list.currentText() in self._presets.own() else ""
        name, accepted = QInputDialog.getText(self, self.tr("Save preset"), self.tr("Name"), text=now)
        return name.strip() if accepted else ""

    def _fill(self) -> None:
        self.list.clear()
        for name, preset in self._presets.built_in().items():
            self.list.addItem(name, preset)
        own = self._presets.own()
        if own:
            self.list.insertSeparator(self.list.count())
        for name, preset in own.items():
            self.list.addItem(name, preset)

    def _activated(self, index: int) -> None:
        preset = self.list.itemData(index)
        if isinstance(preset, Preset):
            self.chosen.emit(preset)

    def _check(self) -> None:
        own = self.list.currentIndex() >= 0 and self.list.currentText() in self._presets.own()
        enable(self.delete_button, "" if own else self.tr("Only presets that you have saved can be deleted."))

    def _save(self) -> None:
        name = self.ask_name()
        if not name or self._shown is None:
            return
        self._presets.save(name, self._shown)
        self._fill()
        self.list.setCurrentIndex(self.list.findText(name))

    def _delete(self) -> None:
        self._presets.delete(self.list.currentText())
        self._fill()
        if self._shown is not None:
            self.show_preset(self._shown)
