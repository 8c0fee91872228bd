"""An object from a box around it, or strokes and clicks on it: GrabCut around them, then along the outline.

Rother, Kolmogorov and Blake, "GrabCut: Interactive Foreground Extraction using Iterated Graph Cuts", SIGGRAPH 2004.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.boxes import bounding_box
from core.jobs import CancelToken
from core.masks.flood_fill import similar_area
from core.masks.hints import SelectHints, Stroke, as_marked, patch_of, whole
from core.masks.patch import Patch, rasterise_stroke
from core.masks.repair import remove_specks
from core.pieces import pieces_at
from core.types import Box, Image

_ROOM = 0.25
"""How much of the box's longer side is examined around it, to know the background's colours."""
_LEAST_ROOM = 12
_COARSE_PIXELS = 60_000
"""A larger region is cut in a smaller copy first: the time of a graph cut grows faster than its pixels."""
_ROUNDS = 3
_TILE, _OVERLAP = 192, 16
_SEEDS, _TOLERANCE, _CALM = 12, 16, 1.5
"""How many points of a stroke are examined, and what counts as their colour, noise taken away."""
_REACH, _LEAST_REACH = 0.25, 24
"""How far around a stroke that corrects a mask is looked: a share of the picture's longer side, and pixels."""
_TOLERANCES, _LARGEST = (8, 12, 18, 26, 38, 54), 0.2
"""A first click means the widest area of similar colour that is no larger than this share of the picture."""
_FIRST_ROOM, _LEAST_SHARE = 0.2, 0.06
_SPECK = 1 / 1500
"""Share of the box's area below which a separate piece is noise."""

_RIM = np.ones((7, 7), np.uint8)

_FAR, _SURE, _MAYBE_NOT, _MAYBE = cv2.GC_BGD, cv2.GC_FGD, cv2.GC_PR_BGD, cv2.GC_PR_FGD

Plane = NDArray[np.uint8]
Model = NDArray[np.float64]


def smart_select(image: Image, hints: SelectHints, cancel: CancelToken) -> Iterator[Patch]:
    """Finds the object; yields what is found after each round, each better than the one before, the last one final.

    `image` is (H, W, 3) uint8 RGB and only read. Without `start` the object lies in the box, or is guessed from the
    colours around the first click where there is none; outside of it and of the strokes there is none of it. With
    `start` the last stroke corrects that mask: a stroke inside only adds what is joined with it, one outside only takes
    away. An empty box yields one empty patch, and so do no hints. Ends early, without an error, once `cancel` is set.
    """
    height, width = image.shape[:2]
    inside = [stroke for stroke in hints.strokes if stroke.inside]
    if hints.start is not None and hints.strokes:
        local = replace(hints, box=None)
        for found in _selected(image, local, cancel):
            yield _held(_corrected(local, hints.start, found, (height, width)), hints, (height, width))
    elif hints.box is None and inside:
        guess, box = _guess(image, inside[0].points[0])
        for found in _selected(image, replace(hints, box=box, start=guess), cancel):
            yield _held(_joined(found, inside, (height, width)), hints, (height, width))
    elif hints.box is not None:
        for found in _selected(image, hints, cancel):
            yield _held(found, hints, (height, width))
    else:
        yield Patch.nothing()


def _selected(image: Image, hints: SelectHints, cancel: CancelToken) -> Iterator[Patch]:
    height, width = image.shape[:2]
    box = _looked_at(hints, (width, height))
    if box.empty:
        yield Patch.nothing()
        return
    region, known = _known(box, hints, (width, height))
    part = np.ascontiguousarray(image[region.slices])
    scale = min(1.0, math.sqrt(_COARSE_PIXELS / (region.width * region.height)))
    size = (max(2, round(region.width * scale)), max(2, round(region.height * scale)))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA) if scale < 1 else part
    mask = cv2.resize(known, size, interpolation=cv2.INTER_NEAREST) if scale < 1 else known.copy()
    if hints.start is not None and hints.strokes:
        _spread(mask, small, hints.strokes[-1], hints.start, region, scale)
    if not _has_both(mask):
        yield _patch(known == _SURE, known, region, box)
        return
    models: tuple[Model, Model] = (np.zeros((1, 65)), np.zeros((1, 65)))
    for number in range(_ROUNDS):
        mode = cv2.GC_EVAL if number else cv2.GC_INIT_WITH_MASK
        cv2.grabCut(small, mask, None, *models, 1, mode)
        if cancel.cancelled:
            return
        found = _enlarged(_is_object(mask), region) if scale < 1 else _is_object(mask)
        yield _patch(found, known, region, box)
    if scale < 1:
        found = _along_outline(part, found, known, models, round(2 / scale), cancel)
        if not cancel.cancelled:
            yield _patch(found, known, region, box)


def _looked_at(hints: SelectHints, size: tuple[int, int]) -> Box:
    """Where the object, or what is wrong with it, lies."""
    if hints.box is not None:
        return hints.box.clipped(*size)
    around = rasterise_stroke(hints.strokes[-1].points, hints.strokes[-1].radius, size).box
    far = max(_LEAST_REACH, round(_REACH * max(size)))
    return Box(around.x0 - far, around.y0 - far, around.x1 + far, around.y1 + far).clipped(*size)


