"""The classical target model: separates an object from the rest by colour, texture and position relative to its centre.

For each object a ridge regression on random Fourier features of the cues (`appearance_cues`). Its sums over the anchors
are kept; those over recent confident frames decay. Its output, the warped mask and the image edges are combined by
mean-field steps on the pixel grid (Krähenbühl and Koltun, "Efficient Inference in Fully Connected
CRFs", NIPS 2011, here with neighbours only). The flow carries the mask, and the model corrects its drift.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from core.boxes import bounding_box
from core.types import Box, Floats, Image
from core.vos.flow.warping import Flow
from core.vos.targets.appearance_cues import CUES, FourierLift, appearance_cues, position_cues

INNER_SIDE = 240
"""Cues are computed with the short side at most this long."""

_SAMPLES = 4000
_RIDGE = 2e-3
_FADE = 0.9
_RECENT_SHARE = 0.1
"""Weight of the recent frames against the anchors'."""
_SURE = 0.35
"""Frames with less confidence are not learned from."""
_GAIN = 4.0
_PRIOR_GAIN = 3.5
_LOST_BIAS = 3.0
_GONE = 0.12
"""Fraction of its usual area below which an object is searched for in the whole frame."""
_STEPS = 8
_COUPLING = 0.8


class AppearanceModel:
    """See `core.vos.target.TargetModel`. Deterministic. Memory is a few matrices an object."""

    def __init__(self, outputs: int = 192, width: float = 2.0) -> None:
        self._lift = FourierLift(outputs, width)
        self._objects: dict[int, _Ridge] = {}
        self._seen: tuple[Image, Floats] | None = None

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        cues = self._cues(image)
        for object_id, mask, sure in zip(object_ids, probabilities, confidence, strict=True):
            ridge = self._objects.setdefault(object_id, _Ridge(self._lift.outputs))
            small = _resized(mask, cues.shape)
            # what little is left of a nearly hidden object is mostly a mistake
            if permanent or (sure >= _SURE and small.sum() >= max(4.0, _GONE * ridge.area)):
                self._learn(ridge, cues, small, float(sure), permanent)

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        cues = self._cues(image)
        trust = np.zeros(image.shape[:2], np.float32) if flow is None else flow.consistency
        trust = _resized(trust, cues.shape)
        channels = []
        for object_id, carried in zip(object_ids, warped, strict=True):
            prior = _resized(carried, cues.shape)
            found = self._find(self._objects[object_id], cues, prior, trust)
            channels.append(_resized(found, image.shape))
        return np.stack(channels) if channels else np.zeros((0, *image.shape[:2]), np.float32)

    def _cues(self, image: Image) -> Floats:
        if self._seen is None or self._seen[0] is not image:
            height, width = image.shape[:2]
            scale = min(1.0, INNER_SIDE / min(height, width))
            size = max(1, round(width * scale)), max(1, round(height * scale))
            self._seen = image, appearance_cues(image, size)
        return self._seen[1]

    def _learn(self, ridge: _Ridge, cues: Floats, mask: Floats, weight: float, permanent: bool) -> None:
        near = _grown_box(mask, 1.0)
        chosen, weights = _sample(mask, near)
        if permanent and mask.sum() >= 1:
            ridge.area = float(mask.sum())
        values = np.concatenate([cues, position_cues(mask, mask.shape)], axis=2).reshape(-1, CUES)[chosen]
        target = mask.ravel()[chosen]
        if not permanent:
            decided = np.abs(target - 0.5) > 0.4
            values, target, weights = values[decided], target[decided], weights[decided]
        ridge.add(self._lift(values), 2 * target - 1, _balanced(target, weights) * weight, permanent)

    def _find(self, ridge: _Ridge, cues: Floats, prior: Floats, trust: Floats) -> Floats:
        if float(prior.sum()) < max(1.0, _GONE * ridge.area):
            # every position is as good as the object's centre
            looks = self._looks(ridge, cues, np.zeros((*prior.shape, 2), np.float32))
            found = _likeliest_region(1 / (1 + np.exp(_LOST_BIAS - looks)), ridge.area)
            if found.any() or prior.sum() < 1:
                return found
        box = _grown_box(prior, 0.5)
        looks = self._looks(ridge, cues[box.slices], position_cues(prior, prior.shape)[box.slices])
        unary = looks + _prior_logit(prior, trust)[box.slices]
        result = np.zeros_like(prior)
        result[box.slices] = _mean_field(unary, cues[box.slices][..., :3])
        return result

    def _looks(self, ridge: _Ridge, cues: Floats, position: Floats) -> Floats:
        """The logit of each pixel being the object, by its appearance: (h, w) float32."""
        values = np.concatenate([cues, position], axis=2)
        score = (self._lift(values.reshape(-1, CUES)) @ ridge.solution()).reshape(values.shape[:2])
        return np.asarray(_GAIN * np.clip(score, -1.3, 1.3), np.float32)


