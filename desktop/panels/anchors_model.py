"""The anchors as rows: the frame, its time, the objects it vouches for, a thumbnail with their masks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QPixmap

from core.types import ObjectTrack, Origin
from desktop.playback.thumbnails import Thumbnails
from desktop.playback.timecode import timecode
from desktop.session.session import EditorSession
from desktop.theme import theme
from desktop.workers.thumbnails import SIZE, ThumbnailRequest

Index = QModelIndex | QPersistentModelIndex


class AnchorsModel(QAbstractListModel):
    """Texts and thumbnails are made for the visible rows only: an imported sequence has thousands of anchors."""

    def __init__(self, session: EditorSession, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self._tracks: tuple[ObjectTrack, ...] = ()
        self._frames: NDArray[np.int64] = np.zeros(0, np.int64)
        self._vouched: NDArray[np.bool_] = np.zeros((0, 0), np.bool_)

    def reload(self) -> None:
        """Takes the anchors over from the session. Rows that are the same keep their selection."""
        tracks = self._session.tracks
        frames = np.array(self._session.anchor_frames(), np.int64)
        vouched = np.zeros((len(tracks), len(frames)), np.bool_)
        for row, track in enumerate(tracks):
            vouched[row] = self._session.lane_data(track.object_id)[0][frames] == Origin.EDITED
        if np.array_equal(frames, self._frames):
            same = tracks == self._tracks and np.array_equal(vouched, self._vouched)
            self._tracks, self._vouched = tracks, vouched
            if len(frames) and not same:
                self.dataChanged.emit(self.index(0), self.index(len(frames) - 1))
            return
        self.beginResetModel()
        self._tracks, self._frames, self._vouched = tracks, frames, vouched
        self.endResetModel()

    def frame_at(self, row: int) -> int:
        return int(self._frames[row])

    def row_of(self, frame_index: int) -> int:
        """The row of a frame; -1 if it is no anchor."""
        row = int(np.searchsorted(self._frames, frame_index))
        return row if row < len(self._frames) and self._frames[row] == frame_index else -1

    def request(self, row: int) -> ThumbnailRequest:
        """The thumbnail of a row: with the objects that are vouched for there, as only their masks are its own."""
        frame = self.frame_at(row)
        colours = tuple(
            (track.object_id, track.colour)
            for track, is_in in zip(self._tracks, self._vouched[:, row], strict=True)
            if is_in and track.visible
        )
        return ThumbnailRequest(frame, colours, self._session.project.revision(frame))

    def thumbnail_made(self, request: ThumbnailRequest) -> None:
        row = self.row_of(request.frame_index)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._frames)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.row())
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(index.row())
        return None

    def _text(self, row: int) -> str:
        frame = self.frame_at(row)
        names = ", ".join(track.name for track, is_in in zip(self._tracks, self._vouched[:, row], strict=True) if is_in)
        rate = self._session.video.info.rate if self._session.video else None
        text = self.tr("Frame {frame}").format(frame=frame)
        if rate:
            text += f"  ·  {timecode(frame, rate)[3:]}"
        return f"{text}\n{names}"

    def _picture(self, row: int) -> QIcon:
        found = self._thumbnails.get(self.request(row)) if self._session.is_open else None
        picture = _empty() if found is None or found.isNull() else found
        made = QIcon(picture)
        # a picture is to look the same in a chosen row
        made.addPixmap(picture, QIcon.Mode.Selected)
        return made


def _empty() -> QPixmap:
    picture = QPixmap(SIZE)
    picture.fill(theme.RAISED)
    return picture
