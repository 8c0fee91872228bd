"""Undo and redo: what was done last may be a corner of a polygon, and what changes is shown and named."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.canvas.view import CanvasView
from desktop.commands.handlers import Handlers
from desktop.session.session import EditorSession


class HistoryCommands(QObject):
    """Takes steps back and does them again; `done` says which, and on which frame."""

    done = Signal(str)

    def __init__(self, session: EditorSession, view: CanvasView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {"undo": self._undo, "redo": self._redo}

    def _undo(self) -> None:
        if not self._view.step_back():
            self._step(self._session.project.history.undo, self.tr("Undone: {text}"))

    def _redo(self) -> None:
        self._step(self._session.project.history.redo, self.tr("Redone: {text}"))

    def _step(self, step: Callable[[], str | None], template: str) -> None:
        before = self._session.frame_index
        text = step()
        if text is None:
            return
        message = template.format(text=text)
        if self._session.frame_index != before:
            frame = self.tr("on frame {frame}").format(frame=self._session.frame_index)
            message = f"{message} ({frame})"
        self.done.emit(message)
