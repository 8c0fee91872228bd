"""Trains a target network: some dozens of steps on augmented masked frames."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from core.jobs import CancelToken
from core.learning.adamw import AdamW
from core.learning.target_networks.augmentation import augmented
from core.learning.target_networks.examples import Example
from core.learning.target_networks.loss import target_loss
from core.learning.target_networks.settings import Training
from core.vos.targets.nets.network import TargetNetwork

_WARM_UP = 0.1
"""Fraction of the steps with linear warm-up."""
_GIVEN = 0.5
"""Probability that a picture is one that a person masked, if there are frames masked by an engine, too."""
_DECAY = 1e-4
"""Weight decay."""

Show = Callable[[int], None]
"""Called with the number of finished steps."""


def train(
    network: TargetNetwork,
    examples: Sequence[Example],
    size: tuple[int, int],
    settings: Training,
    pretrained: bool,
    cancel: CancelToken,
    show: Show | None = None,
) -> None:
    """Trains the network in place, on its device, with pictures resized to `size` (width, height), and leaves it in
    evaluation mode. A `pretrained` backbone keeps its batch statistics and, unless frozen, learns at
    `settings.backbone_rate`.

    The same examples and settings give the same network. Raises CancelledError once cancelled.
    """
    device = next(network.parameters()).device
    rng = np.random.default_rng(settings.seed)
    groups = [(network.own_parameters(), settings.rate)]
    if not network.frozen:
        rate = settings.backbone_rate if pretrained else settings.rate
        groups.append((network.encoder.parameters(), rate))
    optimiser = AdamW(groups, _DECAY)
    network.train()
    if pretrained:
        # batches are too small for batch statistics
        network.encoder.eval()
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        torch.manual_seed(settings.seed)
        for step in range(settings.steps):
            cancel.wait_while_paused()
            cancel.raise_if_cancelled()
            image, masks, known = _batch(rng, examples, size, settings, device)
            loss = target_loss(network(image), masks, known)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step(_pace(step, settings.steps))
            if show is not None:
                show(step + 1)
    network.eval()


def _pace(step: int, steps: int) -> float:
    """The learning rate relative to its peak: linear warm-up, then cosine decay."""
    rising = min(1.0, (step + 1) / max(1, round(_WARM_UP * steps)))
    return rising * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / max(1, steps))))


def _batch(
    rng: np.random.Generator,
    examples: Sequence[Example],
    size: tuple[int, int],
    settings: Training,
    device: torch.device,
) -> tuple[Tensor, Tensor, Tensor]:
    given = [example for example in examples if example.given]
    made = [example for example in examples if not example.given]
    chosen = []
    for _ in range(settings.batch):
        pool = given if given and (not made or rng.random() < _GIVEN) else made
        example, other = (pool[int(rng.integers(len(pool)))] for _ in range(2))
        chosen.append(augmented(rng, example, other, settings.augmentation, size))
    image = torch.from_numpy(np.stack([one.image for one in chosen])).permute(0, 3, 1, 2)
    masks = torch.from_numpy(np.stack([one.masks for one in chosen]))
    known = torch.from_numpy(np.stack([one.known for one in chosen]))
    return image.to(device).float(), masks.to(device), known.to(device)
