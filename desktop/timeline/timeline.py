"""The timeline: the ruler above pictures and lanes, fed by the session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.playback.thumbnails import Thumbnails
from desktop.session.session import EditorSession
from desktop.timeline.lanes import LANE_HEIGHT, Lanes
from desktop.timeline.ruler import Ruler
from desktop.timeline.scale import TimeScale
from desktop.timeline.thumbnail_strip import ThumbnailStrip

_REFRESH_MS = 80


class Timeline(QWidget):
    """Seeks by click and drag; repaints at most every 80 ms while results pour in."""

    scrubbing = Signal(bool)
    rename_requested = Signal(int)
    """The marker of a frame is to get another name."""

    def __init__(self, session: EditorSession, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.scale = TimeScale(self)
        self.ruler = Ruler(self.scale)
        self.strip = ThumbnailStrip(self.scale, thumbnails.get)
        self.lanes = Lanes(self.scale, session.lane_data, key_frames=session.shapes.key_frames)
        area = self._area = QScrollArea()
        area.setWidget(self.lanes)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(2 * LANE_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.ruler)
        layout.addWidget(self.strip)
        layout.addWidget(area, 1)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self.lanes.invalidate)

        self.strip.wanted.connect(lambda requests: thumbnails.want(self, requests))
        thumbnails.made.connect(self.strip.made)
        for strip in (self.ruler, self.strip, self.lanes):
            strip.seek_requested.connect(session.go_to)
            strip.scrubbing.connect(self.scrubbing)
        self.lanes.object_chosen.connect(session.choose_object)
        session.project_changed.connect(self._show_project)
        session.frame_changed.connect(self._show_frame)
        session.frames_changed.connect(self._data_changed)
        session.tracks_changed.connect(self._show_tracks)
        session.current_object_changed.connect(self._show_current)
        session.range.changed.connect(self._show_range)
        session.markers.changed.connect(lambda: self.ruler.set_markers(session.markers.all))
        self.ruler.rename_requested.connect(self.rename_requested)
        self.ruler.menu_requested.connect(self._show_menu)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the ruler's menu offers for the frame under the pointer."""
        self._menu.clear()
        self._menu.addActions(actions)

    def _show_menu(self, point: QPoint) -> None:
        self._menu.popup(point)

    def _show_project(self) -> None:
        video = self._session.video
        self.scale.set_clip(video.frame_count if video else 0)
        self.ruler.set_clip(video.info.rate if video else None, video.frame_number if video else int)
        self.strip.set_clip(video.size if video else None)
        self._show_tracks()
        self._show_range()
        self._show_frame(self._session.frame_index)

    def _show_frame(self, frame: int) -> None:
        for strip in (self.ruler, self.strip, self.lanes):
            strip.set_frame(frame)
        self.scale.reveal(frame)

    def _show_tracks(self) -> None:
        self.lanes.set_tracks(self._session.tracks)
        self._show_current(self._session.current_object)

    def _show_current(self, object_id: int) -> None:
        self.lanes.set_current(object_id)
        # a lane that was just added has its place with the next layout
        QTimer.singleShot(0, self, self._reveal_current)

    def _reveal_current(self) -> None:
        ids = [track.object_id for track in self._session.tracks]
        if self._session.current_object in ids:
            top = ids.index(self._session.current_object) * LANE_HEIGHT
            self._area.ensureVisible(0, top + LANE_HEIGHT // 2, 0, LANE_HEIGHT // 2)

    def _show_range(self) -> None:
        self.ruler.set_range(self._session.range.value)

    def _data_changed(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()
