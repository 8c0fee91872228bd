"""Replaces the encoder of a trained network by lateral layers on its backbone, as a start for further training.

Each lateral layer is initialised by ridge regression of the features that it replaces, over a few dozen pictures. The
unexplained rest is learned by distillation (`core.learning.distillation`).
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.errors import EngineError
from core.types import Image
from core.vos.network.model import Network

_CELLS = 400
"""Cells sampled from each picture, at each stride."""
_RIDGE = 1e-3
"""Regularisation of the regression, on standardised inputs."""


@torch.no_grad()
def with_laterals(old: Network, new: Network, frames: Iterable[Image]) -> dict[int, float]:
    """Sets the weights of `new` from those of `old`, in place. The two differ in `lateral` (and `detail`) only and have
    a backbone.

    `frames` are pictures (H, W, 3) uint8 RGB, sides multiples of 16. Returns the explained fraction of the variance by
    stride. Raises EngineError if there is no frame.
    """
    state, known = new.state_dict(), old.state_dict()
    for name, value in known.items():
        if name in state and state[name].shape == value.shape:
            state[name] = value.clone()
    new.load_state_dict(state)
    encoder = new.encoder
    layers = {4: [encoder.lateral4, encoder.lateral2], 8: [encoder.lateral8], 16: [encoder.lateral16]}
    seen = _what_is_seen(old, new, frames, layers)
    return {stride: _fit(layers[stride], *seen[stride]) for stride in layers}


def _what_is_seen(
    old: Network, new: Network, frames: Iterable[Image], layers: dict[int, list[nn.Conv2d]]
) -> dict[int, tuple[Tensor, Tensor]]:
    """By stride, of sampled cells: the lateral layers' input windows (N, D) and the old features (N, C)."""
    backbone = new.encoder.backbone
    assert backbone is not None
    old = old.eval()
    rows: dict[int, list[tuple[Tensor, Tensor]]] = {stride: [] for stride in layers}
    generator = torch.Generator().manual_seed(0)
    for frame in frames:
        pixels = torch.from_numpy(frame.copy()).permute(2, 0, 1)[None].float()
        s2, s4, s8, s16 = backbone.stages(pixels)
        wanted = old.encoder(pixels)
        for stride, sources, target in ((4, (s4, s2), wanted[0]), (8, (s8,), wanted[1]), (16, (s16,), wanted[2])):
            windows = [
                functional.unfold(source, layer.kernel_size, padding=layer.padding, stride=layer.stride)[0].t()  # type: ignore[arg-type]
                for source, layer in zip(sources, layers[stride], strict=True)
            ]
            cells = torch.randperm(len(windows[0]), generator=generator)[:_CELLS]
            features = target[0].flatten(1).t()[:, : layers[stride][0].out_channels]
            rows[stride].append((torch.cat(windows, 1)[cells], features[cells]))
    if not rows[4]:
        raise EngineError("The backbone cannot take the encoder's place without pictures to look at.")
    return {
        stride: (torch.cat([one for one, _ in some]), torch.cat([other for _, other in some]))
        for stride, some in rows.items()
    }


def _fit(layers: list[nn.Conv2d], windows: Tensor, wanted: Tensor) -> float:
    """Sets the layers' weights such that their summed output is the ridge regression of `wanted` (N, C) on `windows`
    (N, D). Returns the explained fraction of the variance.
    """
    mean, spread = windows.mean(0), windows.std(0).clamp_min(1e-6)
    scaled, centre = (windows - mean) / spread, wanted.mean(0)
    gram = scaled.t() @ scaled / len(scaled) + _RIDGE * torch.eye(scaled.shape[1])
    slope = torch.linalg.solve(gram, scaled.t() @ (wanted - centre) / len(scaled))
    explained = 1 - ((scaled @ slope + centre).relu() - wanted).var(0).sum() / wanted.var(0).sum()
    slope = slope / spread[:, None]
    begin = 0
    for layer in layers:
        count = layer.weight[0].numel()
        layer.weight.copy_(slope[begin : begin + count].t().reshape(layer.weight.shape))
        begin += count
    assert layers[0].bias is not None
    layers[0].bias.copy_(centre - mean @ slope)
    return float(explained)
