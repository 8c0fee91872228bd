"""Check next: the frames the engine is least sure of, and those on which a mask jumps."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from core.types import ObjectTrack, Origin
from desktop.panels.list_panel import ListPanel
from desktop.panels.objects_model import swatch
from desktop.session.review import Doubt, ObjectLane, Reason, frames_to_check
from desktop.session.session import EditorSession

_REFRESH_MS = 400


class ReviewPanel(ListPanel):
    """Worst first; a click, or N and shift+N, go from one to the next."""

    def __init__(self, session: EditorSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self._idle = self.tr(
            "After a propagation: the frames the engine is least sure of, and those on which a mask jumps."
        )
        self.set_up(self.list, self.tr("Frames to check next"), self._idle, _REFRESH_MS)
        self._session = session
        self._doubts: list[Doubt] = []
        self._tracks: tuple[ObjectTrack, ...] = ()
        self.list.setToolTip(self.tr("The frames to look at first"))
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        session.frames_changed.connect(self.fill_soon)
        session.tracks_changed.connect(self.fill_soon)
        session.project_changed.connect(self.fill)

    def go(self, step: int) -> bool:
        """Goes to the next (1) or previous (-1) doubtful frame of the list; False if there is none."""
        self.fill()
        if not self._doubts:
            return False
        row = self.list.currentRow()
        # nothing is chosen yet: the first step enters the list at its end
        row = (-1 if step > 0 else 0) if row < 0 else row
        row = (row + step) % len(self._doubts)
        self.list.setCurrentRow(row)
        self._go(self.list.item(row))
        return True

    def fill(self) -> None:
        """Makes the list anew from the confidences there are now."""
        start = time.perf_counter()
        session = self._session
        shown = (track.object_id for track in session.tracks if track.visible)
        lanes = {key: ObjectLane(*session.lane_data(key), session.measures(key)) for key in shown}
        doubts = frames_to_check(lanes) if lanes else []
        if doubts != self._doubts or session.tracks != self._tracks:
            self._tracks = session.tracks
            chosen = self.list.currentRow()
            kept = self._doubts[chosen] if 0 <= chosen < len(self._doubts) else None
            self._doubts = doubts
            self.list.clear()
            for doubt in doubts:
                self.list.addItem(self._item(doubt))
            if kept in doubts:
                self.list.setCurrentRow(doubts.index(kept))
        looked = any((lane.origins == Origin.PROPAGATED).any() for lane in lanes.values())
        self.hint.setText(self.tr("Nothing to check: the engine is sure of all it has done.") if looked else self._idle)
        self.show_hint(not doubts)
        # many objects on many frames take longer to look through: then it is done less often
        self.filled_in(_REFRESH_MS, time.perf_counter() - start)

    def _item(self, doubt: Doubt) -> QListWidgetItem:
        track = self._session.track(doubt.object_id)
        name = track.name if track else str(doubt.object_id)
        text = self.tr("Frame {frame}  ·  {name}  ·  {reason}").format(
            frame=doubt.frame_index, name=name, reason=self._reason(doubt)
        )
        item = QListWidgetItem(swatch(track.colour if track else (120, 120, 120)), text)
        item.setToolTip(self._explanation(doubt))
        return item

    def _reason(self, doubt: Doubt) -> str:
        if doubt.reason is Reason.UNSURE:
            return f"{doubt.amount:.2f}"
        if doubt.reason is Reason.MOVED:
            return self.tr("jumps {share}").format(share=f"{doubt.amount:.0%}")
        return self.tr("area ×{factor}").format(factor=f"{doubt.amount:.2g}") if doubt.amount else self.tr("gone")

    def _explanation(self, doubt: Doubt) -> str:
        if doubt.reason is Reason.UNSURE:
            return self.tr("How sure the engine is, 0 to 1")
        if doubt.reason is Reason.MOVED:
            return self.tr("Its centre moves this far from one frame to the next, compared with its size")
        return self.tr("Its area changes by this factor from one frame to the next")

    def _go(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if 0 <= row < len(self._doubts):
            doubt = self._doubts[row]
            self._session.go_to(doubt.frame_index)
            self._session.choose_object(doubt.object_id)
