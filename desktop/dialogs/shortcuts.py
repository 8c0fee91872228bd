"""The list of keyboard shortcuts: to search, and to change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.actions import Actions, plain, translated
from desktop.actions.keymap import FIXED, OBJECT_KEYS, native
from desktop.actions.table import SPECS
from desktop.theme import theme
from desktop.widgets.lists.row_delegate import RowDelegate
from desktop.widgets.reason import enable

_NAME = Qt.ItemDataRole.UserRole
_TITLE = Qt.ItemDataRole.UserRole + 1
"""What the menu calls the action."""


class ShortcutsDialog(QDialog):
    """Typing filters the list by what an action does or by its key. Below it, the chosen action gets other keys.

    Keys that another action has are shown as taken before they are given away.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        # a title is yet to come around it
        self.resize(600, min(660, self.screen().availableSize().height() - 40))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.rows = QTreeWidget()
        self.rows.setAccessibleName(self.tr("Actions and their keys"))
        self.rows.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.setItemDelegate(RowDelegate(self.rows))
        self.rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.rows.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.rows.header().setStretchLastSection(False)
        self.recorder = QKeySequenceEdit()
        self.recorder.setAccessibleName(self.tr("New keys"))
        self.recorder.setMaximumSequenceLength(1)
        self.recorder.setClearButtonEnabled(True)
        self.escape = QPushButton(native(["Esc"]))
        self.escape.setToolTip(self.tr("Take the Esc key, which would close this window when it is pressed"))
        self.assign = QPushButton(self.tr("Assign"))
        self.assign.setToolTip(self.tr("Give the chosen action these keys instead of its own"))
        self.add = QPushButton(self.tr("Add"))
        self.add.setToolTip(self.tr("Give the chosen action these keys as well"))
        self.clear = QPushButton(self.tr("Remove keys"))
        self.clear.setToolTip(self.tr("The chosen action gets no keys"))
        self.reset = QPushButton(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Give the chosen action its first keys again"))
        self.reset_all = QPushButton(self.tr("Reset all"))
        self.reset_all.setToolTip(self.tr("Give every action its first keys again"))
        for button in (self.escape, self.assign, self.add, self.clear, self.reset, self.reset_all):
            # Return in a field does nothing by surprise
            button.setAutoDefault(False)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("dim", True)
        record, undo = QHBoxLayout(), QHBoxLayout()
        for line in (record, undo):
            line.setSpacing(theme.SPACING)
        record.addWidget(self.recorder, 1)
        record.addWidget(self.escape)
        record.addWidget(self.assign)
        record.addWidget(self.add)
        undo.addWidget(self.clear)
        undo.addStretch()
        undo.addWidget(self.reset)
        undo.addWidget(self.reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.setSpacing(theme.MARGIN)
        layout.addWidget(self.search)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.note)
        layout.addLayout(record)
        layout.addLayout(undo)
        self._items: dict[str, QTreeWidgetItem] = {}
        for spec in SPECS:
            item = QTreeWidgetItem([translated(spec.tip), ""])
            item.setData(0, _NAME, spec.name)
            title = plain(translated(spec.text))
            item.setData(0, _TITLE, title)
            item.setToolTip(0, title)
            self._items[spec.name] = item
        fixed = QTreeWidgetItem([self.tr("Choose object 1 to 9"), f"{OBJECT_KEYS[0]} … {OBJECT_KEYS[-1]}"])
        self.rows.addTopLevelItems([*self._items.values(), fixed])
        self._show_keys()
        self.search.textChanged.connect(self._filter)
        self.rows.currentItemChanged.connect(lambda _now, _before: self._look())
        self.recorder.keySequenceChanged.connect(lambda _keys: self._look())
        self.escape.clicked.connect(lambda: self.recorder.setKeySequence(QKeySequence("Esc")))
        self.assign.clicked.connect(lambda: self._give(()))
        self.add.clicked.connect(lambda: self._give(self._actions.keymap.keys(self.chosen)))
        self.clear.clicked.connect(lambda: self._actions.assign_keys(self.chosen, ()))
        self.reset.clicked.connect(lambda: self._actions.reset_keys(self.chosen))
        self.reset_all.clicked.connect(lambda: self._actions.reset_keys())
        actions.keys_changed.connect(self._show_keys)
        self.choose(SPECS[0].name)
        self.search.setFocus()

    @property
    def chosen(self) -> str:
        """Name of the action that is chosen; empty where the keys are fixed."""
        item = self.rows.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Chooses an action of the list."""
        self.rows.setCurrentItem(self._items[name])

    def _show_keys(self) -> None:
        for name, item in self._items.items():
            item.setText(1, self._actions.keys_text(name))
            font = item.font(1)
            font.setBold(self._actions.keymap.is_changed(name))
            item.setFont(1, font)
        self._look()

    def _filter(self, wanted: str) -> None:
        wanted = wanted.casefold()
        for row in range(self.rows.topLevelItemCount()):
            item = self.rows.topLevelItem(row)
            if item is not None:
                texts = f"{item.data(0, _TITLE) or ''} {item.text(0)} {item.text(1)}"
                item.setHidden(wanted not in texts.casefold())

    def _recorded(self) -> str:
        return self.recorder.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _look(self) -> None:
        """Says whose the recorded keys are, and offers what can be done."""
        keymap, name, recorded = self._actions.keymap, self.chosen, self._recorded()
        losers = keymap.owners([recorded], but=name)
        fixed = "" if name else self.tr("These keys are fixed.")
        unrecorded = fixed or ("" if recorded else self.tr("Press the keys in the field first."))
        taken = unrecorded or (self.tr("These keys are fixed.") if recorded in FIXED else "")
        usual = self.tr("These are the usual keys.")
        enable(self.assign, taken)
        enable(self.add, taken or (self.tr("The command has these keys.") if recorded in keymap.keys(name) else ""))
        enable(self.recorder, fixed)
        enable(self.escape, fixed)
        enable(self.clear, fixed or ("" if keymap.keys(name) else self.tr("The command has no keys.")))
        enable(self.reset, fixed or ("" if keymap.is_changed(name) else usual))
        enable(self.reset_all, "" if any(keymap.is_changed(spec.name) for spec in SPECS) else usual)
        if not name:
            self.note.setText(self.tr("These keys are fixed."))
        elif recorded in FIXED:
            self.note.setText(
                self.tr("{keys} has its use on the canvas and cannot be given away.").format(keys=recorded)
            )
        elif losers:
            titles = ", ".join(f"“{self._items[loser].text(0)}”" for loser in losers)
            text = self.tr("{keys} is taken by {actions}, which will lose it.")
            self.note.setText(text.format(keys=native([recorded]), actions=titles))
        elif recorded:
            self.note.setText(self.tr("{keys} is free.").format(keys=native([recorded])))
        else:
            self.note.setText(self.tr("Click the field and press the new keys for the chosen action."))

    def _give(self, kept: tuple[str, ...]) -> None:
        name, recorded = self.chosen, self._recorded()
        self.recorder.clear()
        self._actions.assign_keys(name, (*kept, recorded))
