"""A small picture of the frame that was shown last, stored in the project: what is seen while the clip is decoded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from core.project import Project

_BLOB = "last_picture"
_SIZE = 480
_QUALITY = 75


class LastPicture:
    """Lives with the session; whoever shows frames reports what is on the screen."""

    def __init__(self) -> None:
        self.shown: Callable[[], QImage | None] = lambda: None
        self.image = QImage()
        """What the open project was left with; null where there is nothing."""

    def adopt(self, project: Project) -> None:
        """Another project is open."""
        data = project.attachments.load(_BLOB)
        self.image = QImage.fromData(data) if data else QImage()

    def keep(self, project: Project) -> None:
        """Keeps what is on the screen in the project, which is about to be closed."""
        image = self.shown()
        if image is None or image.isNull():
            return
        ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = image.scaled(_SIZE, _SIZE, *ways) if max(image.width(), image.height()) > _SIZE else image
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if small.save(buffer, "JPEG", _QUALITY):  # type: ignore[call-overload]
            project.attachments.store(_BLOB, bytes(data.data()))
