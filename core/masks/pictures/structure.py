"""What a mask picture is, known by its structure: regions with hard borders, or levels with soft or noisy rims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.masks.pictures.raster import Raster
from core.types import MAX_OBJECT_ID, LabelMap

_NOISE = 16
"""So much do the colours of a flat area differ after JPEG."""
_SPREAD = 40
"""So far from an area's colour reach its rims' and its noise's."""
_FLAT = 24
"""A pixel is in a flat area if the 3 x 3 around it differ by no more."""
_PEAKED = 0.6
"""Share of an area's colours within _SPREAD that are within _NOISE, at least; along a ramp there are fewer."""
_EXACT = 3
"""A grey level of its own differs by no more in most of its area, also after JPEG."""
_AREAS_HOLD = 0.5
"""Flat areas hold at least so much of a mask; a photograph's do not."""
_EXPLAINED = 0.7
"""Share of the pixels without an area of their own that are rims or noise in a picture that has such."""
_REACH = 4
"""A rim's pixel belongs to an area at most so far away."""
_GRADED_LEVELS = 32
_DITHERED = 4
"""So many colours of a palette that have no area of their own are no objects."""
_TEXTURED = 0.5
"""At least this share of the inside of an area has its colour, if it is of a mask."""
_CLOSE, _OF_ITS_COLOUR = 6, 0.55
"""At least this share of a mask's pixels differ so little from the colour of their area, even in JPEG."""
_MANY_VALUES, _ALIKE, _ALONE = 8, 0.92, 0.005
"""Of a photograph reduced to so many values, at most this share of the neighbours is alike, and at least that share of
the pixels is like none beside it; in maps of ids they are above 0.96 and below 0.001."""
_LARGE = 64
_DENSE = 0.3
"""More steps a pixel than regions have that are larger than a few pixels."""
_MOST_VALUES = 4096
"""More distinct colours than objects can have."""
_ENCLOSED = 0.8
_BESIDE = 0.9
_MOST_PAIRS = 16
_LINE, _LINE_SHARE = 5.0, 0.01
"""Half the width of a line around objects at most, in pixels and as a share of the picture's longer side."""
_FEWEST_IN_RIMS, _RIMS = 16, 0.5
"""So many pixels of rims there are at least where ids were smoothed, and so many for each place that was not."""
_DARK = 64
"""A colour this dark may be the background's after JPEG."""


@dataclass(frozen=True)
class Areas:
    """The areas of a picture: the colour of each, (K, 3) uint8, the first the background's, and which of them each
    pixel belongs to, (H, W) int32."""

    colours: NDArray[np.uint8]
    value_map: NDArray[np.int32]


def is_hard(raster: Raster) -> bool:
    """Each value has regions of its own with hard borders, or is a thin line or speck of its own: a map of ids.

    False where values make up the rims between others, are noise about others, or lie along a ramp.
    """
    if raster.lossy or len(raster.values) > _MOST_VALUES:
        return False
    if len(raster.values) <= 2:
        return True
    if raster.white > 255:
        # ids of 16 bits may be far from white and close to each other: their order is what counts
        ranks = np.arange(len(raster.values)) * min(1.0, 255 / (len(raster.values) - 1))
        raster = replace(raster, colours=np.repeat(np.rint(ranks).astype(np.uint8)[:, None], 3, axis=1))
    if _graded(raster) or _is_photograph(raster):
        return False
    solid = _solid(raster)
    noise = _noise(raster, solid)
    many = int(np.count_nonzero(~solid | noise)) > int(np.count_nonzero(solid & ~noise))
    # nothing is brighter than the brightest, so it cannot be a rim: where all is thin it is the object
    kept = solid.copy()
    kept[int(raster.colours.max(axis=1).argmax())] = True
    loose = ~kept[raster.value_map]
    if not loose.any():
        return True
    explained = _between(raster)[loose]
    if raster.form == "palette" and int(np.count_nonzero(~solid)) >= _DITHERED:
        # palettes that programs make have the levels of a rim as other colours
        explained |= _between(_shades(raster))[loose]
    if many:
        explained |= noise[raster.value_map[loose]]
    # a small object between two others looks like a rim; a picture with rims has them along its outlines
    rims = many or int(loose.sum()) >= 0.3 * _hard_steps(raster, solid)
    return not rims or float(explained.mean()) < _EXPLAINED


