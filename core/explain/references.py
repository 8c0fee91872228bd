"""Which reference made this pixel: the cells of the memory that a pixel reads, on their anchors and frames.

The memory is built as the engine builds it on its way to a frame: the nearest anchors and the last frames that were
kept, each with the masks that the project has. Other views of the anchors are left out, since their cells lie elsewhere
than on the anchor, and so is what the engine has consolidated into prototypes, since those are of no single frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import EngineError
from core.explain.features import FeatureExtractor
from core.types import Anchor, Box, Floats, Image, LabelMap
from core.vos.region import Region
from core.vos.targets.memory import SHARPNESS, MemoryLimits
from core.vos.targets.network_target import NetworkSettings

TOP_K = 32
"""How many cells of the memory a pixel reads."""


@dataclass(frozen=True)
class Cell:
    """A cell that is read: where it lies on its frame, and its share of all that is read."""

    box: Box
    share: float


@dataclass(frozen=True)
class Reference:
    """A frame that a pixel reads: its share of all, how much of that share supports each object, and the cells."""

    frame_index: int
    is_anchor: bool
    share: float
    votes: Mapping[int, float]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Reading:
    """What a pixel reads, the largest share first. `votes` in [0, 1] by object; `similarity` of the best cell, to 1."""

    references: tuple[Reference, ...]
    votes: Mapping[int, float]
    similarity: float


def remembered_frames(
    frame_index: int, anchors: Sequence[int], settings: NetworkSettings | None = None
) -> tuple[list[int], list[int]]:
    """The anchors and the recent frames that the memory holds when a run comes to a frame from the nearest anchor."""
    settings = settings or NetworkSettings()
    limits: MemoryLimits = settings.memory
    others = sorted((one for one in anchors if one != frame_index), key=lambda one: (abs(one - frame_index), one))
    kept = others[: max(1, limits.anchors)]
    if not kept:
        return [], []
    start = kept[0]
    step = settings.interval if start < frame_index else -settings.interval
    way = [one for one in range(start + step, frame_index, step) if one not in anchors]
    return sorted(kept), way[-limits.ring :] if limits.ring else []


def read_pixel(
    extractor: FeatureExtractor,
    frame_index: int,
    point: tuple[float, float],
    anchors: Sequence[Anchor],
    labels: Mapping[int, LabelMap],
    read: Callable[[int], Image],
    weights: Mapping[int, float] | None = None,
) -> Reading:
    """What the pixel under `point` (x, y) of a frame reads.

    `labels` are the masks that frames have now, those of `remembered_frames` and the frame's own among them, as far as
    there are any; `weights` those of references that are not to count in full. Raises EngineError without an anchor on
    another frame, and for a point outside the picture.
    """
    weights = weights or {}
    width, height = extractor.size
    if not (0 <= point[0] < width and 0 <= point[1] < height):
        raise EngineError(
            "There is no pixel at {x}, {y}; the picture is {width} x {height}.",
            x=int(point[0]),
            y=int(point[1]),
            width=width,
            height=height,
        )
    by_frame = {anchor.frame_index: anchor for anchor in anchors}
    kept, recent = remembered_frames(frame_index, list(by_frame))
    kept = [one for one in kept if weights.get(one, 1.0) > 0] or kept
    recent = [one for one in recent if one in labels and weights.get(one, 1.0) > 0]
    if not kept:
        raise EngineError("There is no anchor on another frame that this one could be made from: mask an object there.")
    ids = sorted(set().union(*(by_frame[one].object_ids for one in kept)))
    keys, masks, locations = [], [], []
    for one in (*kept, *recent):
        own = by_frame[one].labels if one in by_frame else labels[one]
        extracted = extractor.extract(read(one), _region(extractor, own, ids))
        scale = 1 + math.log(max(weights.get(one, 1.0), 1e-6)) / SHARPNESS
        keys.append(extracted.key.reshape(len(extracted.key), -1) * max(scale, 0.0))
        masks.append(np.stack([extractor.coverage(own, key, extracted).ravel() for key in ids]))
        locations += [(one, extracted.cell_box(cell, extractor.size)) for cell in range(keys[-1].shape[1])]
    here = labels.get(frame_index)
    extracted = extractor.extract(read(frame_index), None if here is None else _region(extractor, here, ids))
    cell = extracted.cell_at(*point)
    if cell is None:
        # what the engine did not look at closely is looked for on the whole frame
        extracted = extractor.extract(read(frame_index))
        cell = extracted.cell_at(*point)
    assert cell is not None
    query = extracted.key.reshape(len(extracted.key), -1)[:, cell]
    similarity = query @ np.concatenate(keys, axis=1)
    return _reading(similarity, np.concatenate(masks, axis=1), locations, ids, set(kept))


def _region(extractor: FeatureExtractor, labels: LabelMap, ids: Sequence[int]) -> Region:
    masks = np.stack(
        [(labels == key).astype(np.float32) for key in ids if (labels == key).any()]
        or [np.zeros(labels.shape, np.float32)]
    )
    return extractor.keeper.wanted(masks)


def _reading(
    similarity: Floats, masks: Floats, locations: list[tuple[int, Box]], ids: Sequence[int], anchors: set[int]
) -> Reading:
    best = np.argsort(-similarity)[:TOP_K]
    attention = np.exp(SHARPNESS * (similarity[best] - similarity[best[0]]))
    attention /= attention.sum()
    found: dict[int, list[tuple[int, float]]] = {}
    for position, share in zip(best.tolist(), attention.tolist(), strict=True):
        found.setdefault(locations[position][0], []).append((position, share))
    references = [
        Reference(
            frame_index,
            frame_index in anchors,
            sum(share for _, share in cells),
            {key: float(sum(share * masks[row, position] for position, share in cells)) for row, key in enumerate(ids)},
            tuple(Cell(locations[position][1], share) for position, share in cells),
        )
        for frame_index, cells in found.items()
    ]
    references.sort(key=lambda one: -one.share)
    votes = {key: sum(one.votes[key] for one in references) for key in ids}
    return Reading(tuple(references), votes, float(similarity[best[0]]))
