"""A network on one picture: features once, and masks by prompts from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.engines.transformers_video.fast_encoder import open_fast_encoder
from core.engines.transformers_video.kinds import kind_of, normalisation
from core.engines.transformers_video.loading import import_library, load_network
from core.types import Box, Floats, Image

INSIDE, OUTSIDE, FIRST_CORNER, LAST_CORNER = 1, 0, 2, 3
"""The network's labels of points; the corners are those of a box prompt."""


@dataclass(frozen=True)
class Features:
    """The encoder's output for an image: flattened maps (h w, 1, C), the largest first, with position encodings."""

    maps: list[torch.Tensor]
    positions: list[torch.Tensor]


class VideoModel:
    """A network with its pre- and post-processing. Used from one thread."""

    def __init__(self, folder: Path, device: str, half: bool, side: int = 0) -> None:
        """Loads it; `half` is half precision, `side` that of its square input, 0 its own. Raises EngineError."""
        self.kind = kind_of(folder)
        self.device = torch.device(device)
        self.dtype = torch.bfloat16 if half else torch.float32
        library = import_library(self.kind)
        self.session_class = getattr(library, f"{self.kind.stem}InferenceSession")
        self.network = load_network(folder, self.device, self.dtype, side)
        self.side = int(self.network.config.image_size)
        on_cpu = self.device.type == "cpu" and not half
        self._fast = open_fast_encoder(folder, self.side) if on_cpu else None
        mean, std = normalisation(folder, self.kind)
        self._mean = torch.tensor(mean, device=self.device).view(1, 3, 1, 1)
        self._std = torch.tensor(std, device=self.device).view(1, 3, 1, 1)

    @torch.inference_mode()
    def encode(self, image: Image) -> Features:
        """Features of a picture (H, W, 3) uint8 RGB of any size."""
        tensor = torch.tensor(image, device=self.device).permute(2, 0, 1)[None].float() / 255
        pixels = (self._resized(tensor, (self.side, self.side)) - self._mean) / self._std
        if self._fast is not None:
            return Features(*self._fast(pixels))
        found = self.network.get_image_features(pixels.to(self.dtype), return_dict=True)
        return Features(list(found.fpn_hidden_states), list(found.fpn_position_encoding))

    @torch.inference_mode()
    def mask(self, plane: NDArray[np.bool_]) -> torch.Tensor:
        """A mask (H, W) as the network takes it, (1, 1, side, side) of zeros and ones; what is there stays there."""
        coverage = self._resized(torch.tensor(plane, device=self.device)[None, None].float(), (self.side, self.side))
        # thresholded at one half, an object smaller than a pixel of the input would vanish
        least = min(0.5, float(coverage.max()) / 2)
        return ((coverage >= least) & (coverage > 0)).to(self.dtype)

    @torch.inference_mode()
    def probabilities(self, logits: torch.Tensor, size: tuple[int, int]) -> Floats:
        """Logits (K, h, w) as probabilities (K, H, W) float32 of pictures of `size` (width, height)."""
        large = self._resized(logits[None].float(), (size[1], size[0]))[0]
        return np.asarray(large.sigmoid().cpu().numpy(), np.float32)

    @torch.inference_mode()
    def prompted(
        self,
        features: Features,
        points: Sequence[tuple[float, float]],
        labels: Sequence[bool],
        box: Box | None,
        size: tuple[int, int],
        previous: NDArray[np.bool_] | None = None,
        several: bool = True,
    ) -> tuple[torch.Tensor, list[float]]:
        """Masks as logits (K, h, w) for points and a box in pixels of a picture of `size`, with how good the network
        thinks each is, the best first. `previous` is the mask that is to be corrected.
        """
        network = self.network
        across, down = self.side / size[0], self.side / size[1]
        coordinates: list[tuple[float, float]] = [] if box is None else [(box.x0, box.y0), (box.x1, box.y1)]
        kinds = [] if box is None else [FIRST_CORNER, LAST_CORNER]
        coordinates += list(points)
        kinds += [INSIDE if inside else OUTSIDE for inside in labels]
        there = torch.tensor([[x * across, y * down] for x, y in coordinates], device=self.device, dtype=torch.float32)
        point_labels = torch.tensor(kinds, device=self.device, dtype=torch.int32)
        before = None
        if previous is not None and previous.any():
            low = network.prompt_encoder.mask_input_size
            # logits that say as much as the network's own, and not more
            before = (self._resized(self.mask(previous), low) * 20 - 10).to(self.dtype)
        sparse, dense = network.prompt_encoder(
            input_points=there[None, None], input_labels=point_labels[None, None], input_boxes=None, input_masks=before
        )
        maps = [one.permute(1, 2, 0) for one in features.maps]
        sizes = network.backbone_feature_sizes
        maps = [one.reshape(1, one.shape[1], *shape) for one, shape in zip(maps, sizes, strict=True)]
        blank = network.no_memory_embedding.reshape(1, -1, 1, 1)
        found, quality, _, _ = network.mask_decoder(
            image_embeddings=maps[-1] + blank,
            image_positional_embeddings=network.get_image_wide_positional_embeddings(),
            sparse_prompt_embeddings=sparse.to(self.dtype),
            dense_prompt_embeddings=dense,
            multimask_output=several,
            high_resolution_features=maps[:-1],
        )
        order = torch.argsort(quality[0, 0], descending=True)
        return found[0, 0][order], [float(value) for value in quality[0, 0][order]]

    def _resized(self, tensor: torch.Tensor, shape: Any) -> torch.Tensor:
        return torch.nn.functional.interpolate(
            tensor, size=tuple(shape), mode="bilinear", align_corners=False, antialias=True
        )
