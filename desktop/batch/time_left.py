"""How long a batch will take."""

from __future__ import annotations

import time
from collections.abc import Callable

_LEAST_SECONDS = 2.0
_LEAST_WORK = 0.02


class TimeLeft:
    """Estimates from the share of the work that is done; what was done before the batch began does not count."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._start = now()
        self._first: float | None = None

    def seconds(self, done: float, total: float) -> float | None:
        """Seconds left when `done` of `total` clips are finished, fractions included. None until a rate is known."""
        if self._first is None:
            self._start, self._first = self._now(), done
        elapsed, work = self._now() - self._start, done - self._first
        if elapsed < _LEAST_SECONDS or work < _LEAST_WORK:
            return None
        return elapsed / work * (total - done)
