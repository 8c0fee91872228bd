"""A shape: one closed cubic Bezier curve with keyframes, and how it is written down.

Coordinates are those of `core.masks.patch`: continuous pixels of the frame, y down, pixel (x, y) is the square
[x, x + 1) x [y, y + 1) and its centre is at (x + 0.5, y + 0.5).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, NamedTuple

from core.errors import MaskError
from core.types import MAX_OBJECT_ID

MAX_POINTS = 2000
_FARTHEST = 1e6
"""Pixels; a coordinate beyond is a slip, and its curve would be rasterised without end."""
_DIGITS = 4


class BezierPoint(NamedTuple):
    """A point of the curve. Tangents are relative to it: the way in comes from the point before, the way out goes to
    the next one. `feather` is how far the soft edge reaches, in pixels: outside the curve, or inside if negative.
    """

    x: float
    y: float
    in_x: float = 0.0
    in_y: float = 0.0
    out_x: float = 0.0
    out_y: float = 0.0
    feather: float = 0.0


Points = tuple[BezierPoint, ...]


class Interpolation(Enum):
    """How a shape gets from one keyframe to the next."""

    LINEAR = "linear"
    SMOOTH = "smooth"
    """Every number goes along a cubic without a jump of speed at the keyframes."""


class ShapeMode(Enum):
    """Whether a shape belongs to the object or is taken out of the shapes before it."""

    ADD = "add"
    SUBTRACT = "subtract"


class Keyframed:
    """What has points by the frame index of its keyframes."""

    keys: Mapping[int, Points]

    @property
    def frames(self) -> list[int]:
        """The frames of the keyframes, in order."""
        return sorted(self.keys)

    @property
    def first(self) -> int:
        """Index of the first frame with a keyframe."""
        return min(self.keys)

    @property
    def last(self) -> int:
        """Index of the last frame with a keyframe."""
        return max(self.keys)


@dataclass(frozen=True)
class Shape(Keyframed):
    """One closed curve of an object. `keys` are its points by frame index, of the same number on each.

    It is drawn from its first keyframe to its last one. Shapes of one object are drawn in the order of their ids.
    """

    shape_id: int
    """0 for a shape that is not in a project yet."""
    object_id: int
    keys: Mapping[int, Points]
    name: str = ""
    mode: ShapeMode = ShapeMode.ADD
    interpolation: Interpolation = Interpolation.LINEAR

    @property
    def point_count(self) -> int:
        """Points of the curve, as many on each keyframe."""
        return len(next(iter(self.keys.values())))

    def with_key(self, frame_index: int, points: Iterable[BezierPoint]) -> Shape:
        """The shape with one more keyframe, or with the keyframe of that frame replaced."""
        return replace(self, keys={**self.keys, frame_index: tuple(points)})

    def without_key(self, frame_index: int) -> Shape | None:
        """The shape without a keyframe; None if it was its only one."""
        keys = {frame: points for frame, points in self.keys.items() if frame != frame_index}
        return replace(self, keys=keys) if keys else None

    def scaled(self, scale: float) -> Shape:
        """The shape in a picture scaled by this factor."""
        keys = {
            frame: tuple(BezierPoint(*(value * scale for value in point)) for point in points)
            for frame, points in self.keys.items()
        }
        return replace(self, keys=keys)

    def check(self) -> None:
        """Raises MaskError if it is no shape that can be drawn."""
        if not 1 <= self.object_id <= MAX_OBJECT_ID:
            raise MaskError(
                "A shape cannot belong to object {object_id}; ids go from 1 to {max_object_id}.",
                object_id=self.object_id,
                max_object_id=MAX_OBJECT_ID,
            )
        if not self.keys:
            raise MaskError("A shape needs a keyframe.")
        counts = {len(points) for points in self.keys.values()}
        if len(counts) > 1 or not 2 <= max(counts) <= MAX_POINTS:
            raise MaskError(
                "A shape has the same number of points on each keyframe, 2 to {max_points}; this one has {counts}.",
                max_points=MAX_POINTS,
                counts=", ".join(map(str, sorted(counts))),
            )
        for frame, points in self.keys.items():
            if any(not math.isfinite(value) or abs(value) > _FARTHEST for point in points for value in point):
                raise MaskError(
                    "A point of the shape on frame {frame} lies nowhere: it is no number, or far too large.",
                    frame=frame,
                )


def shape_to_json(shape: Shape) -> str:
    """The shape as text, but for its id. Coordinates are kept to a ten-thousandth of a pixel."""
    return json.dumps(
        {
            "object": shape.object_id,
            "name": shape.name,
            "mode": shape.mode.value,
            "interpolation": shape.interpolation.value,
            "keys": {
                str(frame): [[round(float(value), _DIGITS) for value in point] for point in shape.keys[frame]]
                for frame in shape.frames
            },
        },
        separators=(",", ":"),
    )


def shape_from_json(shape_id: int, text: str) -> Shape:
    """The shape that `shape_to_json` wrote. Raises ValueError for any other text."""
    try:
        fields: Any = json.loads(text)
        keys = {int(frame): tuple(_point(point) for point in points) for frame, points in fields["keys"].items()}
        if min(keys, default=0) < 0:
            raise ValueError("a keyframe before the clip")
        shape = Shape(
            shape_id,
            int(fields["object"]),
            keys,
            str(fields["name"]),
            ShapeMode(fields["mode"]),
            Interpolation(fields["interpolation"]),
        )
        shape.check()
    except (KeyError, TypeError, AttributeError, RecursionError, MaskError) as error:
        raise ValueError(f"no shape: {error}") from error
    return shape


def _point(values: Any) -> BezierPoint:
    x, y, in_x, in_y, out_x, out_y, feather = (float(value) for value in values)
    return BezierPoint(x, y, in_x, in_y, out_x, out_y, feather)
