"""Crops with the encoder's features, computed once, since the encoder is frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.learning.clicks.cutting import random_crop
from core.learning.clicks.pasting import paste_object
from core.learning.samples.examples import Example, TrainingData
from core.learning.samples.photometry import Exposure, expose_and_blur
from core.types import LabelMap
from core.vos.network.onnx_runtime import OnnxRuntime

_ALIKE = 0.4
"""Crops with two objects that are alike, for each one with another picture's object."""
_DEGRADED = 0.6
"""Share of the crops with exposure, blur, noise and compression as of a cheap camera."""


@dataclass(frozen=True)
class Crop:
    """`mask` (S, S) uint8 of 0 and 1, and the encoder's five outputs, (C, h, w) float16 each."""

    mask: LabelMap
    features: tuple[np.ndarray, ...]


def crops(
    data: TrainingData,
    examples: Sequence[Example],
    runtime: OnnxRuntime,
    side: int,
    seed: int,
    views: int = 1,
    pasted_share: float = 0.0,
) -> Iterator[Crop | None]:
    """`views` crops of `side` pixels about an object of each example, in no order; None for what has none.

    In `pasted_share` of them the object of the crop before is pasted in, in two fifths as many the crop's own object
    once more, mirrored; one of the two is the target. Many are as a poor camera takes and stores them.
    """
    for view in range(views):
        before = None
        for number in np.random.default_rng((seed, view)).permutation(len(examples)):
            rng = np.random.default_rng((seed, view, number))
            cut = random_crop(rng, data, examples[number], side)
            if cut is None:
                yield None
                continue
            picture, mask = cut
            drawn = rng.random()
            if drawn < pasted_share:
                picture, mask = cut if before is None else paste_object(rng, cut, before) or cut
            elif drawn < (1 + _ALIKE) * pasted_share:
                twin = np.ascontiguousarray(cut[0][:, ::-1]), np.ascontiguousarray(cut[1][:, ::-1])
                picture, mask = paste_object(rng, cut, twin) or cut
            before = cut
            if rng.random() < _DEGRADED:
                picture = expose_and_blur(rng, Exposure.random(rng), picture.astype(np.float32))
            yield Crop(mask, tuple(one[0].astype(np.float16) for one in runtime.encode(np.ascontiguousarray(picture))))
