"""The one interface behind which the network runs: eager torch, or an inference runtime for the CPU."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from core.types import Floats, Image

LOGIT_STRIDE = 4
"""The decoder's cells: pixels of the canvas on a side."""

Features = tuple[Any, ...]
"""What the encoder found of one frame, in the runtime's own arrays; made and read by the same runtime only."""


@dataclass(frozen=True)
class DecoderInputs:
    """What the decoder goes by to find K objects on a canvas of (H, W). Floats have 32 bits; h8, w8 are H, W / 8."""

    features: Features
    """Features of the frame."""
    memory_keys: Floats
    """(C, M) unit vectors, of all of the memory's cells."""
    memory_values: Floats
    """(K, V, M)."""
    previous: Features | None
    """Features of the frame before, cut by the same region; None where there is none."""
    previous_masks: Floats
    """(K, H, W) in [0, 1], on the frame before; zero where they are not known."""
    warped: Floats
    """(K, H, W) in [0, 1]: those masks, carried along by the flow."""
    motion: Floats
    """(K, MOTION_CHANNELS, h8, w8) of `core.vos.flow.motion_cues`, zero where there is no flow."""


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


class RuntimeAround:
    """Runs everything as another runtime does but the decoder, which is the subclass's to run."""

    def __init__(self, runtime: NetworkRuntime) -> None:
        self._runtime = runtime

    def encode(self, image: Image) -> Features:
        return self._runtime.encode(image)

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        return self._runtime.memorise(features, masks)

    def key(self, features: Features) -> Floats:
        return self._runtime.key(features)
