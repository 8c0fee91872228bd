"""The anchors: the frames a person vouches for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.types import ObjectTrack, Origin
from desktop import theme
from desktop.panels.objects_model import swatch
from desktop.session import EditorSession
from desktop.timeline.timecode import timecode

_REFRESH_MS = 100

Row = tuple[int, tuple[ObjectTrack, ...]]
"""A frame, and the objects it is an anchor of."""


class AnchorsPanel(QWidget):
    """A click goes to the anchor, the delete key drops it."""

    drop_requested = Signal(int)

    def __init__(self, session: EditorSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[Row] = []
        self.list = _List()
        self.list.setIconSize(QSize(14, 14))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Anchors"))
        self.list.setToolTip(
            self.tr("Click to go there; Del drops the anchor, so that propagation may change the frame")
        )
        self._hint = QLabel(self.tr("Frames you paint or import become anchors. No propagation changes them."))
        self._hint.setProperty("dim", True)
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._hint)
        layout.addWidget(self.list, 1)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._fill)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.list.delete_pressed.connect(self._drop)
        session.frames_changed.connect(self._fill_soon)
        session.tracks_changed.connect(self._fill_soon)
        session.project_changed.connect(self._fill)
        session.frame_changed.connect(self._mark_current)
        self._fill()

    def _fill_soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _fill(self) -> None:
        wanted = self._rows()
        if wanted != self._shown:
            self._shown = wanted
            self.list.clear()
            for row in wanted:
                self.list.addItem(self._item(row))
        self._hint.setVisible(not wanted)
        self.list.setVisible(bool(wanted))
        self._mark_current(self._session.frame_index)

    def _rows(self) -> list[Row]:
        tracks = self._session.tracks
        lanes = {track.object_id: self._session.lane_data(track.object_id)[0] for track in tracks}
        return [
            (frame, tuple(track for track in tracks if lanes[track.object_id][frame] == Origin.EDITED))
            for frame in self._session.anchor_frames()
        ]

    def _item(self, row: Row) -> QListWidgetItem:
        frame, tracks = row
        names = ", ".join(track.name for track in tracks)
        rate = self._session.video.info.rate if self._session.video else None
        text = self.tr("Frame {frame}").format(frame=frame)
        if rate:
            text += f"  ·  {timecode(frame, rate)[3:]}"
        item = QListWidgetItem(swatch(tracks[0].colour) if tracks else swatch((120, 120, 120)), f"{text}  ·  {names}")
        item.setData(Qt.ItemDataRole.UserRole, frame)
        return item

    def _mark_current(self, frame: int) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == frame:
                self.list.setCurrentRow(row)
                return
        self.list.setCurrentRow(-1)

    def _go(self, item: QListWidgetItem) -> None:
        self._session.go_to(int(item.data(Qt.ItemDataRole.UserRole)))

    def _drop(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.drop_requested.emit(int(item.data(Qt.ItemDataRole.UserRole)))


class _List(QListWidget):
    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
