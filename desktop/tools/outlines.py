"""The lines around a piece of mask, for a sketch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from desktop.tools.base import Point

if TYPE_CHECKING:
    from core.masks import Patch


def outline_of(patch: Patch) -> tuple[tuple[Point, ...], ...]:
    """Closed lines around a patch and its holes, in pixels of the picture."""
    from core.shapes.contours import outlines

    corner = patch.box.x0, patch.box.y0
    ways = [np.concatenate([way, way[:1]]) + corner for way in outlines(patch.mask)]
    return tuple(tuple((float(x), float(y)) for x, y in way) for way in ways)
