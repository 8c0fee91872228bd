"""The canvas: the frame with its masks, and the tools at work on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from core.types import Box, LabelMap
from desktop.canvas.comparing.comparison import Comparing
from desktop.canvas.empty_state import EmptyState
from desktop.canvas.matte_preview import MattePreview
from desktop.canvas.overlay import Overlay
from desktop.canvas.toolbox import Toolbox
from desktop.canvas.view import CanvasView
from desktop.canvas.workbench import Workbench
from desktop.playback.frames import FrameFeed
from desktop.session.session import EditorSession
from desktop.theme import theme
from desktop.tools.area_settings import AreaSettings
from desktop.tools.brush_settings import BrushSettings
from desktop.workers.finding import ClickingEngine

if TYPE_CHECKING:
    from core.masks import ClickSelector

DEFAULT_OPACITY = 0.45


class Canvas(QWidget):
    """Shows picture and masks of one and the same frame, always: a late picture waits with its masks."""

    notice = Signal(str)
    """Why a tool did nothing."""
    overlay_changed = Signal(object)
    """Masks and picture are seen another way, an Overlay."""
    remark = Signal(str)
    """What a tool did that a person may not have meant."""
    work_begun = Signal()
    """A person is about to paint: whatever moves the frame on its own should stop."""

    def __init__(self, session: EditorSession, feed: FrameFeed, brush: BrushSettings, area: AreaSettings) -> None:
        super().__init__()
        self._session = session
        self._opacity, self._outline, self._masks_shown = DEFAULT_OPACITY, True, True
        self._overlay, self._compared = Overlay.COLOURS, False
        self.view = CanvasView()
        self.empty = EmptyState()
        self._stack = QStackedLayout(self)
        # its size is no claim while a clip is shown
        self.empty.setMinimumSize(1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        self.bench = Workbench(session, self.view, self)
        self.bench.notice.connect(self.notice)
        self.bench.remark.connect(self.remark)
        self.bench.work_begun.connect(self.work_begun)
        self.matte = MattePreview(session, self.view, self.bench, self)
        self.comparing = Comparing(session, self.view, self.bench, self)
        self._toolbox = Toolbox(self.bench, self.view, brush, area, session.shapes, session.edges)
        self.regions, self.probe = self._toolbox.regions, self._toolbox.probe
        for worker in (self._toolbox.finder, self._toolbox.cutter):
            worker.failed.connect(self.notice)
        self.set_tool("brush")
        self._brush = brush
        self._show_brush()
        for changed in (brush.changed, brush.hardness_changed):
            changed.connect(self._show_brush)
        self.view.brush_steps.connect(brush.step)
        self.view.compared.connect(self._compare)
        session.settling.connect(self.view.settle_tool)
        session.project_changed.connect(self._show_project)
        session.frame_changed.connect(self._frame_changed)
        session.labels_changed.connect(self._labels_changed)
        session.tracks_changed.connect(self._show_tracks)
        session.current_object_changed.connect(self._object_changed)
        feed.ready.connect(self._show_frame)
        feed.sharpened.connect(self._sharpen)
        self._feed = feed
        session.last_picture.shown = lambda: self._picture if self.shown_frame == session.frame_index else None
        session.colouring.picture = lambda: self.bench.picture if self.labels is not None else None
        self._picture: QImage | None = None
        self.decoding = QLabel(self.tr("Decoding the frame…"), self.view)
        """Says that work continues while the first frame of a clip is not there yet."""
        self.decoding.move(2 * theme.MARGIN, 2 * theme.MARGIN)
        self.decoding.setStyleSheet(f"background: {theme.SURFACE}; color: {theme.TEXT}; padding: 4px 8px;")
        self.decoding.setVisible(False)
        feed.failed.connect(lambda _text: self.decoding.setVisible(False))
        self._show_overlay()

    @property
    def labels(self) -> LabelMap | None:
        """The labels of the frame that is shown; None while that is not the current one."""
        return self.bench.labels

    @property
    def shown_frame(self) -> int | None:
        """The frame that is on the screen."""
        return self.bench.shown_frame

    @property
    def opacity(self) -> float:
        return self._opacity

    def set_tool(self, name: str) -> None:
        self.view.set_tool(self._toolbox.tools[name])

    @property
    def overlay(self) -> Overlay:
        return self._overlay

    def set_overlay(self, overlay: Overlay) -> None:
        if overlay is not self._overlay:
            self._overlay = overlay
            self._show_overlay()
            self.overlay_changed.emit(overlay)

    def use_engine(self, engine: ClickingEngine | None) -> None:
        """Which engine smart select asks; None for the tool's own way."""
        self._toolbox.finder.engine = engine

    def use_selector(self, make: Callable[[], ClickSelector] | None) -> None:
        """Makes what smart select asks where no engine takes clicks; None for the colours alone."""
        self._toolbox.finder.selector = make

    def set_opacity(self, opacity: float) -> None:
        self._opacity = opacity
        self._show_overlay()

    def set_outline(self, outline: bool) -> None:
        self._outline = outline
        self._show_overlay()

    def set_masks_shown(self, shown: bool) -> None:
        self._masks_shown = self.bench.masks_shown = shown
        self._show_overlay()

    def shut_down(self) -> None:
        """Applies what a tool has begun and waits for its thread."""
        self.view.settle_tool()
        self._toolbox.finder.shut_down()
        self._toolbox.cutter.shut_down()
        self.matte.shut_down()

    # -- inside

    def _show_brush(self) -> None:
        self.view.set_brush_radius(self._brush.radius, self._brush.core_radius)

    def _compare(self, compared: bool) -> None:
        self._compared = compared
        self._show_overlay()

    def _show_overlay(self) -> None:
        self.view.mask_item.setVisible(self._masks_shown and not self._compared)
        self.view.mask_item.set_overlay(self._opacity, self._outline, self._overlay)
        self.matte.set_overlay(self._overlay, self._masks_shown and not self._compared)
        self.comparing.set_shown(self._masks_shown and not self._compared)

    def _show_project(self) -> None:
        self.view.cancel_tool()
        self.bench.show_frame(None, None)
        self._stack.setCurrentWidget(self.view if self._session.is_open else self.empty)
        self._picture = None
        self.decoding.setVisible(self._session.is_open)
        if self._session.is_open:
            self.view.setFocus()
            self._show_stand_in()
        else:
            self.view.show_picture(QPixmap())

    def _show_stand_in(self) -> None:
        """Shows what the clip was left with, until its frame is decoded: far into a clip that takes a while."""
        video, last = self._session.video, self._session.last_picture.image
        if video is None or last.isNull():
            self.view.show_picture(QPixmap())
            return
        width, height = video.size
        self.view.show_picture(QPixmap.fromImage(last.scaled(width, height)))
        self.view.mask_item.set_labels(self._session.labels_at(self._session.frame_index))

    def _show_tracks(self) -> None:
        self.view.mask_item.set_tracks(self._session.tracks)

    def _object_changed(self, _object_id: int) -> None:
        self.view.refresh_tool()

    def _frame_changed(self, frame_index: int) -> None:
        self.view.cancel_tool()
        if self._session.is_open:
            self._feed.want(frame_index)

    def _show_frame(self, frame_index: int, picture: QImage) -> None:
        if not self._session.is_open:
            return
        self.view.settle_tool()
        self._picture = picture
        self.decoding.setVisible(False)
        self.view.show_picture(QPixmap.fromImage(picture))
        self.view.mask_item.set_labels(self._session.labels_at(frame_index))
        self.bench.show_frame(frame_index, picture)
        self.matte.refresh()
        self.comparing.refresh()
        self.view.refresh_tool()

    def _sharpen(self, frame_index: int, picture: QImage) -> None:
        """Replaces the picture alone, so that a stroke begun meanwhile continues."""
        if frame_index == self.shown_frame:
            self.view.show_picture(QPixmap.fromImage(picture))
            self.bench.sharpen(picture)
            self.matte.refresh()

    def _labels_changed(self, box: Box) -> None:
        if self.labels is not None:
            self.bench.labels_changed(box)
            self.view.refresh_tool()
