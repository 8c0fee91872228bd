"""The colour of a new object: visible on its pixels and around them, and distinct from the others for everybody."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.masks.colours import COLOURS, Colour
from core.masks.patch import Patch
from core.types import Box, Image

Floats = NDArray[np.float64]
Positions = tuple[NDArray[np.intp], NDArray[np.intp]]

_EYES: tuple[Floats, ...] = (
    np.eye(3),
    # without long and without medium cones: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
    # Simulation of Color Vision Deficiency", 2009, severity 1
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
)
_TO_XYZ: Floats = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE: Floats = np.array([0.9505, 1.0, 1.089])

_ENOUGH_BELOW, _ENOUGH_BESIDE = 45.0, 22.0
"""CIELAB distances beyond which more is no better: to most of the pixels below, and to other objects' colours."""
_FEW = 0.15
"""A colour is as near to what lies below it as it is to this share of the pixels."""
_SAMPLES = 1500
_AROUND = 0.25
"""Share of the object's longer side that is examined around it."""


def contrasting_colour(image: Image, patch: Patch, others: Sequence[Colour], preferred: Colour) -> Colour:
    """The colour for an object that covers `patch` of `image`, (H, W, 3) uint8 RGB, next to objects of other colours.

    It is one of the palette's sixteen, or `preferred` where that is seen well enough. To be seen means to be far in
    CIELAB from the object's pixels, from those around it and from the other objects' colours, to normal, red-blind and
    green-blind eyes. An empty patch gets the preferred colour.
    """
    if patch.empty:
        return preferred
    candidates = (preferred, *(colour for colour in COLOURS if colour != preferred))
    below = _below(image, patch)
    scores = np.full(len(candidates), np.inf)
    for eyes in _EYES:
        lab = seen_lab(np.array(candidates), eyes)
        for pixels in below:
            distances = _distances(lab, seen_lab(pixels, eyes))
            few = np.quantile(distances, _FEW, axis=1)
            scores = np.minimum(scores, few / _ENOUGH_BELOW)
        if others:
            nearest = _distances(lab, seen_lab(np.array(others), eyes)).min(axis=1)
            scores = np.minimum(scores, nearest / _ENOUGH_BESIDE)
    # the first of those that are good enough, else the best
    return candidates[int(np.argmax(np.minimum(scores, 1.0)))]


def seen_lab(colours: NDArray[np.generic], eyes: Floats | None = None) -> Floats:
    """Converts (N, 3) sRGB colours of 0 to 255 to CIELAB (D65) as seen with a colour vision deficiency, whose matrix on
    linear RGB is given."""
    value = np.asarray(colours, np.float64) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    if eyes is not None:
        linear = np.clip(linear @ eyes.T, 0, 1)
    ratio = linear @ _TO_XYZ.T / _WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def is_light(colour: Colour) -> bool:
    """Whether a colour is nearer to white than to black."""
    return bool(seen_lab(np.array([colour]))[0, 0] >= 50)


def _below(image: Image, patch: Patch) -> list[NDArray[np.uint8]]:
    """Some of the object's own pixels, and some of those around it."""
    height, width = image.shape[:2]
    box = patch.box
    far = max(4, round(_AROUND * max(box.width, box.height)))
    around = Box(box.x0 - far, box.y0 - far, box.x1 + far, box.y1 + far).clipped(width, height)
    inside = np.zeros((around.height, around.width), np.uint8)
    inside[box.y0 - around.y0 : box.y1 - around.y0, box.x0 - around.x0 : box.x1 - around.x0] = patch.mask
    part = image[around.slices]
    return [_calm(part, found) for found in (_some(inside > 0), _some(inside == 0)) if len(found[0])]


def _some(wanted: NDArray[np.bool_]) -> Positions:
    """Rows and columns of some of the pixels that are true in (h, w), evenly spread; of all if there are few."""
    step = max(1, math.isqrt(wanted.size // (4 * _SAMPLES)))
    coarse = wanted[::step, ::step]
    # thin things can lie between the samples
    if np.count_nonzero(coarse) < _SAMPLES // 10:
        step, coarse = 1, wanted
    rows, columns = np.divmod(np.flatnonzero(coarse), max(1, coarse.shape[1]))
    every = max(1, len(rows) // _SAMPLES)
    return rows[::every] * step, columns[::every] * step


def _calm(picture: Image, positions: Positions) -> NDArray[np.uint8]:
    """Colours (N, 3) at some positions, each the mean of 3 x 3 pixels: specks of colour are below no colour, and what
    is seen from afar counts.
    """
    height, width = picture.shape[:2]
    total = np.zeros((len(positions[0]), 3), np.uint16)
    for down, right in itertools.product((-1, 0, 1), repeat=2):
        rows, columns = np.clip(positions[0] + down, 0, height - 1), np.clip(positions[1] + right, 0, width - 1)
        total += picture[rows, columns]
    return (total // 9).astype(np.uint8)


def _distances(some: Floats, others: Floats) -> Floats:
    distances: Floats = np.linalg.norm(some[:, None] - others[None], axis=2)
    return distances
