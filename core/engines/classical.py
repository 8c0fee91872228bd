"""Flow, a colour and texture model fitted on the anchors, and boundary refinement: needs no weights and no torch."""

from __future__ import annotations

from core.engines.checks import check_size, merged_options
from core.engines.protocol import EngineInfo, EngineOptions
from core.engines.threads import use_threads
from core.engines.tracked import TrackedSession
from core.vos.edge_network import shipped_edge_network
from core.vos.targets.appearance import AppearanceModel
from core.vos.tracking import TrackingSettings

_INFO = EngineInfo(
    name="classical",
    title="Classical",
    description="Optical flow corrected by a colour and texture model of the masked frames. Needs no network.",
    options={"short_side": 480, "refine": True, "threads": 0},
)


class ClassicalEngine:
    """Segments by colour, texture and position; see `core.vos.targets.appearance`."""

    @property
    def info(self) -> EngineInfo:
        return _INFO

    def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> TrackedSession:
        check_size(size, device)
        return open_classical(size, merged_options(_INFO, options))


def open_classical(size: tuple[int, int], options: EngineOptions) -> TrackedSession:
    """A session for frames of `size` (width, height) with all of `short_side`, `refine` and `threads` given."""
    use_threads(int(str(options["threads"])))
    settings = TrackingSettings(
        short_side=int(str(options["short_side"])),
        refinement=shipped_edge_network() if options["refine"] else None,
    )
    return TrackedSession(size, settings, AppearanceModel)
