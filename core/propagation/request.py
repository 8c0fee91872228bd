"""What is asked of a propagation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from core.errors import EngineError
from core.types import Anchor, LabelMap


class Direction(Enum):
    """Which way in time, seen from the anchors. Between two anchors only BOTH looks from either side and merges."""

    FORWARD = 1
    BACKWARD = -1
    BOTH = 0


def nothing_stored(frame_index: int) -> LabelMap | None:
    """No frame has labels yet."""
    return None


@dataclass(frozen=True)
class PropagationRequest:
    """A snapshot of everything that decides a propagation's outcome, besides the pictures.

    Frames `first` to `last`, both included, may be written; one frame is `first == last`. `start` is where FORWARD and
    BACKWARD set out from; without it they set out from the first anchor they find in the range. BOTH does not use it.

    `object_ids` are the objects to follow, None being all that have an anchor. The others, and those `locked`, are left
    alone: in each result they have exactly the pixels of `stored`.

    `stored(frame_index)` gives the labels (H, W) uint8 that a frame has now, or None; nobody writes to the array. Where
    the frames to write do not begin at an anchor, the run sets out from the labels stored next to them if those show
    the object, else from the anchor itself, however far that is. So `stored` should not give labels that nobody would
    continue from, such as stale ones, except for objects that are to stay.
    """

    frame_count: int
    anchors: tuple[Anchor, ...]
    direction: Direction
    first: int
    last: int
    start: int | None = None
    object_ids: frozenset[int] | None = None
    locked: frozenset[int] = frozenset()
    stored: Callable[[int], LabelMap | None] = nothing_stored

    @property
    def targets(self) -> frozenset[int]:
        """Ids of the objects that are followed."""
        known = frozenset[int]().union(*(anchor.object_ids for anchor in self.anchors))
        wanted = known if self.object_ids is None else known & self.object_ids
        return wanted - self.locked

    def check(self) -> None:
        """Raises EngineError if the request contradicts itself."""
        if not 0 <= self.first <= self.last < self.frame_count:
            raise EngineError(
                "The range {first} to {last} does not lie in the clip, which has {frame_count} frames (0 to {end}).",
                first=self.first,
                last=self.last,
                frame_count=self.frame_count,
                end=self.frame_count - 1,
            )
        if self.start is not None and not self.first <= self.start <= self.last:
            raise EngineError(
                "Frame {start} does not lie in the range {first} to {last}.",
                start=self.start,
                first=self.first,
                last=self.last,
            )
        frames = [anchor.frame_index for anchor in self.anchors]
        if len(set(frames)) != len(frames):
            raise EngineError("A frame has two masks to follow from; there can be one a frame.")
        outside = [frame for frame in frames if not 0 <= frame < self.frame_count]
        if outside:
            raise EngineError(
                "The masked frame {frame_index} is outside the clip, which has {frame_count} frames.",
                frame_index=outside[0],
                frame_count=self.frame_count,
            )
