"""Selective search: whole objects proposed by joining similar regions step by step (Uijlings et al., IJCV 2013).

Neighbouring regions are joined, the most similar first, by colour, texture, size and how well they fill one another;
each one that comes up on the way is a proposal. The paper ranks them partly at random; here those come first whose
colours differ most from what is right around them, large ones before small ones, so that a short list is worth reading.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.errors import MaskError
from core.jobs import CancelToken
from core.masks.patch import Patch
from core.masks.regions.superpixels import Ids, find_regions, region_boxes
from core.types import Box, Image

MOST_PROPOSALS = 100

_WORK_SIDE = 320
"""The longer side of the copy in which regions are joined."""
_SIDES = (14, 28)
"""First regions of two sizes: fine ones find small objects, coarse ones do not fall apart."""
_BINS, _ANGLES, _STRENGTHS = 20, 8, 10
_LEAST_SHARE, _LARGEST_SHARE = 0.0015, 0.7
"""Shares of the picture: what is smaller or larger is no proposal."""
_FOR_SIZE = 0.25
"""Power of the share of the picture that speaks for a proposal: without it, specks of odd colour come first."""
_DUPLICATE_IOU = 0.8
"""Overlap from which two proposals are one."""
_RING = 6

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
"""One object's mask: (H, W) bool."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """A candidate object: its pixels, and its contrast in colour to its surroundings, in [0, 1]."""

    patch: Patch
    contrast: float


@dataclass
class _Part:
    """A region, or several joined ones. Histograms sum to 1."""

    box: Box
    pixels: int
    colour: Floats
    texture: Floats
    members: tuple[int, ...]
    neighbours: set[int]


