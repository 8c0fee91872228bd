"""Adds an ImageNet backbone to a trained network, with nearly the same masks before any further training.

All old weights stay. The backbone's features are appended to those at stride 16, with weights of zero in all layers
that read them, and to the memory's keys. Old and new key similarities count alike, and are scaled to the distribution
of the old ones, since the memory read-out and all rules on similarities were fitted to that.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

import torch
from torch import Tensor

from core.errors import EngineError
from core.types import Image
from core.vos.network.model import Network, NetworkConfig

_CONSTANT = 0.69
"""Constant part of the backbone's key similarities, in [0, 1]. Measured on frames of one clip: the similarities of
`compact`'s keys have a third of the spread of an ImageNet backbone's.
"""
_WHITENING = 0.25
"""Exponent of the variances by which the backbone's principal components are divided; 0.5 is full whitening."""
_LEAST_SPREAD = 1e-6
"""Lower limit of the variances."""


def with_backbone(narrow: Network, wide: Network, frames: Iterable[Image]) -> None:
    """Sets the weights of `wide` from those of `narrow`, in place. `wide` has the same widths and a backbone whose
    weights are loaded already.

    `frames` are a few dozen pictures (H, W, 3) uint8 RGB, sides multiples of 16, for the statistics of the backbone's
    features. Raises EngineError if the widths differ, or if there is no frame.
    """
    _check_alike(narrow.config, wide.config)
    narrow = copy.deepcopy(narrow).eval().cpu()
    own, deep = _what_is_seen(narrow, wide, frames)
    mean = deep.mean(0)
    spread, directions = torch.linalg.eigh(torch.cov(deep.t().double()))
    spread, directions = spread.flip(0).clamp_min(_LEAST_SPREAD).float(), directions.flip(1).float()
    state = _widened(narrow, wide)
    count = wide.config.pretrained
    scaled = (directions[:, :count] * spread[:count].rsqrt()).t()
    state["encoder.named.weight"], state["encoder.named.bias"] = scaled[:, :, None, None], -(scaled @ mean)
    count = min(narrow.config.key, len(spread))
    named = (directions[:, :count] * spread[:count] ** -_WHITENING).t()
    weight, bias = _joint_keys(narrow, named, mean, own, deep)
    # projected to the number of key channels, by the principal axes
    seen = torch.cat([own, deep], 1) @ weight.t() + bias
    _, axes = torch.linalg.eigh((seen.t() @ seen).double())
    kept = axes[:, -wide.config.key :].float().t()
    state["encoder.key.weight"], state["encoder.key.bias"] = (kept @ weight)[:, :, None, None], kept @ bias
    wide.load_state_dict(state)


def _check_alike(narrow: NetworkConfig, wide: NetworkConfig) -> None:
    fields = ("channels", "local_key", "value", "mask", "warp", "decoder", "top_k", "local_radius")
    different = [name for name in fields if getattr(narrow, name) != getattr(wide, name)]
    if narrow.pretrained or not wide.pretrained or different:
        raise EngineError("A backbone can only be given to a network of the same widths that has none.")


@torch.no_grad()
def _what_is_seen(narrow: Network, wide: Network, frames: Iterable[Image]) -> tuple[Tensor, Tensor]:
    """The narrow network's features (N, C) and the backbone's (N, D) at stride 16, of all cells of the frames."""
    backbone = wide.encoder.backbone
    assert backbone is not None
    own, deep = [], []
    for frame in frames:
        pixels = torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].float()
        own.append(narrow.encoder(pixels)[2][0].flatten(1).t())
        deep.append(backbone(pixels)[0].flatten(1).t())
    if not own:
        raise EngineError("A backbone cannot be put to use without pictures to look at.")
    return torch.cat(own), torch.cat(deep)


def _widened(narrow: Network, wide: Network) -> dict[str, Tensor]:
    """The wide network's state with the narrow one's weights, and zeros for the inputs that are new."""
    state, old = wide.state_dict(), narrow.state_dict()
    own = narrow.config.at16
    for name, value in old.items():
        if state[name].shape == value.shape:
            state[name] = value.clone()
        elif not name.startswith("encoder.key."):
            # the first inputs are the features at stride 16
            grown = torch.zeros_like(state[name])
            grown[:, :own] = value[:, :own]
            grown[:, own + wide.config.pretrained :] = value[:, own:]
            state[name] = grown
    return state


def _joint_keys(narrow: Network, named: Tensor, mean: Tensor, own: Tensor, deep: Tensor) -> tuple[Tensor, Tensor]:
    """Weight (key channels, C + D) and bias of keys whose dot products are the sums of old and backbone keys'.

    `named` (K, D) projects the backbone's features less their `mean` (D,) to keys; `own` (N, C) and `deep` (N, D) are
    features of the frames, for the scales.
    """
    first, offset = narrow.encoder.key.weight.detach()[:, :, 0, 0], narrow.encoder.key.bias
    assert offset is not None
    offset = offset.detach()
    of_own = 1 / (own @ first.t() + offset).norm(dim=1).mean()
    of_deep = (1 - _CONSTANT) ** 0.5 / ((deep - mean) @ named.t()).norm(dim=1).mean()
    keys, features = len(first), own.shape[1]
    weight = torch.zeros(keys + len(named) + 1, features + deep.shape[1])
    bias = torch.zeros(len(weight))
    weight[:keys, :features], bias[:keys] = first * of_own, offset * of_own
    weight[keys:-1, features:], bias[keys:-1] = named * of_deep, -(named @ mean) * of_deep
    bias[-1] = _CONSTANT**0.5
    return weight, bias
