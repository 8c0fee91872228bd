"""Settings of the training of a target network."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Augmentation:
    """Which augmentations are on; see `core.learning.target_networks.augmentation`."""

    affine: bool = True
    crop: bool = True
    colour: bool = True
    cutmix: bool = False
    copy_paste: bool = False
    rand_augment: bool = False


@dataclass(frozen=True)
class Training:
    """`steps` optimiser steps of `batch` pictures each; steps rather than seconds, so that the result does not depend
    on the machine's load. `rate` is the learning rate, `backbone_rate` that of a pretrained backbone.
    """

    steps: int = 60
    batch: int = 2
    rate: float = 3e-3
    backbone_rate: float = 1e-4
    seed: int = 0
    augmentation: Augmentation = field(default_factory=Augmentation)
