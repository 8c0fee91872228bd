"""Ctrl-C as a polite stop: the frame in hand is finished and kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from core.jobs import CancelToken


@contextmanager
def cancelled_by_interrupt() -> Iterator[CancelToken]:
    """A token that the first Ctrl-C (or SIGTERM) sets; the second one stops at once, by KeyboardInterrupt."""
    token = CancelToken()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if token.cancelled:
            raise KeyboardInterrupt
        token.cancel()

    if threading.current_thread() is not threading.main_thread():  # only the main thread may set handlers
        yield token
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
