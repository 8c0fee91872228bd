"""Small pictures of frames, made in a worker that lives as long as the clip is open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from core.errors import RotoflowError
from core.jobs import CancelToken
from core.types import Image, LabelMap

if TYPE_CHECKING:
    from core.media import ClipOptions, VideoSource

SIZE = QSize(160, 90)
"""Thumbnails fit into this many pixels, as wide or as high."""
_MASK_OPACITY = 0.6

Colours = tuple[tuple[int, tuple[int, int, int]], ...]
"""Which objects are drawn, and their colours."""


@dataclass(frozen=True)
class ThumbnailRequest:
    """One thumbnail: of a frame, with its masks or without. Two equal requests are served by one picture."""

    frame_index: int
    colours: Colours = ()
    """Objects to draw over the picture; none for the bare picture."""
    revision: int = 0
    """Revision of the frame's masks: another one is another request."""
    last: int | None = None
    """Any frame up to this one will do: the one that is cheapest to decode is taken."""


class RequestQueue:
    """What is wanted next, by whom. Written by the UI thread, taken from by the worker."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._requests: dict[Hashable, list[ThumbnailRequest]] = {}
        self._closed = False

    def replace(self, owner: Hashable, requests: Sequence[ThumbnailRequest]) -> None:
        """What `owner` wants from now on, most urgent first; what it wanted before is forgotten."""
        with self._changed:
            self._requests[owner] = list(requests)
            self._changed.notify()

    def take(self) -> ThumbnailRequest | None:
        """The next request, of each owner in turn; waits for one. None once the queue is closed."""
        with self._changed:
            while not self._closed:
                for owner, requests in self._requests.items():
                    if requests:
                        # its owner is served last next time
                        self._requests[owner] = self._requests.pop(owner)[1:]
                        return requests[0]
                self._changed.wait()
            return None

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()


def make_thumbnails(
    path: Path,
    requests: RequestQueue,
    labels_of: Callable[[int], LabelMap | None],
    cancel: CancelToken,
    options: ClipOptions | None = None,
) -> Generator[object, None, None]:
    """Yields (request, QImage) for each request until the queue is closed; an unreadable frame is an empty QImage.

    It opens the clip for itself: a seek for a thumbnail must not cost the player its place.
    """
    from core.media import open_video

    try:
        video = open_video(path, options)
    except RotoflowError:
        # the window says so when it wants a frame itself
        return
    with video:
        while not cancel.cancelled:
            request = requests.take()
            if request is None:
                return
            yield request, _thumbnail(video, request, labels_of)


def _thumbnail(video: VideoSource, request: ThumbnailRequest, labels_of: Callable[[int], LabelMap | None]) -> QImage:
    frame_index = request.frame_index
    if request.last is not None and video.quick_frame(frame_index) != frame_index:
        frame_index = max(frame_index, video.quick_frame(request.last))
    try:
        image = video.read(frame_index)
        labels = labels_of(frame_index) if request.colours else None
    except RotoflowError:
        return QImage()
    return draw_thumbnail(image, labels, request.colours)


def draw_thumbnail(image: Image, labels: LabelMap | None, colours: Colours) -> QImage:
    """A frame (H, W, 3) uint8 RGB made small, with the masks (H, W) uint8 of the objects in `colours` over it."""
    image = np.ascontiguousarray(image)
    height, width, _ = image.shape
    picture = QImage(image.data, width, height, image.strides[0], QImage.Format.Format_RGB888)
    small = _scaled(picture).convertToFormat(QImage.Format.Format_RGB32)
    if labels is not None and colours:
        table = np.zeros((256, 4), np.uint8)
        for object_id, (red, green, blue) in colours:
            table[object_id] = blue, green, red, 255
        overlay = np.ascontiguousarray(table[labels])
        # scaled as a picture, so that an object smaller than a pixel of the thumbnail still tints it
        masks = _scaled(
            QImage(overlay.data, width, height, overlay.strides[0], QImage.Format.Format_ARGB32_Premultiplied)
        )
        painter = QPainter(small)
        painter.setOpacity(_MASK_OPACITY)
        painter.drawImage(0, 0, masks)
        painter.end()
    return small


def _scaled(picture: QImage) -> QImage:
    # a plain step down first: smooth scaling costs what the large picture costs
    rough = picture.scaled(SIZE * 3, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation)
    rough = rough if rough.width() < picture.width() else picture
    return rough.scaled(SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
