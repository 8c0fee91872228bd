"""Plain optical-flow warping, mask to mask: the baseline that engines are measured against."""

from __future__ import annotations

from core.engines.checks import check_size, merged_options
from core.engines.protocol import EngineInfo, EngineOptions
from core.engines.threads import use_threads
from core.engines.tracked import TrackedSession
from core.vos.flow.warping import WarpingOnly
from core.vos.tracking import TrackingSettings

_INFO = EngineInfo(
    name="warping",
    title="Plain warping",
    description="Carries the mask from frame to frame by optical flow alone. Drifts; it is here to be compared with.",
    options={"short_side": 480, "threads": 0},
)


class WarpingEngine:
    """DIS optical flow and nothing else."""

    @property
    def info(self) -> EngineInfo:
        return _INFO

    def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> TrackedSession:
        check_size(size, device)
        merged = merged_options(_INFO, options)
        use_threads(int(str(merged["threads"])))
        settings = TrackingSettings(short_side=int(str(merged["short_side"])), refinement=None)
        return TrackedSession(size, settings, WarpingOnly)
