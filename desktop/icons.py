"""The program's own icons, by name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

import resources

FOLDER = Path(resources.__file__).parent / "icons"


_SIZES = (16, 20, 32, 40)
"""The sizes icons are shown in, on usual and on sharp screens."""
_DISABLED_OPACITY = 0.32


def icon(name: str) -> QIcon:
    """The icon `resources/icons/NAME.svg`, fainter where it is disabled: it is there, and out of the way."""
    drawn = _drawn(name)
    made = QIcon()
    for size in _SIZES:
        bright = drawn.pixmap(QSize(size, size))
        made.addPixmap(bright, QIcon.Mode.Normal)
        made.addPixmap(bright, QIcon.Mode.Selected)
        made.addPixmap(_faint(bright), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, size: int) -> QPixmap:
    """The icon as a picture of `size` logical pixels."""
    return _drawn(name).pixmap(QSize(size, size))


def _drawn(name: str) -> QIcon:
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(f"no icon {path.name} in {FOLDER}")
    return QIcon(str(path))


def _faint(bright: QPixmap) -> QPixmap:
    faint = QPixmap(bright.size())
    faint.setDevicePixelRatio(bright.devicePixelRatio())
    faint.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faint)
    painter.setOpacity(_DISABLED_OPACITY)
    painter.drawPixmap(0, 0, bright)
    painter.end()
    return faint
