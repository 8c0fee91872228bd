"""Masks from weak supervision: a point, a tag or a map of activation, refined along the picture's edges."""

from __future__ import annotations

import cv2
import numpy as np

from core.boxes import bounding_box
from core.errors import EngineError
from core.explain.features import FeatureExtractor, FrameFeatures
from core.jobs import CancelToken
from core.masks import Patch, SelectHints, Stroke, smart_select
from core.types import Floats, Image

_INSIDE = 0.5
"""Share of a map's range from which on a cell is taken for the object."""
_LEAST_SPREAD = 0.02
_ROOM = 0.15


def similarity_to_point(extracted: FrameFeatures, point: tuple[float, float]) -> Floats:
    """How like each cell's embedding (h16, w16) is to that under a point, in [0, 1]. Raises EngineError outside the
    picture.
    """
    cell = extracted.cell_at(*point)
    if cell is None:
        raise EngineError("The point lies outside the picture; choose one on the object.")
    return similarity_to(extracted, extracted.key.reshape(len(extracted.key), -1)[:, cell])


def similarity_to(extracted: FrameFeatures, embedding: Floats) -> Floats:
    """The similarity in [0, 1] of each cell (h16, w16) to an embedding (C,) of unit length."""
    found: Floats = np.clip(np.tensordot(embedding, extracted.key, 1), 0, 1).astype(np.float32)
    return found


def mask_from_map(
    extractor: FeatureExtractor,
    extracted: FrameFeatures,
    image: Image,
    activation: Floats,
    cancel: CancelToken,
    point: tuple[float, float] | None = None,
) -> Patch:
    """The object that a map (h16, w16) points at: what stands out of the map, then along the picture's edges.

    With a `point` only the piece around it counts. Raises EngineError for a map that points at nothing.
    """
    low, high = float(np.percentile(activation, 10)), float(activation.max(initial=0.0))
    if high - low < _LEAST_SPREAD:
        raise EngineError("Nothing stands out on this frame: there is no pixel to begin a mask at.")
    width, height = extractor.size
    scaled = np.clip((activation - low) / (high - low), 0, 1).astype(np.float32)
    large = cv2.resize(scaled, (width, height), interpolation=cv2.INTER_CUBIC)
    core = _piece(large > _INSIDE, large, point)
    box = bounding_box(core)
    if box.empty:
        raise EngineError("Nothing stands out on this frame: there is no pixel to begin a mask at.")
    box = box.grown(round(_ROOM * box.width) + 8, round(_ROOM * box.height) + 8).clipped(width, height)
    # the most certain pixel is marked as the object's
    row, column = np.unravel_index(int(np.where(core, large, -1).argmax()), large.shape)
    seed = point or (float(column) + 0.5, float(row) + 0.5)
    radius = max(2.0, 0.05 * min(box.width, box.height))
    rounds = list(smart_select(image, SelectHints(box, (Stroke((seed,), radius, True),)), cancel))
    found = rounds[-1] if rounds else Patch.nothing()
    # colours that end nowhere are no object: then the map itself is the answer
    return found if not found.empty else Patch(bounding_box(core), core[bounding_box(core).slices].copy())


def _piece(mask: np.ndarray, values: Floats, point: tuple[float, float] | None) -> np.ndarray:
    count, pieces = cv2.connectedComponents(mask.astype(np.uint8))
    if count <= 1:
        return mask
    if point is not None:
        number = int(pieces[int(point[1]), int(point[0])])
    else:
        number = int(pieces[np.unravel_index(int(values.argmax()), values.shape)])
    kept: np.ndarray = pieces == number if number else mask
    return kept
