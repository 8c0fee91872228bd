"""Going from frame to frame: steps, anchors, frames to check, the range and playback."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.commands.handlers import Handlers
from desktop.dialogs.ask import Ask
from desktop.panels.review_panel import ReviewPanel
from desktop.playback.player import Player
from desktop.session.session import EditorSession


class NavigationCommands(QObject):
    """What the Go menu does."""

    notice = Signal(str)

    def __init__(
        self, session: EditorSession, player: Player, review: ReviewPanel, ask: Ask, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._player, self._review, self._ask = session, player, review, ask

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
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
            "mark_in": lambda: session.range.mark(session.frame_index, None),
            "mark_out": lambda: session.range.mark(None, session.frame_index),
            "clear_range": lambda: session.range.mark(None, None),
            "marker": self._toggle_marker,
            "name_marker": lambda: self.name_marker(session.frame_index),
            "previous_marker": partial(self._go_to_marker, -1),
            "next_marker": partial(self._go_to_marker, 1),
            "slower": partial(player.change_pace, -1),
            "faster": partial(player.change_pace, 1),
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

    def name_marker(self, frame: int) -> None:
        """Asks for the name of a frame's marker, and sets the marker if there is none yet."""
        marker = self._session.markers.at(frame)
        name = self._ask.text(
            self.tr("Marker"),
            self.tr("Name of the marker on frame {frame}:").format(frame=frame),
            marker.name if marker else "",
        )
        if name is not None:
            self._session.markers.put(frame, name.strip())

    def _toggle_marker(self) -> None:
        markers, frame = self._session.markers, self._session.frame_index
        if markers.at(frame) is None:
            markers.put(frame, "")
        else:
            markers.remove(frame)

    def _go_to_marker(self, step: int) -> None:
        marker = self._session.markers.beyond(self._session.frame_index, step)
        if marker is not None:
            self._go(marker.frame_index)

    def _check(self, step: int) -> None:
        self._player.stop()
        if not self._review.go(step):
            self.notice.emit(self.tr("No frame to check: propagate first."))
