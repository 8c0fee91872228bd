"""The loss of a target network: weighted cross entropy over background and objects, plus soft Dice."""

from __future__ import annotations

import torch
from torch import Tensor

_MOST_WEIGHT = 8.0


def target_loss(logits: Tensor, masks: Tensor, known: Tensor) -> Tensor:
    """The loss, a scalar, of `logits` (B, 1 + K, H, W), background first, for `masks` (B, K, H, W) in [0, 1].

    `known` (B, K) is False for objects that are not annotated on a picture: there they and the background are one
    class. Soft masks are soft targets, as in distillation (Hinton et al., arXiv:1503.02531, 2015). Each class is
    weighted by the inverse square root of its frequency.
    """
    logs = logits.log_softmax(1)
    unknown = ~known[:, :, None, None]
    # background and objects that are not annotated as one class
    rest = torch.logsumexp(
        torch.cat([logs[:, :1], logs[:, 1:].masked_fill(~unknown.expand_as(masks), -torch.inf)], 1), 1, keepdim=True
    )
    objects = logs[:, 1:].masked_fill(unknown.expand_as(masks), 0)
    found = torch.cat([rest, objects], 1)
    wanted = torch.cat([(1 - masks.sum(1, keepdim=True)).clamp(0, 1), masks], 1)
    share = wanted.mean((0, 2, 3), keepdim=True)
    weights = (1 / (share * wanted.shape[1]).clamp_min(1e-6)).sqrt().clamp_max(_MOST_WEIGHT)
    # a class without a pixel in the batch has weight zero
    weights = torch.where(share > 0, weights, 0)
    entropy = -(weights * wanted * found).sum(1).mean() / (weights * share).sum().clamp_min(1e-6)
    return entropy + _dice(found[:, 1:].exp(), masks, known)


def _dice(found: Tensor, wanted: Tensor, known: Tensor) -> Tensor:
    """Soft Dice loss, the mean over known objects, in [0, 1]; see `core.learning.losses.dice_loss`."""
    both = 2 * (found * wanted).sum((2, 3)) + 1
    overlap = both / (found.sum((2, 3)) + wanted.sum((2, 3)) + 1)
    return ((1 - overlap) * known).sum() / known.sum().clamp_min(1)
