"""The list of keyboard shortcuts, with a field to search it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.actions.actions import Actions


class ShortcutsDialog(QDialog):
    """Typing filters the list by what an action does or by its key."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 620)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.rows = QTreeWidget()
        self.rows.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.rows.header().setStretchLastSection(False)
        extra = [(self.tr("Choose object 1 to 9"), "1 … 9")]
        for text, keys in [*actions.overview(), *extra]:
            self.rows.addTopLevelItem(QTreeWidgetItem([text, keys]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.search)
        layout.addWidget(self.rows)
        self.search.textChanged.connect(self._filter)

    def _filter(self, wanted: str) -> None:
        wanted = wanted.casefold()
        for row in range(self.rows.topLevelItemCount()):
            item = self.rows.topLevelItem(row)
            if item is not None:
                item.setHidden(wanted not in f"{item.text(0)} {item.text(1)}".casefold())
