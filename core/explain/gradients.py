"""Grad-CAM of the tracking network: what in the features an object's answer hangs on.

Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017, with
each feature weighed by its own gradient, as in HiResCAM (Draelos and Carin, 2020). Gradients averaged over the frame
are for classifiers: here a channel means something for the object only where the memory finds the object, and the
average carries that to all places where the channel is high. The answer is the decoder's for the object, given a
memory of its anchors; the gradient is taken with respect to the features at stride 16. Needs torch, which the other
views do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.errors import EngineError
from core.explain.features import FeatureExtractor
from core.torch_libraries import load_torch_libraries
from core.types import Anchor, Floats, Image

if TYPE_CHECKING:
    from torch import Tensor

_MOST_ANCHORS = 3


def grad_cam(
    extractor: FeatureExtractor,
    frame_index: int,
    anchors: Sequence[Anchor],
    object_id: int,
    read: Callable[[int], Image],
    adaptation: bytes = b"",
) -> Floats:
    """The map (h16, w16) in [0, 1] of an object on a whole frame. Raises EngineError if no anchor shows the object."""
    shown = [one for one in anchors if object_id in one.object_ids and (one.labels == object_id).any()]
    if not shown:
        raise EngineError("No anchor shows the object: mask it on a frame first.")
    load_torch_libraries()
    import torch

    from core.engines.target_networks.packed import read_packed
    from core.engines.weights import choose_network, load_network
    from core.vos.flow.motion_cues import MOTION_CHANNELS

    if read_packed(adaptation) is not None:
        adaptation = b""
    network = load_network(adaptation, choose_network("auto", False, adaptation)).eval()

    def encoded(image: Image) -> tuple[torch.Tensor, ...]:
        canvas = extractor.keeper.cut(image, extractor.keeper.whole).astype(np.float32)
        found: tuple[torch.Tensor, ...] = network.encoder(torch.from_numpy(canvas).permute(2, 0, 1)[None])
        return found

    nearest = sorted(shown, key=lambda one: abs(one.frame_index - frame_index))[:_MOST_ANCHORS]
    with torch.no_grad():
        keys, values = [], []
        for anchor in nearest:
            features = encoded(read(anchor.frame_index))
            mask = extractor.keeper.cut_masks(
                (anchor.labels == object_id).astype(np.float32)[None], extractor.keeper.whole
            )
            values.append(network.memorise(features[2], torch.tensor(mask)[:, None]).flatten(2))
            keys.append(features[3].flatten(2))
        f4, f8, f16, key, local = encoded(read(frame_index))
        memory, kept = torch.cat(keys, 2), torch.cat(values, 2)
        height, width = 16 * key.shape[2], 16 * key.shape[3]
        nothing = torch.zeros(1, 1, height, width)
        read_out, near = network.match(key, local, memory, kept, torch.zeros_like(local), nothing)
        # what the memory votes for stands in for the mask carried from the frame before
        carried = torch.nn.functional.interpolate(read_out[:, -2:-1].clamp(0, 1), size=(height, width))
        motion = torch.zeros(1, MOTION_CHANNELS, height // 8, width // 8)
    return cam_of(f16, lambda features: network.decoder(f4, f8, features, read_out, near, carried, motion)[:, :1])


def cam_of(features: Tensor, decode: Callable[[Tensor], Tensor]) -> Floats:
    """The map (h, w) in [0, 1] of `features` (1, C, h, w), by what `decode` makes of them: logits (1, 1, H, W)."""
    import torch

    features = features.detach().requires_grad_(True)
    logits = decode(features)
    answer = (logits * (logits.detach() > 0)).sum() if bool((logits > 0).any()) else logits.max()
    (gradient,) = torch.autograd.grad(answer, features)
    raw = torch.relu((gradient * features).sum(1))[0].detach().numpy()
    top = float(raw.max(initial=0.0))
    scaled: Floats = (raw / top if top > 0 else raw).astype(np.float32)
    return scaled
