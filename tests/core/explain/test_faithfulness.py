"""Maps say what the network goes by: known answers of networks made by hand, and what taking cells away changes."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.scenes import sample_frames
from core.errors import EngineError
from core.explain.activation import Head, activation, train_heads
from core.explain.features import STRIDE, FeatureExtractor, FrameFeatures
from core.explain.gradients import cam_of, grad_cam
from core.explain.views import Question, answer
from core.jobs import CancelToken, watched
from core.types import Anchor, Floats
from tests.core.explain.test_explain import SIZE, anchor, read


@pytest.fixture(scope="module")
def extractor() -> FeatureExtractor:
    return FeatureExtractor(SIZE, side=160)


def features_with(extractor: FeatureExtractor, features: Floats) -> FrameFeatures:
    """The features of a frame, with others at stride 16."""
    extracted = extractor.extract(read(3))
    return FrameFeatures(**{**vars(extracted), "stages": {**extracted.stages, STRIDE: features}})


def test_a_head_that_knows_one_feature_maps_that_feature(extractor: FeatureExtractor) -> None:
    rows, columns = extractor.extract(read(3)).grid
    features = np.zeros((4, rows, columns), np.float32)
    features[2, 1, 2], features[2, 3, 1], features[0] = 2.0, 1.0, 9.0
    head = Head(np.zeros(4, np.float32), np.ones(4, np.float32), np.array([0, 0, 1, 0], np.float32), 0.0)
    wanted = np.zeros((rows, columns), np.float32)
    wanted[1, 2], wanted[3, 1] = 1.0, 0.5
    assert np.allclose(head.map(features_with(extractor, features)), wanted)


def test_grad_cam_of_a_network_whose_answer_is_known() -> None:
    features = torch.rand(1, 3, 5, 6, generator=torch.Generator().manual_seed(0))

    def decode(f16: Tensor) -> Tensor:
        """Goes by the second channel, against the third; the first has no say."""
        return 2 * f16[:, 1:2] - f16[:, 2:3]

    expected = torch.relu(decode(features))[0, 0].numpy()
    assert np.allclose(cam_of(features, decode), expected / expected.max(), atol=1e-5)
    assert cam_of(features, lambda f16: -1 - f16[:, :1]).max() == 0, "what speaks against it is not shown"


def test_grad_cam_shows_a_channel_only_where_it_counts() -> None:
    features = torch.zeros(1, 2, 4, 6)
    features[0, 0, 1, 1], features[0, 0, 2, 4] = 1.0, 5.0
    left = torch.arange(6) < 3
    found = cam_of(features, lambda f16: f16[:, :1] * left)
    assert found[1, 1] == pytest.approx(1) and found[:, 3:].max() == 0, "what the answer never goes by is not shown"


def deletion_and_insertion(extractor: FeatureExtractor, heat: Floats, head: Head) -> tuple[float, float]:
    """How much the pooled answer falls when the third of the cells that a map shows brightest is taken away, and how
    much of it there is with these alone; both of what all cells give.
    """
    extracted = extractor.extract(read(3))
    features = extracted.stages[STRIDE]
    order = np.argsort(-heat, axis=None)
    best: NDArray[np.bool_] = np.zeros(heat.size, bool)
    best[order[: heat.size // 3]] = True
    best = best.reshape(heat.shape)
    mean = np.broadcast_to(head.mean[:, None, None], features.shape)

    def answer(shown: np.ndarray) -> float:
        kept = np.where(shown, features, mean)
        inputs = (kept - head.mean[:, None, None]) / head.spread[:, None, None]
        return float(np.maximum(np.tensordot(head.weights, inputs, 1) + head.bias, 0).sum())

    whole = answer(np.ones(heat.shape, bool))
    return answer(~best) / whole, answer(best) / whole


def test_taking_away_what_a_map_shows_takes_away_the_answer(extractor: FeatureExtractor) -> None:
    heads = watched(train_heads(extractor, [anchor(0)], 1, read), str)
    heat = activation(heads, extractor.extract(read(3)))
    gone, left = deletion_and_insertion(extractor, heat, heads[0])
    other_gone, other_left = deletion_and_insertion(extractor, -heat, heads[0])
    assert gone < 0.2 and left > 0.8
    assert other_gone > gone + 0.5 and other_left < left - 0.5


def test_grad_cam_is_brighter_on_the_object_than_beside_it() -> None:
    frames = list(sample_frames(4))
    first = np.asarray(frames[0][1] == 1, np.uint8)
    extractor = FeatureExtractor((first.shape[1], first.shape[0]), side=160)
    heat = grad_cam(extractor, 3, [Anchor(0, first, frozenset({1}))], 1, lambda index: frames[index][0])
    seen = extractor.extract(frames[3][0])
    assert heat.shape == seen.grid and heat.min() >= 0 and heat.max() == pytest.approx(1)
    coverage = extractor.coverage(np.asarray(frames[3][1] == 1, np.uint8), 1, seen)
    assert heat[coverage > 0.3].mean() > 5 * heat[coverage == 0].mean()
    assert coverage[np.unravel_index(int(heat.argmax()), heat.shape)] > 0.3


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("DefaultCPUAllocator: can't allocate memory")])
def test_memory_short_is_reported(
    extractor: FeatureExtractor, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(FeatureExtractor, "extract", full)
    for view in ("embedding", "cam", "cells"):
        with pytest.raises(EngineError, match=r"not enough memory to look inside a frame of 160 x 96.*Nothing was"):
            watched(answer(extractor, Question(view, 3, anchors=[anchor(0)]), read, CancelToken()), str)