def areas(raster: Raster, known: NDArray[np.int16]) -> Areas | None:
    """The flat areas of a picture, and each pixel of rims and noise given to one; None if it is no mask.

    `known`, (N, 3) int16, are colours that areas had in other pictures of the clip: such a one may be small.
    """
    rgb = raster.rgb()
    flat = _range(rgb) <= _FLAT
    weights = np.bincount(raster.value_map[flat], minlength=len(raster.values)).astype(np.int64)
    # greys between two levels are rims before they are objects: those have to be of one level
    exact = raster.is_grey
    least = max(12 if exact else 5, round(raster.value_map.size * 2e-5))
    chosen = _peaks(raster.colours, weights, least, known, exact)
    if not chosen:
        return None
    core, nearest = _cores(raster, chosen, flat)
    if core.mean() < _AREAS_HOLD:
        return None
    if rims := _rims(raster.colours[chosen].astype(np.float32), nearest[raster.value_map], core):
        chosen = [one for number, one in enumerate(chosen) if number not in rims]
        core, nearest = _cores(raster, chosen, flat)
    order = _background_first(raster.colours[chosen], nearest, raster, core)
    rank = np.empty(len(chosen), np.int32)
    rank[order] = np.arange(len(chosen))
    colours = raster.colours[chosen][order]
    return Areas(colours, _assigned(rgb, rank[nearest][raster.value_map], core, colours.astype(np.int16)))


def is_enclosing(labels: LabelMap, value: int) -> bool:
    """Whether nearly all that lies next to the other objects of (H, W) uint8 is of this value: a line around them."""
    mine = labels == value
    others = ((labels > 0) & ~mine).astype(np.uint8)
    around = (cv2.dilate(others, np.ones((3, 3), np.uint8)) > 0) & (others == 0)
    if not around.any() or float(mine[around].mean()) < _ENCLOSED:
        return False
    # an object that holds all others, as a face holds the eyes, is thicker
    thickest = float(cv2.distanceTransform(mine.astype(np.uint8), cv2.DIST_L2, 3).max())
    return bool(thickest <= max(_LINE, _LINE_SHARE * max(labels.shape)))


def explains(found: Areas, raster: Raster, cut_out: Raster) -> bool:
    """Whether what is seen of a picture that is partly transparent is areas of several colours, not a photograph."""
    if len(found.colours) <= 2:
        return False
    seen = cut_out.colours[cut_out.value_map][..., 0] >= 128
    apart = np.abs(raster.rgb().astype(np.int16) - found.colours.astype(np.int16)[found.value_map]).max(axis=2)
    return float((apart[seen] <= _NOISE).mean()) >= 0.8


