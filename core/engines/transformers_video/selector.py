"""Clicks on one picture, answered by a video model: see `core.masks.clicks.ClickSelector`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.engines.transformers_video.session import TransformersSession
from core.types import Box, Floats, Image

Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


class TransformersSelector:
    """Encodes a picture once, then answers each click from its features."""

    def __init__(self, session: TransformersSession) -> None:
        self._session = session
        self._picture: Image | None = None

    def prepare(self, image: Image) -> None:
        """Looks at another picture (H, W, 3) uint8 RGB of any size."""
        self._picture = image
        self._session.surviving(lambda: self._session.look_at(image), lambda: None)

    def select(
        self, points: Floats, labels: NDArray[np.bool_], box: Box | None, previous: Mask | None
    ) -> Sequence[Mask]:
        """See `ClickSelector.select`; masks without a pixel are left out."""
        if self._picture is None or (not len(points) and box is None):
            return []
        coordinates = [(float(x), float(y)) for x, y in points]
        found = self._session.masks(self._picture, coordinates, [bool(one) for one in labels], box, previous)
        return [mask for mask in found if mask.any()]

    def preview(self, points: Floats, labels: NDArray[np.bool_], previous: Mask | None) -> Sequence[Mask]:
        """See `ClickSelector.preview`: the same, as only the encoder takes time."""
        return self.select(points, labels, None, previous)

    def close(self) -> None:
        """Frees the network."""
        self._picture = None
        self._session.close()
