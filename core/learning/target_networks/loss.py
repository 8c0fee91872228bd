"""What a target network minimises: cross entropy over background and objects, and their overlaps."""

from __future__ import annotations

import torch
from torch import Tensor

_MOST_WEIGHT = 8.0


def target_loss(logits: Tensor, masks: Tensor, known: Tensor) -> Tensor:
    """Of `logits` (B, 1 + K, H, W), background first, and masks `masks` (B, K, H, W) in [0, 1].

    `known` (B, K) is False for objects that a picture says nothing of: there they and the background are one class.
    Soft masks are soft targets, so that a teacher's doubts are learned, too (Hinton et al., arXiv:1503.02531, 2015).
    Classes count by the root of how rare they are.
    """
    logs = logits.log_softmax(1)
    unknown = ~known[:, :, None, None]
    # background and unknown objects as one
    rest = torch.logsumexp(
        torch.cat([logs[:, :1], logs[:, 1:].masked_fill(~unknown.expand_as(masks), -torch.inf)], 1), 1, keepdim=True
    )
    objects = logs[:, 1:].masked_fill(unknown.expand_as(masks), 0)
    found = torch.cat([rest, objects], 1)
    wanted = torch.cat([(1 - masks.sum(1, keepdim=True)).clamp(0, 1), masks], 1)
    share = wanted.mean((0, 2, 3), keepdim=True)
    weights = (1 / (share * wanted.shape[1]).clamp_min(1e-6)).sqrt().clamp_max(_MOST_WEIGHT)
    # an object that is nowhere in the batch weighs nothing
    weights = torch.where(share > 0, weights, 0)
    entropy = -(weights * wanted * found).sum(1).mean() / (weights * share).sum().clamp_min(1e-6)
    return entropy + _dice(found[:, 1:].exp(), masks, known)


def _dice(found: Tensor, wanted: Tensor, known: Tensor) -> Tensor:
    """One less the soft overlap of the known objects, mean, in [0, 1]; see `core.learning.losses.dice_loss`."""
    both = 2 * (found * wanted).sum((2, 3)) + 1
    overlap = both / (found.sum((2, 3)) + wanted.sum((2, 3)) + 1)
    return ((1 - overlap) * known).sum() / known.sum().clamp_min(1)
