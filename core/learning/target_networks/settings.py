"""How a target network is trained."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Augmentation:
    """Which changes the pictures go through before each step; see `core.learning.target_networks.augmentation`."""

    affine: bool = True
    crop: bool = True
    colour: bool = True
    cutmix: bool = False
    copy_paste: bool = False
    rand_augment: bool = False


@dataclass(frozen=True)
class Training:
    """`steps` of `batch` pictures. Steps are counted, and not seconds: what is learned must not depend on how busy the
    machine is. `backbone_rate` is the learning rate of a backbone that was trained before.
    """

    steps: int = 60
    batch: int = 2
    rate: float = 3e-3
    backbone_rate: float = 1e-4
    seed: int = 0
    augmentation: Augmentation = field(default_factory=Augmentation)
