"""The network: one encoder for all objects, a mask-aware value encoder, and a decoder.

A space-time memory network (Oh et al., ICCV 2019) with three changes:

- the memory's values are computed from the frame's features and the mask, without a second image encoder (as in XMem,
  Cheng & Schwing, ECCV 2022);
- the previous frame is compared by the best local similarities to object and background instead of by dense matching
  (as in FEELVOS, Voigtlaender et al., CVPR 2019);
- the previous mask, warped by optical flow, is an input of the decoder, together with motion cues: what moves as the
  object does, and where the flow is consistent (`core.vos.flow.motion_cues`).

Shapes: B batch, K objects, (H, W) the working size, a multiple of 16. Strides 4, 8 and 16 are written h4, h8, h16.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.efficientnet import CHANNELS, STAGES, EfficientNetLite
from core.vos.network.matching import local_similarity, read_memory
from core.vos.network.runtime import LOGIT_STRIDE

STRIDE = 16
"""The working size must be a multiple of this."""

READ_CHANNELS = 2
"""Channels of a memory read-out besides the value: the mask, and the similarity of the best entry."""

_MEAN, _SPREAD = 0.45, 0.25


@dataclass(frozen=True)
class NetworkConfig:
    """Widths of the network in channels, and which parts it has."""

    channels: tuple[int, int, int, int] = (16, 32, 64, 96)
    """Features of the encoder at strides 2, 4, 8 and 16."""
    key: int = 64
    """Keys of the memory, at stride 16."""
    local_key: int = 48
    """Keys of the local match with the previous frame, at stride 8."""
    value: int = 96
    """Values of the memory, at stride 16."""
    mask: int = 64
    """Features of a mask in the value encoder, at stride 16."""
    warp: int = 32
    """Features of the warped mask in the decoder, at stride 16."""
    decoder: tuple[int, int, int] = (96, 64, 32)
    """Features of the decoder at strides 16, 8 and 4."""
    top_k: int = 32
    """Number of memory entries that a position reads: the most similar ones."""
    local_radius: int = 4
    """Radius of local matching, in cells of stride 8."""
    pretrained: int = 0
    """Channels at stride 16 from a backbone trained on ImageNet, alongside the encoder's own; 0 is no backbone."""
    lateral: bool = False
    """Whether the backbone is the whole encoder: lateral layers on its stages make the features at all strides."""
    detail: bool = False
    """Whether logits have sub-pixel detail; see `enlarge`."""

    @property
    def at16(self) -> int:
        """Channels of the features at stride 16."""
        return self.channels[3] + self.pretrained


CONFIGS = {
    "compact": NetworkConfig(),
    "hybrid": NetworkConfig(key=96, pretrained=64),
    "detailed": NetworkConfig(key=96, pretrained=64, detail=True),
    "lite": NetworkConfig(key=96, pretrained=64, lateral=True, detail=True),
    "base": NetworkConfig(
        channels=(32, 64, 128, 192), key=96, local_key=64, value=192, mask=96, warp=48, decoder=(192, 128, 64)
    ),
    "lite-base": NetworkConfig(
        channels=(32, 64, 128, 192),
        key=128,
        local_key=64,
        value=192,
        mask=96,
        warp=48,
        decoder=(192, 128, 64),
        pretrained=96,
        lateral=True,
        detail=True,
    ),
}


FILES = {
    "compact": "compact",
    "hybrid": "compact",
    "detailed": "compact",
    "lite": "compact",
    "base": "base",
    "lite-base": "base",
}
"""By name in `CONFIGS`: the name of the file that such a network ships in."""


def config_of(state: Mapping[str, Tensor]) -> str:
    """The name in `CONFIGS` of the configuration whose weights have these names and shapes (see `Network`); "" for
    none.
    """
    shapes = {name: value.shape for name, value in state.items()}
    for name, config in CONFIGS.items():
        with torch.device("meta"):
            own = Network(config).state_dict()
        if shapes == {part: value.shape for part, value in own.items()}:
            return name
    return ""


