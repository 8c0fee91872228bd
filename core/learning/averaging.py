"""The exponential moving average of a network's weights, which is what ships."""

from __future__ import annotations

import torch
from torch import nn


@torch.no_grad()
def follow(average: nn.Module, network: nn.Module, step: int, longest: float) -> None:
    """Moves an average towards the network, which has taken `step` steps before this one. Its decay is at
    most `longest`, and lower in the first steps, so that it does not lag behind.
    """
    decay = min(longest, (step + 1) / (step + 11))
    pairs = list(zip(average.state_dict().values(), network.state_dict().values(), strict=True))
    moving = [(mean, value) for mean, value in pairs if mean.is_floating_point()]
    torch._foreach_lerp_([mean for mean, _ in moving], [value for _, value in moving], 1 - decay)
    for mean, value in pairs:
        if not mean.is_floating_point():
            mean.copy_(value)
