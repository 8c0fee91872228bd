"""The small network that corrects a mask's contour by the picture.

It looks at one pixel near the contour at a time: at the mask's probabilities at 41 places around it, and at how far the
colours there have gone from those of the background to those of the object, both found in a small window. What it gives
is added to the pixel's logit. So a network of zeros changes nothing, and what is certain stays as it is.

Distances are in working pixels: for a larger picture, the surroundings are enlarged, and the pixel's own colour is the
large picture's, which makes the edge as sharp as the picture's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources

import cv2
import numpy as np
from numpy.typing import NDArray

from core.errors import EngineError
from core.types import Floats, Image

_FILE = "refinement.safetensors"
_LAYERS = ("0", "2", "4")
"""Names of the layers in the file; between them are those without weights."""
_NEAR = [(y, x) for y in range(-2, 3) for x in range(-2, 3)]
_RINGS = [
    (y * step, x * step)
    for straight, slanting in ((4, 3), (7, 5))
    for y, x, step in (
        *((y, x, straight) for y, x in ((0, 1), (0, -1), (1, 0), (-1, 0))),
        *((y, x, slanting) for y in (1, -1) for x in (1, -1)),
    )
]
OFFSETS: tuple[tuple[int, int], ...] = (*_NEAR, *_RINGS)
"""Where the network looks, as (down, across) in working pixels from the pixel that it corrects."""
INPUTS = 2 * len(OFFSETS) + 2
"""The network's inputs: probabilities and progress of colour at `OFFSETS`, contrast, and what the two colours leave
unexplained. The first two turn their signs when object and background change places."""

_RADIUS = 4
"""Half width, in working pixels, of the window that the colours of object and background are found in."""
_BAND = 4.0
"""How far from the contour the mask may change, in working pixels."""
_CERTAIN = 0.02
"""Probabilities up to this, and from one minus this on, are not changed."""
_LEAST_CONTRAST = np.float32(2e-3)
"""Squared distance of two colours in [0, 1] that counts as little."""
_MIDDLE = _NEAR.index((0, 0))
_CHUNK = 8192
"""Pixels that are computed at once: what they need stays in the processor's cache."""


