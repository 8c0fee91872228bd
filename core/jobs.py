"""Cancel token and progress: what long work needs to be stopped and watched, without knowing by whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar, cast

from core.errors import CancelledError

Value = TypeVar("Value")
Result = TypeVar("Result")


class CancelToken:
    """Set from any thread, checked by the work at least once per frame. Work can also be held for a while."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._lock = threading.Lock()
        self._paused_at: float | None = None
        self._paused_before = 0.0

    def cancel(self) -> None:
        """Ends the work, held or not."""
        self._event.set()
        self.resume()

    def pause(self) -> None:
        """Work stops at its next `wait_while_paused`."""
        with self._lock:
            if self._paused_at is None and not self.cancelled:
                self._paused_at = time.monotonic()
                self._running.clear()

    def resume(self) -> None:
        """Work continues."""
        with self._lock:
            if self._paused_at is not None:
                self._paused_before += time.monotonic() - self._paused_at
                self._paused_at = None
            self._running.set()

    @property
    def paused(self) -> bool:
        """Whether the work is to be held."""
        return not self._running.is_set()

    @property
    def paused_seconds(self) -> float:
        """Total seconds that the work was paused."""
        with self._lock:
            now = 0.0 if self._paused_at is None else time.monotonic() - self._paused_at
            return self._paused_before + now

    def wait_while_paused(self) -> None:
        """Returns at once, or when the work may go on or was cancelled; called by the thread that does the work."""
        self._running.wait()

    @property
    def cancelled(self) -> bool:
        """Whether the work is to stop."""
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raises CancelledError once `cancelled` is true."""
        if self.cancelled:
            raise CancelledError("Cancelled.")


def watched(work: Generator[Value, None, Result], show: Callable[[Value], object]) -> Result:
    """Runs `work` to its end, shows each value it yields, and returns what it returns."""
    while True:
        try:
            value = next(work)
        except StopIteration as stop:
            return cast(Result, stop.value)
        show(value)


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
        """How much is done, in [0, 1]."""
        return self.done / self.total if self.total else 1.0


class ProgressClock:
    """Counts steps and gives the rate over the recent ones, so that a slow start does not spoil the estimate.

    The time during which `token` was paused does not count.
    """

    _WINDOW = 20

    def __init__(self, total: int, token: CancelToken | None = None) -> None:
        self._total = total
        self._token = token
        self._start = self._now()
        self._times = [self._start]

    def step(self, done: int) -> Progress:
        """Records that `done` of the total steps are finished and returns the progress."""
        now = self._now()
        self._times.append(now)
        del self._times[: -self._WINDOW - 1]
        elapsed = self._times[-1] - self._times[0]
        rate = (len(self._times) - 1) / elapsed if elapsed > 0 else 0.0
        left = (self._total - done) / rate if rate > 0 else None
        return Progress(done, self._total, now - self._start, left, rate)

    def _now(self) -> float:
        return time.monotonic() - (self._token.paused_seconds if self._token else 0.0)
