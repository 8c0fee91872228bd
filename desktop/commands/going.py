"""Going from frame to frame: steps, anchors, frames to check, the range and playback."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.commands.handlers import Handlers

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class GoCommands(QObject):
    """What the Go menu does."""

    notice = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session = window.session
        self._player = window.player
        self._review = window.review

    def handlers(self) -> Handlers:
        """By the action's name."""
        session, player = self._session, self._player
        return {
            "play": player.toggle,
            "shuttle_back": partial(player.shuttle, -1),
            "shuttle_on": partial(player.shuttle, 1),
            "previous": partial(self._step, -1),
            "next": partial(self._step, 1),
            "back_10": partial(self._step, -10),
            "on_10": partial(self._step, 10),
            "first": lambda: self._go(0),
            "last": lambda: self._go(session.frame_count - 1),
            "mark_in": lambda: session.mark_range(session.frame_index, None),
            "mark_out": lambda: session.mark_range(None, session.frame_index),
            "clear_range": lambda: session.mark_range(None, None),
            "previous_anchor": partial(self._go_to_anchor, -1),
            "next_anchor": partial(self._go_to_anchor, 1),
            "check_next": partial(self._check, 1),
            "check_previous": partial(self._check, -1),
        }

    def _go(self, frame: int) -> None:
        self._player.stop()
        self._session.go_to(frame)

    def _step(self, frames: int) -> None:
        self._go(self._session.frame_index + frames)

    def _go_to_anchor(self, step: int) -> None:
        here = self._session.frame_index
        frames = self._session.anchor_frames()
        beyond = (
            [frame for frame in frames if frame > here] if step > 0 else [frame for frame in frames if frame < here]
        )
        if beyond:
            self._go(min(beyond) if step > 0 else max(beyond))

    def _check(self, step: int) -> None:
        self._player.stop()
        if not self._review.go(step):
            self.notice.emit(self.tr("No frame to check: the engine is sure of all it has done."))
