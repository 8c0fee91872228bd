"""The objects as rows: number and colour, name, confidence on this frame, visible, locked."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap

from core.types import ObjectTrack
from desktop import theme
from desktop.icons import icon
from desktop.session import EditorSession

Index = QModelIndex | QPersistentModelIndex
_LOW_CONFIDENCE = 0.6


class Column(IntEnum):
    COLOUR = 0
    NAME = 1
    CONFIDENCE = 2
    VISIBLE = 3
    LOCKED = 4


class ObjectsModel(QAbstractTableModel):
    """Shows the session's tracks; names are edited in place."""

    def __init__(self, session: EditorSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tracks: tuple[ObjectTrack, ...] = ()
        self._visible, self._hidden = icon("visible"), icon("hidden")
        self._locked, self._unlocked = icon("locked"), icon("unlocked")
        session.tracks_changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        tracks = self._session.tracks
        if [track.object_id for track in tracks] == [track.object_id for track in self._tracks]:
            # the same rows: a name being edited and the selection stay
            self._tracks = tracks
            if tracks:
                self.dataChanged.emit(self.index(0, 0), self.index(len(tracks) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._tracks = tracks
        self.endResetModel()

    def confidence_changed(self) -> None:
        if self._tracks:
            last = len(self._tracks) - 1
            self.dataChanged.emit(self.index(0, Column.CONFIDENCE), self.index(last, Column.CONFIDENCE))

    def track_at(self, row: int) -> ObjectTrack:
        return self._tracks[row]

    def row_of(self, object_id: int) -> int:
        """The row of an object; -1 if it is not there."""
        return next((row for row, track in enumerate(self._tracks) if track.object_id == object_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._tracks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if index.column() == Column.NAME else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        track = self._tracks[index.row()]
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(track, column)
        if role == Qt.ItemDataRole.EditRole and column is Column.NAME:
            return track.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(track, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(track, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tip(track, column) if column is not Column.NAME else track.name
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.CONFIDENCE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(track, column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.NAME or not name:
            return False
        self._session.change_object(self._tracks[index.row()].object_id, name=name)
        return True

    def _text(self, track: ObjectTrack, column: Column) -> str | None:
        if column is Column.COLOUR:
            return str(track.object_id)
        if column is Column.NAME:
            return track.name
        if column is Column.CONFIDENCE:
            value = self._session.confidence(track.object_id)
            return "" if value is None else f"{value:.2f}"
        return None

    def _picture(self, track: ObjectTrack, column: Column) -> QIcon | None:
        if column is Column.COLOUR:
            return swatch(track.colour)
        if column is Column.VISIBLE:
            return self._visible if track.visible else self._hidden
        if column is Column.LOCKED:
            return self._locked if track.locked else self._unlocked
        return None

    def _tip(self, track: ObjectTrack, column: Column) -> str:
        if column is Column.COLOUR:
            return self.tr("Object {number}: double-click for another colour").format(number=track.object_id)
        if column is Column.NAME:
            return self.tr("{name}: double-click to rename (F2)").format(name=track.name)
        if column is Column.CONFIDENCE:
            return self.tr("How sure the engine is on this frame, 0 to 1")
        if column is Column.VISIBLE:
            return self.tr("Visible: click to hide") if track.visible else self.tr("Hidden: click to show")
        return self.tr("Locked: click to unlock") if track.locked else self.tr("Click to lock: nothing changes it then")

    def _ink(self, track: ObjectTrack, column: Column) -> QBrush | None:
        value = self._session.confidence(track.object_id) if column is Column.CONFIDENCE else None
        if value is not None and value < _LOW_CONFIDENCE:
            return QBrush(QColor(theme.WARNING))
        if not track.visible or column is Column.CONFIDENCE:
            return QBrush(QColor(theme.TEXT_DIM))
        return None


def swatch(colour: tuple[int, int, int], size: int = 14) -> QIcon:
    """A rounded square of a colour."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*colour))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), 3, 3)
    painter.end()
    made = QIcon(picture)
    # a colour is to look the same in a chosen row
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made