class Contour:
    """The pixels about one object's contour that may change, and what the network is shown of them."""

    def __init__(self, part: Floats, enlarged: Floats, small: Image, large: Image) -> None:
        """`part` (h, w) are probabilities at the working size and `enlarged` (H, W) the same at full size; `small`
        (h, w, 3) and `large` (H, W, 3), uint8, show the same place.
        """
        shape = enlarged.shape
        self._scale = shape[0] / part.shape[0], shape[1] / part.shape[1]
        inside = (part > 0.5).astype(np.uint8)
        away = cv2.distanceTransform(inside, cv2.DIST_L2, 3) + cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
        weight = self._large(np.clip(_BAND + 1 - away, 0, 1), shape)
        self.pixels = np.flatnonzero((weight > 0) & (enlarged > _CERTAIN) & (enlarged < 1 - _CERTAIN))
        """Indices of these pixels in the flattened large picture, (N,)."""
        self.weight: Floats = weight.ravel()[self.pixels]
        """How far they may change, in [0, 1]: less at the band's rim."""
        self.probabilities: Floats = enlarged.ravel()[self.pixels]
        if not len(self.pixels):
            return
        colours = _planes(small)
        behind, between = _window_colours(colours, part)
        progress = _progress([colour - back for colour, back in zip(colours, behind, strict=True)], between)[0]
        self._colours = list((large.reshape(-1, 3)[self.pixels] * np.float32(1 / 255)).T)
        self._behind, self._between = (
            [self._large(plane, shape).ravel()[self.pixels] for plane in planes] for planes in (behind, between)
        )
        farthest = max(max(abs(y), abs(x)) for y, x in OFFSETS)
        down, across = (int(np.ceil(farthest * scale)) for scale in self._scale)
        self._planes = [
            cv2.copyMakeBorder(plane, down, down, across, across, cv2.BORDER_REPLICATE).ravel()
            for plane in (enlarged, self._large(progress, shape))
        ]
        row, column = np.divmod(self.pixels, shape[1])
        width = shape[1] + 2 * across
        self._starts = row * width + column
        self._steps = [
            (round(y * self._scale[0]) + down) * width + round(x * self._scale[1]) + across for y, x in OFFSETS
        ]

    def inputs(self, rows: slice | NDArray[np.intp]) -> Floats:
        """The network's inputs (`INPUTS`, n) for some of the pixels."""
        starts = self._starts[rows]
        found = np.empty((INPUTS, len(starts)), np.float32)
        count = len(OFFSETS)
        for plane, first in zip(self._planes, (0, count), strict=True):
            for row, step in enumerate(self._steps, first):
                np.take(plane[step:], starts, out=found[row], mode="clip")
        between = [plane[rows] for plane in self._between]
        ahead = [colour[rows] - back[rows] for colour, back in zip(self._colours, self._behind, strict=True)]
        share, along, contrast = _progress(ahead, between)
        found[count + _MIDDLE] = share
        found[: 2 * count] -= 0.5
        aside = _product(ahead, ahead) - share * (2 * along - share * contrast)
        found[-2] = np.log1p(20 * np.sqrt(contrast)) - 1.3
        found[-1] = 5 * np.sqrt(np.maximum(aside, 0))
        return found

    def _large(self, plane: Floats, shape: tuple[int, ...]) -> Floats:
        if plane.shape[:2] == shape:
            return plane
        resized: Floats = cv2.resize(plane, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
        return resized


class EdgeNetwork:
    """Three layers, evaluated at single pixels. Holds no state."""

    def __init__(self, layers: Sequence[tuple[Floats, Floats]]) -> None:
        """Weights (outputs, inputs) and biases (outputs,) of each layer, float32."""
        self._layers = [(weights, bias[:, None]) for weights, bias in layers]

    def correct(self, contour: Contour) -> Floats:
        """New probabilities (N,) of the contour's pixels."""
        return np.concatenate([np.zeros(0, np.float32), *self._parts(contour)])

    def _parts(self, contour: Contour) -> Iterator[Floats]:
        for first in range(0, len(contour.pixels), _CHUNK):
            rows = slice(first, first + _CHUNK)
            before = contour.probabilities[rows]
            change = contour.weight[rows] * self.run(contour.inputs(rows))
            # sigmoid(logit(before) + change)
            yield before / (before + (1 - before) * np.exp(-change))

    def run(self, inputs: Floats) -> Floats:
        """What is to be added to the logits, (n,), for inputs (`INPUTS`, n)."""
        values = inputs
        for number, (weights, bias) in enumerate(self._layers):
            if number:
                np.maximum(values, 0, out=values)
            values = weights @ values
            values += bias
        change: Floats = values[0]
        return change


def read_edge_network(content: bytes, name: object) -> EdgeNetwork:
    """The network in a safetensors file. Raises EngineError, with the file's name, if it is none."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        state = {key: np.asarray(value, np.float32) for key, value in load(content).items()}
        layers = [(state[f"{layer}.weight"], state[f"{layer}.bias"]) for layer in _LAYERS]
    except (SafetensorError, KeyError) as error:
        raise EngineError("{file}: no weights of a refinement; install the program again.", file=name) from error
    widths = [INPUTS, *(len(bias) for _, bias in layers)]
    if widths[-1] != 1 or [weights.shape for weights, _ in layers] != list(zip(widths[1:], widths, strict=False)):
        raise EngineError("{file}: no weights of a refinement; install the program again.", file=name)
    return EdgeNetwork(layers)


@lru_cache(maxsize=1)
def shipped_edge_network() -> EdgeNetwork:
    """The network that ships. Raises EngineError if its file is missing or damaged."""
    file = resources.files("resources").joinpath("models", _FILE)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise EngineError("{file}: the refinement's file is missing; install the program again.", file=file) from error
    return read_edge_network(content, file)


def _planes(picture: Image) -> list[Floats]:
    """Red, green and blue (h, w) in [0, 1], as planes of their own: computing with them takes a third of the time."""
    return [plane * np.float32(1 / 255) for plane in cv2.split(picture)]


def _window_colours(colours: list[Floats], part: Floats) -> tuple[list[Floats], list[Floats]]:
    """Planes (h, w) of the background's mean colour in the window about each pixel, and of the way from it to the
    object's.
    """
    window = (2 * _RADIUS + 1, 2 * _RADIUS + 1)

    def mean(values: Floats) -> Floats:
        averaged: Floats = cv2.blur(values, window, borderType=cv2.BORDER_REPLICATE)
        return averaged

    share = mean(part)
    of_background = np.reciprocal(np.maximum(1 - share, np.float32(1e-3)))
    of_object = np.reciprocal(np.maximum(share, np.float32(1e-3)))
    behind: list[Floats] = []
    between: list[Floats] = []
    for colour in colours:
        inside = mean(colour * part)
        behind.append((mean(colour) - inside) * of_background)
        between.append(inside * of_object - behind[-1])
    return behind, between


def _progress(ahead: list[Floats], between: list[Floats]) -> tuple[Floats, Floats, Floats]:
    """How far colours, given in relation to the background's, have gone to the object's, in [-0.5, 1.5]: 0 at the
    background's, 1 at the object's, and one half where the two are alike. Then what it is computed from: the scalar
    product with the way between the two, and the square of its length.
    """
    along, contrast = _product(ahead, between), _product(between, between)
    share = (along + _LEAST_CONTRAST / 2) / (contrast + _LEAST_CONTRAST)
    return np.clip(share, -0.5, 1.5), along, contrast


def _product(one: list[Floats], other: list[Floats]) -> Floats:
    total: Floats = one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
    return total
