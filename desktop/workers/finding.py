"""Looks for an object that a person points at, away from the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from core.jobs import CancelToken
from core.types import Image
from desktop.workers.latest import LatestOnly
from desktop.workers.outlines import Outlined, outlined

if TYPE_CHECKING:
    from core.engines.clicks import EngineSelector
    from core.masks import ClickSelector, Patch, SelectHints


FoundLines = Callable[[Sequence[Outlined]], None]
"""The same, each with its outline."""

Found = Callable[[Sequence["Patch"]], None]
"""Is called with what may be meant, the likeliest first: the whole, a part, a smaller part."""


@dataclass(frozen=True)
class ClickingEngine:
    """An engine that segments a picture by a box and clicks, and how it is opened."""

    name: str
    device: str = "auto"
    options: Mapping[str, object] = field(default_factory=dict)


_LOOK_MS = 120
"""How long a frame is on the screen before it is searched: longer than frames are while a clip plays."""
_PATIENCE_MS = 15_000
"""Who leaves a selection waits no longer for it: what was found by then is taken."""


class BackgroundFinder(LatestOnly):
    """The finder of the smart select tool; the newest question is the only one that is answered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine: ClickingEngine | None = None
        """Who is asked; None for the program's own way."""

        self.selector: Callable[[], ClickSelector] | None = None
        """Makes what selects by clicks where no engine does, such as a network; None for GrabCut, as are boxes."""
        self._made: ClickSelector | None = None
        self._prepared: Image | None = None
        self._looked_at: Image | None = None
        """The picture that the engine's selector is prepared for."""
        self._known: tuple[Image, SelectHints, ClickingEngine | None, Sequence[Patch]] | None = None
        """The last question of a pointer that was answered exactly."""
        self._picture: Callable[[], Image | None] = lambda: None
        self._preview_delay = QTimer(self)
        self._preview_delay.setSingleShot(True)
        self._preview_delay.setInterval(_LOOK_MS)
        self._preview_delay.timeout.connect(self._look)
        self._opened: tuple[ClickingEngine, EngineSelector | None] | None = None
        """The chosen engine's own selector, kept from one question to the next."""

    def find(self, image: Image, hints: SelectHints, found: Found, done: Callable[[], None]) -> None:
        """Calls `found` on this thread with better and better results, then `done`."""
        engine = self.engine
        known = self._known
        if known is not None and known[0] is image and known[1] == hints and known[2] == engine:
            # what was shown under the pointer is taken
            self.drop()
            found(known[3])
            done()
            return

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.masks import select_by_clicks, smart_select

            own = self._selector_of(engine, image)
            if own is not None:
                yield select_by_clicks(own, image, hints)
            elif engine is not None and _can_answer(hints):
                yield from _by_engine(engine, image, hints)
            elif self.selector is not None and hints.box is None:
                # a box says where the object's colours end, which is what GrabCut goes by
                yield select_by_clicks(self._ready(self.selector, image, cancel), image, hints)
            else:
                yield from smart_select(image, hints, cancel)

        self.start(work, lambda item: found(_choices(item)), done)

    def preview(self, image: Image, hints: SelectHints, found: FoundLines) -> None:
        """Calls `found` with what may be found by the hints, at once and then more exactly, where that is fast enough;
        what was previewed before is dropped.
        """
        make, engine = self.selector, self.engine
        if engine is None and make is None:
            return

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.errors import EngineError
            from core.masks import select_by_clicks

            selector: ClickSelector | None
            try:
                selector = self._selector_of(engine, image)
            except EngineError:
                # a click reports the error
                return
            if selector is None and (engine is not None or make is None):
                return
            # what an engine says is as exact as it gets
            for quick in (True, False) if selector is None else (False,):
                if engine is None and make is not None:
                    selector = self._ready(make, image, cancel)
                if cancel.cancelled or selector is None:
                    return
                yield quick, outlined(select_by_clicks(selector, image, hints, quick))

        def receive(item: object) -> None:
            quick, choices = cast("tuple[bool, list[Outlined]]", item)
            if not quick:
                self._known = image, hints, engine, [choice.patch for choice in choices]
            found(choices)

        self.start(work, receive, lambda: None)

    def look_soon(self, picture: Callable[[], Image | None]) -> None:
        """Prepares the selector for the picture there is in a moment, unless a question is being answered then; a
        question asked meanwhile waits for it, as its answer needs it too.
        """
        self._picture = picture
        self._preview_delay.start()

    def shut_down(self) -> None:
        """Cancels and waits."""
        self._preview_delay.stop()
        super().shut_down()

    def _look(self) -> None:
        make, image = self.selector, self._picture()
        if image is None or make is None or self.engine is not None or self.busy or self._prepared is image:
            return

        def work(cancel: CancelToken) -> Generator[object, None, None]:
            from core.errors import EngineError

            # a click reports the error; not given up when the pointer comes to rest meanwhile, as the preview needs it
            with suppress(EngineError):
                self._ready(make, image)
            yield from ()

        self.start(work, lambda _item: None, lambda: None)

    def _ready(
        self, make: Callable[[], ClickSelector], image: Image, token: CancelToken | None = None
    ) -> ClickSelector:
        """The selector, prepared for a picture; called in the worker, of which there is one at a time.

        Its answers are given up when the token is cancelled; to look at a picture is not, as the next question is
        mostly about the same one.
        """
        from core.masks.clicks import Interruptible

        if self._made is None:
            self._made = make()
        watched = self._made if isinstance(self._made, Interruptible) else None
        if watched is not None:
            watched.watch(CancelToken())
        if self._prepared is not image:
            self._prepared = None
            self._made.prepare(image)
            self._prepared = image
        if watched is not None and token is not None:
            watched.watch(token)
        return self._made

    def _selector_of(self, engine: ClickingEngine | None, image: Image) -> EngineSelector | None:
        """The selector of the engine, prepared for a picture; called in the worker. None where it has none."""
        if self._opened is not None and self._opened[0] != engine:
            if self._opened[1] is not None:
                self._opened[1].close()
            self._opened = self._looked_at = None
        if engine is None:
            return None
        if self._opened is None:
            from core.engines.clicks import open_click_selector

            self._opened = engine, open_click_selector(engine.name, engine.device, engine.options)
        selector = self._opened[1]
        if selector is not None and self._looked_at is not image:
            self._looked_at = None
            selector.prepare(image)
            self._looked_at = image
        return selector

    def finish(self, limit_ms: int = _PATIENCE_MS) -> None:
        """Waits until what was requested has arrived."""
        super().finish(limit_ms)


