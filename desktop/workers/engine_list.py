"""Which engines there are, found in a thread: naming them loads OpenCV and more, for a third of a second."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.jobs import CancelToken
from desktop.workers.latest import LatestOnly


class EngineList(QObject):
    """Looks when it is asked to; what was found before stays until then."""

    found = Signal(list)
    """The EngineInfo of each, the default first."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = LatestOnly(self)
        self._latest.failed.connect(self.failed)

    def look(self, threads: int) -> None:
        """Names the engines that can be used now, and has them take so many threads; see `core.engines.threads`."""
        self._latest.start(partial(_look, threads), self._take, lambda: None)

    def shut_down(self) -> None:
        """Stops the worker when the window goes."""
        self._latest.shut_down()

    def _take(self, engines: object) -> None:
        self.found.emit(engines)


def _look(threads: int, _token: CancelToken) -> Generator[object, None, None]:
    from core.engines import available
    from core.engines.threads import prefer_threads

    prefer_threads(threads)
    yield available()
