"""Chooses the format and, where there are several, the kind of file."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.delivery.formats import FORMATS
from desktop.settings.format_texts import container_of, help_of, title_of
from desktop.theme import theme
from desktop.widgets.lists.search_combo import SearchCombo
from desktop.widgets.reason import enable

_HIGH = 1000
"""Pixels that no text is as high as."""


class FormatField(QWidget):
    """A list of formats, a list of file kinds next to it, and help below."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = SearchCombo()
        self.formats.setAccessibleName(self.tr("Format"))
        for name in FORMATS:
            self.formats.addItem(title_of(name), name)
            tip = self.tr("On the command line: --format {name}").format(name=name)
            self.formats.setItemData(self.formats.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.containers = QComboBox()
        self.containers.setAccessibleName(self.tr("Kind of file"))
        self.help = QLabel()
        self.help.setProperty("dim", True)
        self.help.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACING)
        row.addWidget(self.formats, 1)
        row.addWidget(self.containers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addLayout(row)
        layout.addWidget(self.help)
        self.formats.currentIndexChanged.connect(self._format_changed)
        self.containers.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self._format_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # room for the longest, so that the rows below stay where they are
        metrics, room = self.help.fontMetrics(), QRect(0, 0, self.width(), _HIGH)
        wrapped = (metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, help_of(name)).height() for name in FORMATS)
        self.help.setMinimumHeight(max(wrapped))

    @property
    def name(self) -> str:
        """The format's name."""
        return str(self.formats.currentData())

    @property
    def suffix(self) -> str:
        """The file's ending; "" is a folder of pictures."""
        return str(self.containers.currentData())

    def choose(self, name: str, suffix: str) -> None:
        """Shows a format; an ending that it does not have gives its usual one."""
        self.formats.setCurrentIndex(self.formats.findData(name))
        self.containers.setCurrentIndex(max(0, self.containers.findData(suffix)))

    def _format_changed(self) -> None:
        self.help.setText(help_of(self.name))
        self.formats.setToolTip(str(self.formats.currentData(Qt.ItemDataRole.ToolTipRole)))
        self.containers.blockSignals(True)
        self.containers.clear()
        for suffix in FORMATS[self.name].suffixes:
            self.containers.addItem(container_of(suffix), suffix)
        enable(self.containers, "" if self.containers.count() > 1 else self.tr("This format has one kind of file."))
        self.containers.blockSignals(False)
        self.changed.emit()
