"""The frame with handles around a mask, and what a drag of one does to its placement."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from core.types import Box
from desktop.tools.base import Point, Sketch

if TYPE_CHECKING:
    from core.masks import Placement

_REACH = 8.0
"""How near on the screen the pointer has to be to a handle."""
_ARM = 26.0
"""How far on the screen the handle that turns is from the frame."""
_TURN_STEP = math.pi / 12


class Grip(Enum):
    """What can be taken hold of; the handles as (x, y) in [-1, 1] from the frame's middle."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)
    INSIDE = "inside"
    TURN = "turn"


_HANDLES = tuple(grip for grip in Grip if isinstance(grip.value, tuple))
_CORNERS = (Grip.TOP_LEFT, Grip.TOP_RIGHT, Grip.BOTTOM_RIGHT, Grip.BOTTOM_LEFT)


def outline(placement: Placement, box: Box, zoom: float) -> Sketch:
    """The frame as it is drawn: around the mask's own `box`, placed; `zoom` is the view's."""
    corners = tuple(_position_of(placement, box, *grip.value) for grip in _CORNERS)
    turn = _turn_handle(placement, box, zoom)
    handles = tuple(_position_of(placement, box, *grip.value) for grip in _HANDLES)
    return Sketch(((*corners, corners[0]), (_position_of(placement, box, 0, -1), turn)), (*handles, turn))


def grip_at(placement: Placement, box: Box, point: Point, zoom: float) -> Grip | None:
    """The handle under a point of the picture, or None."""
    reach = _REACH / zoom
    if math.dist(point, _turn_handle(placement, box, zoom)) <= reach:
        return Grip.TURN
    near = [(math.dist(point, _position_of(placement, box, *grip.value)), grip) for grip in _HANDLES]
    distance, nearest = min(near, key=lambda pair: pair[0])
    # a frame that is small on the screen is all handles: its middle still moves it
    if distance <= min(reach, _shortest_side(placement, box) / 3 or reach):
        return nearest
    x, y = _from_middle(placement, point)
    half_x, half_y = box.width / 2 * abs(placement.scale[0]), box.height / 2 * abs(placement.scale[1])
    return Grip.INSIDE if abs(x) <= half_x and abs(y) <= half_y else None


def drag(
    before: Placement, box: Box, grip: Grip, start: Point, to: Point, shift: bool = False, alt: bool = False
) -> Placement:
    """Where the mask goes when `grip` is dragged from `start` to `to`; `before` is how it was placed at `start`.

    `shift` keeps to an axis, to the proportions or to steps of fifteen degrees; `alt` scales about the middle.
    """
    if grip is Grip.TURN:
        return _turned(before, start, to, shift)
    moved = (to[0] - start[0], to[1] - start[1])
    if grip is Grip.INSIDE:
        if shift:
            moved = (moved[0], 0.0) if abs(moved[0]) >= abs(moved[1]) else (0.0, moved[1])
        return replace(before, move=(before.move[0] + moved[0], before.move[1] + moved[1]))
    return _scaled(before, box, grip.value, moved, shift, alt)


def _turned(before: Placement, start: Point, to: Point, steps: bool) -> Placement:
    middle = _middle(before)
    turned = math.atan2(to[1] - middle[1], to[0] - middle[0]) - math.atan2(start[1] - middle[1], start[0] - middle[0])
    angle = before.angle + turned
    if steps:
        angle = round(angle / _TURN_STEP) * _TURN_STEP
    return replace(before, angle=angle)


def _scaled(
    before: Placement, box: Box, side: tuple[int, int], moved: Point, proportions: bool, about_middle: bool
) -> Placement:
    """The handle goes with the mouse; the one across from it, or the middle, stays where it is."""
    along = _rotated(moved, -before.angle)
    share = 2 if about_middle else 1
    size = box.width, box.height
    scale = [
        before.scale[axis] + share * side[axis] * along[axis] / size[axis] if side[axis] else before.scale[axis]
        for axis in (0, 1)
    ]
    if proportions and all(side):
        larger = max((0, 1), key=lambda axis: abs(scale[axis] / before.scale[axis] - 1))
        factor = scale[larger] / before.scale[larger]
        scale = [before.scale[0] * factor, before.scale[1] * factor]
    shift = (0.0, 0.0)
    if not about_middle:
        shift = _rotated(
            (
                side[0] * size[0] * (scale[0] - before.scale[0]) / 2,
                side[1] * size[1] * (scale[1] - before.scale[1]) / 2,
            ),
            before.angle,
        )
    return replace(before, scale=(scale[0], scale[1]), move=(before.move[0] + shift[0], before.move[1] + shift[1]))


def _position_of(placement: Placement, box: Box, x: float, y: float) -> Point:
    """A point of the frame, (x, y) in [-1, 1] from its middle, in the picture."""
    across, down = x * box.width / 2 * placement.scale[0], y * box.height / 2 * placement.scale[1]
    turned, middle = _rotated((across, down), placement.angle), _middle(placement)
    return middle[0] + turned[0], middle[1] + turned[1]


def _turn_handle(placement: Placement, box: Box, zoom: float) -> Point:
    top = _position_of(placement, box, 0, -1)
    up = _rotated((0.0, -math.copysign(_ARM / zoom, placement.scale[1])), placement.angle)
    return top[0] + up[0], top[1] + up[1]


def _from_middle(placement: Placement, point: Point) -> Point:
    middle = _middle(placement)
    return _rotated((point[0] - middle[0], point[1] - middle[1]), -placement.angle)


def _middle(placement: Placement) -> Point:
    return placement.centre[0] + placement.move[0], placement.centre[1] + placement.move[1]


def _shortest_side(placement: Placement, box: Box) -> float:
    return min(box.width * abs(placement.scale[0]), box.height * abs(placement.scale[1]))


def _rotated(point: Point, angle: float) -> Point:
    cosine, sine = math.cos(angle), math.sin(angle)
    return cosine * point[0] - sine * point[1], sine * point[0] + cosine * point[1]
