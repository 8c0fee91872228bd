"""The zones painted for soft edges on the open clip: a part of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.types import LabelMap
from desktop.session.reading import SessionReading

if TYPE_CHECKING:
    from core.masks import Patch
    from core.matting import EdgeReader


class SessionEdges(QObject):
    """The painted zone of the current frame, and every change to it."""

    changed = Signal()

    def __init__(self, session: SessionReading) -> None:
        super().__init__(session)
        self._session = session

    @property
    def shown(self) -> NDArray[np.bool_] | None:
        """The zone that counts on the current frame, (H, W): its own, or a nearer frame's that goes with the object."""
        reader = self._reader()
        return None if reader is None else reader.zone(self._session.frame_index)

    def mattes(self, labels: LabelMap) -> dict[int, NDArray[np.float32]]:
        """The alpha that came with masks which `labels` still has on the current frame, by object id."""
        reader = self._reader()
        return {} if reader is None else reader.mattes(self._session.frame_index, labels)

    def paint(self, patch: Patch, erase: bool) -> None:
        """Adds a stroke to the frame's zone, or takes it away, as one undo step. Raises what the project does.

        A frame that had none of its own begins with what counts there, so that a stroke corrects what is seen.
        """
        session, shown = self._session, self.shown
        if session.video is None:
            return
        zone = np.zeros(session.video.size[::-1], np.bool_) if shown is None else shown.copy()
        zone[patch.box.slices][patch.mask] = not erase
        if session.project.edges.set_zone(session.frame_index, zone, self.tr("Refine edge")):
            self.changed.emit()

    def _reader(self) -> EdgeReader | None:
        from core.matting import EdgeReader

        session = self._session
        if not session.is_open or session.video is None:
            return None
        return EdgeReader(session.project.edges.painted(session.frame_index), session.labels_at, session.video.size)
