"""The window of the command palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.palette.entries import Entry
from desktop.palette.row_delegate import CAN_BE_DONE, PaletteRowDelegate
from desktop.settings.store import settings
from desktop.theme import theme

_SIZE = (620, 420)
_LATEST = "palette/latest"
_LATEST_LIMIT = 8
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """Typing narrows the list, Enter does what is chosen, Escape or a click elsewhere closes it.

    What cannot be done now is grey; Enter on it says what is missing.
    """

    def __init__(self, entries: list[Entry], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._entries = entries
        self._shown: list[Entry] = []
        self._is_done = False
        self.setWindowTitle(self.tr("Command palette"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("What do you want to do?"))
        self.search.setAccessibleName(self.tr("Search for a command"))
        self.search.installEventFilter(self)
        self.rows = QTreeWidget()
        self.rows.setAccessibleName(self.tr("Commands"))
        self.rows.setColumnCount(3)
        self.rows.setHeaderHidden(True)
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.setItemDelegate(PaletteRowDelegate(self.rows))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.rows.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.hint = QLabel()
        self.hint.setProperty("dim", True)
        self.hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.setSpacing(theme.SPACING)
        layout.addWidget(self.search)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.hint)
        self.search.textChanged.connect(self._fill)
        self.rows.itemClicked.connect(lambda _item: self._run())
        self.rows.currentItemChanged.connect(lambda _now, _before: self._show_what_is_missing())
        self._fill("")
        self._move_over(parent)

    @property
    def titles(self) -> list[str]:
        """What is offered, best first."""
        return [entry.title for entry in self._shown]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                # the field keeps the focus, so that one can go on typing
                self.rows.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        # to go away makes it inactive, which must not close it again half-way: the window behind would stay blocked
        self._is_done = True
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow()
        if left and not self._is_done:
            self.reject()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # without a frame of the system's it would run into the window behind it
        painter = QPainter(self)
        painter.setPen(QColor(theme.LINE))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _fill(self, wanted: str) -> None:
        self.rows.clear()
        self._shown = self._found(wanted)
        for entry in self._shown:
            item = QTreeWidgetItem([entry.title, entry.menu, entry.keys])
            item.setData(0, CAN_BE_DONE, entry.action.isEnabled())
            for column in (1, 2):
                item.setForeground(column, self.palette().placeholderText())
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.rows.addTopLevelItem(item)
        if first := self.rows.topLevelItem(0):
            self.rows.setCurrentItem(first)
        else:
            self.hint.setText(self.tr("No command has this name."))

    def _found(self, wanted: str) -> list[Entry]:
        if not wanted.strip():
            latest = _latest()
            # what was done last comes first, the rest as in the menus
            return sorted(
                self._entries, key=lambda entry: latest.index(name) if (name := _name(entry)) in latest else len(latest)
            )
        fitting = [(points, entry) for entry in self._entries if (points := entry.fits(wanted)) is not None]
        fitting.sort(key=lambda pair: (not pair[1].action.isEnabled(), -pair[0]))
        return [entry for _, entry in fitting]

    def _chosen(self) -> Entry | None:
        item = self.rows.currentItem()
        return None if item is None else self._shown[self.rows.indexOfTopLevelItem(item)]

    def _run(self) -> None:
        entry = self._chosen()
        if entry is None or not entry.action.isEnabled():
            return
        kept = [_name(entry), *(name for name in _latest() if name != _name(entry))]
        settings().setValue(_LATEST, kept[:_LATEST_LIMIT])
        # first away with the palette: what is done may look at who has the focus
        self.accept()
        entry.action.trigger()

    def _show_what_is_missing(self) -> None:
        entry = self._chosen()
        if entry is None or entry.action.isEnabled():
            self.hint.setText(entry.action.statusTip() if entry else "")
            return
        self.hint.setText(entry.reason or self.tr("This cannot be done now."))

    def _move_over(self, window: QWidget) -> None:
        width, height = min(_SIZE[0], window.width()), min(_SIZE[1], window.height())
        corner = window.mapToGlobal(window.rect().topLeft())
        self.setGeometry(corner.x() + (window.width() - width) // 2, corner.y() + window.height() // 8, width, height)


def _name(entry: Entry) -> str:
    return entry.action.objectName() or entry.title


def _latest() -> list[str]:
    """Names of the actions that were last done from the palette, newest first."""
    value = settings().value(_LATEST)
    return [str(name) for name in value] if isinstance(value, list) else [str(value)] if value else []
