"""Check next: the frames whose correction is expected to help most."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from core.quality.check_next import Proposal, Reason
from core.types import ObjectTrack
from desktop.panels.list_panel import ListPanel
from desktop.panels.objects_model import swatch
from desktop.session.checking import frames_to_check
from desktop.session.session import EditorSession
from desktop.settings.counts import counted, two_digits

_REFRESH_MS = 400


class ReviewPanel(ListPanel):
    """What helps most first; a click, or N and shift+N, go from one to the next."""

    def __init__(self, session: EditorSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self._idle = self.tr(
            "After a propagation: the frames of which the engine is least sure, where a correction helps most."
        )
        # a long reason ends in dots, and the tooltip has all of it
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.set_up(self.list, self.tr("Frames to check next"), self._idle, _REFRESH_MS)
        self._session = session
        self._proposals: list[Proposal] = []
        self._tracks: tuple[ObjectTrack, ...] = ()
        self.list.setToolTip(self.tr("The frames to look at first"))
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        session.frames_changed.connect(self.fill_soon)
        session.tracks_changed.connect(self.fill_soon)
        session.project_changed.connect(self.fill)

    def go(self, step: int) -> bool:
        """Goes to the next (1) or previous (-1) frame of the list; False if there is none."""
        self.fill()
        if not self._proposals:
            return False
        row = self.list.currentRow()
        # nothing is chosen yet: the first step enters the list at its end
        row = (-1 if step > 0 else 0) if row < 0 else row
        row = (row + step) % len(self._proposals)
        self.list.setCurrentRow(row)
        self._go(self.list.item(row))
        return True

    def fill(self) -> None:
        """Makes the list again from the confidences there are now."""
        start = time.perf_counter()
        session = self._session
        proposals = frames_to_check(session)
        if proposals != self._proposals or session.tracks != self._tracks:
            self._tracks = session.tracks
            chosen = self.list.currentRow()
            kept = self._proposals[chosen] if 0 <= chosen < len(self._proposals) else None
            self._proposals = proposals
            self.list.clear()
            for proposal in proposals:
                self.list.addItem(self._item(proposal))
            if kept in proposals:
                self.list.setCurrentRow(proposals.index(kept))
        self.show_hint(not proposals)
        # many objects on many frames take longer to look through: then it is done less often
        self.filled_in(_REFRESH_MS, time.perf_counter() - start)

    def _item(self, proposal: Proposal) -> QListWidgetItem:
        track = self._session.track(proposal.object_id)
        name = track.name if track else str(proposal.object_id)
        text = self.tr("Frame {frame}  ·  {name}  ·  {reason}").format(
            frame=proposal.frame_index, name=name, reason=self._reason(proposal)
        )
        item = QListWidgetItem(swatch(track.colour if track else (120, 120, 120)), text)
        item.setToolTip(f"{text}\n{self._explanation(proposal)}")
        return item

    def _reason(self, proposal: Proposal) -> str:
        amount = proposal.amount
        if proposal.reason is Reason.UNSURE:
            return self.tr("least sure: {confidence}").format(confidence=f"{amount:.2f}")
        if proposal.reason is Reason.MOVED:
            return self.tr("jumps {share}").format(share=f"{amount:.0%}")
        if proposal.reason is Reason.GREW:
            return self.tr("area ×{factor}").format(factor=two_digits(amount)) if amount else self.tr("gone")
        frames = round(amount)
        text = counted(frames, self.tr("1 frame away"), self.tr("{count} frames away"))
        return text.format(count=frames)

    def _explanation(self, proposal: Proposal) -> str:
        if proposal.reason is Reason.UNSURE:
            return self.tr("How sure the engine is, 0 to 1: here it is least sure")
        if proposal.reason is Reason.MOVED:
            return self.tr("Its centre moves this far from one frame to the next, compared with its size")
        if proposal.reason is Reason.GREW:
            return self.tr("Its area changes by this factor from one frame to the next")
        return self.tr(
            "Nothing stands out, but your nearest mask is this far away: a correction here would help the most frames"
        )

    def _go(self, item: QListWidgetItem) -> None:
        self.go_to_row(self.list.row(item))

    def go_to_row(self, row: int) -> None:
        """Goes to the frame and the object of a row."""
        if 0 <= row < len(self._proposals):
            proposal = self._proposals[row]
            self._session.go_to(proposal.frame_index)
            self._session.choose_object(proposal.object_id)