class _Ridge:
    """Sums of a weighted ridge regression: of anchors, and of recent frames, which decay."""

    def __init__(self, outputs: int) -> None:
        self._anchors = np.zeros((outputs, outputs)), np.zeros(outputs)
        self._recent = np.zeros((outputs, outputs)), np.zeros(outputs)
        self._anchor_weight = self._recent_weight = 0.0
        self._solution: Floats | None = None
        self.area = 0.0
        """Number of the object's pixels on the latest anchor, at the size of the cues."""

    def add(self, values: Floats, target: Floats, weights: Floats, permanent: bool) -> None:
        """Rows (N, outputs), targets (N,) in [-1, 1] and weights (N,), which sum to the frame's weight."""
        weighted = values * weights[:, None]
        matrix, vector = (weighted.T @ values).astype(np.float64), (weighted.T @ target).astype(np.float64)
        total = float(weights.sum())
        if permanent:
            self._anchors = self._anchors[0] + matrix, self._anchors[1] + vector
            self._anchor_weight += total
        else:
            self._recent = _FADE * self._recent[0] + matrix, _FADE * self._recent[1] + vector
            self._recent_weight = _FADE * self._recent_weight + total
        self._solution = None

    def solution(self) -> Floats:
        """(outputs,) float32: the regression's coefficients."""
        if self._solution is None:
            matrix, vector = np.zeros_like(self._anchors[0]), np.zeros_like(self._anchors[1])
            recent = _RECENT_SHARE * min(1.0, self._recent_weight * (1 - _FADE)) if self._recent_weight else 0.0
            for sums, total, part in (
                (self._anchors, self._anchor_weight, 1 - recent),
                (self._recent, self._recent_weight, recent),
            ):
                if total > 0:
                    matrix += sums[0] * (part / total)
                    vector += sums[1] * (part / total)
            matrix[np.diag_indices_from(matrix)] += _RIDGE
            self._solution = np.linalg.solve(matrix, vector).astype(np.float32)
        return self._solution


def _resized(plane: Floats, shape: Sequence[int]) -> Floats:
    if plane.shape == tuple(shape[:2]):
        return plane
    way = cv2.INTER_AREA if plane.shape[0] > shape[0] else cv2.INTER_LINEAR
    resized: Floats = cv2.resize(plane, (shape[1], shape[0]), interpolation=way)
    return resized


def _grown_box(mask: Floats, fraction: float) -> Box:
    """The box of the mask, grown by a fraction of its size, at least by 12 pixels; the frame if there is no mask."""
    height, width = mask.shape
    box = bounding_box(mask, 0.1)
    if box.empty:
        return Box(0, 0, width, height)
    return box.grown(max(12, round(box.width * fraction)), max(12, round(box.height * fraction))).clipped(width, height)


def _sample(mask: Floats, near: Box) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Floats]:
    """Training pixels as flat indices, and their weights: dense around the object, sparse elsewhere."""
    close = np.zeros(mask.shape, bool)
    close[near.slices] = True
    indices = np.arange(mask.size)
    inside, outside = indices[close.ravel()], indices[~close.ravel()]
    step_in, step_out = max(1, inside.size // _SAMPLES), max(1, outside.size // (_SAMPLES // 4))
    chosen = np.concatenate([inside[::step_in], outside[::step_out]])
    weights = np.ones(chosen.size, np.float32)
    # what is far from the object counts, but less than what it could be taken for
    weights[inside[::step_in].size :] = 0.5
    return chosen, weights


def _balanced(target: Floats, weights: Floats) -> Floats:
    """Weights that sum to one, half for the object and half for the rest; all for the rest where there is no object."""
    object_weight, rest_weight = weights * target, weights * (1 - target)
    sums = float(object_weight.sum()), float(rest_weight.sum())
    parts = [weight / total for weight, total in ((object_weight, sums[0]), (rest_weight, sums[1])) if total > 1e-3]
    return np.asarray(sum(parts) / len(parts), np.float32) if parts else np.zeros_like(weights)


def _prior_logit(prior: Floats, trust: Floats) -> Floats:
    """The prior's logit, (h, w): the warped mask, softened at its edge and where the flow is unreliable."""
    inside = (prior > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3) - cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    # where there is no contour at all, distances are as large as floats get
    signed = np.clip(depth, -1e4, 1e4)
    reach = max(3.0, 0.06 * float(inside.sum()) ** 0.5)
    logit = _PRIOR_GAIN * np.clip(signed / reach, -3, 1)
    softness = 0.4 + 0.6 * cv2.GaussianBlur(trust, (0, 0), 2)
    return np.asarray(np.where(signed > 0, logit * softness, logit), np.float32)


def _mean_field(unary: Floats, colours: Floats) -> Floats:
    """Probabilities (h, w) after a few mean-field steps that make neighbours of similar colour agree."""
    right = _affinity(colours[:, 1:] - colours[:, :-1])
    below = _affinity(colours[1:] - colours[:-1])
    belief = np.tanh(unary / 2)
    for _ in range(_STEPS):
        field = unary.copy()
        field[:, :-1] += right * belief[:, 1:]
        field[:, 1:] += right * belief[:, :-1]
        field[:-1] += below * belief[1:]
        field[1:] += below * belief[:-1]
        belief = np.tanh(field / 2)
    return np.asarray((1 + belief) / 2, np.float32)


def _affinity(difference: Floats) -> Floats:
    squared: Floats = np.square(difference).sum(axis=2)
    if squared.size == 0:
        return squared
    return np.asarray(_COUPLING * np.exp(-squared / (2 * squared.mean() + 1e-6)), np.float32)


def _likeliest_region(likely: Floats, area: float) -> Floats:
    """The most probable region of about the object's former size, to find a lost object; empty if there is none."""
    count, regions, stats, _ = cv2.connectedComponentsWithStats((likely > 0.5).astype(np.uint8))
    if count < 2 or area < 1:
        return np.zeros_like(likely)
    sizes = stats[:, cv2.CC_STAT_AREA]
    fits = (sizes > 0.3 * area) & (sizes < 3 * area)
    fits[0] = False
    if not fits.any():
        return np.zeros_like(likely)
    sums = np.bincount(regions.ravel(), likely.ravel(), count)
    best = int(np.argmax(np.where(fits, sums * sums / np.maximum(sizes, 1), 0)))
    return np.asarray(np.where(regions == best, likely, 0), np.float32)
