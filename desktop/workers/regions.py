"""Cuts pictures into regions, and proposes objects on them, away from the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal

from core.jobs import CancelToken
from core.types import Image
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.masks.regions import Proposal, Regions

_PATIENCE_MS = 15_000


class RegionCutter(LatestOnly):
    """See `desktop.tools.regions.tool.Cutter`."""

    def cut(self, image: Image, method: str, side: int, made: Callable[[Regions], None]) -> None:
        """Calls `made` on this thread with the regions of a picture, (H, W, 3) uint8 RGB."""

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.masks.regions import find_regions

            yield find_regions(image, method, side)

        self.start(work, lambda item: made(cast("Regions", item)), lambda: None)

    def finish(self, limit_ms: int = _PATIENCE_MS) -> None:
        """Waits until what was requested has arrived."""
        super().finish(limit_ms)


class Proposer(LatestOnly):
    """Finds what may be objects on a picture."""

    progressed = Signal(int)
    """How much of the newest request is done, in percent."""

    def propose(self, image: Image, made: Callable[[list[Proposal]], None]) -> None:
        """Calls `made` on this thread with the proposals, the most striking first."""

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.masks.regions import propose_objects

            def report(percent: int) -> None:
                # what was dropped reports nothing any more
                if not cancel.cancelled:
                    self.progressed.emit(percent)

            yield propose_objects(image, cancel=cancel, on_progress=report)

        self.start(work, lambda item: made(cast("list[Proposal]", item)), lambda: None)