def _guess(image: Image, point: tuple[float, float]) -> tuple[Patch, Box]:
    """What a first click may mean, by its colours, and a box with room around that."""
    height, width = image.shape[:2]
    scale = min(1.0, math.sqrt(_COARSE_PIXELS / (width * height)))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    small = cv2.GaussianBlur(cv2.resize(image, size, interpolation=cv2.INTER_AREA), (0, 0), _CALM)
    seed = (
        min(max(math.floor(point[0] * size[0] / width), 0), size[0] - 1),
        min(max(math.floor(point[1] * size[1] / height), 0), size[1] - 1),
    )
    area = similar_area(small, seed, _TOLERANCES[0])
    for tolerance in _TOLERANCES[1:]:
        wider = similar_area(small, seed, tolerance)
        # what flows out over the picture has left the object
        if wider.mask.sum() > _LARGEST * size[0] * size[1]:
            break
        area = wider
    grown = cv2.resize(
        whole(area, (size[1], size[0])).view(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST
    ).astype(np.bool_)
    guess = patch_of(grown)
    side = round(max(_FIRST_ROOM * max(guess.box.width, guess.box.height), _LEAST_SHARE * min(width, height)))
    x, y, box = round(point[0]), round(point[1]), guess.box
    around = Box(
        min(box.x0 - side, x - side),
        min(box.y0 - side, y - side),
        max(box.x1 + side, x + side),
        max(box.y1 + side, y + side),
    )
    return guess, around.clipped(width, height)


def _corrected(hints: SelectHints, start: Patch, found: Patch, size: tuple[int, int]) -> Patch:
    """`start` with what of the difference to `found` is joined with the last stroke and of its kind."""
    stroke, seen = hints.strokes[-1], _looked_at(hints, size[::-1]).slices
    before = whole(start, size)
    # nothing is known of what was not examined
    after = before.copy()
    after[seen] = whole(found, size)[seen]
    return joined_change(stroke, before, after)


def joined_change(stroke: Stroke, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Patch:
    """`before` (H, W) with what of the difference to `after` is joined with a stroke and of its kind: a stroke inside
    only adds, one outside only takes away. What is under the stroke is as it says.
    """
    size = before.shape[0], before.shape[1]
    drawn = whole(rasterise_stroke(stroke.points, stroke.radius, size[::-1]), size)
    changed = (after & ~before if stroke.inside else before & ~after) | drawn
    changed = pieces_at(changed, drawn)
    return patch_of(before | changed if stroke.inside else before & ~changed)


def _held(found: Patch, hints: SelectHints, size: tuple[int, int]) -> Patch:
    """What was found, with the strokes' own pixels as the strokes say."""
    return patch_of(as_marked(whole(found, size), hints.strokes)) if hints.strokes else found


def _joined(found: Patch, strokes: Sequence[Stroke], size: tuple[int, int]) -> Patch:
    """The pieces of what was found that were pointed at."""
    drawn = np.zeros(size, np.bool_)
    for stroke in strokes:
        drawn |= whole(rasterise_stroke(stroke.points, stroke.radius, size[::-1]), size)
    return patch_of(pieces_at(whole(found, size), drawn))


def _known(box: Box, hints: SelectHints, size: tuple[int, int]) -> tuple[Box, Plane]:
    """The region that is examined, and what is known of its pixels."""
    drawn = [
        (rasterise_stroke(stroke.points, stroke.radius, size), _SURE if stroke.inside else _FAR)
        for stroke in hints.strokes
    ]
    around = box
    for patch, value in drawn:
        if value == _SURE:
            around = around.union(patch.box)
    room = max(_LEAST_ROOM, round(_ROOM * max(box.width, box.height)))
    region = Box(around.x0 - room, around.y0 - room, around.x1 + room, around.y1 + room).clipped(*size)
    known = np.full((region.height, region.width), _FAR, np.uint8)
    inside = Box(box.x0 - region.x0, box.y0 - region.y0, box.x1 - region.x0, box.y1 - region.y0)
    known[inside.slices] = _MAYBE
    if hints.start is not None:
        known[inside.slices] = _MAYBE_NOT
        _put(known, region, hints.start, _MAYBE)
    for patch, value in drawn:
        _put(known, region, patch, value)
    if not (known == _FAR).any():
        # a box around the whole picture: its rim is the likeliest to be background
        rim = np.ones_like(known, np.bool_)
        rim[2:-2, 2:-2] = False
        known[rim & (known == _MAYBE)] = _MAYBE_NOT
    return region, known


def _put(known: Plane, region: Box, patch: Patch, value: int) -> None:
    """Writes a value where a patch covers the region."""
    x0, y0 = max(patch.box.x0, region.x0), max(patch.box.y0, region.y0)
    both = Box(x0, y0, min(patch.box.x1, region.x1), min(patch.box.y1, region.y1))
    if both.empty:
        return
    cut = patch.mask[both.y0 - patch.box.y0 : both.y1 - patch.box.y0, both.x0 - patch.box.x0 : both.x1 - patch.box.x0]
    known[both.y0 - region.y0 : both.y1 - region.y0, both.x0 - region.x0 : both.x1 - region.x0][cut] = value


def _spread(mask: Plane, small: Image, stroke: Stroke, start: Patch | None, region: Box, scale: float) -> None:
    """Takes what is joined with a stroke and of its colours for likely to be what the stroke says.

    A few pixels are nothing to a colour model: without this a stroke changes what is under it and little else.
    """
    height, width = mask.shape
    # a stroke that lies half on what is right is a slip of the hand, and says nothing of all that is of its colours
    meant = start is None or _lies_in(stroke, start) is (not stroke.inside)
    unsure = (mask == _MAYBE) | (mask == _MAYBE_NOT)
    # the stroke's own pixels are sure, and are where its area begins
    soft = cv2.GaussianBlur(small, (0, 0), _CALM)
    allowed = unsure | (mask == (_SURE if stroke.inside else _FAR))
    every = max(1, len(stroke.points) // _SEEDS)
    for x, y in stroke.points[::every]:
        seed = math.floor((x - region.x0) * scale), math.floor((y - region.y0) * scale)
        if 0 <= seed[0] < width and 0 <= seed[1] < height and allowed[seed[1], seed[0]]:
            similar = whole(similar_area(soft, seed, _TOLERANCE, allowed=allowed), (height, width))
            if meant:
                # its blurred rim would speak for what it was: as much of it as is of the seed's colours goes along
                near = np.abs(small.astype(np.int16) - soft[seed[1], seed[0]]).max(axis=2) <= 2 * _TOLERANCE
                similar |= cv2.dilate(similar.view(np.uint8), _RIM).astype(np.bool_) & near
            mask[similar & unsure] = _MAYBE if stroke.inside else _MAYBE_NOT


def _lies_in(stroke: Stroke, patch: Patch) -> bool | None:
    """Whether all of a stroke's points lie in a patch, or none; None for some."""
    box = patch.box
    inside = [
        box.x0 <= x < box.x1 and box.y0 <= y < box.y1 and bool(patch.mask[int(y) - box.y0, int(x) - box.x0])
        for x, y in stroke.points
    ]
    return None if any(inside) and not all(inside) else all(inside)


def _has_both(mask: Plane) -> bool:
    """Whether there is something on each side to learn colours from: GrabCut fails without."""
    inside = _is_object(mask)
    return bool(inside.any() and not inside.all())


def _is_object(mask: Plane) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (mask & 1).astype(np.bool_)  # GC_FGD is 1, GC_PR_FGD 3
    return inside


def _enlarged(found: NDArray[np.bool_], region: Box) -> NDArray[np.bool_]:
    size = (region.width, region.height)
    large: NDArray[np.bool_] = cv2.resize(found.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5
    return large


def _along_outline(
    part: Image,
    found: NDArray[np.bool_],
    known: Plane,
    models: tuple[Model, Model],
    band: int,
    cancel: CancelToken,
) -> NDArray[np.bool_]:
    """Cuts again at the picture's own resolution, in tiles, where the outline may be: within `band` pixels of it."""
    side = 2 * band + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    plane = found.view(np.uint8)
    unsure = cv2.dilate(plane, kernel) != cv2.erode(plane, kernel)
    unsure &= (known == _MAYBE) | (known == _MAYBE_NOT)
    start = np.where(found, np.uint8(_SURE), np.uint8(_FAR))
    start[unsure] = np.where(found[unsure], _MAYBE, _MAYBE_NOT)
    result = found.copy()
    height, width = found.shape
    for y in range(0, height, _TILE):
        for x in range(0, width, _TILE):
            inner = Box(x, y, x + _TILE, y + _TILE).clipped(width, height)
            outer = Box(x - _OVERLAP, y - _OVERLAP, x + _TILE + _OVERLAP, y + _TILE + _OVERLAP).clipped(width, height)
            if not unsure[inner.slices].any():
                continue
            if cancel.cancelled:
                return result
            tile = start[outer.slices].copy()
            if not _has_both(tile):
                continue
            # the colours are those of the whole object, not of the tile
            beside, inside = models[0].copy(), models[1].copy()
            cv2.grabCut(
                np.ascontiguousarray(part[outer.slices]), tile, None, beside, inside, 1, cv2.GC_EVAL_FREEZE_MODEL
            )
            cut = _is_object(tile)
            top, left = inner.y0 - outer.y0, inner.x0 - outer.x0
            result[inner.slices] = cut[top : top + inner.height, left : left + inner.width]
    return result


def _patch(found: NDArray[np.bool_], known: Plane, region: Box, box: Box) -> Patch:
    cleaned = remove_specks(found, max(1, round(box.width * box.height * _SPECK)))
    # what a person pointed at is part of it, however small
    cleaned |= known == _SURE
    tight = bounding_box(cleaned.view(np.uint8))
    inner = cleaned[tight.slices]
    return Patch(Box(region.x0 + tight.x0, region.y0 + tight.y0, region.x0 + tight.x1, region.y0 + tight.y1), inner)
