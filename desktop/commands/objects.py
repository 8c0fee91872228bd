"""Changing objects and anchors."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.actions.actions import Actions
from desktop.commands.handlers import Handlers
from desktop.dialogs.ask import Ask
from desktop.panels.objects_panel import ObjectsPanel
from desktop.session.session import EditorSession


class ObjectCommands(QObject):
    """What the Objects menu does."""

    notice = Signal(str)

    def __init__(
        self, session: EditorSession, panel: ObjectsPanel, actions: Actions, ask: Ask, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._panel, self._actions, self._ask = session, panel, actions, ask

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        session = self._session
        return {
            "solo": lambda: session.set_solo(self._actions["solo"].isChecked()),
            "add_object": session.add_object,
            "rename_object": self._panel.rename_current,
            "classify_object": self._panel.classify_current,
            "colour_object": lambda: self.choose_colour(session.current_object),
            "merge_object": self._merge,
            "object_up": partial(self._move, -1),
            "object_down": partial(self._move, 1),
            "remove_object": lambda: session.remove_objects(session.chosen_objects),
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
        colour = self._ask.colour(track.colour) if track else None
        if colour is not None:
            self._session.change_object(object_id, colour=colour)

    def _merge(self) -> None:
        """Asks which object the chosen one becomes a part of, or all that are chosen; then it may be one of them."""
        session = self._session
        track, chosen = session.track(session.current_object), session.chosen_objects
        targets = [other for other in session.tracks if other is not track or len(chosen) > 1]
        if track is None or not targets:
            self.notice.emit(self.tr("There is no other object to merge with."))
            return
        question = self.tr("“{name}” becomes a part of:").format(name=track.name)
        if len(chosen) > 1:
            question = self.tr("The {count} chosen objects become a part of:").format(count=len(chosen))
        names = [f"{other.object_id}   {other.name}" for other in targets]
        answer = self._ask.choice(self.tr("Merge object"), question, names)
        if answer is not None:
            into = targets[answer].object_id
            session.merge_objects([object_id for object_id in chosen if object_id != into], into)

    def _move(self, step: int) -> None:
        session = self._session
        order = [track.object_id for track in session.tracks]
        session.move_object(session.current_object, order.index(session.current_object) + step)

    def _toggle(self, field: str) -> None:
        self._session.toggle_object(self._session.current_object, field)
