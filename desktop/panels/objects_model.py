"""The objects as rows: number and colour, name, class, area and confidence on this frame, visible, locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap

from core.types import ObjectTrack
from desktop.session.session import EditorSession
from desktop.settings.counts import two_digits
from desktop.theme import theme
from desktop.theme.icons import ThemedIcon

Index = QModelIndex | QPersistentModelIndex
_LOW_CONFIDENCE = 0.6


class Column(IntEnum):
    COLOUR = 0
    NAME = 1
    CLASS = 2
    AREA = 3
    CONFIDENCE = 4
    VISIBLE = 5
    LOCKED = 6


_EDITED = (Column.NAME, Column.CLASS)
_MEASURED = (Column.AREA, Column.CONFIDENCE)
_MIME = "application/x-rotoflow-object"


class ObjectsModel(QAbstractTableModel):
    """Shows the session's tracks; names and classes are edited in place, rows are dragged to another row."""

    def __init__(self, session: EditorSession, keys_text: Callable[[str], str], parent: QObject | None = None) -> None:
        """`keys_text` says an action's keys, by its name."""
        super().__init__(parent)
        self._session, self._keys_text = session, keys_text
        self._tracks: tuple[ObjectTrack, ...] = ()
        self._visible, self._hidden = ThemedIcon("visible"), ThemedIcon("hidden")
        self._locked, self._unlocked = ThemedIcon("locked"), ThemedIcon("unlocked")
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

    def measures_changed(self) -> None:
        """Another frame, or other masks on it: area and confidence are other ones."""
        if self._tracks:
            self._session.areas()
            last = len(self._tracks) - 1
            self.dataChanged.emit(self.index(0, _MEASURED[0]), self.index(last, _MEASURED[-1]))

    def class_labels(self) -> list[str]:
        """The classes in use, sorted."""
        return sorted({track.class_label for track in self._tracks if track.class_label})

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
        if not index.isValid():
            # between the rows: an object is dropped there, not on another one
            return Qt.ItemFlag.ItemIsDropEnabled
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return base | Qt.ItemFlag.ItemIsEditable if index.column() in _EDITED else base

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = {
            Column.NAME: self.tr("Name"),
            Column.CLASS: self.tr("Class"),
            Column.AREA: self.tr("Area"),
            Column.CONFIDENCE: self.tr("Sure"),
        }
        return titles.get(Column(section), "")

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(_MIME, str(self._tracks[indexes[0].row()].object_id).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(_MIME) or action != Qt.DropAction.MoveAction:
            return False
        object_id = int(bytes(data.data(_MIME).data()).decode())
        old = self.row_of(object_id)
        position = row if row >= 0 else len(self._tracks)
        # after the view has done with the drag: the rows are made again
        QTimer.singleShot(0, self, lambda: self._session.move_object(object_id, position - (old < position)))
        # False, as the view would take the dragged row away after a True
        return False

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        track = self._tracks[index.row()]
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(track, column)
        if role == Qt.ItemDataRole.EditRole and column in _EDITED:
            return self._text(track, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(track, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(track, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tip(track, column) if column not in _EDITED else self._text(track, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _MEASURED:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(track, column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = str(value).strip()
        column = Column(index.column())
        if role != Qt.ItemDataRole.EditRole or column not in _EDITED or (column is Column.NAME and not text):
            return False
        track = self._tracks[index.row()]
        # a name that the program gave is shown in the language of the window: to leave it is not to give it another
        if text != self._text(track, column):
            if column is Column.NAME:
                self._session.change_object(track.object_id, name=text)
            else:
                chosen = self._session.chosen_objects
                several = chosen if track.object_id in chosen else (track.object_id,)
                self._session.change_objects(several, class_label=text)
        return True

    def _text(self, track: ObjectTrack, column: Column) -> str | None:
        if column is Column.COLOUR:
            return str(track.object_id)
        if column is Column.NAME:
            return track.name
        if column is Column.CLASS:
            return track.class_label
        if column is Column.AREA:
            area = self._area(track)
            return f"{two_digits(self._share(area))} %" if area else ""
        if column is Column.CONFIDENCE:
            value = self._session.confidence(track.object_id)
            return "" if value is None else f"{value:.2f}"
        return None

    def _area(self, track: ObjectTrack) -> int:
        return self._session.areas(known=True).get(track.object_id, 0)

    def _share(self, area: int) -> float:
        """The area as a share of the picture, in per cent."""
        video = self._session.video
        return 0.0 if video is None else 100 * area / (video.size[0] * video.size[1])

    def _picture(self, track: ObjectTrack, column: Column) -> QIcon | None:
        if column is Column.COLOUR:
            return swatch(track.colour)
        if column is Column.VISIBLE:
            return (self._visible if track.visible else self._hidden).now()
        if column is Column.LOCKED:
            return (self._locked if track.locked else self._unlocked).now()
        return None

    def _tip(self, track: ObjectTrack, column: Column) -> str:
        if column is Column.COLOUR:
            return self.tr("Object {number}: double-click for another colour").format(number=track.object_id)
        if column is Column.NAME:
            return self._with_keys(self.tr("{name}: double-click to rename").format(name=track.name), "rename_object")
        if column is Column.CLASS:
            return self._with_keys(self.tr("What kind of thing it is: double-click to change"), "classify_object")
        if column is Column.AREA:
            area = self._area(track)
            return self.tr("Area on this frame: {pixels} pixels, {share} % of the picture").format(
                pixels=f"{area:,}", share=f"{self._share(area):.2f}"
            )
        if column is Column.CONFIDENCE:
            return self.tr("How sure the engine is on this frame, 0 to 1")
        if column is Column.VISIBLE:
            return (
                self.tr("Visible: click to hide, Ctrl+click or Alt+click to show it alone")
                if track.visible
                else self.tr("Hidden: click to show, Ctrl+click or Alt+click to show it alone")
            )
        return self.tr("Locked: click to unlock") if track.locked else self.tr("Click to lock: nothing changes it then")

    def _with_keys(self, tip: str, action: str) -> str:
        keys = self._keys_text(action)
        return f"{tip} ({keys})" if keys else tip

    def _ink(self, track: ObjectTrack, column: Column) -> QBrush | None:
        value = self._session.confidence(track.object_id) if column is Column.CONFIDENCE else None
        if value is not None and value < _LOW_CONFIDENCE:
            return QBrush(QColor(theme.WARNING))
        if not track.visible or column in (Column.CLASS, *_MEASURED):
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
