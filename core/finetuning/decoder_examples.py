"""Examples: what the decoder is given on frames of sample clips, and what it should find.

Features, memory and motion do not learn, and the decoder changes little in a few dozen steps. So the clips are rolled
out once, with the network as it was, and the decoder learns from what it was given there as often as it takes: most of
a step's time was in making the same things again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from core.learning.precision import best_precision
from core.learning.rollout import RolloutSettings, looks
from core.learning.samples.sampling import Batch
from core.types import Box
from core.vos.network.model import STRIDE, Network

Encode = Callable[[Tensor], tuple[Tensor, ...]]
"""Turns pictures (N, 3, S, S) in [0, 255] into the encoder's five outputs."""

_ONE_OBJECT = RolloutSettings(both=0.0)
"""Samples hold each object's own clips; following more in them takes longer than a person waits for."""

_STRIDES = (4, 8, 16, 16, 8, 1, 8)
"""Pixels for each cell of the decoder's inputs, in their order."""


@dataclass(frozen=True)
class DecoderExample:
    """The decoder's seven `inputs` (1, C, h, w) for an object on a frame, and its `truth` (1, 1, S, S) of 0 and 1."""

    inputs: tuple[Tensor, ...]
    truth: Tensor

    def cut(self, side: int) -> DecoderExample:
        """A square of `side` pixels, a multiple of 16, about the true mask, or the warped one where that is empty.
        The engine's decoder sees a window, too.
        """
        whole = self.truth.shape[-1]
        if side >= whole:
            return self
        seen = self.truth if bool(self.truth.any()) else self.inputs[5] > 0.5
        down, right = (_first(seen[0, 0].any(axis), side, whole) for axis in (1, 0))
        window = Box(right, down, right + side, down + side)
        parts = [_part(one, window, stride) for one, stride in zip(self.inputs, _STRIDES, strict=True)]
        return DecoderExample(tuple(parts), _part(self.truth, window, 1))


def _first(covered: Tensor, side: int, whole: int) -> int:
    """Where a span of `side` begins that has what is `covered` (S,) in its middle."""
    found = torch.nonzero(covered)[:, 0]
    middle = (int(found[0]) + int(found[-1]) + 1) // 2 if len(found) else whole // 2
    return min(max(0, round((middle - side / 2) / STRIDE) * STRIDE), whole - side)


def _part(plane: Tensor, window: Box, stride: int) -> Tensor:
    rows, columns = (slice(part.start // stride, part.stop // stride) for part in window.slices)
    return plane[..., rows, columns].clone()


@torch.no_grad()
def examples_of(
    network: Network, batch: Batch, window: int, seed: int, encode: Encode | None = None
) -> list[DecoderExample]:
    """The examples of a batch of samples, each cut to a `window` about its object. They lie on the network's device;
    `encode`, if given, replaces its encoder.
    """
    # batch norms keep their statistics
    network.eval()
    device = network.sharpness.device
    generator = torch.Generator().manual_seed(seed)
    found = looks(network, batch.to(device), _ONE_OBJECT, generator, best_precision(device), encode)
    return [
        DecoderExample(tuple(one[row : row + 1] for one in look.inputs), look.truth[row : row + 1]).cut(window)
        for look in found
        for row in range(len(look.truth))
    ]


def together(examples: Sequence[DecoderExample]) -> tuple[tuple[Tensor, ...], Tensor]:
    """Inputs (N, C, h, w) and truths (N, 1, S, S) of N examples of one size, as a batch."""
    inputs = tuple(torch.cat(parts) for parts in zip(*(example.inputs for example in examples), strict=True))
    return inputs, torch.cat([example.truth for example in examples])
