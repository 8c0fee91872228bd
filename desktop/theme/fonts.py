"""The fonts of the window: Hangul where the system has none, and the size that a person chose."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

import resources

HANGUL = Path(resources.__file__).parent / "fonts" / "hangul.ttf"
"""The syllables of KS X 1001, a subset of Noto Sans KR."""

TEXT_SIZES = (100, 115, 130, 150)
"""Per cent of the system's text size."""

_log = logging.getLogger(__name__)
_system: list[QFont] = []


def provide_hangul() -> bool:
    """Brings the program's own font along where the system can show no Korean; returns whether it did."""
    korean = QFontDatabase.WritingSystem.Korean
    if QFontDatabase.families(korean):
        return False
    number = QFontDatabase.addApplicationFont(str(HANGUL))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        _log.warning("%s cannot be read: Korean is shown as boxes", HANGUL)
        return False
    # named as a second choice: not every platform looks through the program's own fonts by itself
    family = QApplication.font().family()
    QFont.insertSubstitutions(family, families)
    return True


def use_text_size(app: QApplication, percent: int) -> None:
    """Sets the size of texts in windows in per cent of the system's own size."""
    if not _system:
        _system.append(QFont(app.font()))
    font = QFont(_system[0])
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * percent / 100)
    else:
        font.setPixelSize(round(font.pixelSize() * percent / 100))
    app.setFont(font)
