"""Named stages of following objects, to measure where the time goes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

Observer = Callable[[str], AbstractContextManager[None]]
"""Called with a stage's name; the context it returns spans the stage. Stages nest."""

STAGES = ("flow", "encoder", "decoder", "model", "refine", "other")
"""`encoder` and `decoder` are the network's graphs on a CPU, `model` is what is done around them."""

_observers: list[Observer] = []


@contextmanager
def observe_stages(observer: Observer) -> Iterator[None]:
    """Reports every stage that begins in any thread to `observer`, for as long as the context lasts."""
    _observers.append(observer)
    try:
        yield
    finally:
        _observers.remove(observer)


def stage(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a function as one of `STAGES`. Costs a comparison a call while nobody observes."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def observed(*args: P.args, **kwargs: P.kwargs) -> R:
            if not _observers:
                return function(*args, **kwargs)
            with _observers[-1](name):
                return function(*args, **kwargs)

        return observed

    return mark
