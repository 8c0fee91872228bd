"""Optical flow by torchvision's RAFT (Teed & Deng, "RAFT: Recurrent All-Pairs Field Transforms for Optical Flow", ECCV
2020): better than DIS where things move fast or have little texture, and worth its time on a GPU only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.errors import EngineError
from core.pretrained import check_saved_size
from core.types import Box, Floats, Image
from core.vos.flow.warping import Flow, enlarged, scaled_size

if TYPE_CHECKING:
    from pathlib import Path

_MULTIPLE = 8
_LEAST_SIDE = 128
"""The coarsest level of RAFT's correlations has a sixteenth of the features' size, which are at stride 8."""


def load_raft(name: str, weights: Path) -> nn.Module:
    """The model "raft-large" or "raft-small" with torchvision's own weights in a file.

    The file is read as data only: it cannot run code. Raises EngineError if it cannot be read or does not fit.
    """
    check_saved_size(weights)
    model = make_raft(name)
    try:
        model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    except Exception as error:  # torch has a different one for every kind of damage
        raise EngineError(
            "{weights}: these are no weights of {name}; remove the file and download it again.",
            weights=weights,
            name=name,
        ) from error
    return model


def make_raft(name: str) -> nn.Module:
    """The model "raft-large" or "raft-small" with random weights."""
    from torchvision.models.optical_flow import raft_large, raft_small

    makers = {"raft-large": raft_large, "raft-small": raft_small}
    # named, so that torchvision does not fetch any by itself
    model: nn.Module = makers[name](weights=None, progress=False)
    return model


class RaftFlow:
    """See `core.vos.flow.warping.FlowSource`."""

    def __init__(self, model: nn.Module, device: str, short_side: int = 0, updates: int = 12) -> None:
        """`model` maps two batches of pictures in [-1, 1] and a number of updates to a list of flows, the best last.

        `short_side` as in `FlowEstimator`. Fewer `updates` are faster and less exact.
        """
        self._device = torch.device(device)
        self._model = model.eval().to(self._device)
        self._short_side = short_side
        self._updates = updates

    def between(self, previous: Image, current: Image, box: Box | None = None) -> Flow:
        """See `FlowSource.between`. In the whole frame whatever the box: for a GPU one size of frames is best."""
        size = current.shape[1], current.shape[0]
        before, after = (self._picture(image) for image in (previous, current))
        backward = self._motion(after, before, size)
        return Flow(current.shape[:2], Box(0, 0, *size), backward, lambda: self._motion(before, after, size))

    def _motion(self, start: Tensor, end: Tensor, size: tuple[int, int]) -> Floats:
        """Where each pixel of `start` is found in `end`, in pixels of frames of `size`."""
        height, width = start.shape[-2:]
        with torch.inference_mode():
            flow = self._model(_padded(start), _padded(end), num_flow_updates=self._updates)[-1]
            found = flow[0, :, :height, :width].permute(1, 2, 0).float().cpu().numpy()
        return enlarged(np.ascontiguousarray(found), size)

    def _picture(self, image: Image) -> Tensor:
        """(1, 3, h, w) in [-1, 1] at the size that motion is found at."""
        size = image.shape[1], image.shape[0]
        scaled = scaled_size(size, self._short_side)
        small = image if scaled == size else cv2.resize(image, scaled, interpolation=cv2.INTER_AREA)
        pixels = torch.from_numpy(np.ascontiguousarray(small)).to(self._device)
        return pixels.permute(2, 0, 1)[None].float() / 127.5 - 1


def _padded(pictures: Tensor) -> Tensor:
    """Pictures (1, 3, h, w) with both sides a multiple of 8 and at least 128, their last rows and columns repeated."""
    height, width = pictures.shape[-2:]
    below, right = (max(_LEAST_SIDE, -(-side // _MULTIPLE) * _MULTIPLE) - side for side in (height, width))
    return functional.pad(pictures, (0, right, 0, below), mode="replicate")
