"""The view of the picture: zoom to the pointer, pan, and the mouse handed to the tool."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QCursor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from desktop.canvas import pinch, tool_keys
from desktop.canvas.brush_ring import BrushRing
from desktop.canvas.key_pointer import KeyPointer
from desktop.canvas.mask_item import MaskItem
from desktop.canvas.matte_item import MatteItem
from desktop.canvas.pixel_grid import PixelGrid
from desktop.canvas.sketch_item import SketchItem
from desktop.theme import theme
from desktop.tools.base import QT_CURSORS, Cursor, Sketch, Tool, ToolEvent
from desktop.tools.pan import PanTool

MIN_ZOOM, MAX_ZOOM = 0.02, 64.0
_WHEEL_STEP = 120
_RESIZE_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier


class CanvasView(QGraphicsView):
    """The frame as a pixmap item, the masks over it, what tools draw and the brush's ring over both."""

    zoom_changed = Signal(float)
    hovered = Signal(object)
    """The pixel under the pointer as (x, y), or None."""
    menu_requested = Signal(QPoint)
    """A menu is requested at a point of the screen."""
    brush_steps = Signal(int)
    """The wheel was turned to resize the brush."""
    space_tapped = Signal()
    """The space bar was pressed and let go without a drag in between."""
    compared = Signal(bool)
    """The key that shows the bare picture was pressed, or let go."""
    begun_changed = Signal(bool)
    """Whether a tool has begun something that becomes an edit when it is left."""
    pending_changed = Signal(bool)
    """The tool has begun something that waits to be confirmed, or no longer."""
    undo_wanted = Signal()
    """The last step of what the tool does, which is stored, is to be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.frame_item = QGraphicsPixmapItem()
        self.mask_item = MaskItem()
        self.matte_item = MatteItem()
        self.pixel_grid = PixelGrid()
        self.sketch = SketchItem()
        self.ring = BrushRing()
        self.key_pointer = KeyPointer(self, lambda: self._active is not None)
        layers = (self.frame_item, self.mask_item, self.matte_item, self.pixel_grid, self.sketch, self.ring)
        for item in (self.key_pointer, *layers):
            self._scene.addItem(item)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(QColor(theme.CANVAS))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontSavePainterState
            | QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
        )
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the background brush fills all of it
        self.setMouseTracking(True)
        pinch.listen(self.viewport())
        # a scene takes every drag and then has no item to drop it on: drops are the window's
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Canvas"))
        self._tool: Tool = PanTool(self.pan_by)
        self._space_tool = PanTool(self.pan_by)
        self._active: Tool | None = None
        self._button = Qt.MouseButton.NoButton
        self._last_event = ToolEvent(0.0, 0.0, QPoint())
        self._space = self._space_used = False
        self._pending = self.begun = False
        self._fits = True

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    @property
    def tool(self) -> Tool:
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        self.settle_tool()
        self.sketch.show_sketch(Sketch())
        self._tool = tool
        self.refresh_tool()

    def cancel_tool(self) -> bool:
        """Undoes what the tool has begun; returns whether there was anything."""
        begun = self._active is not None or self._tool.pending
        if self._active is not None:
            self._active.cancel()
            self._active = None
        self._tool.cancel()
        if begun:
            self.refresh_tool()
        return begun

    def settle_tool(self) -> None:
        """Ends what the tool has begun, as letting go and Enter do; what makes no edit is dropped."""
        if self._active is not None:
            active, self._active = self._active, None
            active.release(self._last_event)
        self._tool.settle()
        # two corners enclose no area
        self.cancel_tool()

    def confirm_tool(self) -> None:
        """Makes what the tool has pending an edit."""
        if self._active is None:
            self._tool.confirm()
            self._tool_worked()

    def step_back(self) -> bool:
        """Takes back what the mouse is doing, else the last piece of what is pending; returns whether there was any."""
        if self._active is not None:
            return self.cancel_tool()
        if not self._tool.pending or not self._tool.step_back():
            return False
        self.refresh_tool()
        return True

    def refresh_tool(self) -> None:
        """Notifies the tool that another frame, object or label map is there."""
        self._tool.refresh()
        self._tool_worked()

    def show_picture(self, picture: QPixmap) -> None:
        """Shows a frame; a frame of another size is fitted into the view."""
        changed = picture.size() != self.frame_item.pixmap().size()
        self.frame_item.setPixmap(picture)
        if changed:
            width, height = picture.width(), picture.height()
            self.pixel_grid.set_size(width, height)
            # room around the picture, so that its corners can be brought to the middle
            self._scene.setSceneRect(-width, -height, 3 * width, 3 * height)
            self.fit()

    def fit(self) -> None:
        """Shows the whole picture, as large as it goes, and keeps doing so when the window is resized."""
        size = self.frame_item.pixmap().size()
        if size.isEmpty():
            return
        margin = 2 * theme.MARGIN
        room_x, room_y = self.viewport().width() - margin, self.viewport().height() - margin
        scale = max(MIN_ZOOM, min(MAX_ZOOM, room_x / size.width(), room_y / size.height()))
        self._fits = True
        self._set_zoom(scale)
        self.centerOn(QPointF(size.width() / 2, size.height() / 2))
        self._follow_pointer()

    def zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Zooms so that the point under `anchor` (the middle of the view if None) stays where it is."""
        anchor = self.viewport().rect().center() if anchor is None else anchor
        before = self.mapToScene(anchor)
        self._fits = False
        self._set_zoom(min(max(zoom, MIN_ZOOM), MAX_ZOOM))
        moved = self.mapFromScene(before) - anchor
        self.pan_by(-moved.x(), -moved.y())

    def pan_by(self, dx: int, dy: int) -> None:
        self._fits = False
        for bar, step in ((self.horizontalScrollBar(), dx), (self.verticalScrollBar(), dy)):
            bar.setValue(bar.value() - step)
        self._follow_pointer()

    def set_brush_radius(self, radius: float, core: float) -> None:
        self.ring.set_radius(radius, core)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # with alt, Qt turns the wheel's delta by a quarter
        delta = event.angleDelta().y() or event.angleDelta().x()
        step = 1 if delta > 0 else -1
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and self._tool.choose_other(-step):
            pass
        elif event.modifiers() & _RESIZE_KEYS:
            self.brush_steps.emit(step)
        elif pinch.scrolls(event):
            self.pan_by(event.pixelDelta().x(), event.pixelDelta().y())
        elif not self.frame_item.pixmap().isNull():
            self.zoom_to(self.zoom * 1.25 ** (delta / _WHEEL_STEP), event.position().toPoint())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._active is not None or self.frame_item.pixmap().isNull():
            return
        if event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton and self._space
        ):
            tool: Tool = self._space_tool
            self._space_used = True
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            tool = self._tool
        else:
            return
        self._button = event.button()
        # active only afterwards: to begin may stop the playback or make an object, and who is notified of that drops
        # what is active
        tool.press(self._tool_event(event))
        self._active = tool
        self._tool_worked()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position())
        if self._active is not None:
            self._active.move(self._tool_event(event))
        elif not self._space and not self.frame_item.pixmap().isNull():
            self._tool.hover(self._tool_event(event))
        self._show_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._active is not None and event.button() == self._button:
            active, self._active = self._active, None
            active.release(self._tool_event(event))
            self._button = Qt.MouseButton.NoButton
            self._tool_worked()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # with the other tools the right button paints as with alt; the menu key works with each
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if self.frame_item.pixmap().isNull() or not (by_key or isinstance(self._tool, PanTool)):
            return
        self._active, self._button = None, Qt.MouseButton.NoButton
        self.menu_requested.emit(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick dabs are two dabs

    def event(self, event: QEvent) -> bool:
        # before the menus' shortcuts: escape drops what is pending and leaves a running propagation alone
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_for_canvas(event):
            event.accept()
            return True
        # before tab gives the focus to another widget
        step = 0
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = tool_keys.CHOOSING.get(event.key(), 0)
        return (step != 0 and self._tool.choose_other(step)) or super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        pinched = pinch.pinch_of(event, self.viewport())
        if pinched is None:
            return super().viewportEvent(event)
        factor, middle = pinched
        if not self.frame_item.pixmap().isNull():
            self.zoom_to(self.zoom * factor, middle.toPoint())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if tool_keys.are_for(self._tool, event):
            self._pending_key(event.key())
            return
        if self.key_pointer.take(event):
            return
        if event.key() == tool_keys.COMPARE:
            if not event.isAutoRepeat():
                self.compared.emit(True)
            return
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space, self._space_used = True, False
                self._show_cursor()
            return
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == tool_keys.COMPARE:
            if not event.isAutoRepeat():
                self.compared.emit(False)
            return
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and self._space:
                self._space = False
                self._show_cursor()
                if not self._space_used:
                    self.space_tapped.emit()
            return
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self.compared.emit(False)
        self._show_cursor()
        super().focusOutEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._show_cursor()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.ring.setVisible(False)
        self.hovered.emit(None)
        self._tool.leave()
        super().leaveEvent(event)

    def _set_zoom(self, zoom: float) -> None:
        self.setTransform(QTransform.fromScale(zoom, zoom))
        # a magnified pixel is to be seen as a square; a shrunk picture is to be smooth
        smooth = Qt.TransformationMode.SmoothTransformation if zoom < 1 else Qt.TransformationMode.FastTransformation
        self.frame_item.setTransformationMode(smooth)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self.ring.set_scale(zoom)
        self.sketch.set_scale(zoom)
        self.pixel_grid.set_scale(zoom)
        self.mask_item.set_scale(zoom)
        self._tool.refresh()
        self.zoom_changed.emit(zoom)

    def _is_for_canvas(self, event: QKeyEvent) -> bool:
        return tool_keys.are_for(self._tool, event) or self.key_pointer.wants(event)

    def _pending_key(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self.cancel_tool()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm_tool()
        elif not self.step_back():
            self.undo_wanted.emit()

    def _tool_worked(self) -> None:
        self._show_cursor()
        begun = self._tool.pending or not (self._active is None or isinstance(self._active, PanTool))
        if begun != self.begun:
            self.begun = begun
            self.begun_changed.emit(begun)
        waits = self._tool.pending and not self._tool.stored
        if waits != self._pending:
            self._pending = waits
            self.pending_changed.emit(waits)

    def _tool_event(self, event: QMouseEvent) -> ToolEvent:
        point = self._to_picture(event.position())
        modifiers = event.modifiers()
        # many window managers keep alt and the left button for themselves
        if self._button is Qt.MouseButton.RightButton:
            modifiers |= Qt.KeyboardModifier.AltModifier
        self._last_event = ToolEvent(point.x(), point.y(), event.position().toPoint(), modifiers)
        return self._last_event

    def _to_picture(self, position: QPointF) -> QPointF:
        return self.viewportTransform().inverted()[0].map(position)

    def _hover(self, position: QPointF) -> None:
        point = self._to_picture(position)
        self.ring.setPos(point)
        size = self.frame_item.pixmap().size()
        inside = QRectF(0, 0, size.width(), size.height()).contains(point)
        self.hovered.emit((int(point.x()), int(point.y())) if inside else None)

    def _follow_pointer(self) -> None:
        """The picture has moved under a mouse that has not: the ring stays with the mouse."""
        if self.viewport().underMouse() and not self.key_pointer.isVisible():
            self.ring.setPos(self._to_picture(QPointF(self.viewport().mapFromGlobal(QCursor.pos()))))

    def end_busy(self) -> None:
        """The tool may have done what it was busy with, without any event of the mouse."""
        if self.viewport().cursor().shape() is Qt.CursorShape.BusyCursor:
            self._show_cursor()

    def _show_cursor(self) -> None:
        kind = (self._active or (self._space_tool if self._space else self._tool)).cursor()
        has_picture = not self.frame_item.pixmap().isNull()
        ringed = kind is Cursor.RING and has_picture
        self.ring.setVisible(ringed and (self.viewport().underMouse() or self.key_pointer.isVisible()))
        shape = QT_CURSORS[kind] if has_picture else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)
