"""The history of the notices: a button in the status bar, and the list that it opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.actions import Actions
from desktop.panels.notice_bar import NoticeBar
from desktop.panels.notices import Kind, Notice
from desktop.program.folders import open_file, show_in_folder
from desktop.theme import theme
from desktop.theme.icons import pixmap

_WIDTH = 560
_HEIGHT = 420


class NoticeList(QDialog):
    """The notices, the newest first. Each can be copied; one about a file can open it or its folder."""

    def __init__(self, bar: NoticeBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Notifications"))
        self._bar = bar
        self.setObjectName("notices")
        self.setAccessibleName(self.tr("Notifications"))
        self.rows = QWidget()
        self._layout = QVBoxLayout(self.rows)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (theme.MARGIN,))
        layout.addWidget(area, 1)

    def show_above(self, corner: QPoint) -> None:
        """Shows the list with its lower right corner at a point of the screen."""
        self._fill()
        self.resize(_WIDTH, _HEIGHT)
        self.move(corner.x() - self.width(), corner.y() - self.height())
        self.show()

    def _fill(self) -> None:
        while item := self._layout.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        notices = list(reversed(self._bar.history.notices))
        for notice in notices:
            self._layout.addWidget(self._row(notice))
        if not notices:
            hint = QLabel(self.tr("There are no notices yet."))
            hint.setProperty("dim", True)
            self._layout.addWidget(hint)
        self._layout.addStretch()

    def _row(self, notice: Notice) -> QWidget:
        row = QFrame()
        sign = QLabel()
        sign.setPixmap(pixmap("info" if notice.kind is Kind.INFO else "warning", 16))
        text = QLabel(notice.text)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        when = QLabel(f"{notice.when:%H:%M}")
        when.setProperty("dim", True)
        head = QHBoxLayout()
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text, 1)
        head.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addStretch()
        if notice.action is not None:
            buttons.addWidget(self._button(notice.offer, notice.action))
        if notice.path is not None:
            buttons.addWidget(self._button(self.tr("Show in folder"), partial(show_in_folder, notice.path)))
            buttons.addWidget(self._button(self.tr("Open"), partial(open_file, notice.path)))
        copy = partial(QGuiApplication.clipboard().setText, notice.text)
        buttons.addWidget(self._button(self.tr("Copy"), copy))
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, theme.SPACING, theme.SPACING, theme.SPACING)
        layout.addLayout(head)
        layout.addLayout(buttons)
        return row

    def _button(self, text: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)

        def act() -> None:
            self.close()
            action()

        button.clicked.connect(act)
        return button


class NoticeButton(QToolButton):
    """Opens the list above itself."""

    def __init__(self, bar: NoticeBar, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = NoticeList(bar, self)
        self.setDefaultAction(actions["notices"])
        self.setAccessibleName(actions["notices"].toolTip())
        self.setProperty("flat", True)
        self.setIconSize(QSize(18, 18))

    @property
    def list(self) -> NoticeList:
        """What the button opens."""
        return self._list

    def show_list(self) -> None:
        """Opens the list above the button."""
        self._list.show_above(self.mapToGlobal(QPoint(self.width(), -2)))
