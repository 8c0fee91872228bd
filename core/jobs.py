"""Cancel token and progress: what long work needs to be stopped and watched, without knowing by whom."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from core.errors import CancelledError


class CancelToken:
    """Set from any thread, looked at by the work at least once per frame."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raises CancelledError once `cancel` was called."""
        if self._event.is_set():
            raise CancelledError("Cancelled.")


@dataclass(frozen=True)
class Progress:
    """How far long work is. Seconds are wall-clock; `seconds_left` is None until a rate is known."""

    done: int
    total: int
    seconds: float
    seconds_left: float | None
    per_second: float

    @property
    def fraction(self) -> float:
        return self.done / self.total if self.total else 1.0


class ProgressClock:
    """Counts steps and tells the rate over the recent ones, so that a slow start does not spoil the estimate."""

    _WINDOW = 20

    def __init__(self, total: int) -> None:
        self._total = total
        self._start = time.monotonic()
        self._times = [self._start]

    def step(self, done: int) -> Progress:
        """Records that `done` of the total steps are finished and returns the progress."""
        now = time.monotonic()
        self._times.append(now)
        del self._times[: -self._WINDOW - 1]
        elapsed = self._times[-1] - self._times[0]
        rate = (len(self._times) - 1) / elapsed if elapsed > 0 else 0.0
        left = (self._total - done) / rate if rate > 0 else None
        return Progress(done, self._total, now - self._start, left, rate)
