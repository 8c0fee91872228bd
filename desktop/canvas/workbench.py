"""What the tools reach: the labels they change, the preview and lines they draw, and whether they may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.errors import RotoflowError
from core.types import Box, Combine, Image, LabelMap
from desktop.canvas.view import CanvasView
from desktop.session.session import EditorSession
from desktop.settings.core_texts import core_message
from desktop.tools.base import Sketch

if TYPE_CHECKING:
    from core.masks import LabelEdit, Patch

_NOTHING = Box(0, 0, 0, 0)


class Workbench(QObject):
    """Stands between the tools and the session: a tool shows what it would do, and does it as one edit."""

    notice = Signal(str)
    """Why a tool did nothing."""
    remark = Signal(str)
    hinted = Signal(str)
    """What can be done next."""
    """What a tool did that a person may not have meant."""
    failed = Signal(str)
    """Why the project did not take an edit; it is taken back on the screen too."""
    work_begun = Signal()
    """A person is about to change a mask: whatever moves the frame on its own should stop."""

    def __init__(self, session: EditorSession, view: CanvasView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._dirty = _NOTHING
        self._added: str | None = None
        """What undo would take back of the object that a gesture has added."""
        self._shown_patch: tuple[Patch, Combine] | None = None
        self._frame: QImage | None = None
        self._image: Image | None = None
        self.shown_frame: int | None = None
        """The frame that is on the screen."""
        self.masks_shown = True

    def show_frame(self, frame_index: int | None, frame: QImage | None) -> None:
        """Sets the frame that is on the screen; None for none."""
        self.shown_frame, self._frame, self._image = frame_index, frame, None
        self._dirty, self._shown_patch = _NOTHING, None

    def sharpen(self, frame: QImage) -> None:
        """The frame on the screen, in exact colours instead of a draft's."""
        self._frame, self._image = frame, None

    def labels_changed(self, box: Box) -> None:
        """The true labels changed inside `box`; what a tool would make of them is shown again."""
        shown = self._shown_patch
        self.hide_patch()
        self.restore_preview(box)
        if shown is not None:
            self.show_patch(*shown)

    @property
    def labels(self) -> LabelMap | None:
        return self._session.labels if self.shown_frame == self._session.frame_index else None

    @property
    def picture(self) -> Image | None:
        if self._image is None and self._frame is not None:
            self._image = _to_array(self._frame)
        return self._image

    @property
    def object_id(self) -> int:
        return self._session.current_object

    @property
    def zoom(self) -> float:
        return self._view.zoom

    # -- what is shown only

    @property
    def preview(self) -> LabelMap:
        return self._view.mask_item.labels

    def preview_changed(self, box: Box) -> None:
        self._view.mask_item.touched(box)

    def restore_preview(self, box: Box) -> None:
        labels = self.labels
        if labels is not None and not box.empty:
            self._view.mask_item.copy_box(labels, box)

    def show_patch(self, patch: Patch, how: Combine) -> None:
        from core.masks import combine

        self.hide_patch()
        labels = self.labels
        if labels is None:
            return
        self._shown_patch = patch, how
        edit = combine(labels, patch, self.object_id, how, self._session.locked_ids)
        if edit is not None:
            edit.apply(self.preview)
            self._dirty = edit.box
            self.preview_changed(edit.box)

    def hide_patch(self) -> None:
        dirty, self._dirty, self._shown_patch = self._dirty, _NOTHING, None
        self.restore_preview(dirty)

    def show_sketch(self, sketch: Sketch) -> None:
        self._view.sketch.show_sketch(sketch)
        self._view.end_busy()

    def preview_stroke(self, patch: Patch, erase: bool) -> Box | None:
        return self._session.preview_stroke(self.preview, patch, erase)

    # -- what becomes an edit

    def commit_stroke(self, patch: Patch, erase: bool) -> None:
        with self._errors_shown():
            self._session.commit_stroke(patch, erase)

    def commit_patch(
        self, patch: Patch, how: Combine, text: str, base: LabelMap | None = None, found: bool = False
    ) -> None:
        from core.masks import LabelEdit, combine

        labels = self.labels
        # what is shown becomes true: it is neither shown again nor painted again
        self._shown_patch = None
        try:
            if labels is not None:
                start = labels if base is None else base
                edit = combine(start, patch, self.object_id, how, self._session.locked_ids)
                if base is not None:
                    wanted = base.copy()
                    if edit is not None:
                        edit.apply(wanted)
                    edit = LabelEdit.replace(labels, wanted)
                with self._errors_shown():
                    self._session.commit_edit(edit, text)
                    if found and edit is not None:
                        self._notify_taken(edit)
        finally:
            self.hide_patch()
        # a tool may commit later than a key or the mouse asked it to, and change nothing by it
        self._view.refresh_tool()

    def attempt(self, change: Callable[[], object]) -> None:
        with self._errors_shown():
            change()
        # in case the change notifies nobody, because it failed
        self._view.refresh_tool()

    def may_change(self, how: Combine) -> bool:
        self.work_begun.emit()
        if not self._session.tracks and how in (Combine.ADD, Combine.REPLACE):
            with self._errors_shown():
                self._session.add_object(leads=True)
                self._added = self._session.undo_text
        track = self._session.track(self._session.current_object)
        if track is None:
            return False
        if track.locked:
            self.notice.emit(
                self.tr("“{name}” is locked: unlock it in the objects panel to change it.").format(name=track.name)
            )
            return False
        if not track.visible or not self.masks_shown:
            self.notice.emit(self.tr("“{name}” is hidden: show it to change it.").format(name=track.name))
            return False
        return True

    def end_without(self, text: str = "") -> None:
        added, self._added = self._added, None
        session = self._session
        # only while nothing came after it
        if added is not None and session.undo_text == added and len(session.tracks) == 1:
            with self._errors_shown():
                session.project.history.undo()
        if text:
            self.notice.emit(text)
        self._view.refresh_tool()

    def hint(self, text: str) -> None:
        self.hinted.emit(text)

    def notify_empty(self) -> None:
        track = self._session.track(self._session.current_object)
        if track is not None:
            text = self.tr("“{name}” has no mask on this frame: paint one, or go to a frame that has.")
            self.notice.emit(text.format(name=track.name))

    def _notify_taken(self, edit: LabelEdit) -> None:
        """An area not drawn by hand may reach into other objects: a notice names those whose pixels it took."""
        own = self.object_id
        taken = np.unique(edit.before[(edit.after == own) & (edit.before != own)])
        names = [f"“{track.name}”" for track in self._session.tracks if track.object_id in taken]
        if names:
            text = self.tr("“{name}” took pixels of {others}. Undo gives them back; a locked object keeps its own.")
            track = self._session.track(own)
            self.remark.emit(text.format(name=track.name if track else own, others=", ".join(names)))

    @contextmanager
    def _errors_shown(self) -> Iterator[None]:
        """An error meant for a person, such as a full disk, goes no further: a tool ends its gesture as usual."""
        try:
            yield
        except RotoflowError as error:
            self.failed.emit(core_message(error.message))


def _to_array(frame: QImage) -> Image:
    """The frame as (H, W, 3) uint8 RGB; the copy shares nothing with the picture on the screen."""
    frame = frame.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(frame.constBits(), np.uint8).reshape(frame.height(), frame.bytesPerLine())
    return rows[:, : frame.width() * 3].reshape(frame.height(), frame.width(), 3).copy()
