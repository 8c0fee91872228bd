"""Chooses the objects, and whether each gets a result of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.types import ObjectTrack
from desktop.theme import theme

_MOST_ROWS = 4
_SWATCH = 12


class ObjectsField(QWidget):
    """A list with a tick for each object."""

    changed = Signal()

    def __init__(self, objects: Sequence[ObjectTrack], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Objects"))
        for track in objects:
            swatch = QPixmap(_SWATCH, _SWATCH)
            swatch.fill(QColor(*track.colour))
            item = QListWidgetItem(QIcon(swatch), track.name or str(track.object_id), self.list)
            item.setData(Qt.ItemDataRole.UserRole, track.object_id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked)
        rows = min(_MOST_ROWS, max(1, len(objects)))
        row_height = self.list.sizeHintForRow(0) if objects else theme.ROW_HEIGHT
        self.list.setFixedHeight(rows * row_height + 2 * self.list.frameWidth() + 2)
        self.each = QCheckBox(self.tr("Each in a result of its own"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.list)
        layout.addWidget(self.each)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.each.toggled.connect(lambda _on: self.changed.emit())

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of the ticked objects."""
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in map(self.list.item, range(self.list.count()))
            if item.checkState() is Qt.CheckState.Checked
        )

    @property
    def object_ids(self) -> tuple[int, ...]:
        """The chosen ids as the settings take them: empty stands for all."""
        return () if len(self.chosen) == self.list.count() else self.chosen
