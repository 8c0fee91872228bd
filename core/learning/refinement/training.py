"""Trains the network that corrects contours, on single pixels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from core.learning.refinement.samples import EdgePixels
from core.vos.edge_network import INPUTS, OFFSETS

HIDDEN = (32, 16)
_BATCH = 2048
_RATE, _DECAY, _WARM_UP = 6e-3, 1e-3, 50


def make_module(hidden: tuple[int, int] = HIDDEN) -> nn.Sequential:
    """A network that corrects nothing yet: its last layer is zero."""
    first, second = hidden
    module = nn.Sequential(
        nn.Linear(INPUTS, first), nn.ReLU(), nn.Linear(first, second), nn.ReLU(), nn.Linear(second, 1)
    )
    for parameter in module[-1].parameters():
        nn.init.zeros_(parameter)
    return module


def train(pixels: EdgePixels, steps: int, seed: int, report: Callable[[int, float], None]) -> nn.Sequential:
    """A module trained on these pixels; `report` gets the number of each step and its loss.

    Half of a batch are masks that an engine found, if there are any. A batch is turned and mirrored at random,
    and object and background change places half of the time: the network is to know neither up and down nor to prefer
    larger or smaller masks, which differs from clip to clip.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    module = make_module()
    optimiser = torch.optim.AdamW(module.parameters(), _RATE, weight_decay=_DECAY)
    kinds = [np.flatnonzero(pixels.found == found) for found in (False, True)]
    symmetries = _symmetries()
    signs = torch.cat([-torch.ones(2 * len(OFFSETS)), torch.ones(INPUTS - 2 * len(OFFSETS))])
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / _WARM_UP) * (1 - step / steps) ** 0.9
        rows = np.concatenate([rng.choice(kind, _BATCH // 2) for kind in kinds if len(kind)])
        inputs = torch.from_numpy(pixels.inputs[rows].astype(np.float32))[:, symmetries[rng.integers(8)]]
        logits, weights, truth = (torch.from_numpy(a[rows]) for a in (pixels.logits, pixels.weights, pixels.truth))
        if rng.random() < 0.5:
            inputs, logits, truth = inputs * signs, -logits, 1 - truth
        loss = nn.functional.binary_cross_entropy_with_logits(logits + weights * module(inputs)[:, 0], truth)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        report(step + 1, float(loss.detach()))
    return module


def _symmetries() -> list[Tensor]:
    """For each way to turn or mirror the surroundings, where each input comes from, (INPUTS,)."""
    orders = []
    for number in range(8):
        down, across, swapped = 1 - 2 * (number & 1), 1 - (number & 2), number & 4
        moved = [(y * down, x * across) for y, x in OFFSETS]
        indices = [OFFSETS.index((x, y) if swapped else (y, x)) for y, x in moved]
        rest = list(range(2 * len(OFFSETS), INPUTS))
        orders.append(torch.tensor([*indices, *(len(OFFSETS) + index for index in indices), *rest]))
    return orders
