"""The anchors: the frames a person vouches for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop.panels.anchors_model import AnchorsModel
from desktop.panels.list_panel import ListPanel
from desktop.playback.thumbnails import Thumbnails
from desktop.session.session import EditorSession
from desktop.widgets.remove_cross import RemoveCross

_REFRESH_MS = 100
_THUMBNAIL = QSize(96, 54)
_DROP_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class AnchorsPanel(ListPanel):
    """The list of anchors: a click goes to one, its cross button and the Delete key remove it."""

    drop_requested = Signal(int)

    def __init__(self, session: EditorSession, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _List()
        self.set_up(
            self.list,
            self.tr("Anchors"),
            self.tr("Frames you paint or import become anchors. No propagation changes them."),
            _REFRESH_MS,
        )
        self._session, self._thumbnails = session, thumbnails
        self.model = AnchorsModel(session, thumbnails, self)
        self.list.setModel(self.model)
        self.list.setIconSize(_THUMBNAIL)
        self.list.setToolTip(
            self.tr("Click to go there; the cross or Del removes the anchor, so that propagation may change the frame")
        )
        self._wanted = QTimer(self)
        self._wanted.setSingleShot(True)
        self._wanted.setInterval(0)
        self._wanted.timeout.connect(self._want)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.list.drop_pressed.connect(self._drop)
        self.list.verticalScrollBar().valueChanged.connect(self._want_soon)
        thumbnails.made.connect(self.model.thumbnail_made)
        session.frames_changed.connect(self.fill_soon)
        session.tracks_changed.connect(self.fill_soon)
        session.project_changed.connect(self.fill)
        session.frame_changed.connect(self._mark_current)
        self.fill()

    def fill(self) -> None:
        """Shows the anchors there are now."""
        self.model.reload()
        self.show_hint(self.model.rowCount() == 0)
        self._mark_current(self._session.frame_index)
        self._want_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._want_soon()

    def _want_soon(self) -> None:
        self._wanted.start()

    def _want(self) -> None:
        """Asks for the thumbnails of the visible rows."""
        rows = range(0)
        if self.isVisible() and self._session.is_open and self.model.rowCount():
            height = max(1, self.list.visualRect(self.model.index(0)).height())
            first = self.list.verticalOffset() // height
            rows = range(first, min(self.model.rowCount(), first + self.list.viewport().height() // height + 2))
        self._thumbnails.want(self, [self.model.request(row) for row in rows])

    def _mark_current(self, frame: int) -> None:
        row = self.model.row_of(frame)
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def _go(self, index: QModelIndex) -> None:
        self.go(index.row())

    def go(self, row: int) -> None:
        """Goes to the frame of a row."""
        self._session.go_to(self.model.frame_at(row))

    def _drop(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            self.drop_requested.emit(self.model.frame_at(row))


class _List(QListView):
    drop_pressed = Signal(int)
    """The row to drop."""

    def __init__(self) -> None:
        super().__init__()
        self._cross = RemoveCross(self)
        self.setItemDelegate(self._cross)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _DROP_KEYS:
            # here the key is for the anchor, not for the mask that an action of the window would clear
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DROP_KEYS:
            self.drop_pressed.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and index.isValid()
            and self._cross.area(self.visualRect(index)).contains(point)
        ):
            # the view sees nothing of it, and so does not go to the anchor
            self.drop_pressed.emit(index.row())
            return
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()
