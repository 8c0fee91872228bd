"""The program's own icons, by name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from desktop import theme
from desktop.theme_colours import DARK

FOLDER = Path(resources.__file__).parent / "icons"


_SIZES = (16, 20, 24, 25, 30, 32, 40, 48, 60)
"""The sizes icons are shown in, on usual screens and on those of 125, 150, 200 and 300 percent."""
_DISABLED_OPACITY = 0.32


def icon(name: str) -> QIcon:
    """The icon `resources/icons/NAME.svg` in the theme's colour, fainter where it is disabled."""
    drawing = _drawing(name)
    made = QIcon()
    for size in _SIZES:
        bright = _drawn(drawing, size)
        made.addPixmap(bright, QIcon.Mode.Normal)
        made.addPixmap(bright, QIcon.Mode.Selected)
        made.addPixmap(_drawn(drawing, size, _DISABLED_OPACITY), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, size: int) -> QPixmap:
    """The icon as a picture of `size` logical pixels, sharp on the sharpest screen there is."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    picture = _drawn(_drawing(name), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def _drawing(name: str) -> QSvgRenderer:
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"no icon {path.name} in {FOLDER}")
    # the files are drawn for the dark theme
    return QSvgRenderer(QByteArray(path.read_bytes().replace(DARK.ICON.encode(), theme.ICON.encode())))


def _drawn(drawing: QSvgRenderer, size: int, opacity: float = 1.0) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setOpacity(opacity)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
