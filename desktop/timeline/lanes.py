"""The lanes: one row an object, with its anchors, its propagated and stale frames and its confidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.types import ObjectTrack, Origin
from desktop.theme import theme
from desktop.timeline.finding_marks import FindingMark, draw_marks
from desktop.timeline.lane_image import anchor_columns, lane_image, reduce_lane
from desktop.timeline.scale import TimeScale
from desktop.timeline.time_strip import GUTTER, RIGHT_MARGIN, TimeStrip

LANE_HEIGHT = 26
_BAR_TOP = 4
_BAR_HEIGHT = LANE_HEIGHT - 2 * _BAR_TOP
_DIAMOND = 4.5

LaneData = Callable[[int], tuple[NDArray[np.uint8], NDArray[np.float32]]]
"""Origins and confidence of an object on every frame."""


class Lanes(TimeStrip):
    """Each lane is kept as a picture and made again only when its data or the scale has changed."""

    object_chosen = Signal(int)

    def __init__(
        self,
        scale: TimeScale,
        lane_data: LaneData,
        parent: QWidget | None = None,
        key_frames: Callable[[int], Sequence[int]] = lambda _object_id: (),
    ) -> None:
        """`key_frames` gives the keyframes of an object's shapes."""
        super().__init__(scale, parent)
        self._lane_data = lane_data
        self._key_frames = key_frames
        self._tracks: tuple[ObjectTrack, ...] = ()
        self._current = 0
        self._marks: dict[int, list[FindingMark]] = {}
        self._kept: dict[int, tuple[QImage, NDArray[np.int64], frozenset[int]]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Object lanes"))
        scale.changed.connect(self.invalidate)

    def set_tracks(self, tracks: Sequence[ObjectTrack]) -> None:
        self._tracks = tuple(tracks)
        self.setMinimumHeight(LANE_HEIGHT * max(1, len(self._tracks)))
        self.invalidate()

    def set_marks(self, marks: Sequence[FindingMark]) -> None:
        """What a check found, the worst first."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.object_id, []).append(mark)
        self.update()

    def set_current(self, object_id: int) -> None:
        self._current = object_id
        self.update()

    def invalidate(self) -> None:
        """The lanes' data have changed: they are made again when they are next painted."""
        self._kept.clear()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, LANE_HEIGHT * max(2, len(self._tracks)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // LANE_HEIGHT
        if event.button() == Qt.MouseButton.LeftButton and 0 <= row < len(self._tracks):
            self.object_chosen.emit(self._tracks[row].object_id)
        super().mousePressEvent(event)

    def choose_at(self, point: QPoint) -> bool:
        """Goes to the object and the frame at a point of the widget; False where there is no object."""
        row = point.y() // LANE_HEIGHT
        if not self.scale.frame_count or not 0 <= row < len(self._tracks):
            return False
        self.object_chosen.emit(self._tracks[row].object_id)
        if point.x() >= GUTTER:
            self.seek_requested.emit(self.scale.frame_at(point.x() - GUTTER))
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def tip_at(self, point: QPoint) -> str:
        """What is known of the object and the frame at a point of the widget; empty where there is neither."""
        row = point.y() // LANE_HEIGHT
        if point.x() < GUTTER or not self.scale.frame_count or not 0 <= row < len(self._tracks):
            return ""
        track, frame = self._tracks[row], self.scale.frame_at(point.x() - GUTTER)
        origins, confidence = self._lane_data(track.object_id)
        known = {
            Origin.NONE: self.tr("no mask"),
            Origin.PROPAGATED: self.tr("propagated"),
            Origin.EDITED: self.tr("anchor"),
            Origin.STALE: self.tr("stale: an anchor has changed since"),
        }
        parts = [track.name, self.tr("Frame {frame}").format(frame=frame), known[Origin(int(origins[frame]))]]
        if not np.isnan(confidence[frame]):
            parts.append(f"{confidence[frame]:.2f}")
        if frame in self._key_frames(track.object_id):
            parts.append(self.tr("keyframe of a shape"))
        found = [mark.text for mark in self._marks.get(track.object_id, ()) if mark.concerns(frame)]
        return "\n".join(["  ·  ".join(parts), *found])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.BACKGROUND))
        if not self.scale.frame_count:
            painter.setPen(QColor(theme.TEXT_DIM))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Open a clip to see its frames here"))
            return
        if not self._tracks:
            painter.setPen(QColor(theme.TEXT_DIM))
            room = self.rect().adjusted(GUTTER + 12, 0, -RIGHT_MARGIN, 0)
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignVCenter,
                self.tr("No objects yet: click on one with Smart select (S), or paint one"),
            )
        for row, track in enumerate(self._tracks):
            area = QRect(0, row * LANE_HEIGHT, self.width(), LANE_HEIGHT)
            if area.intersects(event.rect()):
                self._draw_lane(painter, area, track, event.rect())
        self.draw_playhead(painter, 0, self.height())

    def _draw_lane(self, painter: QPainter, area: QRect, track: ObjectTrack, part: QRect) -> None:
        painter.save()
        chosen = track.object_id == self._current
        painter.fillRect(area.adjusted(0, 0, 0, -1), QColor(theme.RAISED if chosen else theme.SURFACE))
        if part.left() < GUTTER:
            self._draw_name(painter, area, track)
        picture, anchors, keys = self._lane(track)
        painter.setOpacity(1.0 if track.visible else 0.4)
        shown = part.intersected(QRect(GUTTER, area.top() + _BAR_TOP, picture.width(), picture.height()))
        painter.drawImage(shown, picture, shown.translated(-GUTTER, -area.top() - _BAR_TOP))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.BACKGROUND))
        middle = area.center().y() + 0.5
        for frame in anchors:
            painter.setBrush(QColor(theme.ACCENT if int(frame) in keys else theme.TEXT))
            x = self.middle_of(int(frame))
            if part.left() - _DIAMOND <= x <= part.right() + 1 + _DIAMOND:
                painter.drawPolygon(
                    QPolygonF(
                        [QPointF(x - _DIAMOND, middle), QPointF(x, middle - _DIAMOND), QPointF(x + _DIAMOND, middle),
                         QPointF(x, middle + _DIAMOND)]
                    )
                )  # fmt: skip
        marks = self._marks.get(track.object_id, ())
        draw_marks(painter, marks, self.scale, GUTTER, area.bottom() - 0.5, QRectF(part))
        painter.restore()

    def _draw_name(self, painter: QPainter, area: QRect, track: ObjectTrack) -> None:
        swatch = QRect(10, area.top() + (LANE_HEIGHT - 12) // 2, 12, 12)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*track.colour))
        painter.drawRoundedRect(swatch, 3, 3)
        painter.setPen(QColor(theme.TEXT if track.visible else theme.TEXT_DIM))
        name = painter.fontMetrics().elidedText(track.name, Qt.TextElideMode.ElideRight, GUTTER - 40)
        painter.drawText(QRect(30, area.top(), GUTTER - 36, LANE_HEIGHT), Qt.AlignmentFlag.AlignVCenter, name)

    def _lane(self, track: ObjectTrack) -> tuple[QImage, NDArray[np.int64], frozenset[int]]:
        if track.object_id not in self._kept:
            origins, confidence = self._lane_data(track.object_id)
            scale = self.scale
            ranks, sure = reduce_lane(origins, confidence, scale.first, scale.frames_per_pixel, scale.width)
            anchors = anchor_columns(origins)
            last = scale.first + scale.width * scale.frames_per_pixel
            anchors = anchors[(anchors >= int(scale.first)) & (anchors <= last)]
            # of anchors closer together than a diamond is wide, one is drawn
            cells = (anchors / (scale.frames_per_pixel * 2 * _DIAMOND)).astype(np.int64)
            anchors = anchors[np.unique(cells, return_index=True)[1]]
            keys = frozenset(self._key_frames(track.object_id))
            self._kept[track.object_id] = (lane_image(ranks, sure, track.colour, _BAR_HEIGHT), anchors, keys)
        return self._kept[track.object_id]
