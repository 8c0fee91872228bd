"""The decoder looks where an object can be, and at everything where that was not enough."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import Box
from core.vos.flow.motion_cues import MOTION_CHANNELS
from core.vos.network.runtime import DecoderInputs, Features
from core.vos.network.windows import WindowedRuntime, WindowSettings, shared_windows, window_of

HEIGHT, WIDTH = 384, 512
SETTINGS = WindowSettings(margin=0.25, least=64)
STRIDES = (4, 8, 16, 16, 8)


class Canvas:
    """A runtime whose features are the truth at every stride, and whose decoder reads it off."""

    def __init__(self) -> None:
        self.decoded: list[tuple[int, int, int]] = []

    def encode(self, image: np.ndarray) -> Features:
        return tuple(image[None, None, ::stride, ::stride].astype(np.float32) for stride in STRIDES)

    def memorise(self, features: Features, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        raise AssertionError("not asked for here")

    def key(self, features: Features) -> np.ndarray:
        return np.asarray(features[3][0])

    def decode(self, inputs: DecoderInputs) -> np.ndarray:
        features, previous, warped = inputs.features, inputs.previous, inputs.warped
        self.decoded.append(warped.shape)
        for plane, stride in zip(features, STRIDES, strict=True):
            assert plane.shape[2:] == (warped.shape[1] // stride, warped.shape[2] // stride)
        assert previous is None or [plane.shape for plane in previous] == [plane.shape for plane in features]
        assert inputs.previous_masks.shape == warped.shape
        assert inputs.motion.shape == (len(warped), MOTION_CHANNELS, *features[4].shape[2:])
        truth = np.kron(features[0][0, 0], np.ones((4, 4), np.float32))
        # the memory's values say which grey is which object
        return np.stack([(truth == value[0, 0]).astype(np.float32) for value in inputs.memory_values])


def block(y0: int, y1: int, x0: int, x1: int) -> np.ndarray:
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    mask[y0:y1, x0:x1] = 1
    return mask


def decode(truth: np.ndarray, warped: list[np.ndarray]) -> tuple[np.ndarray, list[tuple[int, int, int]]]:
    canvas = Canvas()
    runtime = WindowedRuntime(canvas, SETTINGS)
    features = runtime.encode(truth)
    values = np.arange(1, len(warped) + 1, dtype=np.float32)[:, None, None]
    masks = np.stack(warped)
    motion = np.zeros((len(masks), MOTION_CHANNELS, HEIGHT // 8, WIDTH // 8), np.float32)
    keys = np.zeros((4, 1), np.float32)
    inputs = DecoderInputs(features, keys, values, features, masks, masks, motion)
    return runtime.decode(inputs), canvas.decoded


def test_an_object_is_looked_for_around_where_it_should_be() -> None:
    truth = block(100, 160, 200, 280)
    found, decoded = decode(truth, [block(96, 152, 192, 272)])
    np.testing.assert_array_equal(found[0], truth)
    assert len(decoded) == 1
    assert decoded[0][1] * decoded[0][2] < 0.4 * HEIGHT * WIDTH


def test_windows_leave_room_on_all_sides_and_lie_on_the_grid() -> None:
    window = window_of(block(150, 190, 200, 360), SETTINGS)
    assert window == Box(128, 64, 448, 256)
    assert window_of(block(0, 40, 0, 40), SETTINGS) == Box(0, 0, 128, 128)
    tiny = window_of(block(200, 202, 300, 302), WindowSettings(margin=0.0, least=0))
    assert tiny.width >= 96 and tiny.height >= 96


@pytest.mark.parametrize("level", [0.0, 0.3])
def test_an_object_nothing_leads_to_is_looked_for_everywhere(level: float) -> None:
    truth = block(300, 340, 400, 480)
    found, decoded = decode(truth, [level * block(10, 30, 10, 30)])
    np.testing.assert_array_equal(found[0], truth)
    assert decoded == [(1, HEIGHT, WIDTH)]


@pytest.mark.parametrize(
    "truth", [block(300, 340, 400, 480), block(100, 160, 200, 400)], ids=["moved far away", "over the window's edge"]
)
def test_what_the_window_does_not_hold_is_looked_for_everywhere(truth: np.ndarray) -> None:
    found, decoded = decode(truth, [block(100, 160, 200, 280)])
    np.testing.assert_array_equal(found[0], truth)
    assert len(decoded) == 2 and decoded[1] == (1, HEIGHT, WIDTH)


def test_at_the_canvas_edge_the_window_is_no_limit() -> None:
    truth = block(0, 60, 440, WIDTH)
    found, decoded = decode(truth, [block(0, 56, 448, WIDTH)])
    np.testing.assert_array_equal(found[0], truth)
    assert len(decoded) == 1


def test_several_objects_have_windows_of_their_own_where_they_are_apart() -> None:
    one, two, three = block(20, 60, 20, 80), block(24, 64, 84, 140), block(300, 340, 400, 460)
    found, decoded = decode(one + 2 * two + 3 * three, [one, two, three])
    for mask, expected in zip(found, (one, two, three), strict=True):
        np.testing.assert_array_equal(mask, expected)
    assert sorted(shape[0] for shape in decoded) == [1, 2]


def test_windows_are_joined_where_that_is_cheaper() -> None:
    same, apart = Box(0, 0, 160, 160), Box(320, 192, 512, 384)
    assert shared_windows([same, apart, same]) == [(same, [0, 2]), (apart, [1])]
    assert shared_windows([]) == []
