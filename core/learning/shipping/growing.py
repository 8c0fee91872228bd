"""Initialises a wider network from a trained narrower one, such that both compute the same function.

After Net2Net (Chen et al., "Net2Net: Accelerating Learning via Knowledge Transfer", ICLR 2016). Instead of split
copies, which would need noise to differ, new channels have random weights, and all weights from new channels to old
ones are zero; these get a gradient from the first step on.
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
"""Norm of a new key channel's weights relative to the old ones'. Keys are compared by angle, which changes with its
square; at zero it would have no gradient."""
_PICTURES, _SIDE = 4, 8 * STRIDE
"""Number and side in pixels of the pictures for the batch norms' statistics."""


@dataclass(frozen=True)
class _Layer:
    """A convolution, the batch norm after it, if any, and the widths of the tensors concatenated to its input."""

    name: str
    convolution: nn.Conv2d
    norm: nn.BatchNorm2d | None
    inputs: tuple[int, ...]


def grow(narrow: Network, config: NetworkConfig, seed: int = 0) -> Network:
    """A network of `config` that computes the function of `narrow`, in evaluation mode on the CPU; `seed` is for new
    weights.

    Raises EngineError if a width is smaller than that of `narrow`, if only one of the two has a backbone, or if
    `top_k`, `local_radius` or the kind of encoder differ.
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
        # the layer for detail, if only the wide one has it, is zero
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
    """Sets a network's weights from a safetensors file, in place. Weights of a narrower configuration are grown.
    Weights without a backbone get one from ImageNet; that needs `frames`, pictures of the data, and the package with
    its weights.

    Returns the encoder of those weights if this network has an encoder of another kind, as a teacher for distillation;
    else None. Raises EngineError if the weights cannot be read or do not fit.
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
    """Sets the weights of `variant`, which differs from `network` in `lateral` or `detail` only."""
    if variant.config.lateral:
        with_laterals(network, variant, frames)
    else:
        variant.load_state_dict({**variant.state_dict(), **network.state_dict()})


def _layers(network: Network) -> Iterator[_Layer]:
    """All convolutions but the backbone's, which has the same widths in all configurations."""
    config = network.config
    _, c4, c8, c16 = config.channels
    d16, d8, _ = config.decoder
    inputs: dict[str, tuple[int, ...]] = {
        # of concatenated inputs, each part has old channels first and new ones after them
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
    """Makes the first output channels of `after` compute those of `before`; the others stay."""
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
    """Indices, in a concatenated input of `new` widths, of the channels of one of `old` widths."""
    starts = [sum(new[:part]) for part in range(len(new))]
    return torch.cat([torch.arange(start, start + width) for start, width in zip(starts, old, strict=True)])


def _shorten(key: nn.Conv2d, count: int) -> None:
    """Scales the key channels from `count` on down to `_NEW_KEY`."""
    long = key.weight[:count].flatten(1).norm(dim=1).mean()
    fresh = key.weight[count:]
    key.weight[count:] = fresh / fresh.flatten(1).norm(dim=1).clamp_min(1e-6)[:, None, None, None] * long * _NEW_KEY
    if key.bias is not None:
        key.bias[count:] = 0


def _estimate_statistics(network: Network) -> None:
    """Sets the statistics of a randomly initialised network's batch norms from smooth random pictures.

    Without them the new channels would be badly scaled until the running statistics have settled.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    for norm in norms:
        norm.momentum = None
    network.train()
    pictures = nn.functional.interpolate(torch.rand(_PICTURES, 3, 9, 9) * 255, (_SIDE, _SIDE), mode="bicubic")
    masks = nn.functional.interpolate(torch.rand(_PICTURES, 1, 5, 5), (_SIDE, _SIDE)).round()
    f4, f8, f16, key, local_key = network.encoder(pictures.clamp(0, 255))
    values = network.memorise(f16, masks).flatten(2)
    motion = torch.rand(_PICTURES, MOTION_CHANNELS, _SIDE // MOTION_STRIDE, _SIDE // MOTION_STRIDE)
    network.decode((f4, f8, f16, key, local_key), key.flatten(2), values, local_key, masks, masks, motion)
    for norm in norms:
        norm.momentum = nn.BatchNorm2d(1).momentum
        assert norm.num_batches_tracked is not None
        norm.num_batches_tracked.zero_()