def propose_objects(
    image: Image,
    limit: int = MOST_PROPOSALS,
    cancel: CancelToken | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> list[Proposal]:
    """What may be an object on a picture (H, W, 3) uint8 RGB, the most striking first, at most `limit`.

    `on_progress` is called with how much of it is done, in percent, each time that this changes.
    A picture of one colour has none. Raises MaskError for a picture without a pixel, CancelledError once `cancel` is
    set.
    """
    if image.ndim != 3 or not image.size:
        raise MaskError("There is no picture to cut into regions.")
    height, width = image.shape[:2]
    scale = min(1.0, _WORK_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    found: list[tuple[float, float, Mask]] = []
    reported = 0
    for turn, side in enumerate(_SIDES):
        regions = find_regions(small, "felzenszwalb", side)
        most = max(1, 2 * regions.count - 1)
        for number, members in enumerate(_joined(lab, regions.ids, regions.count, cancel), start=1):
            percent = min(100, 100 * (turn * most + number) // (len(_SIDES) * most))
            if on_progress is not None and percent > reported:
                reported = percent
                on_progress(percent)
            chosen = np.zeros(regions.count, np.bool_)
            chosen[list(members)] = True
            mask = chosen[regions.ids]
            share = float(mask.mean())
            if _LEAST_SHARE <= share <= _LARGEST_SHARE:
                contrast = _contrast(lab, mask)
                found.append((contrast * share**_FOR_SIZE, contrast, mask))
    found.sort(key=lambda one: -one[0])
    return [_proposal(mask, contrast, (width, height)) for contrast, mask in _different(found, limit)]


def _different(found: list[tuple[float, float, Mask]], limit: int) -> Iterator[tuple[float, Mask]]:
    """The first ones of which none is nearly the same as one before."""
    if not found:
        return
    # every other pixel each way says as much, and one product compares a mask with all before
    kept = np.zeros((limit, found[0][2][::2, ::2].size), np.float32)
    sizes = np.zeros(limit, np.float32)
    count = 0
    for _rank, contrast, mask in found:
        if count >= limit:
            return
        own = mask[::2, ::2].ravel().astype(np.float32)
        both = kept[:count] @ own
        if (both < _DUPLICATE_IOU * (sizes[:count] + own.sum() - both)).all():
            kept[count], sizes[count] = own, own.sum()
            count += 1
            yield contrast, mask


def _proposal(mask: Mask, contrast: float, size: tuple[int, int]) -> Proposal:
    # interpolated between cells, so that a proposal's edge has no stairs
    large = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5
    box = bounding_box(large)
    if box.empty:
        return Proposal(Patch.nothing(), contrast)
    return Proposal(Patch(box, large[box.slices].copy()), contrast)


def _joined(lab: Image, ids: Ids, count: int, cancel: CancelToken | None) -> Iterator[tuple[int, ...]]:
    """The members of each region and of all that come up by joining the two most similar neighbours, repeatedly."""
    parts = _first_parts(lab, ids, count)
    total = ids.size
    waiting = [
        (-_similarity(parts[one], parts[other], total), one, other)
        for one, part in parts.items()
        for other in part.neighbours
        if one < other
    ]
    heapq.heapify(waiting)
    for part in parts.values():
        yield part.members
    newest = count
    while waiting:
        if cancel is not None:
            cancel.raise_if_cancelled()
        _, one, other = heapq.heappop(waiting)
        if one not in parts or other not in parts:
            continue
        joined = _join(parts.pop(one), parts.pop(other))
        joined.neighbours -= {one, other}
        for neighbour in joined.neighbours:
            parts[neighbour].neighbours -= {one, other}
            parts[neighbour].neighbours.add(newest)
            heapq.heappush(waiting, (-_similarity(joined, parts[neighbour], total), neighbour, newest))
        parts[newest] = joined
        newest += 1
        yield joined.members


def _first_parts(lab: Image, ids: Ids, count: int) -> dict[int, _Part]:
    pixels = np.bincount(ids.ravel(), minlength=count)
    colour = _histograms([(plane.astype(np.int64) * _BINS) >> 8 for plane in cv2.split(lab)], _BINS, ids, count)
    texture = _histograms(_texture_bins(lab), _ANGLES * _STRENGTHS, ids, count)
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for one, other in ((ids[:, :-1], ids[:, 1:]), (ids[:-1], ids[1:])):
        border = one != other
        for first, second in np.unique(np.stack([one[border], other[border]], 1), axis=0).tolist():
            neighbours[first].add(second)
            neighbours[second].add(first)
    boxes = region_boxes(ids, count)
    return {
        index: _Part(boxes[index], int(pixels[index]), colour[index], texture[index], (index,), neighbours[index])
        for index in range(count)
    }


def _texture_bins(lab: Image) -> list[NDArray[np.int64]]:
    """The direction and strength of the change at each pixel, as one number for each channel."""
    found = []
    for plane in cv2.split(lab):
        across, down = (cv2.Sobel(plane, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
        angle = (np.arctan2(down, across) + math.pi) * (_ANGLES / (2 * math.pi))
        strength = np.minimum(np.hypot(across, down) / 32, _STRENGTHS - 1).astype(np.int64)
        found.append((angle.astype(np.int64) % _ANGLES) * _STRENGTHS + strength)
    return found


def _histograms(planes: list[NDArray[np.int64]], bins: int, ids: Ids, count: int) -> Floats:
    """A histogram of each region (count, len(planes) * bins), each summing to 1."""
    flat = ids.ravel().astype(np.int64)
    found = [np.bincount(flat * bins + plane.ravel(), minlength=count * bins).reshape(count, bins) for plane in planes]
    table = np.concatenate(found, axis=1).astype(np.float32)
    normed: Floats = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    return normed


def _similarity(one: _Part, other: _Part, total: int) -> float:
    both = one.pixels + other.pixels
    box = one.box.union(other.box)
    colour = float(np.minimum(one.colour, other.colour).sum())
    texture = float(np.minimum(one.texture, other.texture).sum())
    size = 1 - both / total
    fill = 1 - (box.width * box.height - both) / total
    return colour + texture + size + fill


def _join(one: _Part, other: _Part) -> _Part:
    pixels = one.pixels + other.pixels
    share = one.pixels / pixels
    return _Part(
        one.box.union(other.box),
        pixels,
        share * one.colour + (1 - share) * other.colour,
        share * one.texture + (1 - share) * other.texture,
        (*one.members, *other.members),
        one.neighbours | other.neighbours,
    )


def _contrast(lab: Image, mask: Mask) -> float:
    """How much the colours inside differ from those of a ring around: a distance of histograms in [0, 1]."""
    kernel = np.ones((2 * _RING + 1, 2 * _RING + 1), np.uint8)
    ring = cv2.dilate(mask.view(np.uint8), kernel).astype(bool) & ~mask
    if not ring.any():
        return 0.0
    coarse = (lab >> 5).astype(np.int64)
    bins = (coarse[..., 0] * 8 + coarse[..., 1]) * 8 + coarse[..., 2]
    inside, around = (np.bincount(bins[part], minlength=512) / part.sum() for part in (mask, ring))
    # what is cut by the picture's edge is rarely a whole object
    edge = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]]).mean()
    return float((1 - np.minimum(inside, around).sum()) * (1 - edge))
