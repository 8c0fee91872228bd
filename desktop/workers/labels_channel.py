"""Lets a worker read masks although only the UI thread touches the project."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from core.jobs import CancelToken
from core.types import Anchor, LabelMap

Labels = TypeVar("Labels", bound=LabelMap | tuple[Anchor | None, LabelMap | None] | None)

_PATIENCE_SECONDS = 0.05


class LabelsChannel(QObject, Generic[Labels]):
    """`reader(token)` gives a function that may be called in any other thread; each call is answered by the UI thread.

    The project file is locked to its one connection, and a copy of every mask would be made on the UI thread in one
    go; so they are handed over one by one, a fraction of a millisecond each, between two events.
    """

    _asked = Signal(int, object)

    def __init__(self, labels: Callable[[int], Labels], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels = labels
        self._asked.connect(self._answer)

    def reader(self, cancel: CancelToken) -> Callable[[int], Labels]:
        """The function for a worker. It raises CancelledError once the work is cancelled: a UI thread that waits for
        the worker to end answers no more."""

        def read(frame_index: int) -> Labels:
            answer: Future[Labels] = Future()
            self._asked.emit(frame_index, answer)
            while True:
                try:
                    return answer.result(_PATIENCE_SECONDS)
                except TimeoutError:
                    cancel.raise_if_cancelled()

        return read

    @Slot(int, object)
    def _answer(self, frame_index: int, answer: Future[Labels]) -> None:
        try:
            answer.set_result(self._labels(frame_index))
        except Exception as error:
            answer.set_exception(error)
