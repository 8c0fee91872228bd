"""Spline shapes: closed Bezier curves with keyframes, what they cover, and fitting them to masks."""

from core.shapes.directions import outward
from core.shapes.fitting import Fit
from core.shapes.following import follow_masks
from core.shapes.interpolation import is_drawn, points_at
from core.shapes.model import (
    MAX_POINTS,
    BezierPoint,
    Interpolation,
    Keyframed,
    Points,
    Shape,
    ShapeMode,
    shape_from_json,
    shape_to_json,
)
from core.shapes.point_edits import with_point, without_point
from core.shapes.rasterise import cover, coverage, drawn_alpha, drawn_patch, flatten, soft_cover

__all__ = [
    "MAX_POINTS",
    "BezierPoint",
    "Fit",
    "Interpolation",
    "Keyframed",
    "Points",
    "Shape",
    "ShapeMode",
    "cover",
    "coverage",
    "drawn_alpha",
    "drawn_patch",
    "flatten",
    "follow_masks",
    "is_drawn",
    "outward",
    "points_at",
    "shape_from_json",
    "shape_to_json",
    "soft_cover",
    "with_point",
    "without_point",
]
