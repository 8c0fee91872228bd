"""Which project files this process has open itself, so that the error about a file in use can say so."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from core.outputs import identity

_open = Counter[tuple[int, int]]()
_lock = threading.Lock()


def remember(path: Path) -> Callable[[], None]:
    """Notes that this process has opened a file; gives what notes that it is closed."""
    mark = identity(path)
    _count(mark, 1)
    return lambda: _count(mark, -1)


def _count(mark: tuple[int, int] | None, change: int) -> None:
    if mark is not None:
        with _lock:
            _open[mark] += change


def is_open_here(path: Path) -> bool:
    """Whether this process has the file open, under whatever name."""
    mark = identity(path)
    with _lock:
        return mark is not None and _open[mark] > 0
