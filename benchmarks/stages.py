"""Where the time goes: functions are wrapped by name, and each moment is counted to the innermost stage only."""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class StageClock:
    """Exclusive seconds per stage. For one thread."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stack: list[str] = []
        self._since = time.perf_counter()
        self._undo: list[Callable[[], None]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts the block to a stage, less the stages entered inside it."""
        self._turn()
        self._stack.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._stack:
            self.seconds[self._stack[-1]] += now - self._since
        self._since = now

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The function, counted to a stage whenever it runs."""

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return function(*args, **kwargs)

        return wrapper

    def wrap(self, place: str, stage: str) -> None:
        """Wraps `package.module:name` or `package.module:Class.method` until `unwrap`."""
        module_name, _, path = place.partition(":")
        owner: Any = importlib.import_module(module_name)
        *parents, name = path.split(".")
        for parent in parents:
            owner = getattr(owner, parent)
        original = getattr(owner, name)
        setattr(owner, name, self.timed(original, stage))
        self._undo.append(lambda: setattr(owner, name, original))

    def unwrap(self) -> None:
        """Puts every wrapped function back."""
        while self._undo:
            self._undo.pop()()

    def reset(self) -> None:
        """Forgets what was counted, such as a first frame's."""
        self.seconds.clear()
