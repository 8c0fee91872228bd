"""A piece of mask and the lines around it, made away from the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.masks import Patch

_TOLERANCE = 0.5
"""Pixels."""

Lines = tuple[tuple[tuple[float, float], ...], ...]
"""Closed lines, their points in pixels of the picture."""


@dataclass(frozen=True)
class Outlined:
    """A patch and its outline."""

    patch: Patch
    lines: Lines


def outlined(patches: Sequence[Patch]) -> list[Outlined]:
    """Each patch with its outline."""
    return [Outlined(patch, outline_of(patch)) for patch in patches]


def outline_of(patch: Patch) -> Lines:
    """Closed lines around a patch and its holes, in pixels of the picture: within half a pixel of its edge, with so few
    points that they are drawn in a moment.
    """
    import cv2
    import numpy as np

    from core.shapes.contours import outlines

    corner = patch.box.x0, patch.box.y0
    lines = []
    for way in outlines(patch.mask):
        few = cv2.approxPolyDP(way.astype(np.float32)[:, None], _TOLERANCE, True)[:, 0]
        # a piece of one or two pixels is still seen
        closed = np.concatenate([few, few[:1]]) if len(few) > 2 else np.concatenate([way, way[:1]])
        lines.append(tuple((x, y) for x, y in (closed + corner).tolist()))
    return tuple(lines)
