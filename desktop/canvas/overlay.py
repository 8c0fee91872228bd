"""The ways to look at masks: over the picture, alone, or as what they cut out of it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap

_CHECK = 12
"""Side of a square of the checkerboard, in pixels of the screen."""
_LIGHT, _DARK = QColor(204, 204, 204), QColor(153, 153, 153)


class Overlay(Enum):
    """What is seen of picture and masks."""

    COLOURS = "colours"
    """The objects' colours over the picture."""
    OUTLINES = "outlines"
    """The picture with lines around the objects."""
    MASKS = "masks"
    """The objects' colours on black, no picture."""
    MATTE = "matte"
    """White on black: what covers how much of a pixel."""
    ON_BLACK = "black"
    ON_WHITE = "white"
    ON_CHECKER = "checker"
    ON_GREEN = "green"

    @property
    def cuts_out(self) -> bool:
        """Whether the picture is seen inside the objects only."""
        return self in _BACKDROPS


_BACKDROPS = {
    Overlay.ON_BLACK: QColor(0, 0, 0),
    Overlay.ON_WHITE: QColor(255, 255, 255),
    Overlay.ON_CHECKER: None,
    Overlay.ON_GREEN: QColor(0, 177, 64),
}


def paint_backdrop(painter: QPainter, exposed: QRect, stencil: QImage, overlay: Overlay) -> None:
    """Paints the backdrop of a cut-out over `exposed` (in pixels of the picture), but not where `stencil` is opaque.

    The work is done at the screen's resolution, so a 4K frame that is shown small costs no more than what is seen.
    """
    world = painter.worldTransform()
    area = world.mapRect(QRectF(exposed)).toAlignedRect().intersected(painter.viewport())
    if area.isEmpty():
        return
    # at a scale of 125, 150 or 175 percent every fourth point is a whole pixel: no seams between repaints
    area.setCoords(area.left() // 4 * 4, area.top() // 4 * 4, area.right() // 4 * 4 + 3, area.bottom() // 4 * 4 + 3)
    ratio = painter.device().devicePixelRatio()
    layer = QImage(area.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    cutter = QPainter(layer)
    cutter.translate(-area.topLeft())
    cutter.setClipRect(world.mapRect(QRectF(exposed)))
    cutter.fillRect(area, _brush(overlay))
    cutter.setTransform(world, True)
    cutter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    cutter.drawImage(QRectF(exposed), stencil, QRectF(exposed))
    cutter.end()
    painter.save()
    painter.resetTransform()
    painter.drawImage(area.topLeft(), layer)
    painter.restore()


def fill_backdrop(painter: QPainter, exposed: QRectF, overlay: Overlay) -> None:
    """Paints the backdrop over all of `exposed`, in pixels of the picture; black if the overlay has none."""
    area = painter.worldTransform().mapRect(exposed)
    painter.save()
    # squares of the checkerboard are the screen's
    painter.resetTransform()
    painter.fillRect(area, _brush(overlay) if overlay.cuts_out else QBrush(QColor(0, 0, 0)))
    painter.restore()


def _brush(overlay: Overlay) -> QBrush:
    colour = _BACKDROPS[overlay]
    if colour is not None:
        return QBrush(colour)
    tile = QPixmap(2 * _CHECK, 2 * _CHECK)
    tile.fill(_LIGHT)
    painter = QPainter(tile)
    painter.fillRect(0, 0, _CHECK, _CHECK, _DARK)
    painter.fillRect(_CHECK, _CHECK, _CHECK, _CHECK, _DARK)
    painter.end()
    return QBrush(tile)
