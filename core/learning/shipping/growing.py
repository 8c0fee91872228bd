"""A wider network that begins as a trained narrower one, and computes the same until it is trained on.

After Net2Net (Chen et al., "Net2Net: Accelerating Learning via Knowledge Transfer", ICLR 2016), but with new channels
of random weights that nothing old listens to yet, in place of split copies, which would need noise to differ.
Every weight from a new channel to an old one is zero, and gets a gradient from the first step on.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from core.errors import EngineError
from core.learning.checkpoint import load_weights
from core.learning.shipping.backbone import with_backbone
from core.learning.shipping.laterals import with_laterals
from core.learning.shipping.pretraining import find_backbone_weights, load_backbone
from core.types import Image
from core.vos.flow.motion_cues import MOTION_CHANNELS, MOTION_STRIDE
from core.vos.network.efficientnet import CHANNELS
from core.vos.network.model import CONFIGS, READ_CHANNELS, STRIDE, Encoder, Network, NetworkConfig, config_of

_NEW_KEY = 0.005
"""Length of a new key channel's weights as a share of the old ones': what is compared by angle changes with its square,
and with none at all it would have no gradient.
"""
_PICTURES, _SIDE = 4, 8 * STRIDE


@dataclass(frozen=True)
class _Layer:
    """A convolution, the batch norm after it, if any, and the widths of what was put together to be its input."""

    name: str
    convolution: nn.Conv2d
    norm: nn.BatchNorm2d | None
    inputs: tuple[int, ...]


def grow(narrow: Network, config: NetworkConfig, seed: int = 0) -> Network:
    """A network of `config`, none of its widths less than `narrow`'s, with `narrow`'s function; on the CPU.

    Raises EngineError if a width is less, or if the two read the memory differently.
    """
    old = narrow.config
    if bool(old.pretrained) != bool(config.pretrained):
        raise EngineError(
            "A network cannot grow into another where one of the two has a backbone from ImageNet: lite grows into "
            "lite-base, and a compact without one into base."
        )
    if (old.top_k, old.local_radius) != (config.top_k, config.local_radius):
        raise EngineError("A network can only grow in its widths: how it reads its memory has to stay.")
    narrow = copy.deepcopy(narrow).eval().cpu()
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        wide = Network(config)
        known, layers = ({layer.name: layer for layer in _layers(one)} for one in (narrow, wide))
        if old.lateral != config.lateral or old.detail > config.detail:
            raise EngineError("A network can only grow in its widths and in detail: its encoder has to stay.")
        # detail that the narrow one does not have begins at zero
        pairs = [(known[name], layer) for name, layer in layers.items() if name in known]
        if wide.encoder.backbone is not None and narrow.encoder.backbone is not None:
            wide.encoder.backbone.load_state_dict(narrow.encoder.backbone.state_dict())
        _estimate_statistics(wide)
        for before, after in pairs:
            _put(before, after)
        for key in (wide.encoder.key, wide.encoder.local_key):
            _shorten(key, old.key if key is wide.encoder.key else old.local_key)
        wide.sharpness.copy_(narrow.sharpness)
    return wide.eval()


def start_weights(network: Network, path: Path, frames: Callable[[], Iterable[Image]] | None = None) -> Encoder | None:
    """Sets a network's weights from safetensors: grown, where they are of a narrower one of `CONFIGS`, or next to a
    backbone from ImageNet, where they have none; that needs `frames`, of the data, and the package with its weights.

    Returns the encoder that those weights have, where this network's is of another kind. Raises EngineError if they
    cannot be read or do not fit.
    """
    try:
        name = config_of(load_file(str(path)))
    except (OSError, SafetensorError) as error:
        raise EngineError("{path}: no weights that can be read ({error}).", path=path, error=error) from error
    config = CONFIGS.get(name)
    if config is None or config == network.config:
        load_weights(network, path)
        return None
    narrow = Network(config)
    load_weights(narrow, path)
    if narrow.config == replace(network.config, lateral=False, detail=False):
        _start_variant(narrow, network, frames() if frames is not None and network.config.lateral else ())
        return narrow.encoder if network.config.lateral else None
    backbone = network.encoder.backbone
    if backbone is None or narrow.encoder.backbone is not None:
        network.load_state_dict(grow(narrow, network.config).state_dict())
        return None
    load_backbone(backbone, find_backbone_weights())
    with_backbone(narrow, network, frames() if frames is not None else ())
    return None


def _start_variant(network: Network, variant: Network, frames: Iterable[Image]) -> None:
    """`variant` is `network` but for where its features come from, or for the detail of its logits."""
    if variant.config.lateral:
        with_laterals(network, variant, frames)
    else:
        variant.load_state_dict({**variant.state_dict(), **network.state_dict()})


def _layers(network: Network) -> Iterator[_Layer]:
    """Every convolution but the backbone's, which is as wide in all, in an order that depends on its kind alone."""
    config = network.config
    _, c4, c8, c16 = config.channels
    d16, d8, _ = config.decoder
    inputs: dict[str, tuple[int, ...]] = {
        # where several things are put together, the old channels of the second come after all of the first
        "encoder.key": (c16, CHANNELS if config.pretrained else 0),
        "value_encoder.mix.0.0": (c16, config.pretrained, config.mask),
        "decoder.at16.0.0": (c16, config.pretrained, config.value, READ_CHANNELS, config.warp, MOTION_CHANNELS),
        "decoder.at8.0.0": (d16, c8, 2 + MOTION_CHANNELS),
        "decoder.at4.0.0": (d8, c4, 1),
    }
    modules = dict(network.named_modules())
    for name, module in modules.items():
        if isinstance(module, nn.Conv2d) and not name.startswith("encoder.backbone."):
            parent, _, number = name.rpartition(".")
            norm = modules.get(f"{parent}.{int(number) + 1}") if number.isdecimal() else None
            norm = norm if isinstance(norm, nn.BatchNorm2d) else None
            yield _Layer(name, module, norm, inputs.get(name, (module.in_channels,)))


