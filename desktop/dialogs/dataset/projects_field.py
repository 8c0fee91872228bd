"""Which clips go into a dataset: the open one, and projects that are added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from core.outputs import identity
from desktop.theme import theme
from desktop.widgets.reason import enable

_HEIGHT = 96


class ProjectsField(QWidget):
    """The open project is always in it. Delete takes an added one out again."""

    changed = Signal()

    def __init__(self, own: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own
        self._added: list[Path] = []
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Projects in the dataset"))
        self.list.setFixedHeight(_HEIGHT)
        self.add_button = QPushButton(self.tr("Add projects…"))
        self.remove_button = QPushButton(self.tr("Remove"))
        for button, done in ((self.add_button, self._choose), (self.remove_button, self._remove)):
            # or the return key in another field would press it
            button.setAutoDefault(False)
            button.clicked.connect(done)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACING)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.list.currentRowChanged.connect(self._enable)
        self._fill()

    @property
    def added(self) -> tuple[Path, ...]:
        """The projects alongside the open one."""
        return tuple(self._added)

    def add(self, paths: list[Path]) -> None:
        """Adds projects; those that are in it already are passed over."""
        # one file may have several names
        known = {identity(path) or path.resolve() for path in (self._own, *self._added)}
        for path in paths:
            if (mark := identity(path) or path.resolve()) not in known:
                self._added.append(path.resolve())
                known.add(mark)
        self._fill()
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.remove_button.isEnabled():
            self._remove()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        filters = self.tr("Rotoflow projects (*.roto)")
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Add projects"), str(self._own.parent), filters)
        if chosen:
            self.add([Path(path) for path in chosen])

    def _remove(self) -> None:
        row = self.list.currentRow() - 1
        if 0 <= row < len(self._added):
            del self._added[row]
            self._fill()
            self.changed.emit()

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItem(self.tr("{name} (open)").format(name=self._own.stem))
        for path in self._added:
            item = QListWidgetItem(path.stem)
            item.setToolTip(str(path))
            self.list.addItem(item)
        self.list.setCurrentRow(self.list.count() - 1)
        self._enable()

    def _enable(self) -> None:
        chosen = self.list.currentRow() > 0
        enable(
            self.remove_button, "" if chosen else self.tr("The clip that is open stays; choose another one to remove.")
        )
