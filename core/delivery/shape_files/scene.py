"""What every format of shapes is written from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from core.matting import PaintedEdges
from core.shapes import BezierPoint, Interpolation, Keyframed, Points, Shape, ShapeMode, points_at
from core.types import ObjectTrack


@dataclass(frozen=True)
class ShapeSource:
    """What a project knows of its objects: their shapes, what they are called, and their edges."""

    shapes: tuple[Shape, ...] = ()
    tracks: tuple[ObjectTrack, ...] = ()
    edges: PaintedEdges = field(default_factory=PaintedEdges)


@dataclass(frozen=True)
class SceneShape(Keyframed):
    """One curve of an object. `keys` are its points by frame index, between which every number goes straight.

    It is to be seen on frames `first` to `last`, both included.
    """

    name: str
    subtract: bool
    keys: Mapping[int, Points]

    @property
    def has_feather(self) -> bool:
        """Whether any point of any keyframe has a feather."""
        return any(point.feather for points in self.keys.values() for point in points)


@dataclass(frozen=True)
class SceneObject:
    """An object's shapes in the order in which they are drawn."""

    object_id: int
    name: str
    colour: tuple[int, int, int]
    shapes: tuple[SceneShape, ...]
    source: tuple[Shape, ...] = ()
    """The shapes as they are in the project, with their interpolation."""


@dataclass(frozen=True)
class Scene:
    """Shapes of a clip. Coordinates as in `core.shapes`: continuous pixels of a picture of `size`, y down."""

    clip: str
    size: tuple[int, int]
    first: int
    last: int
    """The frame indices of what is exported."""
    numbers: Mapping[int, int]
    """The number by which a person knows each frame, by its index: that in a picture's name, or the index."""
    numbered: bool
    """Whether those numbers are the pictures' own (1001, ...)."""
    rate: Fraction
    pixel_aspect: Fraction
    objects: tuple[SceneObject, ...]

    def plate(self, frame_index: int) -> int:
        """The frame as programs count that read sequences by their numbers and begin a video at 1."""
        return self.numbers[frame_index] if self.numbered else frame_index + 1


def scene_shape(
    shape: Shape, first: int, last: int, scale: float = 1.0, jumps: Collection[int] = ()
) -> SceneShape | None:
    """A shape's part from one frame to another, both included; None if there is none.

    Straight interpolation has the keyframes that there are, those at the ends of what is exported, and those of
    `jumps`: frames beside pictures that are missing, over which other programs would interpolate as if they were
    there. A smooth one has one on every frame, for no two programs agree on what smooth is.
    """
    begin, end = max(first, shape.first), min(last, shape.last)
    if begin > end:
        return None
    smooth = shape.interpolation is Interpolation.SMOOTH and len(shape.keys) > 1
    wanted = (*shape.keys, *(jumps if len(shape.keys) > 1 else ()))
    frames = range(begin, end + 1) if smooth else sorted({begin, end, *(f for f in wanted if begin <= f <= end)})
    keys = {frame: tuple(_scaled(point, scale) for point in points_at(shape, frame)) for frame in frames}
    return SceneShape(shape.name or f"Shape {shape.shape_id}", shape.mode is ShapeMode.SUBTRACT, keys)


def identifier(text: str, taken: set[str], fallback: str = "shape") -> str:
    """A name of letters, digits and underscores that no other has yet; it is added to `taken`."""
    plain = re.sub(r"[^0-9A-Za-z_]+", "_", text).strip("_") or fallback
    name = plain if not plain[0].isdigit() else f"{fallback}_{plain}"
    number = 1
    while name in taken:
        number += 1
        name = f"{plain}_{number}"
    taken.add(name)
    return name


def number(value: float) -> str:
    """A coordinate as text, to a ten-thousandth of a pixel."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _scaled(point: BezierPoint, scale: float) -> BezierPoint:
    return point if scale == 1 else BezierPoint(*(value * scale for value in point))


def with_ids(shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """The shapes with ids in their order, for those that are not in a project."""
    return tuple(replace(shape, shape_id=number) for number, shape in enumerate(shapes, start=1))
