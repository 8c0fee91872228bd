"""The regions tool: the picture is cut into superpixels, and what is clicked or painted over becomes mask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer

from core.types import Combine, Image
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Cursor, Point, Sketch, Tool, ToolEvent, ToolSurroundings
from desktop.tools.regions.settings import RegionSettings
from desktop.workers.outlines import outline_of

if TYPE_CHECKING:
    from core.masks.regions import Regions

_REST_MS = 120
"""While frames go by, none is cut: only the one that is stayed at."""


class Cutter(Protocol):
    """Cuts pictures in the background."""

    def cut(self, image: Image, method: str, side: int, made: Callable[[Regions], None]) -> None:
        """Calls `made` with the regions of a picture; a new call takes the place of one before."""
        ...

    def drop(self) -> None:
        """What was requested does not arrive any more."""
        ...

    def finish(self, limit_ms: int = ...) -> None:
        """Waits, for a moment, until what was requested has arrived."""
        ...


class RegionTool(Tool):
    """The region under the pointer is outlined; a click or a drag over regions adds them, with alt it takes them away.

    What is painted over before the picture is cut becomes mask as soon as it is.
    """

    def __init__(
        self, surroundings: ToolSurroundings, settings: RegionSettings, area: AreaSettings, cutter: Cutter, text: str
    ) -> None:
        self._surroundings, self._settings, self._area = surroundings, settings, area
        self._cutter = cutter
        self._text = text
        self._regions: Regions | None = None
        self._made_of: tuple[Image, str, int] | None = None
        """What the regions are of, or will be of once they arrive."""
        self._hovered: Point | None = None
        self._outlined: int | None = None
        self._way: list[Point] = []
        self._how = Combine.ADD
        self._let_go = False
        """The button is up again, and the regions are not there yet."""
        self._chosen: dict[int, None] = {}
        self._rest = QTimer()
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._cut)

    @property
    def pending(self) -> bool:
        return self._let_go

    @property
    def stored(self) -> bool:
        # nothing to apply: it becomes mask by itself
        return True

    def refresh(self) -> None:
        """Regions of another picture, or of another size, are wanted."""
        if self._surroundings.labels is None:
            self._rest.stop()
            self._forget()
        elif not self._up_to_date():
            self._forget()
            self._rest.start()
        else:
            self._outline(self._hovered)

    def hover(self, event: ToolEvent) -> None:
        if not self._up_to_date() and not self._rest.isActive():
            # the picture was exchanged by a sharper one
            self._forget()
            self._rest.start()
        self._hovered = event.point
        self._outline(event.point)

    def leave(self) -> None:
        self._hovered = None
        self._outline(None)

    def press(self, event: ToolEvent) -> None:
        self.cancel()
        self._how = self._area.how_with(event.modifiers)
        if not self._surroundings.may_change(self._how) or self._surroundings.labels is None:
            return
        self._outline(None)
        self._way = [event.point]
        if not self._up_to_date():
            self._cut()
        self._take(self._way)

    def move(self, event: ToolEvent) -> None:
        if self._way and not self._let_go:
            self._way.append(event.point)
            self._take(self._way[-2:])

    def release(self, event: ToolEvent) -> None:
        if not self._way:
            return
        self.move(event)
        if self._regions is None:
            self._let_go = True
        else:
            self._commit()

    def settle(self) -> None:
        if self._let_go:
            self._cutter.finish()
        self.cancel()
        self._rest.stop()
        self._outline(None)

    def cancel(self) -> None:
        begun, self._way, self._let_go = bool(self._way), [], False
        self._chosen = {}
        if begun:
            self._surroundings.hide_patch()
            self._surroundings.end_without()

    def cursor(self) -> Cursor:
        return Cursor.BUSY if self._let_go else Cursor.CROSS

    # -- inside

    def _up_to_date(self) -> bool:
        made, picture = self._made_of, self._surroundings.picture
        wanted = self._settings.method, self._settings.side
        return made is not None and made[0] is picture and made[1:] == wanted

    def _forget(self) -> None:
        self._cutter.drop()
        self._regions = self._made_of = None
        self._outline(None)

    def _cut(self) -> None:
        self._rest.stop()
        picture = self._surroundings.picture
        if picture is not None:
            self._regions = None
            self._made_of = picture, self._settings.method, self._settings.side
            self._cutter.cut(picture, self._settings.method, self._settings.side, self._arrived)

    def _arrived(self, regions: Regions) -> None:
        self._regions = regions
        if self._way:
            way, self._way = self._way, self._way[:1]
            for first, second in zip(way, way[1:] or way, strict=False):
                self._way.append(second)
                self._take([first, second])
        if self._let_go:
            self._commit()
        else:
            self._outline(self._hovered)

    def _take(self, way: list[Point]) -> None:
        if self._regions is None:
            return
        before = len(self._chosen)
        self._chosen.update(dict.fromkeys(self._regions.on_way(way[0], way[-1])))
        if len(self._chosen) > before:
            self._surroundings.show_patch(self._regions.patch(list(self._chosen)), self._how)

    def _commit(self) -> None:
        chosen, regions = self._chosen, self._regions
        self._way, self._let_go, self._chosen = [], False, {}
        if chosen and regions is not None:
            self._surroundings.commit_patch(regions.patch(list(chosen)), self._how, self._text, found=True)
        else:
            self._surroundings.hide_patch()
            self._surroundings.end_without()

    def _outline(self, point: Point | None) -> None:
        """Draws around the region under a point, if there is one, and no other."""
        found = self._regions.at(*point) if point is not None and self._regions is not None else None
        if found == self._outlined:
            return
        self._outlined = found
        if found is None or self._regions is None:
            self._surroundings.show_sketch(Sketch())
            return
        self._surroundings.show_sketch(Sketch(outline_of(self._regions.patch([found]))))
