"""Looks for an object around which a person has drawn a box, away from the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, cast

from core.jobs import CancelToken
from core.types import Image
from desktop.workers.latest import LatestOnly

if TYPE_CHECKING:
    from core.masks import Patch, SelectHints


class BackgroundFinder(LatestOnly):
    """The finder of the smart select tool; the newest question is the only one that is answered."""

    def find(self, image: Image, hints: SelectHints, found: Callable[[Patch], None], done: Callable[[], None]) -> None:
        """Calls `found` on this thread with better and better results, then `done`."""

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.masks import smart_select

            yield from smart_select(image, hints, cancel)

        self.start(work, lambda item: found(cast("Patch", item)), done)
