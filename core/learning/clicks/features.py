"""Crops with the encoder's features, computed once, since the encoder is frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.learning.clicks.cutting import random_crop
from core.learning.clicks.pasting import paste_object
from core.learning.samples.examples import Example, TrainingData
from core.types import LabelMap
from core.vos.network.onnx_runtime import OnnxRuntime


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

    In a share of them the object of the crop before is pasted in, and one of the two is the target.
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
            if before is not None and rng.random() < pasted_share:
                picture, mask = paste_object(rng, cut, before) or cut
            before = cut
            yield Crop(mask, tuple(one[0].astype(np.float16) for one in runtime.encode(np.ascontiguousarray(picture))))
