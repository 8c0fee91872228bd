"""Brings decoded frames to the screen: what is cached at once, all else from the decode thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from core.errors import RotoflowError
from core.types import Image
from desktop.session import EditorSession


class FrameFeed(QObject):
    """Asks for one frame at a time and, when it has come, for the newest one wanted meanwhile.

    So frames are passed over while the decoder is behind, and the last one wanted is always the last one shown.
    """

    ready = Signal(int, object)
    """A frame as a QImage."""
    failed = Signal(str)

    _decoded = Signal(int, int, object, str)

    def __init__(self, session: EditorSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clip = 0
        self._asked: int | None = None
        self._wanted: int | None = None
        self._last, self._direction = 0, 1
        self._decoded.connect(self._arrived)
        session.project_changed.connect(self._reset)

    @property
    def pending(self) -> bool:
        """Whether a frame that was wanted is not there yet."""
        return self._asked is not None

    def want(self, frame_index: int) -> None:
        """Shows a frame as soon as it can be had; whatever was wanted before no longer is."""
        cache = self._session.cache
        if cache is None:
            return
        self._direction = -1 if frame_index < self._last else 1
        self._last = frame_index
        image = cache.get(frame_index)
        if image is not None:
            self._wanted = None
            self.ready.emit(frame_index, to_picture(image))
            cache.prefetch(frame_index, self._direction)
        elif self._asked is None:
            self._ask(frame_index)
        else:
            self._wanted = frame_index

    def _ask(self, frame_index: int) -> None:
        cache, clip = self._session.cache, self._clip
        assert cache is not None
        self._asked = frame_index

        def decoded(index: int, image: Image | None, error: RotoflowError | None) -> None:
            # in the decode thread: the conversion is done here, and the signal takes it to the UI thread
            picture = None if image is None else to_picture(image)
            self._decoded.emit(clip, index, picture, "" if error is None else str(error))

        cache.request(frame_index, decoded)

    @Slot(int, int, object, str)
    def _arrived(self, clip: int, frame_index: int, picture: QImage | None, error: str) -> None:
        if clip != self._clip or frame_index != self._asked:
            return
        self._asked = None
        newest, self._wanted = self._wanted, None
        if picture is None:
            self.failed.emit(error)
        elif newest is None or self._session.frame_index != frame_index:
            self.ready.emit(frame_index, picture)
        if newest is not None:
            self.want(newest)
        elif self._session.cache is not None:
            self._session.cache.prefetch(frame_index, self._direction)

    def _reset(self) -> None:
        self._clip += 1
        self._asked = self._wanted = None
        self._last = 0


def to_picture(image: Image) -> QImage:
    """A frame (H, W, 3) uint8 RGB in the format that the screen takes without another conversion."""
    image = np.ascontiguousarray(image)
    height, width, _ = image.shape
    picture = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)
    return picture.convertToFormat(QImage.Format.Format_RGB32)
