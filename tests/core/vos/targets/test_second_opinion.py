"""Two models, one of which sees everything mirrored."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from core.types import Floats, Image
from core.vos.flow.warping import Flow, FlowEstimator, warp_masks
from core.vos.targets.second_opinion import SecondOpinion

SIZE = (96, 64)


class _Notebook:
    """Says what is warped, and half of what is bright on the picture's left side."""

    def __init__(self) -> None:
        self.observed: list[tuple[int, Image, Floats]] = []
        self.pairs: list[tuple[Image, Image | None]] = []
        self.flows: list[Flow | None] = []

    def observe(
        self,
        frame_index: int,
        image: Image,
        object_ids: Sequence[int],
        probabilities: Floats,
        confidence: Floats,
        permanent: bool,
    ) -> None:
        self.observed.append((frame_index, image, probabilities))

    def predict(
        self,
        frame_index: int,
        image: Image,
        previous_image: Image | None,
        object_ids: Sequence[int],
        warped: Floats,
        flow: Flow | None,
    ) -> Floats:
        self.pairs.append((image, previous_image))
        self.flows.append(flow)
        found = warped.copy()
        found[:, :, : SIZE[0] // 2] = 1
        return found


def texture(shift: int) -> Image:
    noise = np.random.default_rng(3).integers(0, 256, (SIZE[1], SIZE[0] + 20, 3), dtype=np.uint8)
    smooth = cv2.GaussianBlur(noise, (0, 0), 2)
    return np.ascontiguousarray(smooth[:, 10 - shift : 10 - shift + SIZE[0]])


def test_the_answers_are_averaged_the_right_way_round() -> None:
    models: list[_Notebook] = []

    def made() -> _Notebook:
        models.append(_Notebook())
        return models[-1]

    both = SecondOpinion(made)
    before, now = texture(0), texture(3)
    masks = np.zeros((1, SIZE[1], SIZE[0]), np.float32)
    masks[0, 20:40, 10:30] = 1
    both.observe(0, before, [1], masks, np.ones(1, np.float32), True)
    flow = FlowEstimator().between(before, now)
    found = both.predict(1, now, before, [1], masks, flow)
    np.testing.assert_array_equal(found[0, :, 60:], 0.5)
    np.testing.assert_array_equal(found[0, 25, 15:25], 1)
    plain, mirrored = models
    np.testing.assert_array_equal(mirrored.observed[0][1], before[:, ::-1])
    np.testing.assert_array_equal(mirrored.observed[0][2], masks[..., ::-1])
    assert plain.pairs[0][0] is now and plain.pairs[0][1] is before
    assert mirrored.pairs[0][1] is mirrored.observed[0][1], "a model knows a picture again"
    both.observe(1, now, [1], found, np.ones(1, np.float32), False)
    assert mirrored.observed[1][1] is mirrored.pairs[0][0]


def test_mirrored_motion_carries_a_mirrored_mask_to_the_mirrored_place() -> None:
    models: list[_Notebook] = []

    def made() -> _Notebook:
        models.append(_Notebook())
        return models[-1]

    before, now = texture(0), texture(4)
    masks = np.zeros((1, SIZE[1], SIZE[0]), np.float32)
    masks[0, 20:40, 30:50] = 1
    flow = FlowEstimator().between(before, now)
    SecondOpinion(made).predict(1, now, before, [1], masks, flow)
    turned = models[1].flows[0]
    assert turned is not None
    carried = warp_masks(np.ascontiguousarray(masks[..., ::-1]), turned)
    np.testing.assert_allclose(carried[..., ::-1], warp_masks(masks, flow), atol=0.05)
    np.testing.assert_allclose(turned.consistency[:, ::-1], flow.consistency, atol=0.05)
