"""What every target network is: a picture to the logits of background and objects, at the picture's size."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.vos.targets.backbones.encoder import Encoder

STRIDE = 32
"""Sides of pictures must be multiples of this."""


class TargetNetwork(nn.Module, ABC):
    """Made by `core.vos.targets.nets.catalogue.build`; each network has its layers and its `decode`."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.frozen = False
        """Whether the backbone stays as it is."""

    def freeze_encoder(self) -> None:
        """Freezes the backbone: from now on only the layers on top of it learn."""
        self.frozen = True
        self.encoder.freeze()

    def train(self, mode: bool = True) -> TargetNetwork:
        """See `nn.Module.train`."""
        super().train(mode)
        if self.frozen:
            self.encoder.eval()
        return self

    def forward(self, image: Tensor) -> Tensor:
        """`image` (B, 3, H, W) float in [0, 255], RGB -> logits (B, 1 + objects, H, W), background first."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            features = self.encoder(image)
        # backbones end their stages with or without norms and ReLUs: what stands on them finds the same range
        return self.decode([image / 255, *(functional.group_norm(level, 1) for level in features)])

    @abstractmethod
    def decode(self, levels: list[Tensor]) -> Tensor:
        """The picture in [0, 1] and the backbone's features, (B, C, h, w) at strides 1, 2, 4, 8 and the deepest.

        Returns logits (B, 1 + objects, H, W), background first.
        """

    def refine(self, probabilities: Tensor, image: Tensor) -> Tensor:
        """Probabilities (B, C, H, W) that add up to one, after whatever the network does to them once trained."""
        return probabilities

    def own_parameters(self) -> Iterator[nn.Parameter]:
        """The weights without the backbone's."""
        for name, weight in self.named_parameters():
            if not name.startswith("encoder."):
                yield weight

    def predict(self, image: Tensor) -> Tensor:
        """Like `forward`, as probabilities that add up to one, refined; without gradients."""
        with torch.no_grad():
            return self.refine(self(image).softmax(1), image)
