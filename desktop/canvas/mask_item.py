"""The masks over the picture, painted straight from an array of labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, qRgba
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.types import Box, LabelMap, ObjectTrack
from desktop.canvas.overlay import Overlay, paint_backdrop

_TRANSPARENT = 0
_BOLD = 2.0
"""Lines of the screen that an outline is thick where nothing else shows the mask."""
_THICKEST = 8
_ROWS = 64
_DARK_RIM, _LIGHT_RIM = qRgba(0, 0, 0, 190), qRgba(255, 255, 255, 190)
_CLEAR_TABLE = [_TRANSPARENT] * 256


class MaskItem(QGraphicsItem):
    """A label map as three Indexed8 pictures over NumPy buffers: the areas, their outlines, and a rim around those.

    The rim of a light outline is dark and that of a dark one light: one of both is seen on any picture.

    A stroke writes into the buffer and repaints its rectangle only; a colour, a hidden object or another opacity is a
    new colour table and touches no pixel.
    """

    def __init__(self) -> None:
        super().__init__()
        # without it Qt hands over the whole item as the exposed rectangle
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        self._opacity = 0.5
        self._outline = True
        self._overlay = Overlay.COLOURS
        self._scale, self._thickness = 1.0, 1
        self._part: tuple[float, float] | None = None
        self._tracks: tuple[ObjectTrack, ...] = ()
        self._shown_box = Box(0, 0, 0, 0)
        self.on_change: Callable[[], object] = lambda: None
        """Called when what is shown has changed."""
        self._resize(0, 0)

    @property
    def labels(self) -> LabelMap:
        """What is shown: the item's own copy. Write to it, then call `touched`."""
        return self._labels

    def set_labels(self, labels: LabelMap) -> None:
        """Shows another label map; it is copied."""
        height, width = labels.shape
        if (width, height) != (self._width, self._height):
            self._resize(width, height)
        # OpenCV, which the window starts without
        from core.boxes import bounding_box

        box = bounding_box(labels)
        dirty = self._wider(box.union(self._shown_box))
        self._shown_box = box
        if dirty.empty:
            # frames without a mask follow each other
            return
        self._labels[dirty.slices] = labels[dirty.slices]
        self._edges[dirty.slices] = 0
        self._rims[dirty.slices] = 0
        self._draw_edges(self._wider(box))
        self._repaint(dirty)
        self.on_change()

    def copy_box(self, labels: LabelMap, box: Box) -> None:
        """Takes over the part of `labels` inside `box`."""
        # what a preview has drawn already is not drawn again when it has become true
        if not np.array_equal(self._labels[box.slices], labels[box.slices]):
            self._labels[box.slices] = labels[box.slices]
            self.touched(box)

    def touched(self, box: Box) -> None:
        """The labels inside `box` were written to."""
        box = box.clipped(self._width, self._height)
        if box.empty:
            return
        self._shown_box = self._shown_box.union(box)
        # a changed pixel changes the outline of its neighbours
        wider = self._wider(box)
        self._draw_edges(wider)
        self._repaint(wider)
        self.on_change()

    def set_tracks(self, tracks: Iterable[ObjectTrack]) -> None:
        """Takes colours and visibility from the objects."""
        self._tracks = tuple(tracks)
        self._colour()
        self.on_change()

    def set_overlay(self, opacity: float, outline: bool, overlay: Overlay = Overlay.COLOURS) -> None:
        """How the masks are seen with the picture; `opacity` in [0, 1] and `outline` are those of the colours."""
        self._opacity, self._outline, self._overlay = opacity, outline, overlay
        self._colour()
        self._set_thickness()

    def set_part(self, part: tuple[float, float] | None) -> None:
        """Shows what lies between two shares of the width only; None for all of it."""
        if part != self._part:
            self._part = part
            self.update()

    def set_scale(self, scale: float) -> None:
        """Takes the view's zoom: an outline is no thinner than a line of the screen."""
        self._scale = scale
        self._set_thickness()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        exposed = option.exposedRect.toAlignedRect().adjusted(-1, -1, 1, 1)
        exposed = exposed.intersected(QRect(0, 0, self._width, self._height))
        if self._part is not None:
            first, last = (round(end * self._width) for end in self._part)
            exposed = exposed.intersected(QRect(first, 0, last - first, self._height))
        if self._overlay.cuts_out:
            paint_backdrop(painter, exposed, self._area_picture, self._overlay)
            return
        if self._overlay in (Overlay.MASKS, Overlay.MATTE):
            painter.fillRect(exposed, QColor("black"))
        box = self._wider(self._shown_box)
        exposed = exposed.intersected(QRect(box.x0, box.y0, box.width, box.height))
        if exposed.isEmpty():
            return
        target = QRectF(exposed)
        if self._overlay is not Overlay.OUTLINES:
            painter.drawImage(target, self._area_picture, target)
        if self._overlay is Overlay.OUTLINES or (self._outline and self._overlay is Overlay.COLOURS):
            painter.drawImage(target, self._rim_picture, target)
            painter.drawImage(target, self._edge_picture, target)

    def _resize(self, width: int, height: int) -> None:
        self.prepareGeometryChange()
        self._width, self._height = width, height
        # QImage wants rows of whole 32-bit words
        stride = max(4, -(-width // 4) * 4)
        self._area_buffer = np.zeros((max(1, height), stride), np.uint8)
        self._edge_buffer = np.zeros_like(self._area_buffer)
        self._rim_buffer = np.zeros_like(self._area_buffer)
        self._labels = self._area_buffer[:height, :width]
        self._edges = self._edge_buffer[:height, :width]
        self._rims = self._rim_buffer[:height, :width]
        self._area_picture = _picture(self._area_buffer, max(1, width))
        self._edge_picture = _picture(self._edge_buffer, max(1, width))
        self._rim_picture = _picture(self._rim_buffer, max(1, width))
        self._shown_box = Box(0, 0, 0, 0)
        self._colour()

    def _colour(self) -> None:
        areas, edges, rims = list(_CLEAR_TABLE), list(_CLEAR_TABLE), list(_CLEAR_TABLE)
        opacity = self._opacity if self._overlay is Overlay.COLOURS else 1.0
        for track in self._tracks:
            if track.visible:
                red, green, blue = (255, 255, 255) if self._overlay is Overlay.MATTE else track.colour
                areas[track.object_id] = qRgba(red, green, blue, round(255 * opacity))
                edges[track.object_id] = qRgba(red, green, blue, 255)
                rims[track.object_id] = _DARK_RIM if _is_light(track.colour) else _LIGHT_RIM
        self._area_picture.setColorTable(areas)
        self._edge_picture.setColorTable(edges)
        self._rim_picture.setColorTable(rims)
        self.update()

    def _set_thickness(self) -> None:
        line = _BOLD if self._overlay is Overlay.OUTLINES else 1.0
        thickness = min(max(1, round(line / self._scale)), _THICKEST)
        if thickness != self._thickness:
            before = self._wider(self._shown_box)
            self._rims[before.slices] = 0
            self._thickness = thickness
            wider = self._wider(self._shown_box)
            self._draw_edges(wider)
            self._repaint(wider.union(before))

    def _wider(self, box: Box) -> Box:
        """A box with the pixels around it that an outline reaches."""
        far = self._thickness
        if box.empty:
            return box
        return Box(box.x0 - far, box.y0 - far, box.x1 + far, box.y1 + far).clipped(self._width, self._height)

    def _draw_edges(self, box: Box) -> None:
        """Pixels of an object with one of the four in a line's distance that is not, or at the rim of the picture."""
        if box.empty:
            return
        far = self._thickness
        outer = Box(box.x0 - far, box.y0 - far, box.x1 + far, box.y1 + far)
        inside = outer.clipped(self._width, self._height)
        padded = np.zeros((outer.height, outer.width), np.uint8)
        top, left = inside.y0 - outer.y0, inside.x0 - outer.x0
        padded[top : top + inside.height, left : left + inside.width] = self._labels[inside.slices]
        middle = padded[far:-far, far:-far]
        sides = (
            padded[: -2 * far, far:-far],
            padded[2 * far :, far:-far],
            padded[far:-far, : -2 * far],
            padded[far:-far, 2 * far :],
        )
        edges, rims = self._edges[box.slices], self._rims[box.slices]
        # some rows at a time stay in the processor's cache
        for top in range(0, box.height, _ROWS):
            rows = slice(top, top + _ROWS)
            _draw_rows(middle[rows], [side[rows] for side in sides], edges[rows], rims[rows])

    def _repaint(self, box: Box) -> None:
        if not box.empty:
            self.update(QRectF(box.x0, box.y0, box.width, box.height))


def _draw_rows(middle: LabelMap, sides: Sequence[LabelMap], edges: LabelMap, rims: LabelMap) -> None:
    """Writes the edges and rims of a part (h, w); `sides` are the labels a line's distance away on four sides."""
    # OpenCV, which the window starts without; NumPy takes three times as long
    import cv2

    most = cv2.max(cv2.max(sides[0], sides[1]), cv2.max(sides[2], sides[3]))
    least = cv2.min(cv2.min(sides[0], sides[1]), cv2.min(sides[2], sides[3]))
    inner = cv2.bitwise_and(cv2.compare(most, least, cv2.CMP_EQ), cv2.compare(most, middle, cv2.CMP_EQ))
    edges[:] = cv2.bitwise_and(middle, cv2.bitwise_not(inner))
    rims[:] = cv2.bitwise_and(most, cv2.compare(middle, 0, cv2.CMP_EQ))


def _is_light(colour: tuple[int, int, int]) -> bool:
    from core.masks import is_light

    return is_light(colour)


def _picture(buffer: np.ndarray, width: int) -> QImage:
    height, stride = buffer.shape
    picture = QImage(buffer.data, width, height, stride, QImage.Format.Format_Indexed8)
    picture.setColorTable(_CLEAR_TABLE)
    return picture
