"""The program's own icons, by name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from desktop.theme import theme
from desktop.theme.colours import DARK

FOLDER = Path(resources.__file__).parent / "icons"


_SIZES = (16, 20, 32)
"""The sizes icons are shown in, in logical pixels."""
_DISABLED_OPACITY = 0.32


def icon(name: str) -> QIcon:
    """The icon `resources/icons/NAME.svg` in the theme's colour, fainter where it is disabled."""
    drawing = _drawing(name)
    made = QIcon()
    # one for each pixel size there is to be on the screens, so that none is scaled
    for size in sorted({round(size * ratio) for size in _SIZES for ratio in _ratios()}):
        bright = _drawn(drawing, size)
        made.addPixmap(bright, QIcon.Mode.Normal)
        made.addPixmap(bright, QIcon.Mode.Selected)
        made.addPixmap(_faint(bright), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, size: int) -> QPixmap:
    """The icon as a picture of `size` logical pixels, sharp on the sharpest screen there is."""
    ratio = max(_ratios())
    picture = _drawn(_drawing(name), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def _drawing(name: str) -> QSvgRenderer:
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"no icon {path.name} in {FOLDER}")
    # the files are drawn for the dark theme
    return QSvgRenderer(QByteArray(path.read_bytes().replace(DARK.ICON.encode(), theme.ICON.encode())))


def _ratios() -> set[float]:
    """Device pixels a logical pixel, on each of the screens."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}


def _drawn(drawing: QSvgRenderer, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _faint(bright: QPixmap) -> QPixmap:
    faint = QPixmap(bright.size())
    faint.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faint)
    painter.setOpacity(_DISABLED_OPACITY)
    painter.drawPixmap(0, 0, bright)
    painter.end()
    return faint
