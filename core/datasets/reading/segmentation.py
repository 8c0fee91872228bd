"""The mask of one annotation as COCO's `segmentation` holds it: outlines, or run lengths as numbers or as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.datasets.polygons import Polygon, mask_patch, polygon_patch, union_patch
from core.datasets.run_lengths import decode_counts, mask_of_runs
from core.masks import Patch
from core.messages import Message

Size = tuple[int, int]

_MOST_OUTLINES = 10_000
"""Of one annotation: drawing as many takes some seconds."""


def segmentation_fault(shape: Any, size: Size | None) -> Message | None:
    """Why there is no mask in it, as far as that can be seen without drawing it; None if there is one.

    `size` is the picture's (width, height), None if it is not known.
    """
    if not shape:
        return Message("it has no mask")
    if isinstance(shape, dict):
        given = shape.get("size")
        stated = [whole(side) for side in given] if isinstance(given, list) else []
        if len(stated) != 2 or None in stated:
            return Message("its run lengths do not say of which size they are")
        if size is not None and (stated[1], stated[0]) != size:
            return Message(
                "its run lengths are of {width} x {height} pixels, not {width2} x {height2}",
                width=stated[1],
                height=stated[0],
                width2=size[0],
                height2=size[1],
            )
        counts = shape.get("counts")
        if isinstance(counts, str):
            return None
        if not isinstance(counts, list) or not all(isinstance(count, int) for count in counts):
            return Message("its run lengths cannot be understood")
        if sum(counts) == (stated[0] or 0) * (stated[1] or 0):
            return None
        return Message("its runs do not add up to the picture")
    if not isinstance(shape, list):
        return Message("its outline cannot be understood")
    if all(isinstance(one, dict) for one in shape):
        return next((fault for one in shape if (fault := segmentation_fault(one, size))), None)
    rings = _rings(shape)
    if len(rings) > _MOST_OUTLINES:
        return Message("it has {count} outlines; more than {most} are not read", count=len(rings), most=_MOST_OUTLINES)
    return None if rings else Message("its outline has fewer than three corners")


def whole(value: Any) -> int | None:
    """A whole number, also one that was written as 7.0; None for anything else."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def draw_segmentation(shape: Any) -> Callable[[Size], Patch]:
    """Returns the function that draws it: pixels whose centre is in any outline, each filled by the even-odd rule, or
    those in the runs.
    """

    def draw(size: Size) -> Patch:
        if fault := segmentation_fault(shape, size):
            raise ValueError(fault)
        if isinstance(shape, dict):
            counts = shape["counts"]
            return mask_patch(mask_of_runs(decode_counts(counts) if isinstance(counts, str) else counts, size))
        if all(isinstance(one, dict) for one in shape):
            # run lengths in a list, as one has outlines
            return union_patch(draw_segmentation(one)(size) for one in shape)
        return union_patch(polygon_patch(_corners(ring), size) for ring in _rings(shape))

    return draw


def _rings(shape: list[Any]) -> list[list[Any]]:
    """The outlines: lists of numbers, of pairs, or one such list that is not in a list of its own."""
    if all(isinstance(one, (int, float, str)) for one in shape):
        found = [shape]
    elif all(isinstance(one, list) and len(one) == 2 and not isinstance(one[0], list) for one in shape):
        found = [[value for pair in shape for value in pair]]
    else:
        parts = [one for one in shape if isinstance(one, list)]
        # outlines of outlines, one level too many
        nested = [one for part in parts for one in part if isinstance(one, list) and len(one) > 2]
        found = nested or [
            [value for pair in part if isinstance(pair, list) for value in pair]
            if part and isinstance(part[0], list)
            else part
            for part in parts
        ]
    return [ring for ring in found if len(ring) >= 6 and len(ring) % 2 == 0]


def _corners(ring: list[Any]) -> Polygon:
    try:
        # some programs write numbers as texts
        return np.array([float(value) for value in ring], np.float64).reshape(-1, 2)
    except (TypeError, ValueError) as error:
        raise ValueError(Message("its outline is not made of numbers")) from error
