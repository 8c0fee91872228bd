"""Masks from weak supervision: a point, a tag or a map of activation. The map's peaks are clicks for the click network,
and of the masks that these may mean the one that is most like the map is taken.
"""

from __future__ import annotations

import cv2
import numpy as np

from core.errors import EngineError
from core.explain.features import FeatureExtractor, FrameFeatures
from core.jobs import CancelToken
from core.masks import Patch, SelectHints, Stroke
from core.masks.clicks import select_by_clicks
from core.masks.hints import patch_of, whole
from core.types import Floats, Image

_LEAST_SPREAD = 0.02
"""Smallest range of a map that points at something."""
_PEAKS = 4
"""Clicks that are made of a map; beside a given point, one."""
_APART = 0.25
"""Least distance of two peaks, in square roots of the area above the threshold."""
_RADIUS = 3.0
"""Radius of a click in pixels."""


def similarity_to_point(extracted: FrameFeatures, point: tuple[float, float]) -> Floats:
    """How like each cell's embedding (h16, w16) is to that under a point, in [0, 1]; see `similarity_to`. Raises
    EngineError outside the picture.
    """
    cell = extracted.cell_at(*point)
    if cell is None:
        raise EngineError("The point lies outside the picture; choose one on the object.")
    return similarity_to(extracted, extracted.key.reshape(len(extracted.key), -1)[:, cell])


def similarity_to(extracted: FrameFeatures, embedding: Floats) -> Floats:
    """The similarity in [0, 1] of each cell (h16, w16) to an embedding (C,) of unit length.

    What all cells of the frame have in common is taken off both: without that everything is alike.
    """
    common = extracted.key.mean((1, 2))
    cells, wanted = extracted.key - common[:, None, None], embedding - common
    lengths = np.linalg.norm(cells, axis=0) * np.linalg.norm(wanted)
    found: Floats = np.clip(np.tensordot(wanted, cells, 1) / np.maximum(lengths, 1e-6), 0, 1).astype(np.float32)
    return found


def mask_from_map(
    extractor: FeatureExtractor,
    image: Image,
    activation: Floats,
    cancel: CancelToken,
    point: tuple[float, float] | None = None,
) -> Patch:
    """The object that a map (h16, w16) points at on a picture (H, W, 3) uint8 RGB, found by clicks on the map's peaks.

    With a `point` that is a click, too, and only the piece around it counts. Raises EngineError for a map that points
    at nothing, and CancelledError.
    """
    low, high = float(np.percentile(activation, 10)), float(activation.max(initial=0.0))
    if high - low < _LEAST_SPREAD:
        raise EngineError("Nothing stands out on this frame: there is no pixel to begin a mask at.")
    scaled = np.clip((activation - low) / (high - low), 0, 1).astype(np.float32)
    large = np.clip(cv2.resize(scaled, extractor.size, interpolation=cv2.INTER_CUBIC), 0, 1)
    core = _piece(large > _threshold(large), large, point)
    points = _peaks(large, core, point)
    extractor.clicks.prepare(image)
    cancel.raise_if_cancelled()
    strokes = tuple(Stroke((one,), _RADIUS, True) for one in points)
    found = select_by_clicks(extractor.clicks, image, SelectHints(None, strokes, None, None))
    cancel.raise_if_cancelled()
    best = max((one for one in found if not one.box.empty), key=lambda one: _correlation(one, large), default=None)
    # where the network finds nothing, the map itself is the answer
    return patch_of(core) if best is None else best


def _threshold(values: Floats) -> float:
    """Otsu's, which parts a map (H, W) in [0, 1] into what stands out and the rest, however peaked it is."""
    found, _ = cv2.threshold((255 * values).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    return float(found) / 255


def _peaks(values: Floats, core: np.ndarray, point: tuple[float, float] | None) -> list[tuple[float, float]]:
    """The given point, if any, and the highest places in `core` that lie apart, the highest first: (x, y) in pixels."""
    left = np.where(core, values, -1).astype(np.float32)
    apart = max(1, round(_APART * float(core.sum()) ** 0.5))
    points = [] if point is None else [point]
    most = _PEAKS if point is None else 2
    if point is not None:
        cv2.circle(left, (int(point[0]), int(point[1])), apart, -1.0, -1)
    while len(points) < most:
        row, column = np.unravel_index(int(left.argmax()), left.shape)
        if left[row, column] <= 0:
            break
        points.append((float(column) + 0.5, float(row) + 0.5))
        cv2.circle(left, (int(column), int(row)), apart, -1.0, -1)
    return points


def _correlation(patch: Patch, values: Floats) -> float:
    """The correlation of a mask with a map (H, W)."""
    mask = whole(patch, (values.shape[0], values.shape[1])).astype(np.float32)
    ours, theirs = mask - mask.mean(), values - values.mean()
    return float((ours * theirs).sum() / max(float(np.linalg.norm(ours) * np.linalg.norm(theirs)), 1e-9))


def _piece(mask: np.ndarray, values: Floats, point: tuple[float, float] | None) -> np.ndarray:
    """The piece of a mask (H, W) around a point, or around the highest value; all of it where the point lies beside."""
    _count, pieces = cv2.connectedComponents(mask.astype(np.uint8))
    row, column = (
        np.unravel_index(int(values.argmax()), values.shape) if point is None else (int(point[1]), int(point[0]))
    )
    number = int(pieces[row, column])
    kept: np.ndarray = pieces == number if number else mask
    return kept
