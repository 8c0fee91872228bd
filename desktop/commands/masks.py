"""Changing the chosen object's mask on the current frame in one go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.types import Combine, LabelMap
from desktop.canvas.workbench import Workbench
from desktop.commands.handlers import Handlers
from desktop.session.session import EditorSession

if TYPE_CHECKING:
    from core.masks import LabelEdit
    from core.masks.repair import Repair

_MUCH = 5
_OPAQUE = 127
"""Pixels with more alpha than this are inside a mask that is made of it."""
_SMOOTHING = 1 / 360
"""Standard deviation by which outlines are smoothed, as a share of the picture's short side: 3 pixels at 1080p."""
_SPECK = 1 / 60
"""Side of a square that is still a speck, as a share of the picture's short side: 18 pixels at 1080p."""


class MaskCommands(QObject):
    """What the Mask menu does. Each is one undo step, and the frame becomes an anchor."""

    notice = Signal(str)

    def __init__(self, session: EditorSession, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._bench = session, bench

    def handlers(self) -> Handlers:
        """The handlers by the action's name."""
        return {
            "grow_mask": partial(self._grow, 1),
            "shrink_mask": partial(self._shrink, 1),
            "grow_mask_more": partial(self._grow, _MUCH),
            "shrink_mask_more": partial(self._shrink, _MUCH),
            "fill_holes": self._fill_holes,
            "remove_specks": self._remove_specks,
            "smooth_mask": self._smooth,
            "copy_previous": partial(self._copy, -1),
            "copy_next": partial(self._copy, 1),
            "clear_mask": self._clear,
            "take_alpha": self._take_alpha,
        }

    def _grow(self, pixels: int) -> None:
        from core.masks import grow

        self._repair(partial(grow, pixels=pixels), pixels, self.tr("Grow mask"))

    def _shrink(self, pixels: int) -> None:
        from core.masks import shrink

        self._repair(partial(shrink, pixels=pixels), 0, self.tr("Shrink mask"))

    def _fill_holes(self) -> None:
        from core.masks import fill_holes

        self._repair(fill_holes, 0, self.tr("Fill holes"))

    def _remove_specks(self) -> None:
        from core.masks import remove_specks

        smallest = max(2, round((self._short_side() * _SPECK) ** 2))
        self._repair(partial(remove_specks, smallest=smallest), 0, self.tr("Remove specks"))

    def _smooth(self) -> None:
        from core.masks import smooth

        radius = max(1.0, self._short_side() * _SMOOTHING)
        self._repair(partial(smooth, radius=radius), round(4 * radius), self.tr("Smooth mask"))

    def _repair(self, repair: Repair, reach: int, text: str) -> None:
        from core.masks import repair_object

        labels = self._changeable()
        if labels is not None:
            session = self._session
            self._commit(repair_object(labels, session.current_object, repair, reach, session.locked_ids), text)

    def _copy(self, step: int) -> None:
        from core.masks import combine, object_patch

        session = self._session
        frame = session.frame_index + step
        labels = self._changeable()
        if labels is None:
            return
        patch = object_patch(session.labels_at(frame), session.current_object) if self._exists(frame) else None
        if patch is None:
            self.notice.emit(self.tr("There is no mask of the chosen object on that frame."))
            return
        text = self.tr("Copy mask from frame {frame}").format(frame=frame)
        self._commit(combine(labels, patch, session.current_object, Combine.REPLACE, session.locked_ids), text)

    def _clear(self) -> None:
        from core.masks import combine, object_patch

        labels = self._changeable()
        if labels is None:
            return
        session = self._session
        patch = object_patch(labels, session.current_object)
        edit = None
        if patch is not None:
            edit = combine(labels, patch, session.current_object, Combine.SUBTRACT, session.locked_ids)
        self._commit(edit, self.tr("Clear mask"))

    def _take_alpha(self) -> None:
        """Makes what the clip's own transparency shows the chosen object's mask on this frame."""
        session = self._session
        video, labels = session.video, session.labels
        if video is None or labels is None:
            return
        alpha = video.read_alpha(session.frame_index)
        if alpha is None or not (alpha > _OPAQUE).any():
            self.notice.emit(self.tr("This frame has no transparency of its own."))
            return
        taken = labels.copy()
        taken[alpha > _OPAQUE] = session.current_object or 1
        session.import_labels(taken, self.tr("Take transparency"))
        session.project.edges.keep_matte(session.frame_index, session.current_object or 1, alpha)

    def _changeable(self) -> LabelMap | None:
        """The current frame's labels, if the chosen object may be changed."""
        return self._session.labels if self._bench.may_change(Combine.SUBTRACT) else None

    def _commit(self, edit: LabelEdit | None, text: str) -> None:
        if edit is None:
            self.notice.emit(self.tr("There is nothing to change in the mask of the chosen object here."))
        else:
            self._session.commit_edit(edit, text)

    def _exists(self, frame: int) -> bool:
        return 0 <= frame < self._session.frame_count

    def _short_side(self) -> int:
        video = self._session.video
        return min(video.size) if video else 0
