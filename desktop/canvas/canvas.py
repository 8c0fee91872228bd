"""The canvas: the frame with its masks, and the tools at work on them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QStackedLayout, QWidget

from core.types import Box, LabelMap
from desktop.canvas.empty_state import EmptyState
from desktop.canvas.view import CanvasView
from desktop.frames import FrameFeed
from desktop.session import EditorSession
from desktop.tools.base import Tool
from desktop.tools.brush_settings import BrushSettings
from desktop.tools.pan import PanTool
from desktop.tools.stroke import StrokeTool

DEFAULT_OPACITY = 0.45


class Canvas(QWidget):
    """Shows picture and masks of one and the same frame, always: a late picture waits with its masks."""

    notice = Signal(str)
    """Why a tool did nothing."""
    work_begun = Signal()
    """A person is about to paint: whatever moves the frame on its own should stop."""

    def __init__(
        self, session: EditorSession, feed: FrameFeed, brush: BrushSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: int | None = None
        self._opacity, self._outline, self._masks_shown = DEFAULT_OPACITY, True, True
        self.view = CanvasView()
        self.empty = EmptyState()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        self.tools: dict[str, Tool] = {
            "hand": PanTool(self.view.pan_by),
            "brush": self._stroke_tool(brush, erase=False),
            "eraser": self._stroke_tool(brush, erase=True),
        }
        self.view.set_tool(self.tools["brush"])
        self.view.set_brush_radius(brush.radius)
        brush.changed.connect(lambda size: self.view.set_brush_radius(size / 2))
        self.view.brush_steps.connect(brush.step)
        session.project_changed.connect(self._show_project)
        session.frame_changed.connect(self._frame_changed)
        session.labels_changed.connect(self._labels_changed)
        session.tracks_changed.connect(self._show_tracks)
        feed.ready.connect(self._show_frame)
        self._feed = feed
        self._show_overlay()

    # -- what the tools reach

    @property
    def labels(self) -> LabelMap | None:
        return self._session.labels if self._shown == self._session.frame_index else None

    @property
    def preview(self) -> LabelMap:
        return self.view.mask_item.labels

    def preview_changed(self, box: Box) -> None:
        self.view.mask_item.touched(box)

    def restore_preview(self, box: Box) -> None:
        labels = self.labels
        if labels is not None and not box.empty:
            self.view.mask_item.copy_box(labels, box)

    # -- how it looks

    @property
    def shown_frame(self) -> int | None:
        """The frame that is on the screen."""
        return self._shown

    @property
    def opacity(self) -> float:
        return self._opacity

    def set_tool(self, name: str) -> None:
        self.view.set_tool(self.tools[name])

    def set_opacity(self, opacity: float) -> None:
        self._opacity = opacity
        self._show_overlay()

    def set_outline(self, outline: bool) -> None:
        self._outline = outline
        self._show_overlay()

    def set_masks_shown(self, shown: bool) -> None:
        self._masks_shown = shown
        self._show_overlay()

    def _show_overlay(self) -> None:
        self.view.mask_item.setVisible(self._masks_shown)
        self.view.mask_item.set_overlay(self._opacity, self._outline)

    # -- inside

    def _stroke_tool(self, brush: BrushSettings, erase: bool) -> StrokeTool:
        session = self._session
        return StrokeTool(
            self,
            brush,
            self._may_paint if not erase else self._may_erase,
            lambda labels, points, radius: session.preview_stroke(labels, points, radius, erase),
            lambda points, radius: session.commit_stroke(points, radius, erase),
        )

    def _may_paint(self) -> bool:
        self.work_begun.emit()
        if not self._session.tracks:
            self._session.add_object()
        return self._may_change_object()

    def _may_erase(self) -> bool:
        self.work_begun.emit()
        return bool(self._session.tracks) and self._may_change_object()

    def _may_change_object(self) -> bool:
        track = self._session.track(self._session.current_object)
        if track is None:
            return False
        if track.locked:
            self.notice.emit(
                self.tr("“{name}” is locked: unlock it in the objects panel to change it.").format(name=track.name)
            )
            return False
        if not track.visible or not self._masks_shown:
            self.notice.emit(self.tr("“{name}” is hidden: show it to change it.").format(name=track.name))
            return False
        return True

    def _show_project(self) -> None:
        self.view.cancel_tool()
        self._shown = None
        self._stack.setCurrentWidget(self.view if self._session.is_open else self.empty)
        if self._session.is_open:
            self.view.setFocus()
        else:
            self.view.show_picture(QPixmap())

    def _show_tracks(self) -> None:
        self.view.mask_item.set_tracks(self._session.tracks)

    def _frame_changed(self, frame_index: int) -> None:
        self.view.cancel_tool()
        if self._session.is_open:
            self._feed.want(frame_index)

    def _show_frame(self, frame_index: int, picture: QImage) -> None:
        if not self._session.is_open:
            return
        self.view.cancel_tool()
        self.view.show_picture(QPixmap.fromImage(picture))
        self.view.mask_item.set_labels(self._session.labels_at(frame_index))
        self._shown = frame_index

    def _labels_changed(self, box: Box) -> None:
        labels = self.labels
        if labels is not None:
            self.view.mask_item.copy_box(labels, box)
