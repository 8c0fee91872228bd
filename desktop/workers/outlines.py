"""A piece of mask and the lines around it, made away from the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.masks import Patch

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
    """Closed lines around a patch and its holes, in pixels of the picture."""
    import numpy as np

    from core.shapes.contours import outlines

    corner = patch.box.x0, patch.box.y0
    ways = [np.concatenate([way, way[:1]]) + corner for way in outlines(patch.mask)]
    return tuple(tuple((x, y) for x, y in way.tolist()) for way in ways)
