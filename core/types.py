"""Value types that every part of the program shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""A picture: (H, W, 3) uint8, RGB."""

LabelMap = NDArray[np.uint8]
"""A label map: (H, W) uint8, 0 is background, 1..255 are object ids. Objects are exclusive."""

Floats = NDArray[np.float32]
"""A float32 array; its docstring says the shape and the range."""

ReadFrame = Callable[[int], Image]
"""Reads the frame at a frame index as (H, W, 3) uint8 RGB."""

BACKGROUND = 0
MAX_OBJECT_ID = 255

PROJECT_SUFFIX = ".roto"

DEVICES = ("auto", "cpu", "cuda", "mps", "xpu")
"""Where engines can run; "auto" is the GPU where torch can use one; Apple's is "mps", Intel's "xpu"."""

TRAINING_DEVICES = DEVICES[:3]
"""Where networks are trained: of GPUs only CUDA's."""

QUALITIES = ("fast", "balanced", "best")
"""Presets of engines that have several, the fastest first; `core.engines.quality` says what each sets."""


class Video(Protocol):
    """What the rest of the program needs of a clip; time outside `core.media` is the integer frame index."""

    @property
    def frame_count(self) -> int:
        """How many frames there are."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels, upright (rotation applied)."""
        ...

    def read(self, frame_index: int) -> Image:
        """The frame, (H, W, 3) uint8 RGB, upright. Raises what the source's `read` does."""
        ...


class Origin(IntEnum):
    """Where the mask of one object on one frame comes from."""

    NONE = 0
    """No mask, and nobody looked."""
    PROPAGATED = 1
    """An engine's result."""
    EDITED = 2
    """A person's: an anchor. Never overwritten by a propagation."""
    STALE = 3
    """An engine's result that depended on an anchor which has changed since. Still shown."""


class Combine(Enum):
    """How a shape and the mask of an object become one."""

    ADD = "add"
    SUBTRACT = "subtract"
    INTERSECT = "intersect"
    """Only what the mask and the shape share stays."""
    REPLACE = "replace"


@dataclass(frozen=True)
class ObjectTrack:
    """One object that is followed through the clip. Ids are never reused within a project."""

    object_id: int
    name: str
    colour: tuple[int, int, int]
    class_label: str = ""
    visible: bool = True
    locked: bool = False


@dataclass(frozen=True)
class Box:
    """A half-open rectangle of pixels: x0 <= x < x1, y0 <= y < y1."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return max(0, self.x1 - self.x0)

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return max(0, self.y1 - self.y0)

    @property
    def empty(self) -> bool:
        """Whether no pixel is inside."""
        return self.width == 0 or self.height == 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Row and column slices: `array[box.slices]` is the part of an (H, W, ...) array inside the box."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    def union(self, other: Box) -> Box:
        """The smallest box that holds both; an empty box adds nothing."""
        if self.empty:
            return other
        if other.empty:
            return self
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def grown(self, across: int, down: int) -> Box:
        """The box enlarged by `across` pixels on the left and right, and by `down` above and below."""
        return Box(self.x0 - across, self.y0 - down, self.x1 + across, self.y1 + down)

    def moved(self, right: int, down: int) -> Box:
        """The box `right` pixels further right and `down` further down."""
        return Box(self.x0 + right, self.y0 + down, self.x1 + right, self.y1 + down)

    def clipped(self, width: int, height: int) -> Box:
        """The part of the box inside a (width, height) frame."""
        x0, y0 = min(max(self.x0, 0), width), min(max(self.y0, 0), height)
        return Box(x0, y0, max(x0, min(self.x1, width)), max(y0, min(self.y1, height)))


@dataclass(frozen=True)
class Anchor:
    """A frame whose mask a person vouches for.

    `object_ids` says for which objects it is an anchor: an object in `object_ids` without a pixel in `labels` is known
    to be absent there; one that is not in `object_ids` is simply unknown on this frame, even if `labels` shows it.
    """

    frame_index: int
    labels: LabelMap
    object_ids: frozenset[int]


@dataclass(frozen=True)
class ProbabilityPatch:
    """How likely each pixel belongs to one object: `values` is (box.height, box.width) uint8, 255 being certain.

    Outside `box` the probability is zero.
    """

    box: Box
    values: NDArray[np.uint8]


@dataclass(frozen=True)
class FrameResult:
    """What an engine found on one frame: label map at video size, confidence in [0, 1] per object id.

    `object_ids` are the objects that it reports on: what else is in the labels was there before and is not the
    engine's. None means all that have a pixel or a confidence.

    `probabilities` by object id are what the labels were decided by. An engine that knows only labels gives none.
    """

    frame_index: int
    labels: LabelMap
    confidence: Mapping[int, float] = field(default_factory=dict)
    object_ids: frozenset[int] | None = None
    probabilities: Mapping[int, ProbabilityPatch] = field(default_factory=dict)
