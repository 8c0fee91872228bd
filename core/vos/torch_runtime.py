"""The network in eager torch: the reference for other runtimes, and what a GPU runs."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from core.types import Image
from core.vos.network import Network, enlarge
from core.vos.runtime import Features
from core.vos.target import Floats


class TorchRuntime:
    """See `core.vos.runtime.NetworkRuntime`. On a GPU it works in half precision, channels last."""

    def __init__(self, network: Network, device: str) -> None:
        self._device = torch.device(device)
        self._half = self._device.type == "cuda"
        self._network = network.eval().to(self._device).to(memory_format=torch.channels_last)

    def _tensor(self, array: Floats) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(self._device)

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self._device.type, dtype=torch.float16, enabled=self._half)

    def encode(self, image: Image) -> Features:
        pixels = torch.from_numpy(np.ascontiguousarray(image)).to(self._device).permute(2, 0, 1)[None].float()
        with torch.inference_mode(), self._autocast():
            features: Features = self._network.encoder(pixels.contiguous(memory_format=torch.channels_last))
        return features

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        with torch.inference_mode(), self._autocast():
            values = self._network.memorise(features[2], self._tensor(masks)[:, None]).flatten(2)
            keys = features[3][0].flatten(1)
        return keys.float().cpu().numpy(), values.float().cpu().numpy()

    def key(self, features: Features) -> Floats:
        found: Floats = features[3][0].float().cpu().numpy()
        return found

    def decode(
        self,
        features: Features,
        memory_keys: Floats,
        memory_values: Floats,
        previous: Features | None,
        previous_masks: Floats,
        warped: Floats,
    ) -> Floats:
        before = torch.zeros_like(features[4]) if previous is None else previous[4]
        with torch.inference_mode(), self._autocast():
            logits = self._network.decode(
                features,
                self._tensor(memory_keys)[None].to(features[3].dtype),
                self._tensor(memory_values).to(features[3].dtype),
                before,
                self._tensor(previous_masks)[:, None],
                self._tensor(warped)[:, None],
            )
            found: Floats = enlarge(logits).float().sigmoid()[:, 0].cpu().numpy()
        return found
