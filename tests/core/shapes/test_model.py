"""Shapes: what they may be, how they are written down, and where their points are between keyframes."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.errors import MaskError
from core.shapes import (
    BezierPoint,
    Interpolation,
    Shape,
    points_at,
    shape_from_json,
    shape_to_json,
    with_point,
    without_point,
)
from tests.core.shapes.curves import circle, mask_of, shape, square


def test_a_shape_is_written_down_and_read_back() -> None:
    one = Shape(7, 3, {4: circle(10.5, 11.25, 6, 2.5), 9: circle(12, 11, 7)}, "Arm", interpolation=Interpolation.SMOOTH)
    read = shape_from_json(7, shape_to_json(one))
    assert (read.shape_id, read.object_id, read.name, read.mode, read.interpolation) == (
        7,
        3,
        "Arm",
        one.mode,
        one.interpolation,
    )
    for frame, points in one.keys.items():
        np.testing.assert_allclose(np.array(read.keys[frame]), np.array(points), atol=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"object":1}',
        "nonsense",
        '{"object":1,"name":"","mode":"add","interpolation":"linear","keys":{}}',
    ],
)
def test_other_texts_are_no_shapes(text: str) -> None:
    with pytest.raises(ValueError):
        shape_from_json(1, text)


@pytest.mark.parametrize(
    ("key", "value"),
    [("mode", "xor"), ("object", 0), ("object", 256), ("interpolation", 3), ("keys", {"0": [[1, 2, 3]]}),
     ("keys", {"-1": [[0] * 7, [1] * 7]}), ("keys", {"0": [[0] * 7, [1e9] * 7]}), ("keys", {"0": [[0] * 7]}),
     ("keys", {"0": [[0] * 7] * 3, "1": [[0] * 7] * 4}), ("keys", {"0": [[0] * 7, [float("nan")] * 7]})],
)  # fmt: skip
def test_a_field_that_makes_no_sense_is_refused(key: str, value: object) -> None:
    fields = json.loads(shape_to_json(shape(f0=circle(9, 9, 5))))
    with pytest.raises(ValueError):
        shape_from_json(1, json.dumps({**fields, key: value}))


def test_points_go_straight_between_keyframes_and_stay_outside() -> None:
    moving = shape(f2=square(0, 0, 4, 4), f6=square(8, 4, 12, 8))
    assert points_at(moving, 4)[0] == BezierPoint(4, 2)
    assert points_at(moving, 5)[2] == BezierPoint(10, 7)
    assert points_at(moving, 0) == moving.keys[2]
    assert points_at(moving, 90) == moving.keys[6]


def test_smooth_points_have_no_jump_of_speed() -> None:
    keys = {0: square(0, 0, 4, 4), 4: square(8, 0, 12, 4), 8: square(8, 6, 12, 10)}
    smooth = Shape(0, 1, keys, interpolation=Interpolation.SMOOTH)
    for frame, points in keys.items():
        assert points_at(smooth, frame) == points
    step = 1e-3

    def speed(at: float) -> float:
        return (points_at(smooth, at + step / 2)[0].x - points_at(smooth, at - step / 2)[0].x) / step

    assert speed(4 - step) == pytest.approx(speed(4 + step), abs=1e-2)
    assert speed(4) == pytest.approx(1.0, abs=1e-2)
    assert speed(step) == pytest.approx(0, abs=1e-2)


def test_a_point_more_leaves_the_curve_and_one_fewer_takes_it_from_every_keyframe() -> None:
    one = shape(f0=circle(30, 20, 14, 3), f5=circle(34, 22, 11))
    more = with_point(one, 3, 0.3)
    assert more.point_count == 5
    for frame in (0, 5):
        np.testing.assert_array_equal(mask_of(more.keys[frame], (64, 48)), mask_of(one.keys[frame], (64, 48)))
    assert more.keys[0][4].feather == 3
    assert [without_point(more, 4).keys[frame][1] for frame in (0, 5)] == [one.keys[frame][1] for frame in (0, 5)]
    few = shape(f0=(BezierPoint(1, 1, 0, 4, 0, -4), BezierPoint(9, 1)))
    with pytest.raises(MaskError, match="needs two points"):
        without_point(few, 0)
