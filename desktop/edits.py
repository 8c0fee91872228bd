"""From the points of a stroke to an edit of the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.types import LabelMap

if TYPE_CHECKING:
    from core.masks import LabelEdit, Patch

Point = tuple[float, float]


def paint_edit(
    labels: LabelMap, points: Sequence[Point], radius: float, object_id: int, locked: frozenset[int]
) -> LabelEdit | None:
    """The edit that a stroke of the brush makes, or None if it changes nothing. Locked objects keep their pixels."""
    from core.masks import LabelEdit

    return LabelEdit.paint(labels, _patch(labels, points, radius), object_id, locked=locked)


def erase_edit(
    labels: LabelMap, points: Sequence[Point], radius: float, object_id: int, locked: frozenset[int]
) -> LabelEdit | None:
    """The edit that a stroke of the eraser makes on one object, or None if it changes nothing."""
    from core.masks import LabelEdit

    return LabelEdit.erase(labels, _patch(labels, points, radius), object_id, locked=locked)


def _patch(labels: LabelMap, points: Sequence[Point], radius: float) -> Patch:
    from core.masks import rasterise_stroke

    height, width = labels.shape
    return rasterise_stroke(points, radius, (width, height))
