"""What the network that corrects contours learns from: pixels about contours, of masks whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.metrics.region import Mask
from core.types import Floats, Image
from core.vos.refinement import contour_of
from core.vos.region import RegionKeeper, RegionSettings, canvas_size
from core.vos.targets.network_target import STRIDE, NetworkSettings

SCALES = (1.0, 1.5, 2.25)
"""How many times the working size the pictures are: those of a 480p, a 720p and a 1080p video."""
_Picture = TypeVar("_Picture", Floats, Image)
_CELL = 4
"""Stride of the decoder's output in canvas pixels."""
_LEAST_AREA = 20
"""Pixels that an object has at least."""


@dataclass(frozen=True)
class EdgePixels:
    """Pixels about contours: `inputs` (N, `INPUTS`) float16 of the network, `logits` (N,) to be corrected, `weights`
    (N,) in [0, 1] that say how far, `truth` (N,) of zeros and ones, and `found` (N,): whether an engine found the mask,
    where it is otherwise a true one that went through the canvas.
    """

    inputs: NDArray[np.float16]
    logits: Floats
    weights: Floats
    truth: Floats
    found: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.logits)


@dataclass(frozen=True)
class EdgeCase:
    """A mask with its truth: `probability` (h, w) at the working size, `working` and `picture` the same picture small
    (h, w, 3) and large (H, W, 3), and the true mask (H, W).
    """

    probability: Floats
    working: Image
    picture: Image
    truth: Mask
    found: bool


def through_canvas(masks: Floats, keeper: RegionKeeper | None = None) -> Floats:
    """Masks (K, h, w) in [0, 1] as a perfect network would give them: averaged into the decoder's cells on the canvas,
    and upsampled again. With `keeper`, its region is used.
    """
    size = (masks.shape[2], masks.shape[1])
    if keeper is None:
        keeper = RegionKeeper(size, canvas_size(size, NetworkSettings().short_side, STRIDE), RegionSettings())
    region = keeper.wanted(masks)
    return keeper.paste(np.stack([_averaged(mask) for mask in keeper.cut_masks(masks, region)]), region)


def cases_of(picture: Image, truth: Mask, found: Floats | None, scales: Sequence[float]) -> Iterator[EdgeCase]:
    """The true mask (H, W) through the canvas, and what an engine found, (H, W), if that is given, for pictures that
    are so many times as large as the working size.
    """
    if np.count_nonzero(truth) < _LEAST_AREA:
        return
    for scale in scales:
        working = _smaller(picture, scale)
        (mask,) = through_canvas(_smaller(truth.astype(np.float32), scale)[None])
        yield EdgeCase(mask, working, picture, truth, False)
        if found is not None:
            yield EdgeCase(_smaller(found, scale), working, picture, truth, True)


def moved_case(picture: Image, truth: Mask, scale: float, rng: np.random.Generator) -> EdgeCase:
    """The true mask (H, W) moved by up to two working pixels and blurred, as of an engine that is nearly right: the
    picture alone says where the edge is. It counts as found.
    """
    working = _smaller(picture, scale)
    small = cv2.GaussianBlur(_smaller(truth.astype(np.float32), scale), (0, 0), rng.uniform(1, 2))
    across, down = rng.uniform(-2, 2, 2)
    matrix = np.array([[1, 0, across], [0, 1, down]], np.float32)
    moved = cv2.warpAffine(small, matrix, (small.shape[1], small.shape[0]), borderMode=cv2.BORDER_REPLICATE)
    return EdgeCase(np.asarray(moved, np.float32), working, picture, truth, True)


def edge_pixels(case: EdgeCase, most: int, rng: np.random.Generator) -> EdgePixels | None:
    """Up to `most` of its pixels about the contour, at random; None if there is none."""
    made = contour_of(case.probability, case.working, case.picture)
    if made is None or not len(made[0].pixels):
        return None
    contour, box = made
    rows = rng.choice(len(contour.pixels), min(most, len(contour.pixels)), replace=False)
    before = contour.probabilities[rows]
    return EdgePixels(
        inputs=contour.inputs(rows).T.astype(np.float16),
        logits=np.log(before / (1 - before)),
        weights=contour.weight[rows],
        truth=case.truth[box.slices].ravel()[contour.pixels[rows]].astype(np.float32),
        found=np.full(len(rows), case.found),
    )


def joined(parts: Sequence[EdgePixels]) -> EdgePixels:
    """All of them in one."""
    return EdgePixels(
        *(np.concatenate(columns) for columns in zip(*(vars(part).values() for part in parts), strict=True))
    )


def _smaller(plane: _Picture, scale: float) -> _Picture:
    if scale == 1:
        return plane
    height, width = plane.shape[:2]
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    made: _Picture = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    return made


def _averaged(mask: Floats) -> Floats:
    height, width = mask.shape
    small = cv2.resize(mask, (width // _CELL, height // _CELL), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
