"""The network in eager torch: the reference for other runtimes, and the runtime on a GPU."""

from __future__ import annotations

from collections import deque

import numpy as np
import torch
from torch import Tensor

from core.types import Floats, Image
from core.vos.network.cuda_graphs import Function, GraphCache, Recorder
from core.vos.network.half_precision import to_half_precision
from core.vos.network.model import Network, enlarge
from core.vos.network.runtime import DecoderInputs, Features

_COPIES = 8
"""Arrays of the memory cached on the device: keys and values of a few groups of objects."""


class TorchRuntime:
    """See `core.vos.network.runtime.NetworkRuntime`.

    On a GPU it runs in half precision, channels last, and with CUDA graphs where these are measured to be faster.
    Arrays of the memory stay on the device as long as they do not change.
    """

    def __init__(
        self, network: Network, device: str, half: bool | None = None, recorder: Recorder | None = None
    ) -> None:
        """`half` None is half precision on CUDA only. A `recorder`, on CUDA `CUDA_GRAPHS`, records and replays the
        parts.
        """
        self._device = torch.device(device)
        self._half = self._device.type == "cuda" if half is None else half
        ready = to_half_precision(network) if self._half else network.eval()
        self._network = ready.to(self._device).to(memory_format=torch.channels_last)
        self._copies: deque[tuple[Floats, Tensor]] = deque(maxlen=_COPIES)
        self._encode: Function = self._encoded
        self._memorise: Function = self._memorised
        self._decode: Function = self._decoded
        if recorder is not None:
            self._encode = GraphCache(self._encoded, recorder)
            self._memorise = GraphCache(self._memorised, recorder)
            self._decode = GraphCache(self._decoded, recorder)

    @property
    def device(self) -> str:
        """Type of the device: "cpu", "cuda", "mps" or "xpu"."""
        return self._device.type

    def encode(self, image: Image) -> Features:
        with torch.inference_mode():
            return self._encode(torch.from_numpy(np.ascontiguousarray(image)).to(self._device))

    def memorise(self, features: Features, masks: Floats) -> tuple[Floats, Floats]:
        with torch.inference_mode():
            (values,) = self._memorise(features[2], self._tensor(masks)[:, None])
            keys = features[3][0].flatten(1)
        return keys.cpu().numpy(), values.cpu().numpy()

    def key(self, features: Features) -> Floats:
        found: Floats = features[3][0].cpu().numpy()
        return found

    def decode(self, inputs: DecoderInputs) -> Floats:
        features, previous = inputs.features, inputs.previous
        with torch.inference_mode():
            before = torch.zeros_like(features[4]) if previous is None else previous[4]
            keys, values = self._kept(inputs.memory_keys)[None], self._kept(inputs.memory_values)
            masks = self._tensor(inputs.previous_masks)[:, None], self._tensor(inputs.warped)[:, None]
            (probabilities,) = self._decode(*features, keys, values, before, *masks, self._tensor(inputs.motion))
        found: Floats = probabilities.cpu().numpy()
        return found

    def _encoded(self, image: Tensor) -> tuple[Tensor, ...]:
        """Picture (H, W, 3) uint8 RGB to the encoder's five outputs, keys in full precision."""
        pixels = image.permute(2, 0, 1)[None].float().contiguous(memory_format=torch.channels_last)
        with self._autocast():
            f4, f8, f16, key, local_key = self._network.encoder(pixels)
        return f4, f8, f16, key.float(), local_key.float()

    def _memorised(self, f16: Tensor, masks: Tensor) -> tuple[Tensor, ...]:
        with self._autocast():
            values = self._network.memorise(f16, masks)
        return (values.flatten(2).float(),)

    def _decoded(
        self,
        f4: Tensor,
        f8: Tensor,
        f16: Tensor,
        key: Tensor,
        local_key: Tensor,
        memory_keys: Tensor,
        memory_values: Tensor,
        before: Tensor,
        previous_masks: Tensor,
        warped: Tensor,
        motion: Tensor,
    ) -> tuple[Tensor, ...]:
        """Probabilities (K, H, W); inputs as `Network.decode`'s."""
        read, local = self._network.match(key, local_key, memory_keys, memory_values, before, previous_masks)
        # cast to one type: concatenation would convert all of them to the widest
        read, local, warped, motion = (value.to(f4.dtype) for value in (read, local, warped, motion))
        with self._autocast():
            logits = self._network.decoder(f4, f8, f16, read, local, warped, motion)
        return (enlarge(logits.float()).sigmoid()[:, 0],)

    def _autocast(self) -> torch.autocast:
        # no cache of converted weights: they are in half precision already, and a CUDA graph must not refer to it
        return torch.autocast(self._device.type, torch.float16, enabled=self._half, cache_enabled=False)

    def _tensor(self, array: Floats) -> Tensor:
        # a tensor may be written to, so that it takes no memory that is read-only
        return torch.from_numpy(np.require(array, requirements=["C", "W"])).to(self._device)

    def _kept(self, array: Floats) -> Tensor:
        """An array of the memory on the device, cached by identity: the memory never writes to an array in place."""
        for known, copy in self._copies:
            if known is array:
                return copy
        copy = self._tensor(array)
        self._copies.append((array, copy))
        return copy
