"""The training loss: bootstrapped cross entropy, soft Dice and boundary cross entropy."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_BOUNDARY = 0.5
"""Weight of the boundary term; the other two have 1."""


def bootstrapped_cross_entropy(logits: Tensor, target: Tensor, share: float = 0.3) -> Tensor:
    """Mean cross entropy over the hardest `share` of each sample's pixels (Wu et al., arXiv:1605.06885, 2016).

    `logits` and `target` (N, 1, H, W), float, target in [0, 1]. Most of a frame is easily background; averaged over
    all pixels, the contour and the distractors would hardly count.
    """
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none").flatten(1)
    return each.topk(max(1, int(each.shape[1] * share)), dim=1).values.mean()


def dice_loss(logits: Tensor, target: Tensor) -> Tensor:
    """One less the soft Dice overlap of each (N, 1, H, W) sample, mean, in [0, 1] (Milletari et al., 3DV 2016)."""
    found, wanted = logits.sigmoid().flatten(1), target.flatten(1)
    # the ones let an object that is rightly not found count as found
    overlap = (2 * (found * wanted).sum(1) + 1) / (found.sum(1) + wanted.sum(1) + 1)
    return 1 - overlap.mean()


def boundary_cross_entropy(logits: Tensor, target: Tensor, reach: int = 4) -> Tensor:
    """Mean cross entropy of the pixels within `reach` of a contour, of (N, 1, H, W); zero where there is none.

    Thin parts are nearly all contour: averaged over the whole object they would hardly count.
    """
    size = 2 * reach + 1

    def grown(mask: Tensor) -> Tensor:
        rows = functional.max_pool2d(mask, (1, size), 1, (0, reach))
        return functional.max_pool2d(rows, (size, 1), 1, (reach, 0))

    near = grown(target) * grown(1 - target)
    each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (each * near).sum() / near.sum().clamp_min(1)


def segmentation_loss(logits: Tensor, target: Tensor) -> Tensor:
    """The loss of a frame's logits (N, 1, H, W): Dice, bootstrapped cross entropy and boundary cross entropy."""
    return (
        bootstrapped_cross_entropy(logits, target)
        + dice_loss(logits, target)
        + _BOUNDARY * boundary_cross_entropy(logits, target)
    )


@torch.no_grad()
def mean_overlap(logits: Tensor, target: Tensor) -> Tensor:
    """Mean intersection over union of (N, 1, H, W), a number in [0, 1]; both empty count as 1."""
    found, wanted = logits.flatten(1) > 0, target.flatten(1) > 0.5
    union = (found | wanted).sum(1)
    return torch.where(union > 0, (found & wanted).sum(1) / union.clamp_min(1), 1.0).mean()