def conv_norm_relu(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    """A convolution without bias, its batch norm and a ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)
    )


class Residual(nn.Module):
    """Two 3x3 convolutions alongside a shortcut (He et al., CVPR 2016)."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.first = conv_norm_relu(inputs, outputs, 3, stride)
        self.second = nn.Sequential(nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        same = inputs == outputs and stride == 1
        self.shortcut: nn.Module = nn.Identity() if same else nn.Conv2d(inputs, outputs, 1, stride)

    def forward(self, features: Tensor) -> Tensor:
        return functional.relu(self.shortcut(features) + self.second(self.first(features)))


def _patchify(outputs: int, hidden: int) -> nn.Sequential:
    """Layers from a mask (B, 1, H, W) to (B, outputs, h16, w16), each cell from its own 16x16 patch."""
    return nn.Sequential(nn.Conv2d(1, hidden, 8, 8), nn.ReLU(True), nn.Conv2d(hidden, outputs, 2, 2))


class Encoder(nn.Module):
    """Features of a picture at strides 4, 8 and 16, and normalised keys at strides 16 (memory) and 8 (local matching).

    The features at strides 4 and 8, and a part of those at 16, come from its own convolutions or, with `lateral`, from
    one lateral layer on each stage of the backbone, which is then required.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        c2, c4, c8, c16 = config.channels
        self.lateral = config.lateral
        if config.lateral:
            # the finest stage is for localisation, the others for semantics
            (_, fine, _), (_, at4, _), (_, at8, _), _ = STAGES
            self.lateral2 = nn.Conv2d(fine, c4, 3, 2, 1, bias=False)
            self.lateral4 = nn.Conv2d(at4, c4, 3, 1, 1)
            self.lateral8 = nn.Conv2d(at8, c8, 3, 1, 1)
            self.lateral16 = nn.Conv2d(CHANNELS, c16, 1)
        else:
            self.stem = conv_norm_relu(3, c2, 5, 2)
            self.stage4 = nn.Sequential(Residual(c2, c4, 2), Residual(c4, c4))
            self.stage8 = nn.Sequential(Residual(c4, c8, 2), Residual(c8, c8))
            self.stage16 = nn.Sequential(Residual(c8, c16, 2), Residual(c16, c16), Residual(c16, c16))
        self.backbone = EfficientNetLite() if config.pretrained else None
        self.named = nn.Conv2d(CHANNELS, config.pretrained, 1) if config.pretrained else None
        self.key = nn.Conv2d(c16 + (CHANNELS if config.pretrained else 0), config.key, 1)
        self.local_key = nn.Conv2d(c8, config.local_key, 1)
        self.frozen = False
        self._settled = False

    def settle(self, learning: bool = False) -> None:
        """From now on batch norms keep their statistics. Without `learning` the layers that make the features are
        frozen, too; the projections to keys and from the backbone still learn.
        """
        self._settled, self.frozen = True, not learning
        for module in self._features():
            module.requires_grad_(learning)
        self.train(self.training)

    def train(self, mode: bool = True) -> Encoder:
        """See `nn.Module.train`."""
        super().train(mode)
        if self._settled:
            for module in self._features():
                module.eval()
        return self

    def feature_parameters(self) -> Iterator[nn.Parameter]:
        """Parameters of the layers that make the features, without the projections to keys and from the backbone."""
        for module in self._features():
            yield from module.parameters()

    def _features(self) -> list[nn.Module]:
        own: list[nn.Module] = [] if self.lateral else [self.stem, self.stage4, self.stage8, self.stage16]
        return own if self.backbone is None else [*own, self.backbone]

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """`image` (B, 3, H, W) float in [0, 255], RGB -> features (B, C, h, w) at strides 4, 8 and 16, keys at 16 and
        local keys at 8, both of unit length.
        """
        deep = None
        if self.lateral:
            f4, f8, f16, deep = self._from_backbone(image)
        else:
            f4 = self.stage4(self.stem((image / 255 - _MEAN) / _SPREAD))
            f8 = self.stage8(f4)
            f16 = self.stage16(f8)
            if self.backbone is not None:
                deep = self.backbone(image)
        seen = f16
        if deep is not None and self.named is not None:
            f16, seen = torch.cat([f16, self.named(deep)], 1), torch.cat([seen, deep], 1)
        key = functional.normalize(self.key(seen), dim=1)
        return f4, f8, f16, key, functional.normalize(self.local_key(f8), dim=1)

    def _from_backbone(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        assert self.backbone is not None
        s2, s4, s8, s16 = self.backbone.stages(image)
        f4 = functional.relu(self.lateral4(s4) + self.lateral2(s2))
        return f4, functional.relu(self.lateral8(s8)), functional.relu(self.lateral16(s16)), s16


class ValueEncoder(nn.Module):
    """Memory values of a frame and an object's mask; the last channel is the mask itself at stride 16."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.mask = _patchify(config.mask, 64)
        self.mix = nn.Sequential(
            conv_norm_relu(config.at16 + config.mask, config.value), Residual(config.value, config.value)
        )

    def forward(self, f16: Tensor, masks: Tensor) -> Tensor:
        """`f16` (1 or K, C, h16, w16), `masks` (K, 1, H, W) in [0, 1] -> (K, value + 1, h16, w16)."""
        seen = self.mask(masks)
        shared = f16.expand(masks.shape[0], -1, -1, -1)
        return torch.cat([self.mix(torch.cat([shared, seen], 1)), functional.avg_pool2d(masks, STRIDE)], 1)


class Decoder(nn.Module):
    """From features, memory read-out, local similarities, warped mask and motion cues to logits at stride 4."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        _, c4, c8, _ = config.channels
        d16, d8, d4 = config.decoder
        self.warp = _patchify(config.warp, 32)
        self.at16 = nn.Sequential(
            conv_norm_relu(config.at16 + config.value + READ_CHANNELS + config.warp + MOTION_CHANNELS, d16),
            Residual(d16, d16),
        )
        self.at8 = nn.Sequential(conv_norm_relu(d16 + c8 + 2 + MOTION_CHANNELS, d8), Residual(d8, d8))
        self.at4 = nn.Sequential(conv_norm_relu(d8 + c4 + 1, d4), Residual(d4, d4))
        self.logits = nn.Conv2d(d4, 1, 3, 1, 1)
        self.detail = nn.Conv2d(d4, LOGIT_STRIDE**2, 3, 1, 1) if config.detail else None
        if self.detail is not None:
            # zero at first, so that a network without detail can be extended
            nn.init.zeros_(self.detail.weight)
            assert self.detail.bias is not None
            nn.init.zeros_(self.detail.bias)

    def forward(
        self, f4: Tensor, f8: Tensor, f16: Tensor, read: Tensor, local: Tensor, warped: Tensor, motion: Tensor
    ) -> Tensor:
        """Features (1 or K, ...), `read` (K, value + READ_CHANNELS, h16, w16), `local` (K, 2, h8, w8), `warped`
        (K, 1, H, W), `motion` (K, MOTION_CHANNELS, h8, w8).

        Returns logits (K, 1, h4, w4), or (K, 1 + 16, h4, w4) with detail; see `enlarge`.
        """
        objects = warped.shape[0]
        f4, f8, f16 = (features.expand(objects, -1, -1, -1) for features in (f4, f8, f16))
        features = self.at16(torch.cat([f16, read, self.warp(warped), functional.avg_pool2d(motion, 2)], 1))
        features = self.at8(torch.cat([double(features), f8, local, motion], 1))
        features = self.at4(torch.cat([double(features), f4, functional.avg_pool2d(warped, 4)], 1))
        logits: Tensor = self.logits(features)
        return logits if self.detail is None else torch.cat([logits, self.detail(features)], 1)


def double(features: Tensor) -> Tensor:
    """Features (B, C, h, w) at twice their size."""
    return functional.interpolate(features, scale_factor=2.0, mode="bilinear", align_corners=False)


class Network(nn.Module):
    """Encoder, value encoder and decoder, with both kinds of matching between them."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.value_encoder = ValueEncoder(config)
        self.decoder = Decoder(config)
        self.sharpness = nn.Parameter(torch.tensor(3.0))
        """Logarithm of the factor on key similarities before the softmax."""

    def memorise(self, f16: Tensor, masks: Tensor) -> Tensor:
        """Memory values (K, value + 1, h16, w16); see `ValueEncoder`."""
        values: Tensor = self.value_encoder(f16, masks)
        return values

    def decode(
        self,
        features: tuple[Tensor, Tensor, Tensor, Tensor, Tensor],
        memory_keys: Tensor,
        memory_values: Tensor,
        previous_local_key: Tensor,
        previous_masks: Tensor,
        warped: Tensor,
        motion: Tensor,
    ) -> Tensor:
        """Logits of one frame (B = 1), or of B = K samples with one object each, as the decoder returns them.

        `features` are the encoder's five; `memory_keys` (1 or K, C, M), `memory_values` (K, V, M);
        `previous_local_key` like the fifth feature, `previous_masks` (K, 1, H, W) in [0, 1] the mask it goes with;
        `warped` (K, 1, H, W) in [0, 1]; `motion` (K, MOTION_CHANNELS, h8, w8) of `core.vos.flow.motion_cues`.
        """
        f4, f8, f16, key, local_key = features
        read, local = self.match(key, local_key, memory_keys, memory_values, previous_local_key, previous_masks)
        logits: Tensor = self.decoder(f4, f8, f16, read, local, warped, motion)
        return logits

    def match(
        self,
        key: Tensor,
        local_key: Tensor,
        memory_keys: Tensor,
        memory_values: Tensor,
        previous_local_key: Tensor,
        previous_masks: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Memory read-out (K, value + READ_CHANNELS, h16, w16) and local similarities (K, 2, h8, w8); inputs as in
        `decode`.

        Separate from the decoder, so that matching can run in full precision while convolutions run in half precision.
        """
        read = self.read(key, memory_keys, memory_values)
        return read, self.compare(local_key, previous_local_key, previous_masks)

    def read(self, key: Tensor, memory_keys: Tensor, memory_values: Tensor) -> Tensor:
        """The memory read-out of `match`, (K, value + READ_CHANNELS, h16, w16)."""
        return read_memory(key, memory_keys, memory_values, self.sharpness.exp(), self.config.top_k)

    def compare(self, local_key: Tensor, previous_local_key: Tensor, previous_masks: Tensor) -> Tensor:
        """The local similarities of `match`, (K, 2, h8, w8)."""
        masks8 = functional.avg_pool2d(previous_masks, 8)
        return local_similarity(local_key, previous_local_key, masks8, self.config.local_radius)


def enlarge(logits: Tensor) -> Tensor:
    """Upsamples the decoder's logits (K, 1 or 17, h4, w4) to (K, 1, H, W): the first channel bilinearly, plus the other
    16 as detail for each of a cell's 4 x 4 pixels (sub-pixel convolution, Shi et al., CVPR 2016).
    """
    coarse = functional.interpolate(
        logits[:, :1], scale_factor=float(LOGIT_STRIDE), mode="bilinear", align_corners=False
    )
    return coarse if logits.shape[1] == 1 else coarse + functional.pixel_shuffle(logits[:, 1:], LOGIT_STRIDE)
