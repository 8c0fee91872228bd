"""The interface of all segmentation engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from core.jobs import CancelToken
from core.types import Anchor, Box, FrameResult, Image, LabelMap, ReadFrame

EngineOptions = Mapping[str, object]
"""Settings of an engine by name, as listed in `EngineInfo.options`; unknown names raise EngineError."""


@dataclass(frozen=True)
class EngineInfo:
    """Describes an engine to the user before it is loaded. Making one imports nothing heavy."""

    name: str
    title: str
    description: str
    prompts: bool = False
    """Whether `Session.segment` takes clicks and boxes."""
    options: Mapping[str, object] = field(default_factory=dict)
    """Option names with their defaults."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The values of options that take no others."""
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """The numbers of options that take fewer than those of that name do in `core.option_ranges`."""
    adaptable: bool = False
    """Whether `core.finetuning` makes weights for it: `Engine.open` then takes them as the option
    `adaptation`, as bytes or as the path of their file."""
    hidden: bool = False
    """Whether it is left out of lists that people choose from: it is there for tests."""


@dataclass(frozen=True)
class Prompts:
    """Hints for one object on one picture. Points are (x, y) in pixels of the picture."""

    object_id: int
    foreground: tuple[tuple[float, float], ...] = ()
    background: tuple[tuple[float, float], ...] = ()
    box: Box | None = None


@runtime_checkable
class Session(Protocol):
    """An engine at work on one clip. Used from one thread; arrays passed in are never written to."""

    def segment(self, image: Image, prompts: Prompts) -> LabelMap:
        """A label map with only `prompts.object_id`, (H, W) uint8. Raises EngineError if prompts are not supported."""
        ...

    def track(
        self, anchors: Sequence[Anchor], frame_indices: Sequence[int], read: ReadFrame, cancel: CancelToken
    ) -> Iterator[FrameResult]:
        """Follows the anchors' objects over `frame_indices` in the order given and yields one result for each.

        The indices run in one direction, by ones, usually starting at an anchor. Anchors are known to the engine from
        the start, wherever they lie; on an anchor's own frame its objects come back bit-identical. An object appears
        in results once the run has met an anchor that holds it or, if none lies on the way, from the first frame on
        (found by the engine's memory, where it has one). Ids are the anchors' own.

        Returns early, without an error, once `cancel` is set. Raises EngineError on sizes that differ from `open`'s and
        on no anchors at all.
        """
        ...

    def close(self) -> None:
        """Frees what the session holds. Calling it twice is harmless."""
        ...


@runtime_checkable
class Engine(Protocol):
    """Makes sessions. Loading weights happens in `open`, in the thread that will run the session."""

    @property
    def info(self) -> EngineInfo: ...

    def open(self, size: tuple[int, int], device: str = "auto", options: EngineOptions | None = None) -> Session:
        """A session for frames of `size` (width, height). `device` is one of `DEVICES`. Raises EngineError."""
        ...
