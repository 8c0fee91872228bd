"""The clips of a batch as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from core.batch.events import ClipEvent, ClipEventKind
from core.messages import Message
from desktop.settings.core_texts import core_message
from desktop.theme import theme

Index = QModelIndex | QPersistentModelIndex
FRACTION_ROLE = Qt.ItemDataRole.UserRole
"""How far a clip at work is, in [0, 1]; None for the others."""


class Column(IntEnum):
    NAME = 0
    STATE = 1


@dataclass
class _Row:
    name: str
    kind: ClipEventKind | None = None
    """None: waiting."""
    stage: str = ""
    done: int = 0
    total: int = 0
    text: str = ""


class BatchModel(QAbstractTableModel):
    """A row a clip, kept up to date by the batch's events."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._row_of: dict[str, int] = {}

    def set_clips(self, names: Sequence[str]) -> None:
        """Other clips, all of them waiting."""
        self.beginResetModel()
        self._rows = [_Row(name) for name in names]
        self._row_of = {name: number for number, name in enumerate(names)}
        self.endResetModel()

    def update(self, event: ClipEvent) -> None:
        """Applies an event."""
        row = self._rows[self._row_of[event.name]]
        if event.step is not None:
            row.stage, row.done, row.total = event.step.stage, event.step.done, event.step.total
        else:
            row.stage, row.done, row.total = "", 0, 0
        row.kind, row.text = event.kind, event.text
        number = self._row_of[event.name]
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def stop(self) -> None:
        """Marks clips that were at work when the batch ended as not running."""
        for row in self._rows:
            if row.kind in (ClipEventKind.STARTED, ClipEventKind.STEP, ClipEventKind.RETRIED):
                row.kind = None
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def name_of(self, index: Index) -> str:
        """The clip of a row."""
        return self._rows[index.row()].name

    def is_done(self, index: Index) -> bool:
        """Whether the clip of a row has results."""
        return self._rows[index.row()].kind in (ClipEventKind.DONE, ClipEventKind.KEPT)

    @property
    def ended(self) -> int:
        """How many clips are done or have failed."""
        return sum(row.kind in (ClipEventKind.DONE, ClipEventKind.KEPT, ClipEventKind.FAILED) for row in self._rows)

    @property
    def work(self) -> tuple[float, int]:
        """Clips that are done in this run, parts of clips included, and how many there are to do in it."""
        before = sum(row.kind is ClipEventKind.KEPT for row in self._rows)
        parts = sum(row.done / row.total for row in self._rows if row.kind is ClipEventKind.STEP and row.total)
        return self.ended - before + parts, len(self._rows) - before

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return {Column.NAME: self.tr("Clip"), Column.STATE: self.tr("State")}[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == FRACTION_ROLE:
            working = row.kind is ClipEventKind.STEP and index.column() == Column.STATE
            return row.done / row.total if working and row.total else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return core_message(row.text) or None
        if role == Qt.ItemDataRole.ForegroundRole and row.kind is ClipEventKind.FAILED:
            return QColor(theme.ERROR)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return row.name if index.column() == Column.NAME else self._state(row)

    def _state(self, row: _Row) -> str:
        # of a traceback the last line says what happened
        reason = core_message(row.text) if isinstance(row.text, Message) else row.text.strip().rpartition("\n")[2]
        match row.kind:
            case None:
                return self.tr("waiting")
            case ClipEventKind.STARTED:
                return self.tr("opening")
            case ClipEventKind.STEP:
                stages = {"follow": self.tr("following"), "score": self.tr("scoring")}
                stage = stages.get(row.stage) or self.tr("writing {format}").format(format=row.stage)
                return f"{stage}  {row.done}/{row.total}"
            case ClipEventKind.DONE:
                return self.tr("done")
            case ClipEventKind.KEPT:
                return self.tr("done before")
            case ClipEventKind.RETRIED:
                return self.tr("failed, once more: {reason}").format(reason=reason)
            case ClipEventKind.FAILED:
                return self.tr("failed: {reason}").format(reason=reason)
