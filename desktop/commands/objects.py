"""Changing objects and anchors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.commands.handlers import Handlers

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class ObjectCommands(QObject):
    """What the Objects menu does."""

    notice = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session = window.session
        self._panel = window.objects
        self._window = window

    def handlers(self) -> Handlers:
        """By the action's name."""
        session = self._session
        return {
            "add_object": session.add_object,
            "rename_object": self._panel.rename_current,
            "remove_object": lambda: session.remove_object(session.current_object),
            "toggle_visible": partial(self._toggle, "visible"),
            "toggle_locked": partial(self._toggle, "locked"),
            "drop_anchor": lambda: self.drop_anchor(session.frame_index),
        }

    def drop_anchor(self, frame: int) -> None:
        """Lets propagation change a frame again."""
        if frame in self._session.anchor_frames():
            self._session.drop_anchor(frame)
        else:
            self.notice.emit(self.tr("Frame {frame} is no anchor.").format(frame=frame))

    def choose_colour(self, object_id: int) -> None:
        """Asks for an object's colour."""
        track = self._session.track(object_id)
        colour = self._window.ask.colour(track.colour) if track else None
        if colour is not None:
            self._session.change_object(object_id, colour=colour)

    def _toggle(self, field: str) -> None:
        track = self._session.track(self._session.current_object)
        if track is not None:
            self._session.change_object(track.object_id, **{field: not getattr(track, field)})
