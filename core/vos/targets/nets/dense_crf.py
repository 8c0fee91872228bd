"""Mean-field steps of a CRF that make pixels of similar colour agree (Krähenbühl and Koltun, NIPS 2011).

There every pixel is tied to every other one. Here it is tied to those of three rings of eight about it, the widest
24 pixels off: a contour moves by no more, and it costs no lattice.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_RINGS = (1, 6, 24)
_COLOUR = 14.0
"""Standard deviation of the colour kernel, in grey levels."""
_WEIGHT = 6.0
_STEPS = 5


def mean_field(probabilities: Tensor, image: Tensor) -> Tensor:
    """`probabilities` (B, C, H, W) that add up to one and `image` (B, 3, H, W) in [0, 255] -> the same after it."""
    unary = probabilities.clamp_min(1e-5).log()
    affinities = torch.cat([_affinity(image, ring) for ring in _RINGS], 1)
    affinities = affinities / (affinities.sum(1, keepdim=True) + 1e-3)
    for _ in range(_STEPS):
        # each neighbour's belief, weighted by how similar it is
        messages = torch.zeros_like(probabilities)
        for ring_index, ring in enumerate(_RINGS):
            for number, (down, right) in enumerate(_offsets(ring)):
                share = affinities[:, ring_index * 8 + number : ring_index * 8 + number + 1]
                messages += share * _moved(probabilities, down, right)
        probabilities = (unary + _WEIGHT * messages).softmax(1)
    return probabilities


def _affinity(image: Tensor, ring: int) -> Tensor:
    """(B, 8, H, W) in [0, 1]; zero for neighbours outside the picture."""
    inside = torch.ones_like(image[:, :1])
    channels = []
    for down, right in _offsets(ring):
        apart = ((image - _moved(image, down, right)) ** 2).sum(1, keepdim=True)
        channels.append(torch.exp(-apart / (2 * _COLOUR**2)) * _moved(inside, down, right))
    return torch.cat(channels, 1)


def _offsets(ring: int) -> list[tuple[int, int]]:
    return [(y * ring, x * ring) for y in (-1, 0, 1) for x in (-1, 0, 1) if y or x]


def _moved(channels: Tensor, down: int, right: int) -> Tensor:
    """What is so far below and to the right of each cell; zero from outside."""
    height, width = channels.shape[-2:]
    reach = max(abs(down), abs(right))
    padded = functional.pad(channels, (reach,) * 4)
    return padded[..., reach + down : reach + down + height, reach + right : reach + right + width]
