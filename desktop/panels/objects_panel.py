"""The objects panel: choose, add, rename, classify, recolour, show, lock, arrange, merge, delete."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.actions import Actions
from desktop.panels.list_panel import show_one
from desktop.panels.objects_model import Column, ObjectsModel, swatch
from desktop.session.session import EditorSession
from desktop.theme import theme
from desktop.widgets.class_editor import ClassEditor
from desktop.widgets.elided_label import WholeLines
from desktop.widgets.lists.several_rows import SeveralRows

_REFRESH_MS = 200
_ALONE_KEYS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""Many window managers keep alt and the mouse for themselves."""
_WIDTHS = {Column.COLOUR: 42, Column.AREA: 56, Column.CONFIDENCE: 42, Column.VISIBLE: 28, Column.LOCKED: 28}
_LONGEST = {Column.AREA: "99.99 %", Column.CONFIDENCE: "0.00"}
"""The longest texts of columns that have the width of their contents."""
_PADDING = 16
_NO_COLOUR = (110, 114, 118)
"""Colour of the button while there is no object."""
_LEAST_NAME = "Object 100"
_BUTTONS = ("add_object", "remove_object", "merge_object", "solo", "colour_object")


class ObjectsPanel(QWidget):
    """One row an object; the chosen row is the object that is painted."""

    colour_requested = Signal(int)
    """Another colour is requested for an object."""
    text_entered = Signal(str)
    """Objects are to be found that are what the text says."""

    def __init__(self, session: EditorSession, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = ObjectsModel(session, actions.keys_text, self)
        self.view = SeveralRows((Column.VISIBLE, Column.LOCKED))
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setIconSize(QSize(16, 16))
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.view.setItemDelegateForColumn(Column.CLASS, ClassEditor(self.model.class_labels, self.view))
        self.view.setAccessibleName(self.tr("Objects"))
        # the header and one row: with more a window with a clip would not fit on a screen of 600 pixels
        self.view.setMinimumHeight(46)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header.setMinimumSectionSize(24)
        header.ensurePolished()
        self._widths: dict[Column, int] = {}
        for column in Column:
            fixed = column in _WIDTHS
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            )
            if fixed:
                # a title is longer in one language than in another
                contents = (
                    self.fontMetrics().horizontalAdvance(_LONGEST[column]) + _PADDING if column in _LONGEST else 0
                )
                self._widths[column] = max(_WIDTHS[column], header.sectionSizeHint(column), contents)
                header.resizeSection(column, self._widths[column])
        self._hint = WholeLines(self.tr("No objects yet. Click on one with Smart select (S), or paint on the picture."))
        self._hint.setProperty("dim", True)
        self._hint.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)

        buttons = QHBoxLayout()
        buttons.setContentsMargins(4, 2, 4, 2)
        buttons.setSpacing(2)
        for name in _BUTTONS:
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].toolTip())
            button.setProperty("flat", True)
            button.setIconSize(QSize(18, 18))
            buttons.addWidget(button)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Find by text: dog; red ball"))
        self.text.setAccessibleName(self.tr("Find objects by text"))
        self.text.setToolTip(self.tr("Says what to find on this frame; what is found can be accepted one by one"))
        self.text.setClearButtonEnabled(True)
        self.text.returnPressed.connect(self._text_entered)
        session.project_changed.connect(lambda: self.text.setEnabled(session.is_open))
        self.text.setEnabled(session.is_open)
        # next to the buttons: on a low screen there is no room for a row of its own
        buttons.addWidget(self.text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(buttons)
        layout.addWidget(self._hint)
        layout.addWidget(self.view, 1)
        layout.addStretch()
        self._column = layout

        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.model.measures_changed)
        self.view.clicked.connect(self._clicked)
        self.view.doubleClicked.connect(self._double_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.view.selectionModel().selectionChanged.connect(self._several_chosen)
        self.model.modelReset.connect(self._show_current)
        session.current_object_changed.connect(self._show_current)
        session.tracks_changed.connect(self._show_hint)
        session.tracks_changed.connect(self._fit_numbers)
        self._colour_action = actions["colour_object"]
        for changed in (session.tracks_changed, session.current_object_changed):
            changed.connect(self._show_colour)
        self._show_colour()
        session.project_changed.connect(self._refresh_soon)
        session.tracks_changed.connect(self._refresh_soon)
        session.frame_changed.connect(self._refresh_soon)
        session.frames_changed.connect(self._refresh_soon)
        session.solo_changed.connect(actions["solo"].setChecked)
        self._show_hint()

    def _fit_numbers(self) -> None:
        """Room for the longest number next to its colour."""
        digits = len(str(max((track.object_id for track in self._session.tracks), default=1)))
        width = _WIDTHS[Column.COLOUR] + (digits - 1) * self.fontMetrics().horizontalAdvance("0")
        if width != self._widths[Column.COLOUR]:
            self._widths[Column.COLOUR] = width
            self.view.header().resizeSection(Column.COLOUR, width)

    def _show_colour(self) -> None:
        """The button that changes the chosen object's colour shows it."""
        track = self._session.track(self._session.current_object)
        self._colour_action.setIcon(swatch(_NO_COLOUR if track is None else track.colour, 18))

    def _text_entered(self) -> None:
        if text := self.text.text().strip():
            self.text_entered.emit(text)

    def rename_current(self) -> None:
        """Opens the chosen object's name for editing."""
        self._edit_current(Column.NAME)

    def classify_current(self) -> None:
        """Opens the chosen object's class for editing."""
        self.view.setColumnHidden(Column.CLASS, False)
        self._edit_current(Column.CLASS)

    def _edit_current(self, column: Column) -> None:
        row = self.model.row_of(self._session.current_object)
        if row >= 0:
            self.view.edit(self.model.index(row, column))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_columns()

    def _show_hint(self) -> None:
        empty = not self._session.tracks
        show_one(self._hint, self.view, empty)
        # the names have its room until there is a class
        self.view.setColumnHidden(Column.CLASS, not self.model.class_labels())
        self._show_columns()

    def _show_columns(self) -> None:
        """Names come first: where room is short the measures go, which the tooltips and the lanes say as well."""
        header = self.view.header()
        shown = [column for column in _WIDTHS if column not in _LONGEST]
        texts = 1 if self.view.isColumnHidden(Column.CLASS) else 2
        least = texts * self.fontMetrics().horizontalAdvance(_LEAST_NAME)
        room = self.width() - sum(self._widths[column] for column in shown) - least
        for column in (Column.CONFIDENCE, Column.AREA):
            room -= self._widths[column]
            hidden = room < 0
            if hidden != self.view.isColumnHidden(column):
                header.setSectionHidden(column, hidden)

    def _show_current(self) -> None:
        row = self.model.row_of(self._session.current_object)
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.go_to(self.model.index(row, Column.NAME))

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.choose_object(self.model.track_at(index.row()).object_id)

    def _several_chosen(self) -> None:
        rows, current = self.view.chosen_rows(), self.view.currentIndex()
        self._session.choose_objects(self.model.track_at(row).object_id for row in rows)
        if rows and current.row() not in rows:
            # with Ctrl it was taken out of several: another of them is the current object
            self.view.go_to(self.model.index(rows[-1], Column.NAME))
        elif not rows and current.isValid():
            # one object is always the current one, and seen to be
            self.view.go_to(current)

    def add_below(self, widget: QWidget) -> None:
        """Adds something under the list."""
        self._column.addWidget(widget)

    def _clicked(self, index: QModelIndex) -> None:
        track = self.model.track_at(index.row())
        if index.column() == Column.VISIBLE:
            alone = bool(QApplication.keyboardModifiers() & _ALONE_KEYS)
            # what the eyes show under solo is not the objects' own: the first click brings that back
            if alone or self._session.solo:
                self._session.set_solo(alone and not self._session.solo)
            else:
                self._session.toggle_object(track.object_id, "visible")
        elif index.column() == Column.LOCKED:
            self._session.toggle_object(track.object_id, "locked")

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.COLOUR:
            self.colour_requested.emit(self.model.track_at(index.row()).object_id)

    def _refresh_soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()
