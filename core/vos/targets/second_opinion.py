"""Test-time augmentation by mirroring: the predictions for each frame and for its mirror image are averaged.

A network is not exactly equivariant to mirroring, and its errors on both are partly independent. The cost of the model
doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np

from core.types import Box, Floats, Image
from core.vos.flow.warping import Flow
from core.vos.target import LooksAhead, TargetModel

_KEPT = 3
"""The frame at hand, the one before it and the one that comes next."""


class SecondOpinion:
    """See `core.vos.target.TargetModel`. `make_model` makes the two models, with empty memories."""

    def __init__(self, make_model: Callable[[], TargetModel]) -> None:
        self._model, self._mirrored = make_model(), make_model()
        self._images: list[tuple[Image, Image]] = []
        """The last few images with their mirror images: models recognise an image by the identity of its array."""

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        """See `TargetModel.observe`."""
        self._model.observe(frame_index, image, object_ids, probabilities, confidence, permanent)
        turned = _mirrored(probabilities)
        self._mirrored.observe(frame_index, self._mirror(image), object_ids, turned, confidence, permanent)

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """See `TargetModel.predict`: the mean of both."""
        first = self._model.predict(frame_index, image, previous_image, object_ids, warped, flow)
        second = self._mirrored.predict(
            frame_index,
            self._mirror(image),
            None if previous_image is None else self._mirror(previous_image),
            object_ids,
            _mirrored(warped),
            None if flow is None else _mirrored_flow(flow),
        )
        mean: Floats = (first + second[..., ::-1]) * np.float32(0.5)
        return mean

    def look_ahead(self, image: Image, worker: Executor) -> None:
        """See `core.vos.target.LooksAhead`."""
        for model, seen in ((self._model, image), (self._mirrored, self._mirror(image))):
            if isinstance(model, LooksAhead):
                model.look_ahead(seen, worker)

    def _mirror(self, image: Image) -> Image:
        both = next((pair for pair in self._images if pair[0] is image), None)
        if both is None:
            both = image, np.ascontiguousarray(image[:, ::-1])
        # the one used last comes last
        others = [pair for pair in self._images if pair[0] is not image]
        self._images = [*others[1 - _KEPT :], both]
        return both[1]


def _mirrored(channels: Floats) -> Floats:
    """Planes (K, h, w), left and right exchanged."""
    return np.ascontiguousarray(channels[..., ::-1])


def _mirrored_flow(flow: Flow) -> Flow:
    width, box = flow.shape[1], flow.box
    turned = Box(width - box.x1, box.y0, width - box.x0, box.y1)
    return Flow(flow.shape, turned, _mirrored_motion(flow.backward), lambda: _mirrored_motion(flow.find_forward()))


def _mirrored_motion(motion: Floats) -> Floats:
    """Motion (h, w, 2) of the mirrored image: x has the opposite sign."""
    return np.ascontiguousarray(motion[:, ::-1] * np.array([-1, 1], np.float32))
