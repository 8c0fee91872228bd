"""Compares the masks on the screen with those of before a step, or with those of the adjacent frames."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import RotoflowError
from core.types import LabelMap, ObjectTrack
from desktop.canvas.mask_item import MaskItem
from desktop.canvas.overlay import Overlay
from desktop.canvas.view import CanvasView
from desktop.canvas.workbench import Workbench
from desktop.session.session import EditorSession

if TYPE_CHECKING:
    from core.project import Step

_TURN_MS = 600
_BLUE, _ORANGE, _PINK = (86, 180, 233), (230, 159, 0), (204, 121, 167)
"""Distinguished by everybody: Okabe and Ito."""
ADDED, GONE, GIVEN = 1, 2, 3
"""What a pixel of a difference is: masked now only, masked before only, masked as another object."""
_DIFFERENCE = (
    ObjectTrack(ADDED, "added", _BLUE),
    ObjectTrack(GONE, "gone", _ORANGE),
    ObjectTrack(GIVEN, "given", _PINK),
)


class Comparison(Enum):
    """What is seen of the two."""

    WIPE = "wipe"
    """Before at the left of a line, now at its right."""
    FLICKER = "flicker"
    """Both in turn."""
    DIFFERENCE = "difference"
    """Added, gone and given pixels, each in a colour."""
    ONION = "onion"
    """Outlines of the masks on the frames before and after."""

    @property
    def of_steps(self) -> bool:
        """Whether the past is shown, not the adjacent frames."""
        return self is not Comparison.ONION


class Comparing(QObject):
    """Shows one comparison at a time over the frame; the masks that tools change are those of now."""

    changed = Signal()
    """Another comparison, or another step that it is with."""

    def __init__(self, session: EditorSession, view: CanvasView, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._bench = session, view, bench
        self.way: Comparison | None = None
        self.steps: tuple[Step, ...] = ()
        """What can be compared with, the newest first."""
        self._chosen: int | None = None
        self._divider = 0.5
        self._shown = True
        self._items = (MaskItem(), MaskItem())
        for item in self._items:
            item.setVisible(False)
            view.scene().addItem(item)
            item.stackBefore(view.matte_item)
        self._turn = QTimer(self)
        self._turn.setInterval(_TURN_MS)
        self._turn.timeout.connect(self._take_turns)
        view.zoom_changed.connect(self._set_scale)
        session.history_changed.connect(self._history_changed)
        session.tracks_changed.connect(self.refresh)

    @property
    def step(self) -> Step | None:
        """The step before which the earlier masks were: the chosen one, else the last that changed several frames."""
        chosen = next((step for step in self.steps if step.step_id == self._chosen), None)
        several = next((step for step in self.steps if step.frames > 1), None)
        return chosen or several or next(iter(self.steps), None)

    def set_way(self, way: Comparison | None) -> None:
        """Another comparison, or none."""
        if way is not self.way:
            self.way = way
            self.steps = self._session.mask_steps() if way is not None else ()
            self.refresh()
            self.changed.emit()

    def choose_step(self, step_id: int) -> None:
        """Another step to compare with."""
        self._chosen = step_id
        self.refresh()
        self.changed.emit()

    def set_divider(self, position: float) -> None:
        """Where the line of a wipe is, as a share of the picture's width."""
        self._divider = position
        self._set_parts()

    def set_shown(self, shown: bool) -> None:
        """Shows or hides the masks."""
        self._shown = shown
        self.refresh()

    def refresh(self) -> None:
        """The frame, its masks, the objects or the comparison have changed."""
        frame, step = self._bench.shown_frame, self.step
        way = self.way if self._shown and self._session.is_open and frame is not None else None
        for item in self._items:
            item.setVisible(False)
        self._turn.stop()
        if way is None or frame is None or (way.of_steps and step is None):
            self._set_parts()
            return
        before, beyond = self._items
        try:
            if way is Comparison.ONION:
                for item, beside, colour in ((before, frame - 1, _BLUE), (beyond, frame + 1, _ORANGE)):
                    if 0 <= beside < self._session.frame_count:
                        tracks = tuple(_recoloured(track, colour) for track in self._session.tracks)
                        self._show(item, self._session.labels_at(beside), tracks, Overlay.OUTLINES)
            elif step is not None:
                past = self._session.project.history.labels_before(frame, step.step_id)
                if way is Comparison.DIFFERENCE:
                    now = self._session.labels_at(frame)
                    self._show(before, difference(past, now), _DIFFERENCE, Overlay.COLOURS)
                else:
                    self._show(before, past, self._session.tracks, Overlay.COLOURS)
        except RotoflowError:
            # a damaged earlier mask is not shown; a damaged current one is reported where it is read
            return
        self._set_parts()
        if way is Comparison.FLICKER:
            self._turn.start()

    def _show(self, item: MaskItem, labels: LabelMap, tracks: tuple[ObjectTrack, ...], overlay: Overlay) -> None:
        item.set_tracks(tracks)
        item.set_overlay(0.7 if tracks is _DIFFERENCE else 0.45, True, overlay)
        item.set_scale(self._view.zoom)
        item.set_labels(labels)
        item.setVisible(True)

    def _set_parts(self) -> None:
        before, now = self._items[0], self._view.mask_item
        wipes = self.way is Comparison.WIPE and before.isVisible()
        before.set_part((0.0, self._divider) if wipes else None)
        now.set_part((self._divider, 1.0) if wipes else None)
        if self.way in (Comparison.FLICKER, Comparison.DIFFERENCE) and before.isVisible():
            # of two masks over each other neither would be seen
            now.set_part((0.0, 0.0))

    def _take_turns(self) -> None:
        before, now = self._items[0], self._view.mask_item
        turn = not before.isVisible()
        before.setVisible(turn)
        now.set_part((0.0, 0.0) if turn else None)

    def _history_changed(self) -> None:
        if self.way is None:
            return
        steps = self._session.mask_steps()
        if self._chosen is not None and all(step.step_id != self._chosen for step in steps):
            # it was undone: the masks are those of before, and another step would show what nobody asked for
            self._chosen = None
            if self.way is not None and self.way.of_steps:
                self.set_way(None)
                return
        if steps != self.steps:
            self.steps = steps
            self.changed.emit()
        self.refresh()

    def _set_scale(self, scale: float) -> None:
        for item in self._items:
            item.set_scale(scale)


def difference(before: LabelMap, now: LabelMap) -> LabelMap:
    """(H, W) uint8: `ADDED`, `GONE` and `GIVEN` where two label maps differ, 0 where they do not."""
    differs = before != now
    kinds = np.where(before == 0, np.uint8(ADDED), np.where(now == 0, np.uint8(GONE), np.uint8(GIVEN)))
    return np.where(differs, kinds, np.uint8(0))


def _recoloured(track: ObjectTrack, colour: tuple[int, int, int]) -> ObjectTrack:
    return ObjectTrack(track.object_id, track.name, colour, visible=track.visible)
