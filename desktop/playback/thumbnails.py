"""The cache of thumbnails, and the requests for more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator, Hashable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from core.jobs import CancelToken
from desktop.session.session import EditorSession
from desktop.workers.labels_channel import LabelsChannel
from desktop.workers.pool import WorkerPool
from desktop.workers.thumbnails import RequestQueue, ThumbnailRequest, make_thumbnails
from desktop.workers.worker import Worker

_MOST_KEPT = 600
"""Thumbnails in memory, of about 57 KB each."""


class Thumbnails(QObject):
    """Keeps the newest thumbnails of the open clip; one worker makes what is missing."""

    made = Signal(object)
    """A ThumbnailRequest that `get` can now serve."""

    def __init__(self, session: EditorSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._channel = LabelsChannel(session.labels_at, self)
        self._pool = WorkerPool(self)
        self._worker: Worker | None = None
        self._queue = RequestQueue()
        self._kept: OrderedDict[ThumbnailRequest, QPixmap] = OrderedDict()
        session.project_changed.connect(self._forget)

    def get(self, request: ThumbnailRequest) -> QPixmap | None:
        """The thumbnail, if it is made; a null pixmap if its frame cannot be read."""
        found = self._kept.get(request)
        if found is not None:
            self._kept.move_to_end(request)
        return found

    def want(self, owner: Hashable, requests: Sequence[ThumbnailRequest]) -> None:
        """What `owner` shows now, most urgent first: made when it is missing. Earlier requests of it are dropped."""
        if self._session.video is None:
            return
        missing = [request for request in requests if request not in self._kept]
        self._queue.replace(owner, missing)
        if missing and self._worker is None:
            self._start()

    def shut_down(self) -> None:
        """Stops the worker and waits for it."""
        self._forget()
        self._pool.shut_down()

    def _start(self) -> None:
        video, requests = self._session.video, self._queue
        assert video is not None
        path, options = video.path, video.options

        def work(token: CancelToken) -> Generator[object, None, None]:
            return make_thumbnails(path, requests, self._channel.reader(token), token, options)

        self._worker = self._pool.start(work, self._keep, lambda _error: None)

    def _keep(self, item: object) -> None:
        assert isinstance(item, tuple)
        request, picture = item
        assert isinstance(request, ThumbnailRequest) and isinstance(picture, QImage)
        self._kept[request] = QPixmap.fromImage(picture)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.made.emit(request)

    def _forget(self) -> None:
        """Another clip: the worker of the old one ends by itself and delivers nothing more."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.abandon()
        self._queue.close()
        self._queue = RequestQueue()
        self._kept.clear()
