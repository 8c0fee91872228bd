"""Two pictures made one: CutMix (Yun et al., ICCV 2019) and copy-paste (Ghiasi et al., CVPR 2021)."""

from __future__ import annotations

import cv2
import numpy as np

from core.learning.target_networks.examples import Example

_SIDES = (0.25, 0.6)
"""Range of the sides of CutMix's rectangle, as fractions of the picture's."""
_SCALES = (0.7, 1.3)
"""Range of the scale of a pasted object."""


def cut_mix(rng: np.random.Generator, example: Example, other: Example) -> Example:
    """`example` with a random rectangle of `other`, masks included, both of the same size. Known are then the objects
    that both know.
    """
    height, width = example.image.shape[:2]
    down, across = (max(1, round(side * rng.uniform(*_SIDES))) for side in (height, width))
    top, left = int(rng.integers(0, height - down + 1)), int(rng.integers(0, width - across + 1))
    part = np.s_[top : top + down, left : left + across]
    image, masks = example.image.copy(), example.masks.copy()
    image[part] = other.image[part]
    masks[:, *part] = other.masks[:, *part]
    return _known_to_both(example, other, image, masks)


def copy_paste(rng: np.random.Generator, example: Example, other: Example) -> Example:
    """`example` with one object of `other` pasted at a random position, scaled and perhaps mirrored. It keeps its class
    and hides what was there. Returns `example` if `other` shows no object or has another size.
    """
    there = [index for index, mask in enumerate(other.masks) if mask.max(initial=0) > 0.5]
    if not there or other.image.shape != example.image.shape:
        return example
    chosen = there[int(rng.integers(len(there)))]
    height, width = example.image.shape[:2]
    y, x = np.argwhere(other.masks[chosen] > 0.5).mean(axis=0)
    scale = rng.uniform(*_SCALES)
    mirror = -scale if rng.random() < 0.5 else scale
    goal = rng.uniform(0.1, 0.9, 2) * (width, height)
    matrix = np.array([[mirror, 0, goal[0] - mirror * x], [0, scale, goal[1] - scale * y]])
    picture = cv2.warpAffine(other.image, matrix, (width, height), flags=cv2.INTER_LINEAR)
    pasted = cv2.warpAffine(other.masks[chosen], matrix, (width, height), flags=cv2.INTER_LINEAR)
    share = pasted[..., None]
    image = (example.image * (1 - share) + picture * share).astype(np.uint8)
    masks = example.masks * (1 - pasted)
    masks[chosen] = np.maximum(masks[chosen], pasted)
    return _known_to_both(example, other, image, masks)


def _known_to_both(example: Example, other: Example, image: np.ndarray, masks: np.ndarray) -> Example:
    known = example.known & other.known
    masks[~known] = 0
    return Example(image, masks, known, example.given and other.given)
