"""The program's own icons, by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

import resources
from desktop.theme import theme
from desktop.theme.colours import DARK

FOLDER = Path(resources.__file__).parent / "icons"


_SIZES = (16, 20, 32)
"""The sizes icons are shown in, in logical pixels."""
_DISABLED_OPACITY = 0.32


def icon(name: str, colour: str = "") -> QIcon:
    """The icon `resources/icons/NAME.svg` in the theme's colour or another, fainter where it is disabled."""
    colour = colour or theme.ICON
    made = QIcon()
    # one for each size in device pixels on the screens, so that none is scaled
    for size in sorted({round(size * ratio) for size in _SIZES for ratio in _ratios()}):
        bright = QPixmap.fromImage(_drawn(name, colour, size))
        made.addPixmap(bright, QIcon.Mode.Normal)
        made.addPixmap(bright, QIcon.Mode.Selected)
        made.addPixmap(QPixmap.fromImage(_faint(name, colour, size)), QIcon.Mode.Disabled)
    return made


class ThemedIcon:
    """An icon for what keeps one: it is drawn again in the colour of the theme that there is when it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = theme.ICON, icon(name)

    def now(self) -> QIcon:
        """The icon in the present theme's colour."""
        if self._drawn[0] != theme.ICON:
            self._drawn = theme.ICON, icon(self._name)
        return self._drawn[1]


class IconButton(QToolButton):
    """A flat button of an icon, which is drawn again when the theme becomes another."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setProperty("flat", True)
        self.setIcon(icon(name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icon(self._name))


def pixmap(name: str, size: int) -> QPixmap:
    """The icon as a picture of `size` logical pixels, sharp on the sharpest screen there is."""
    ratio = max(_ratios())
    picture = QPixmap.fromImage(_drawn(name, theme.ICON, round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    return picture


def _ratios() -> set[float]:
    """Device pixels a logical pixel, on each of the screens."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}


# Drawing all icons is a fifth of what making a window takes; as images they may outlive the application, pixmaps not.
@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int) -> QImage:
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"no icon {path.name} in {FOLDER}")
    # the files are drawn for the dark theme
    drawing = QSvgRenderer(QByteArray(path.read_bytes().replace(DARK.ICON.encode(), colour.encode())))
    picture = _blank(size)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=1024)
def _faint(name: str, colour: str, size: int) -> QImage:
    faint = _blank(size)
    painter = QPainter(faint)
    painter.setOpacity(_DISABLED_OPACITY)
    painter.drawImage(0, 0, _drawn(name, colour, size))
    painter.end()
    return faint


def _blank(size: int) -> QImage:
    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