def is_flat(found: Areas, raster: Raster) -> bool:
    """Whether areas have their colours inside: what a photograph shows in front of a plain background has not."""
    apart = np.abs(raster.rgb().astype(np.int16) - found.colours.astype(np.int16)[found.value_map]).max(axis=2)
    if float((apart <= _CLOSE).mean()) < _OF_ITS_COLOUR:
        return False
    largest = int(np.bincount(found.value_map.ravel()).argmax())
    masks = [found.value_map == number for number in range(len(found.colours))]
    for mask in (*masks, ~masks[largest]):
        inside = cv2.erode(mask.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        if int(inside.sum()) >= _LARGE and float((apart[inside] <= _FLAT).mean()) < _TEXTURED:
            return False
    return True


def without_rims(raster: Raster) -> Raster | None:
    """A grey map of ids that was resized with smoothing, each pixel of its rims given to a region next to it.

    None where its borders are hard, as those of a map are: values that lie between two others, and are no region
    where they do, are many beside the places where such a value is left out.
    """
    count = len(raster.values)
    if raster.form != "grey" or raster.lossy or not 3 <= count <= MAX_OBJECT_ID:
        return None
    ranks = raster.value_map
    low, high = _least_and_most(ranks.astype(np.uint8), 3)
    core = low == high
    # a region is what a core of its value touches
    region = np.zeros(ranks.shape, bool)
    for rank in range(count):
        own = ranks == rank
        region |= own & (cv2.dilate((core & own).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    low, high = _least_and_most(ranks.astype(np.uint8), 7)
    rims = ~region & (ranks > low) & (ranks < high)
    leaps = sum(int(np.count_nonzero(np.abs(np.diff(ranks, axis=axis)) > 1)) for axis in (0, 1))
    if int(rims.sum()) < max(_FEWEST_IN_RIMS, _RIMS * leaps):
        return None
    return replace(raster, value_map=_assigned(raster.rgb(), ranks, ~rims, raster.colours.astype(np.int16)))


def _least_and_most(pixels: NDArray[np.uint8], width: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The lowest and the highest value in the square of `width` pixels around each of (H, W)."""
    kernel = np.ones((width, width), np.uint8)
    return np.asarray(cv2.erode(pixels, kernel), np.uint8), np.asarray(cv2.dilate(pixels, kernel), np.uint8)


def _shades(raster: Raster) -> Raster:
    """The same with the brightness of each colour."""
    shades = raster.colours.astype(np.float32).mean(axis=1).astype(np.uint8)
    return replace(raster, colours=np.repeat(shades[:, None], 3, axis=1))


def _is_photograph(raster: Raster) -> bool:
    """Whether values change from pixel to pixel as in a photograph that was reduced to few colours."""
    if len(raster.values) <= _MANY_VALUES:
        return False
    ranks = raster.value_map
    across, down = ranks[:, 1:] == ranks[:, :-1], ranks[1:] == ranks[:-1]
    if (float(across.mean()) + float(down.mean())) / 2 > _ALIKE:
        return False
    held = np.zeros(ranks.shape, bool)
    held[:, 1:] |= across
    held[:, :-1] |= across
    held[1:] |= down
    held[:-1] |= down
    return float((~held).mean()) > _ALONE


def _solid(raster: Raster) -> NDArray[np.bool_]:
    """Which values have a share of pixels whose 3 x 3 neighbours are all of the same value."""
    padded = cv2.copyMakeBorder(raster.value_map, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    height, width = raster.value_map.shape
    inside = np.ones((height, width), bool)
    for row in range(3):
        for column in range(3):
            if (row, column) != (1, 1):
                inside &= padded[row : row + height, column : column + width] == raster.value_map
    cores = np.bincount(raster.value_map[inside], minlength=len(raster.values))
    solid: NDArray[np.bool_] = cores >= np.maximum(1, 0.02 * raster.counts)
    return solid


def _between(raster: Raster) -> NDArray[np.bool_]:
    """Pixels whose colour lies strictly between others within three pixels, in some channel, and next to none."""
    rgb = raster.rgb()
    kernel = np.ones((7, 7), np.uint8)
    low, high = cv2.erode(rgb, kernel), cv2.dilate(rgb, kernel)
    found: NDArray[np.bool_] = ((rgb > low) & (rgb < high)).any(axis=2)
    return found


def _noise(raster: Raster, solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which values are close to a solid one that is much more frequent."""
    counts = raster.counts
    near = np.zeros(len(raster.values), bool)
    for value in np.flatnonzero(solid):
        differs = np.abs(raster.colours.astype(np.int16) - raster.colours[value].astype(np.int16)).max(axis=1)
        near |= (differs <= _NOISE) & (counts * 10 <= counts[value])
    return near


def _hard_steps(raster: Raster, solid: NDArray[np.bool_]) -> int:
    """How many neighbouring pixels have two different solid values."""
    held = solid[raster.value_map]
    below = (raster.value_map[1:] != raster.value_map[:-1]) & held[1:] & held[:-1]
    right = (raster.value_map[:, 1:] != raster.value_map[:, :-1]) & held[:, 1:] & held[:, :-1]
    return int(np.count_nonzero(below) + np.count_nonzero(right))


def _graded(raster: Raster) -> bool:
    """Many levels, each next to the next: a wide soft rim, a shadow, a depth."""
    if len(raster.values) < _GRADED_LEVELS:
        return False
    levels = raster.rgb().astype(np.int16)
    steps = np.concatenate(
        [np.abs(np.diff(levels, axis=axis)).max(axis=2).ravel() for axis in (0, 1)],
    )
    steps = steps[steps > 0]
    spread = int(levels.max()) - int(levels.min())
    # of an object's outline there is little; of a ramp there is a step every few pixels, and all of them are small
    if steps.size >= _DENSE * raster.value_map.size and float(_solid(raster).mean()) < 0.5:
        return True
    return steps.size >= 0.02 * raster.value_map.size and float(np.percentile(steps, 75)) <= max(2, spread / 64)


def _range(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    kernel = np.ones((3, 3), np.uint8)
    found: NDArray[np.uint8] = (cv2.dilate(rgb, kernel) - cv2.erode(rgb, kernel)).max(axis=2)
    return found


def _peaks(
    colours: NDArray[np.uint8], weights: NDArray[np.int64], least: int, known: NDArray[np.int16], exact: bool
) -> list[int]:
    """Numbers of the colours that areas have, the largest first; `exact` wants most of each to be of one colour."""
    left = weights.copy()
    wide = colours.astype(np.int16)
    found: list[int] = []
    while left.any():
        top = int(left.argmax())
        distance = np.abs(wide - wide[top]).max(axis=1)
        around = int(left[distance <= _SPREAD].sum())
        near = int(left[distance <= (_EXACT if exact else _NOISE)].sum())
        is_known = bool((np.abs(known - wide[top]).max(axis=1) <= _NOISE).any())
        if around < (4 if is_known else least) or len(found) > MAX_OBJECT_ID:
            break
        if is_known or near >= _PEAKED * around:
            found.append(top)
        left[distance <= _SPREAD] = 0
    return found


def _rims(colours: NDArray[np.float32], numbers: NDArray[np.int32], sure: NDArray[np.bool_]) -> set[int]:
    """Which of the areas, (K, 3) colours and (H, W) numbers, are none: rims with a colour between two others' colours.

    Such a one is close to both of the two nearly everywhere, and nowhere has five `sure` pixels in a row each way.
    """
    kernel = np.ones((13, 13), np.uint8)

    @cache
    def close(number: int) -> NDArray[np.bool_]:
        return np.asarray(cv2.dilate((numbers == number).astype(np.uint8), kernel) > 0)

    found: set[int] = set()
    # the largest come first, and are no rims of smaller ones
    for number in range(2, len(colours)):
        pairs = [pair for pair in combinations(range(number), 2) if _lies_between(colours[number], *colours[[*pair]])]
        own = numbers == number
        if not pairs or cv2.erode((own & sure).astype(np.uint8), np.ones((5, 5), np.uint8)).any():
            continue
        if any(float((close(one) & close(other))[own].mean()) >= _BESIDE for one, other in pairs[:_MOST_PAIRS]):
            found.add(number)
    return found


def _lies_between(colour: NDArray[np.float32], one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    axis = other - one
    along = float(np.dot(colour - one, axis) / max(1.0, float(np.dot(axis, axis))))
    return 0 < along < 1 and float(np.abs(colour - one - along * axis).max()) <= _NOISE


def _cores(raster: Raster, chosen: list[int], flat: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """The pixels that are an area's for sure, and for each value the index in `chosen` that is most like it."""
    nearest = np.zeros(len(raster.values), np.int32)
    smallest = np.full(len(raster.values), 256, np.int16)
    for number, centre in enumerate(raster.colours[chosen].astype(np.int16)):
        distance = np.abs(raster.colours.astype(np.int16) - centre).max(axis=1)
        nearest[distance < smallest] = number
        smallest = np.minimum(smallest, distance)
    return (smallest <= _NOISE)[raster.value_map] & flat, nearest


def _background_first(
    colours: NDArray[np.uint8], nearest: NDArray[np.int32], raster: Raster, core: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The order of areas: the darkest first if it is about black, else the one along most of the picture's border."""
    darkest = int(colours.max(axis=1).argmin())
    if int(colours[darkest].max()) > _DARK:
        rim = np.ones_like(core)
        rim[1:-1, 1:-1] = False
        darkest = int(np.bincount(nearest[raster.value_map[rim]], minlength=len(colours)).argmax())
    others = [number for number in np.lexsort(colours.T[::-1]) if number != darkest]
    return np.array([darkest, *others], np.int64)


def _assigned(
    rgb: NDArray[np.uint8], nearest: NDArray[np.int32], core: NDArray[np.bool_], colours: NDArray[np.int16]
) -> NDArray[np.int32]:
    """The area of each pixel: its own inside, else of those close by the one most like it."""
    loose = ~core
    if not loose.any():
        return nearest
    assigned = nearest.copy()
    rows, columns = np.nonzero(loose)
    pixels = rgb[rows, columns].astype(np.int32)
    best = np.full(len(rows), np.iinfo(np.int32).max)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _REACH + 1, 2 * _REACH + 1))
    for number, colour in enumerate(colours):
        inside = (core & (nearest == number)).astype(np.uint8)
        close = cv2.dilate(inside, kernel)[rows, columns] > 0
        cost = np.square(pixels - colour.astype(np.int32)).sum(axis=1)
        better = close & (cost < best)
        best[better] = cost[better]
        assigned[rows[better], columns[better]] = number
    return assigned
