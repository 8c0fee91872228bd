"""Shapes made of a mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.shapes.contours import Polyline, perimeter, resampled, signed_area
from core.shapes.curve_fitting import CancelCheck, fit_together, never_cancelled
from core.shapes.model import BezierPoint, Points, Shape, ShapeMode
from core.shapes.rasterise import drawn_patch

TOLERANCE = 1.0
"""How far a curve may be from the outline, in pixels, unless given otherwise."""
SMALLEST = 12.0
"""Pieces and holes of fewer pixels are left out, as is what is 500 times smaller than the largest piece."""
_SHARE = 1 / 500
_TINY = 16.0
"""An outline shorter than this, in pixels, is too small for curves: its points are those of the outline."""
_FEWEST_SAMPLES, _MOST_SAMPLES = 12, 4000


@dataclass(frozen=True)
class Fit:
    """Shapes, and how well they cover what they were fitted to: intersection over union, on the worst frame and in the
    mean over all."""

    shapes: tuple[Shape, ...]
    worst_iou: float
    mean_iou: float

    @property
    def points(self) -> int:
        """The number of points of all shapes together."""
        return sum(shape.point_count for shape in self.shapes)


def worth_fitting(polylines: Sequence[Polyline], smallest: float) -> list[Polyline]:
    """The outlines that are large enough, the largest first: so each hole comes after what it is in."""
    ordered = sorted(polylines, key=lambda polyline: -abs(signed_area(polyline)))
    if not ordered:
        return []
    limit = max(smallest, abs(signed_area(ordered[0])) * _SHARE)
    return [polyline for number, polyline in enumerate(ordered) if number == 0 or abs(signed_area(polyline)) >= limit]


def fit_outlines(
    polylines: Sequence[Polyline], tolerance: float, check_cancelled: CancelCheck = never_cancelled
) -> list[Points]:
    """The points of one shape for each of several outlines; more than one correspond sample by sample already.

    `check_cancelled` as in `fit_together`.
    """
    if len(polylines) == 1 and perimeter(polylines[0]) < _TINY:
        return [tuple(BezierPoint(float(x), float(y)) for x, y in polylines[0])]
    if len(polylines) == 1:
        count = sample_count([polylines[0]])
        return fit_together([resampled(polylines[0], count)], tolerance, check_cancelled)
    return fit_together(polylines, tolerance, check_cancelled)


def sample_count(polylines: Sequence[Polyline]) -> int:
    """How many samples stand for the longest of some outlines: about one a pixel."""
    return int(min(max(max(map(perimeter, polylines)), _FEWEST_SAMPLES), _MOST_SAMPLES))


def piece_shape(object_id: int, keys: dict[int, Points], hole: bool, others: Sequence[Shape]) -> Shape:
    """A shape for a piece or a hole, numbered among the others."""
    mode = ShapeMode.SUBTRACT if hole else ShapeMode.ADD
    number = 1 + sum(shape.mode is mode for shape in others)
    return Shape(0, object_id, keys, f"{'Hole' if hole else 'Piece'} {number}", mode)


def iou(shapes: Sequence[Shape], frame_index: int, mask: NDArray[np.bool_]) -> float:
    """Intersection over union of what shapes cover on a frame and a mask (H, W)."""
    patch = drawn_patch(shapes, frame_index, (mask.shape[1], mask.shape[0]))
    part = mask[patch.box.slices]
    shared = int(np.count_nonzero(part & patch.mask))
    union = int(np.count_nonzero(mask)) + int(np.count_nonzero(patch.mask)) - shared
    return shared / union if union else 1.0
