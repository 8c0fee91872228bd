"""A trained network's prediction, combined with that of another target model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from core.types import Floats, Image
from core.vos.flow.warping import Flow
from core.vos.target import TargetModel
from core.vos.targets.trained import TrainedTarget

_LEAST, _LEAST_OF_CUE = 0.01, 0.002
"""Probabilities are clipped to this distance from zero and one before their logits are taken."""

_DOUBT = 0.1
"""Probabilities closer than this to zero or one count as certain."""
_DISAGREE, _AGREE = 0.6, 0.9
"""IoU up to which a cue is not trusted on a frame, and from which on it is fully (chosen on two clips)."""
_SURE = 4.0
"""The logit from which on a cue is taken for certain: a probability of 0.98."""

Mix = Callable[[Floats, Floats, float], Floats]
"""(prediction, cue, weight) -> logits: both probabilities (h, w) in [0, 1], the cue's weight, logits (h, w)."""


def average(found: Floats, cue: Floats, weight: float) -> Floats:
    """The mean (h, w) of both logits, `weight` in [0, 1] being the cue's; see `Mix`. With half
    the weight, a nearly certain cue restores what was lost.
    """
    mean: Floats = (1 - weight) * _logit(found, _LEAST) + weight * _logit(cue, _LEAST_OF_CUE)
    return mean


def decide_where_unsure(found: Floats, cue: Floats, weight: float) -> Floats:
    """Logits (h, w) of the prediction plus the cue's times `weight` where the prediction is uncertain; see `Mix`.
    Certain pixels do not change. The cue is weighted by its agreement with the certain pixels of this frame.
    """
    weight *= _agreement(found, cue)
    unsure = 4 * found * (1 - found)
    logits = _logit(cue, _LEAST_OF_CUE)
    # contours are the other model's, which has the finer resolution: an uncertain cue does not count
    sure = np.minimum(1, np.abs(logits) / _SURE) ** 2
    decided: Floats = _logit(found, _LEAST) + weight * unsure * sure * logits
    return decided


def _agreement(found: Floats, cue: Floats) -> float:
    """The IoU in [0, 1] of both masks over the pixels that are certain in the first."""
    inside, sure, inside_cue = found > 1 - _DOUBT, np.abs(found - 0.5) > 0.5 - _DOUBT, cue > 0.5
    either = int(((inside | inside_cue) & sure).sum())
    overlap = int((inside & inside_cue).sum()) / either if either else 0.0
    return float(np.clip((overlap - _DISAGREE) / (_AGREE - _DISAGREE), 0, 1))


class Cued:
    """See `core.vos.target.TargetModel`. Objects that the cue was not trained on are left to the other model."""

    def __init__(self, base: TargetModel, cue: TrainedTarget, mix: Mix, weight: float) -> None:
        """`weight` is the cue's in `mix` where it can be trusted."""
        self._base, self._cue, self._mix, self._weight = base, cue, mix, weight

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
        self._base.observe(frame_index, image, object_ids, probabilities, confidence, permanent)
        self._cue.observe(frame_index, image, object_ids, probabilities, confidence, permanent)

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        """See `TargetModel.predict`."""
        found = self._base.predict(frame_index, image, previous_image, object_ids, warped, flow)
        cue = self._cue.predict(frame_index, image, previous_image, object_ids, warped, flow)
        mixed = found.copy()
        for row, object_id in enumerate(object_ids):
            weight = self._weight * self._cue.trust(object_id)
            if weight > 0:
                logits = self._mix(found[row], cue[row], weight)
                mixed[row] = 1 / (1 + np.exp(-logits))
                # where neither model finds the object, it stays exactly zero
                mixed[row][(found[row] < _LEAST) & (cue[row] < 0.5)] = 0
        return mixed


def _logit(probabilities: Floats, least: float) -> Floats:
    bounded = np.clip(probabilities, least, 1 - least)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float32)
