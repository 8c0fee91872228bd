"""Pictures of the next frames of a clip that plays, made before they are due and not by the window's thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from core.errors import RotoflowError
from core.types import Image
from desktop.playback.pictures import to_picture
from desktop.session.session import EditorSession

_COUNT = 2
"""So many pictures are kept, of four bytes a pixel each."""


class PicturesAhead(QObject):
    """Has the next pictures made by the thread that decodes, and hands them out.

    Making one of a decoded frame of HD takes a millisecond and more, which the window's thread would spend between a
    frame's due time and its paint.
    """

    ready = Signal()
    """What `is_there` was asked for has come, or never will."""

    _answered = Signal()

    def __init__(self, session: EditorSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lock = threading.Lock()
        self._generation = 0
        self._wanted: tuple[int, ...] = ()
        self._asked: set[int] = set()
        self._pictures: dict[int, QImage] = {}
        self._awaited = False
        self._answered.connect(self._look)
        session.project_changed.connect(self.clear)

    def want(self, frame_index: int, step: int, loop: tuple[int, int] | None = None) -> None:
        """Asks for the pictures of the frames after this one in the direction of play (+1 or -1), round the frames of a
        loop; others are let go.
        """
        if self._session.cache is None:
            return
        # the cache's module loads NumPy, which the window starts without
        from core.media.cache import frames_ahead

        with self._lock:
            self._wanted = tuple(frames_ahead(frame_index, step, _COUNT, self._session.frame_count, loop))
            self._pictures = {index: self._pictures[index] for index in self._wanted if index in self._pictures}
            missing = [index for index in self._wanted if index not in self._pictures and index not in self._asked]
            self._asked.update(missing)
        # the newest request is served first
        for index in reversed(missing):
            self._ask(index)

    def take(self, frame_index: int) -> QImage | None:
        """The picture of a frame, if it is made: it may be a draft."""
        with self._lock:
            return self._pictures.get(frame_index)

    def is_there(self, frame_index: int, step: int) -> bool:
        """Whether the next picture is made, or none follows; if not, it is asked for, and `ready` comes with it."""
        # before asking: what is answered meanwhile would notify nobody
        self._awaited = True
        self.want(frame_index, step)
        self._awaited = self._waits()
        return not self._awaited

    def clear(self) -> None:
        """Lets go of all: the clip is another, or is shown another way."""
        with self._lock:
            self._generation += 1
            self._wanted, self._asked, self._pictures = (), set(), {}
        self._answered.emit()

    def _ask(self, frame_index: int) -> None:
        cache, generation = self._session.cache, self._generation
        assert cache is not None

        def decoded(index: int, image: Image | None, _error: RotoflowError | None) -> None:
            # in the decode thread; an error is the person's to see once the frame itself is wanted
            picture = None if image is None or index not in self._wanted else to_picture(image)
            with self._lock:
                if generation != self._generation:
                    return
                self._asked.discard(index)
                if picture is not None and index in self._wanted:
                    self._pictures[index] = picture
            if self._awaited:
                self._answered.emit()

        cache.hand(frame_index, decoded, draft=True, give_up=lambda: frame_index not in self._wanted)

    def _waits(self) -> bool:
        with self._lock:
            return any(index in self._asked for index in self._wanted[:1])

    def _look(self) -> None:
        if self._awaited and not self._waits():
            self._awaited = False
            self.ready.emit()
