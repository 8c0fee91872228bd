"""What the built-in network extracts from frames: features by stage, embeddings, and where their cells lie on the
frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.engines.clicks import load_click_network
from core.engines.target_networks.packed import read_packed
from core.engines.threads import use_threads
from core.engines.weights import open_runtime
from core.errors import EngineError
from core.masks.clicks import ClickSelector
from core.types import Box, Floats, Image, LabelMap
from core.vos.network.runtime import Features, NetworkRuntime
from core.vos.region import Region, RegionKeeper, RegionSettings, canvas_size

STAGES = (4, 8, 16)
"""The strides at which the encoder has features."""
STRIDE = 16
_SIDE = 384


@dataclass(frozen=True, eq=False)
class FrameFeatures:
    """One frame as the network sees it: `stages` (C, h, w) by stride, `key` (C, h16, w16) of unit length, and the
    region of the frame on the canvas.
    """

    stages: dict[int, Floats]
    key: Floats
    features: Features
    region: Region
    canvas: tuple[int, int]

    @property
    def grid(self) -> tuple[int, int]:
        """(rows, columns) of cells at stride 16."""
        return self.key.shape[1], self.key.shape[2]

    def cell_box(self, cell: int, size: tuple[int, int]) -> Box:
        """Where a cell, counted in rows, lies on a frame of `size` (width, height)."""
        row, column = divmod(cell, self.key.shape[2])
        wide, high = self.region.width / self.key.shape[2], self.region.height / self.key.shape[1]
        x, y = self.region.left + column * wide, self.region.top + row * high
        return Box(round(x), round(y), round(x + wide), round(y + high)).clipped(*size)

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell that a point of the frame lies in, None for one outside the region."""
        rows, columns = self.grid
        column = int((x - self.region.left) / self.region.width * columns)
        row = int((y - self.region.top) / self.region.height * rows)
        inside = 0 <= column < columns and 0 <= row < rows and x >= self.region.left and y >= self.region.top
        return row * columns + column if inside else None


class FeatureExtractor:
    """Extracts the features of frames of one size, on the CPU; used from one thread."""

    def __init__(
        self, size: tuple[int, int], adaptation: bytes = b"", runtime: NetworkRuntime | None = None, side: int = _SIDE
    ) -> None:
        """`size` is (width, height); `adaptation` holds weights fine-tuned on the clip. Raises EngineError if the
        network cannot be loaded.
        """
        self.size = size
        if read_packed(adaptation) is not None:
            # a target network was trained on the clip; what is looked into is the built-in one
            adaptation = b""
        self.runtime = runtime or open_runtime("cpu", use_threads(0), adaptation)
        self.keeper = RegionKeeper(size, canvas_size(size, side, STRIDE), RegionSettings())
        self._canvas = canvas_size(size, side, STRIDE)

    def extract(self, image: Image, region: Region | None = None) -> FrameFeatures:
        """The features of a frame (H, W, 3) uint8 RGB, or of a region of it. Raises EngineError for a frame of another
        size.
        """
        if image.shape[1::-1] != self.size:
            raise EngineError(
                "The picture is {width} x {height}, but the clip is {width2} x {height2}.",
                width=image.shape[1],
                height=image.shape[0],
                width2=self.size[0],
                height2=self.size[1],
            )
        region = region or self.keeper.whole
        features = self.runtime.encode(self.keeper.cut(image, region).astype(np.uint8, copy=False))
        stages = {stride: _array(features[index])[0] for index, stride in enumerate(STAGES)}
        return FrameFeatures(stages, self.runtime.key(features), features, region, self._canvas)

    @cached_property
    def clicks(self) -> ClickSelector:
        """The click network that ships. Raises EngineError where a file of it is missing or damaged."""
        return load_click_network(use_threads(0))

    def coverage(self, labels: LabelMap, object_id: int, extracted: FrameFeatures) -> Floats:
        """The coverage of each cell (h16, w16) by an object, in [0, 1]."""
        mask = (labels == object_id).astype(np.float32)
        cut = self.keeper.cut_masks(mask[None], extracted.region)[0]
        rows, columns = extracted.grid
        coverage: Floats = cut.reshape(rows, STRIDE, columns, STRIDE).mean(axis=(1, 3))
        return coverage


def _array(features: Any) -> NDArray[np.float32]:
    """An array of the runtime's own features; a GPU's tensors are fetched."""
    if hasattr(features, "detach"):
        features = features.detach().float().cpu().numpy()
    return np.asarray(features, np.float32)