def _choices(item: object) -> Sequence[Patch]:
    """What a worker has found; some know one answer only."""
    return cast("list[Patch]", item) if isinstance(item, list) else [cast("Patch", item)]


def _can_answer(hints: SelectHints) -> bool:
    """Whether an engine can: it sees clicks and a box but no mask, so not what is wrong with another one's."""
    if hints.base is not None and hints.strokes and not hints.strokes[-1].inside:
        return False
    return hints.box is not None or any(stroke.inside for stroke in hints.strokes)


def _by_engine(engine: ClickingEngine, image: Image, hints: SelectHints) -> Iterator[Patch]:
    """One answer of an engine. A session belongs to one thread and each question has its own: it is opened again."""
    from core.engines import Prompts, load
    from core.masks.hints import as_marked, patch_of

    height, width = image.shape[:2]
    clicks = {
        inside: tuple(point for stroke in hints.strokes if stroke.inside is inside for point in stroke.thinned)
        for inside in (True, False)
    }
    session = load(engine.name).open((width, height), engine.device, engine.options)
    try:
        prompts = Prompts(1, clicks[True], clicks[False], hints.box)
        labels = session.segment(image, prompts)
        if hints.base is not None:
            # it knows nothing of the mask that was there before
            labels = labels.copy()
            labels[hints.base.box.slices][hints.base.mask] = prompts.object_id
        mask = labels == prompts.object_id
    finally:
        session.close()
    # one that finds nothing has not understood the clicks
    yield patch_of(as_marked(mask, hints.strokes) if mask.any() else mask)


def click_network() -> ClickSelector:
    """The network that ships; to be called in the worker."""
    from core.engines.clicks import load_click_network

    return load_click_network()
