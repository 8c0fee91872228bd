"""The classical model takes back what drifted, and finds what was lost."""

from __future__ import annotations

import cv2
import numpy as np

from core.types import Box
from core.vos.flow.warping import Flow
from core.vos.targets.appearance import AppearanceModel

SHAPE = (120, 160)


def still() -> Flow:
    nothing = np.zeros((*SHAPE, 2), np.float32)
    return Flow(SHAPE, Box(0, 0, SHAPE[1], SHAPE[0]), nothing, lambda: nothing)


def scene(x: int, y: int = 60) -> tuple[np.ndarray, np.ndarray]:
    noise = np.random.default_rng(1).integers(0, 256, (*SHAPE, 3), dtype=np.uint8)
    image = cv2.GaussianBlur(noise, (0, 0), 3) // 2
    image[..., 1] += 60
    mask = np.zeros(SHAPE, np.uint8)
    cv2.circle(mask, (x, y), 18, 1, -1)
    image[mask > 0] = image[mask > 0] // 3 + np.array([150, 20, 20], np.uint8)
    return image, mask.astype(np.float32)


def iou(one: np.ndarray, two: np.ndarray) -> float:
    one, two = one > 0.5, two > 0.5
    return (one & two).sum() / (one | two).sum()


def taught() -> tuple[AppearanceModel, np.ndarray]:
    model = AppearanceModel()
    image, mask = scene(60)
    model.observe(0, image, [3], mask[None], np.ones(1, np.float32), True)
    return model, image


def test_a_drifted_mask_is_pulled_back() -> None:
    model, before = taught()
    image, truth = scene(66)
    drifted = np.roll(truth, (3, -5), axis=(0, 1))
    found = model.predict(1, image, before, [3], drifted[None], still())
    assert found.shape == (1, *SHAPE)
    assert found.dtype == np.float32
    assert iou(found[0], truth) > 0.8
    assert iou(drifted, truth) < 0.7


def test_a_lost_object_is_found_by_its_looks() -> None:
    model, _ = taught()
    image, truth = scene(125, 40)
    nothing = np.zeros((1, *SHAPE), np.float32)
    assert iou(model.predict(9, image, None, [3], nothing, None)[0], truth) > 0.7


def test_nothing_is_found_where_nothing_looks_like_it() -> None:
    model, _ = taught()
    image = np.full((*SHAPE, 3), (60, 110, 70), np.uint8)
    nothing = np.zeros((1, *SHAPE), np.float32)
    assert not (model.predict(9, image, None, [3], nothing, None) > 0.5).any()


def test_unsure_frames_teach_nothing() -> None:
    model, before = taught()
    other, _ = taught()
    image, mask = scene(66)
    model.observe(1, image, [3], 1 - mask[None], np.full(1, 0.1, np.float32), False)
    found, wanted = (one.predict(2, image, before, [3], mask[None], still()) for one in (model, other))
    np.testing.assert_array_equal(found, wanted)


def test_inputs_are_not_written_to() -> None:
    model, before = taught()
    image, mask = scene(66)
    warped, flow = mask[None].copy(), still()
    for array in (image, warped, flow.backward, before):
        array.flags.writeable = False
    model.predict(1, image, before, [3], warped, flow)
    model.observe(1, image, [3], warped, np.ones(1, np.float32), False)
