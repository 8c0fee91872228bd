"""Looks for an object around which a person has drawn a box, away from the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from core.jobs import CancelToken
from core.types import Image
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.masks import Patch, SelectHints

_CLICKS_A_STROKE = 8
"""Of a stroke an engine is told so many points: they were learned from clicks."""


@dataclass(frozen=True)
class ClickingEngine:
    """An engine that segments a picture by a box and clicks, and how it is opened."""

    name: str
    device: str = "auto"
    options: Mapping[str, object] = field(default_factory=dict)


_PATIENCE_MS = 3000
"""Who leaves a selection waits no longer for it: what was found by then is taken."""


class BackgroundFinder(LatestOnly):
    """The finder of the smart select tool; the newest question is the only one that is answered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine: ClickingEngine | None = None
        """Who is asked; None for GrabCut."""

    def find(self, image: Image, hints: SelectHints, found: Callable[[Patch], None], done: Callable[[], None]) -> None:
        """Calls `found` on this thread with better and better results, then `done`."""
        engine = self.engine

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.masks import smart_select

            yield from smart_select(image, hints, cancel) if engine is None else _by_engine(engine, image, hints)

        self.start(work, lambda item: found(cast("Patch", item)), done)

    def finish(self, limit_ms: int = _PATIENCE_MS) -> None:
        """Waits until what was asked for has arrived."""
        super().finish(limit_ms)


def _by_engine(engine: ClickingEngine, image: Image, hints: SelectHints) -> Iterator[Patch]:
    """One answer of an engine. A session belongs to one thread and each question has its own: it is opened anew."""
    from core.engines import Prompts, load
    from core.masks import Patch, object_patch

    height, width = image.shape[:2]
    clicks = {
        inside: tuple(point for stroke in hints.strokes if stroke.inside is inside for point in _thinned(stroke.points))
        for inside in (True, False)
    }
    session = load(engine.name).open((width, height), engine.device, engine.options)
    try:
        prompts = Prompts(1, clicks[True], clicks[False], hints.box)
        patch = object_patch(session.segment(image, prompts), prompts.object_id)
    finally:
        session.close()
    yield patch if patch is not None else Patch.nothing()


def _thinned(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    return points[:: max(1, len(points) // _CLICKS_A_STROKE)]
