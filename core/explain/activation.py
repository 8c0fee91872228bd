"""Where in a frame the network sees an object, from its features alone: class activation maps and their complements.

A head of one weight a feature behind global average pooling learns whether a window of an anchor holds the object; its
weights then say, cell by cell, what spoke for it (CAM: Zhou et al., "Learning Deep Features for Discriminative
Localization", CVPR 2016, after network in network, Lin et al., ICLR 2014). A second head that is not shown the cells
the first one goes by finds the rest of the object (ACoL: Zhang et al., "Adversarial Complementary Learning", CVPR
2018).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.errors import EngineError
from core.explain.features import STRIDE, FeatureExtractor, FrameFeatures
from core.jobs import Progress, ProgressClock
from core.types import Anchor, Floats, Image

_WINDOWS = (2, 3, 5)
"""Sides of the windows in cells."""
_HOLDS = 0.3
"""A window with at least this much of the object holds it; one with nothing of it does not, others do not count."""
_STEPS, _RATE, _DECAY = 300, 0.5, 1e-3
_ERASED = 0.6
"""Share of a map's largest value from which on its cells are not shown to the second head."""


@dataclass(frozen=True, eq=False)
class Head:
    """A linear classifier of pooled features: what features are normed by (C,), and weights (C,) with a bias."""

    mean: Floats
    spread: Floats
    weights: Floats
    bias: float

    def map(self, extracted: FrameFeatures) -> Floats:
        """How much evidence each cell (h16, w16) is for the object: from 0 on, the largest value 1 if anything does."""
        features = (extracted.stages[STRIDE] - self.mean[:, None, None]) / self.spread[:, None, None]
        raw = np.maximum(np.tensordot(self.weights, features, 1) + self.bias, 0)
        top = float(raw.max(initial=0.0))
        scaled: Floats = (raw / top if top > 0 else raw).astype(np.float32)
        return scaled


def train_heads(
    extractor: FeatureExtractor, anchors: Sequence[Anchor], object_id: int, read: Callable[[int], Image], count: int = 1
) -> Generator[Progress, None, list[Head]]:
    """One head (CAM) or two (ACoL) for an object, from the anchors that know it. Yields after each of them.

    Raises EngineError if there is none that shows the object, or nothing around it to distinguish it from.
    """
    shown = [one for one in anchors if object_id in one.object_ids and (one.labels == object_id).any()]
    if not shown:
        raise EngineError("No anchor shows the object: mask it on a frame first.")
    shown_frames = []
    clock = ProgressClock(len(shown))
    for done, one in enumerate(shown, 1):
        extracted = extractor.extract(read(one.frame_index))
        # the finer features of many anchors would take much memory, and no head reads them
        shown_frames.append((replace(extracted, stages={STRIDE: extracted.stages[STRIDE]}, features=()), one))
        yield clock.step(done)
    coverage = [extractor.coverage(one.labels, object_id, extracted) for extracted, one in shown_frames]
    heads: list[Head] = []
    kept = [np.ones(covered.shape, np.float32) for covered in coverage]
    for _ in range(count):
        pooled, holds = _windows([extracted for extracted, _ in shown_frames], coverage, kept)
        heads.append(_learn(pooled, holds))
        kept = [
            keep * (heads[-1].map(extracted) < _ERASED).astype(np.float32)
            for keep, (extracted, _) in zip(kept, shown_frames, strict=True)
        ]
    return heads


def activation(heads: Sequence[Head], extracted: FrameFeatures) -> Floats:
    """The map (h16, w16) in [0, 1] of one head, or the largest value of each of several."""
    found: Floats = np.max([head.map(extracted) for head in heads], axis=0)
    return found


def _windows(
    shown_frames: Sequence[FrameFeatures], coverage: Sequence[Floats], kept: Sequence[Floats]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Features of windows, each pooled over the cells that are kept, and whether each holds the object."""
    pooled, holds = [], []
    for extracted, covered, keep in zip(shown_frames, coverage, kept, strict=True):
        features = extracted.stages[STRIDE]
        for side in _WINDOWS:
            for row in range(0, covered.shape[0] - side + 1, max(1, side // 2)):
                for column in range(0, covered.shape[1] - side + 1, max(1, side // 2)):
                    part = slice(row, row + side), slice(column, column + side)
                    much = float(covered[part].mean())
                    shown = float(keep[part].sum())
                    if shown and (much >= _HOLDS or much == 0):
                        pooled.append((features[:, *part] * keep[part]).sum(axis=(1, 2)) / shown)
                        holds.append(much >= _HOLDS)
    wanted = np.array(holds, np.bool_)
    if not wanted.any():
        # an object of less than a window: its fullest cells
        for extracted, covered in zip(shown_frames, coverage, strict=True):
            peak = np.unravel_index(int(covered.argmax()), covered.shape)
            pooled.append(extracted.stages[STRIDE][:, peak[0], peak[1]])
            holds.append(True)
        wanted = np.array(holds, np.bool_)
    if wanted.all():
        raise EngineError("The object fills its frames: there is nothing around it to distinguish it from.")
    return np.stack(pooled).astype(np.float32), wanted


def _learn(pooled: Floats, holds: NDArray[np.bool_]) -> Head:
    """Logistic regression by gradient descent, both answers weighing the same."""
    mean, spread = pooled.mean(axis=0), pooled.std(axis=0) + 1e-4
    inputs = (pooled - mean) / spread
    covered = holds.mean()
    importance = np.where(holds, 0.5 / covered, 0.5 / (1 - covered)).astype(np.float32) / len(holds)
    weights, bias = np.zeros(inputs.shape[1], np.float32), 0.0
    for _ in range(_STEPS):
        wrong = (1 / (1 + np.exp(-np.clip(inputs @ weights + bias, -30, 30))) - holds) * importance
        weights -= _RATE * (inputs.T @ wrong + _DECAY * weights)
        bias -= _RATE * float(wrong.sum())
    return Head(mean, spread, weights.astype(np.float32), bias)
