"""The interface that runs the network, in eager torch or in ONNX Runtime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from core.types import Floats, Image

LOGIT_STRIDE = 4
"""Stride of the decoder's logits in canvas pixels."""

MEMORY_BLOCK, LEAST_MEMORY = 8, 256
"""The decoder's graph reads a memory whose size is a multiple of the first, and at least the second, in cells."""

Features = tuple[Any, ...]
"""The encoder's five outputs for one frame, in the runtime's own array type; only the runtime that made them reads
them."""


@dataclass(frozen=True)
class DecoderInputs:
    """The decoder's inputs for K objects on a canvas of (H, W). `Floats` are float32; h8, w8 are H, W / 8."""

    features: Features
    """Features of the frame."""
    memory_keys: Floats
    """(C, M), unit vectors of all M cells of the memory."""
    memory_values: Floats
    """(K, V, M), values of the memory for each object."""
    previous: Features | None
    """Features of the previous frame, cut by the same region; None if there is none."""
    previous_masks: Floats
    """(K, H, W) in [0, 1], masks on the previous frame; zero where they are unknown."""
    warped: Floats
    """(K, H, W) in [0, 1], these masks warped to this frame by optical flow."""
    motion: Floats
    """(K, MOTION_CHANNELS, h8, w8) of `core.vos.flow.motion_cues`, zero where there is no flow."""
    read: Floats | None = None
    """What the frame reads from the memory, where that is known; see `ReadsMemory`."""


def missing_cells(count: int) -> int:
    """How many cells of zeros, which are similar to nothing, the decoder's graph needs after a memory of `count`."""
    return max(LEAST_MEMORY - count, -count % MEMORY_BLOCK)


class NetworkRuntime(Protocol):
    """Runs a network on canvases of (H, W), multiples of 16. Used from one thread."""

    def encode(self, image: Image) -> Features:
        """Features of a canvas (H, W, 3) uint8 RGB."""
        ...

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        """Memory keys (C, N) and values (K, V, N) float32 of a frame and its masks (K, H, W) in [0, 1]."""
        ...

    def key(self, features: Features) -> Floats:
        """The embedding of the frame: unit vectors (C, h16, w16) float32, as in `memorise`'s keys."""
        ...

    def decode(self, inputs: DecoderInputs) -> Floats:
        """Probabilities (K, H, W) float32 in [0, 1], each object by itself."""
        ...


@runtime_checkable
class ReadsMemory(Protocol):
    """A runtime that reads the memory apart from the decoder."""

    def read(self, cells: Floats, memory_keys: Floats, memory_values: Floats) -> Floats:
        """What cells of a frame read, `DecoderInputs.read` of each: (K, R, N), for keys (C, N) of N cells and a memory
        (C, M), (K, V, M).
        """
        ...


class RuntimeAround:
    """Delegates to another runtime; subclasses run the decoder."""

    def __init__(self, runtime: NetworkRuntime) -> None:
        self._runtime = runtime

    def encode(self, image: Image) -> Features:
        return self._runtime.encode(image)

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        return self._runtime.memorise(features, masks)

    def key(self, features: Features) -> Floats:
        return self._runtime.key(features)
