"""Backbones of torchvision, cut off at stride 16: GoogLeNet, ResNet, DenseNet, MobileNet and a deformable ResNet.

GoogLeNet: Szegedy et al., CVPR 2015. ResNet: He et al., CVPR 2016. DenseNet: Huang et al., CVPR 2017. MobileNetV2:
Sandler et al., CVPR 2018. Deformable convolution: Dai et al., ICCV 2017.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn
from torchvision import models
from torchvision.ops import DeformConv2d

from core.vos.targets.backbones.encoder import Encoder

_MEAN = tuple(255 * value for value in (0.485, 0.456, 0.406))
_SPREAD = tuple(255 * value for value in (0.229, 0.224, 0.225))
State = Mapping[str, Tensor]
"""Weights by name, of torchvision's classifiers. See `torch.nn.Module.state_dict`."""


def googlenet(state: State | None) -> Encoder:
    """Up to inception 4e. `state` are torchvision's weights of the whole classifier; None is random ones."""
    net = models.googlenet(weights=None, init_weights=False, aux_logits=False, transform_input=False)
    _load(net, state)
    return _encoder(
        (64, 192, 480, 832),
        nn.Sequential(net.conv1),
        nn.Sequential(net.maxpool1, net.conv2, net.conv3),
        nn.Sequential(net.maxpool2, net.inception3a, net.inception3b),
        nn.Sequential(
            net.maxpool3, net.inception4a, net.inception4b, net.inception4c, net.inception4d, net.inception4e
        ),
    )


def resnet(state: State | None) -> Encoder:
    """ResNet-18 up to its third layer."""
    net = models.resnet18(weights=None)
    _load(net, state)
    return _resnet_encoder(net)


def deformable(state: State | None) -> Encoder:
    """The same with deformable convolutions in the third layer: it begins as `resnet` and learns where to look."""
    net = models.resnet18(weights=None)
    _load(net, state)
    for block in net.layer3:
        block.conv2 = Deformable(block.conv2)
    return _resnet_encoder(net)


def densenet(state: State | None) -> Encoder:
    """DenseNet-121 up to its third block."""
    net = models.densenet121(weights=None)
    _load(net, None if state is None else _renamed(state))
    parts = net.features
    return _encoder(
        (64, 256, 512, 1024),
        nn.Sequential(parts.conv0, parts.norm0, parts.relu0),
        nn.Sequential(parts.pool0, parts.denseblock1),
        nn.Sequential(parts.transition1, parts.denseblock2),
        nn.Sequential(parts.transition2, parts.denseblock3),
    )


def mobilenet(state: State | None) -> Encoder:
    """MobileNetV2 up to its last block at stride 16."""
    net = models.mobilenet_v2(weights=None)
    _load(net, state)
    parts = net.features
    return _encoder((16, 24, 32, 96), parts[:2], parts[2:4], parts[4:7], parts[7:14])


MAKERS: dict[str, Callable[[State | None], Encoder]] = {
    "googlenet": googlenet,
    "resnet": resnet,
    "densenet": densenet,
    "mobilenet": mobilenet,
    "deformable": deformable,
}


class Deformable(nn.Module):
    """A 3x3 convolution that looks where a second one points it to; at first that is where it looked before."""

    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self.offsets = nn.Conv2d(convolution.in_channels, 2 * 9, 3, 1, 1)
        nn.init.zeros_(self.offsets.weight)
        assert self.offsets.bias is not None
        nn.init.zeros_(self.offsets.bias)
        self.convolution = DeformConv2d(convolution.in_channels, convolution.out_channels, 3, 1, 1, bias=False)
        self.convolution.weight = convolution.weight

    def forward(self, features: Tensor) -> Tensor:
        moved: Tensor = self.convolution(features, self.offsets(features))
        return moved


def _resnet_encoder(net: nn.Module) -> Encoder:
    parts = dict(net.named_children())
    return _encoder(
        (64, 64, 128, 256),
        nn.Sequential(parts["conv1"], parts["bn1"], parts["relu"]),
        nn.Sequential(parts["maxpool"], parts["layer1"]),
        parts["layer2"],
        parts["layer3"],
    )


def _encoder(channels: tuple[int, ...], *stages: nn.Module) -> Encoder:
    for stage in stages:
        for module in stage.modules():
            if isinstance(module, nn.ReLU | nn.ReLU6):
                # features are used twice: nothing may write into them
                module.inplace = False
    return Encoder(stages, channels, _MEAN, _SPREAD)


def _load(net: nn.Module, state: State | None) -> None:
    """Fills in the weights; what the file has besides, such as auxiliary classifiers, is left out.

    Raises RuntimeError if one is missing or of another shape.
    """
    if state is not None:
        own = net.state_dict()
        # files of old releases do not count the batches that batch norms saw
        counters = {name: torch.tensor(0) for name in own if name.endswith("num_batches_tracked")}
        net.load_state_dict({**counters, **{name: value for name, value in state.items() if name in own}})


def _renamed(state: State) -> State:
    """DenseNet's file has the names of an old release: `norm.1` for `norm1`."""
    renamed = {}
    for name, value in state.items():
        for part in ("norm", "relu", "conv"):
            name = name.replace(f"{part}.1.", f"{part}1.").replace(f"{part}.2.", f"{part}2.")
        renamed[name] = value
    return renamed
