"""The backbone that the built-in network was trained with, EfficientNet-Lite, as a backbone of target networks."""

from __future__ import annotations

from torch import nn

from core.vos.network.efficientnet import MEAN, SPREAD, STAGES, EfficientNetLite
from core.vos.targets.backbones.encoder import Encoder


def builtin_encoder(backbone: EfficientNetLite | None) -> Encoder:
    """The stages of `backbone`; of one with random weights where it is None."""
    if backbone is None:
        backbone = EfficientNetLite()
        for module in backbone.modules():
            if isinstance(module, nn.Conv2d):
                # without batch norms the default is too faint to learn from
                nn.init.kaiming_normal_(module.weight, mode="fan_in", nonlinearity="relu")
    stages: list[nn.Module] = []
    begin = 0
    for _, _, end in STAGES:
        blocks = backbone.blocks[begin:end]
        stages.append(nn.Sequential(backbone.stem, *blocks) if begin == 0 else blocks)
        begin = end
    return Encoder(stages, [channels for _, channels, _ in STAGES], (MEAN,) * 3, (SPREAD,) * 3)