def _put(before: _Layer, after: _Layer) -> None:
    """Makes the first outputs of `after` those of `before`; the others stay as they are."""
    old, new = before.convolution, after.convolution
    if old.out_channels > new.out_channels or any(
        width > wider for width, wider in zip(before.inputs, after.inputs, strict=True)
    ):
        raise EngineError(
            "A network cannot grow into a narrower one: '{name}' has fewer channels there.", name=before.name
        )
    count = old.out_channels
    new.weight[:count] = 0
    new.weight[:count, _input_indices(before.inputs, after.inputs)] = old.weight
    if old.bias is not None and new.bias is not None:
        new.bias[:count] = old.bias
    if before.norm is not None and after.norm is not None:
        for name, value in after.norm.state_dict().items():
            if value.dim():
                value[:count] = before.norm.state_dict()[name]


def _input_indices(old: tuple[int, ...], new: tuple[int, ...]) -> Tensor:
    """Where the channels of an input of `old` widths lie in one of `new` widths."""
    starts = [sum(new[:part]) for part in range(len(new))]
    return torch.cat([torch.arange(start, start + width) for start, width in zip(starts, old, strict=True)])


def _shorten(key: nn.Conv2d, count: int) -> None:
    """Gives the channels of a key from `count` on little to say."""
    long = key.weight[:count].flatten(1).norm(dim=1).mean()
    fresh = key.weight[count:]
    key.weight[count:] = fresh / fresh.flatten(1).norm(dim=1).clamp_min(1e-6)[:, None, None, None] * long * _NEW_KEY
    if key.bias is not None:
        key.bias[count:] = 0


def _estimate_statistics(network: Network) -> None:
    """Gives the batch norms of a network of random weights the statistics of pictures of blotches.

    Without, new channels would be out of all proportion until training has seen enough of them.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = None
    network.train()
    blotches = nn.functional.interpolate(torch.rand(_PICTURES, 3, 9, 9) * 255, (_SIDE, _SIDE), mode="bicubic")
    masks = nn.functional.interpolate(torch.rand(_PICTURES, 1, 5, 5), (_SIDE, _SIDE)).round()
    f4, f8, f16, key, local_key = network.encoder(blotches.clamp(0, 255))
    values = network.memorise(f16, masks).flatten(2)
    motion = torch.rand(_PICTURES, MOTION_CHANNELS, _SIDE // MOTION_STRIDE, _SIDE // MOTION_STRIDE)
    network.decode((f4, f8, f16, key, local_key), key.flatten(2), values, local_key, masks, masks, motion)
    for norm in norms:
        norm.momentum = nn.BatchNorm2d(1).momentum
        assert norm.num_batches_tracked is not None
        norm.num_batches_tracked.zero_()
