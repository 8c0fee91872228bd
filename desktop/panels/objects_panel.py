"""The objects panel: choose, add, rename, recolour, show, lock, delete."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.actions.actions import Actions
from desktop.panels.objects_model import Column, ObjectsModel
from desktop.session import EditorSession

_REFRESH_MS = 60
_WIDTHS = {Column.COLOUR: 46, Column.CONFIDENCE: 46, Column.VISIBLE: 30, Column.LOCKED: 30}


class ObjectsPanel(QWidget):
    """One row an object; the chosen row is the object that is painted."""

    colour_requested = Signal(int)
    """Another colour is wanted for an object."""

    def __init__(self, session: EditorSession, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = ObjectsModel(session, self)
        self.view = QTreeView()
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setIconSize(QSize(16, 16))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.view.setAccessibleName(self.tr("Objects"))
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        for column in Column:
            fixed = column is not Column.NAME
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            )
            if fixed:
                header.resizeSection(column, _WIDTHS[column])
        self._hint = QLabel(self.tr("No objects yet. Paint on the picture, or add one with +."))
        self._hint.setProperty("dim", True)
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)

        buttons = QHBoxLayout()
        buttons.setContentsMargins(4, 2, 4, 2)
        buttons.setSpacing(2)
        for name in ("add_object", "remove_object"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].toolTip())
            button.setProperty("flat", True)
            button.setIconSize(QSize(18, 18))
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(buttons)
        layout.addWidget(self._hint)
        layout.addWidget(self.view, 1)
        layout.addStretch()

        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.model.confidence_changed)
        self.view.clicked.connect(self._clicked)
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.model.modelReset.connect(self._show_current)
        session.current_object_changed.connect(self._show_current)
        session.tracks_changed.connect(self._show_hint)
        session.frame_changed.connect(self._refresh_soon)
        session.frames_changed.connect(self._refresh_soon)
        self._show_hint()

    def rename_current(self) -> None:
        """Opens the chosen object's name for editing."""
        row = self.model.row_of(self._session.current_object)
        if row >= 0:
            self.view.edit(self.model.index(row, Column.NAME))

    def _show_hint(self) -> None:
        empty = not self._session.tracks
        self._hint.setVisible(empty)
        self.view.setVisible(not empty)

    def _show_current(self) -> None:
        row = self.model.row_of(self._session.current_object)
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(row, Column.NAME))

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.choose_object(self.model.track_at(index.row()).object_id)

    def _clicked(self, index: QModelIndex) -> None:
        track = self.model.track_at(index.row())
        if index.column() == Column.VISIBLE:
            self._session.change_object(track.object_id, visible=not track.visible)
        elif index.column() == Column.LOCKED:
            self._session.change_object(track.object_id, locked=not track.locked)

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.COLOUR:
            self.colour_requested.emit(self.model.track_at(index.row()).object_id)

    def _refresh_soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()
