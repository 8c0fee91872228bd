"""The engine that comes with the program, and the one place that decides what is at its heart.

`open` is the seam for the trained network: where its weights are present it will return a `TrackedSession` around a
target model made of them; the classical model is what is left without.
"""

from __future__ import annotations

from core.engines.checks import check_size, merged_options
from core.engines.classical import open_classical
from core.engines.protocol import EngineInfo, EngineOptions
from core.engines.tracked import TrackedSession

_INFO = EngineInfo(
    name="builtin",
    title="Built-in",
    description="The program's own: runs everywhere, downloads nothing.",
    options={"short_side": 480, "refine": True, "threads": 0},
)


class BuiltinEngine:
    """The default."""

    @property
    def info(self) -> EngineInfo:
        return _INFO

    def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> TrackedSession:
        check_size(size, device)
        return open_classical(size, merged_options(_INFO, options))
