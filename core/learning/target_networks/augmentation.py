"""Augmentation of a training picture with its masks: affine transforms, crops, colours, and mixing of two pictures."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.learning.samples.photometry import Exposure, degraded
from core.learning.target_networks.examples import Example
from core.learning.target_networks.mixing import copy_paste, cut_mix
from core.learning.target_networks.rand_augment import rand_augment
from core.learning.target_networks.settings import Augmentation
from core.types import Floats, Image

_TURN, _SHEAR, _SCALE, _SHIFT = 15.0, 0.12, 0.25, 0.12
"""Largest rotation in degrees, shear as a fraction of a side, logarithm of the scale factor, shift as a fraction of the
frame."""
_SMALLEST_CROP = 0.6
"""Smallest side of a crop, as a fraction of the frame's."""
_CROPPED = 0.5
"""Probability of a crop. Not always: a network trained on crops alone is worse on whole frames (measured)."""
_ABOUT_OBJECT = 0.8
"""Probability that a crop is centred near an object."""
_MIXED = 0.5
"""Probability that two pictures are mixed, where that is chosen."""

Matrix = NDArray[np.float64]


def augmented(
    rng: np.random.Generator, example: Example, other: Example, wanted: Augmentation, size: tuple[int, int]
) -> Example:
    """`example` after the augmentations that are on in `wanted`, resized to `size` (width, height); `other` is the
    second picture for those that mix two.
    """
    if wanted.copy_paste and rng.random() < _MIXED:
        example = copy_paste(rng, example, other)
    matrix = _to_canvas((example.image.shape[1], example.image.shape[0]), size)
    if wanted.crop and rng.random() < _CROPPED:
        matrix = matrix @ np.linalg.inv(_crop(rng, example))
    if wanted.affine:
        matrix = _affine(rng, size) @ matrix
    moved = warped(example, matrix, size)
    if wanted.cutmix and rng.random() < _MIXED:
        moved = cut_mix(rng, moved, warped(other, _to_canvas((other.image.shape[1], other.image.shape[0]), size), size))
    if wanted.rand_augment:
        moved = rand_augment(rng, moved)
    return Example(_recoloured(rng, moved.image), moved.masks, moved.known, moved.given) if wanted.colour else moved


def warped(example: Example, matrix: Matrix, size: tuple[int, int]) -> Example:
    """The example moved by a 3x3 matrix from its pixels to those of a canvas of `size` (width, height)."""
    flags = cv2.INTER_LINEAR
    image = cv2.warpAffine(example.image, matrix[:2], size, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    masks = np.zeros((len(example.masks), size[1], size[0]), np.float32)
    for mask, target in zip(example.masks, masks, strict=True):
        target[:] = cv2.warpAffine(mask, matrix[:2], size, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    return Example(np.asarray(image, np.uint8), masks, example.known, example.given)


def _to_canvas(size: tuple[int, int], canvas: tuple[int, int]) -> Matrix:
    across, down = canvas[0] / size[0], canvas[1] / size[1]
    # pixel centres are at integer coordinates
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1]])


def _crop(rng: np.random.Generator, example: Example) -> Matrix:
    """A random crop: the 3x3 matrix from the crop, enlarged to the frame's size, to the frame."""
    height, width = example.image.shape[:2]
    side = rng.uniform(_SMALLEST_CROP, 1)
    centre = rng.uniform(0, 1, 2) * (width, height)
    present = np.argwhere(example.masks.max(axis=0, initial=0) > 0.5)
    if len(present) and rng.random() < _ABOUT_OBJECT:
        y, x = present[rng.integers(len(present))]
        centre = np.array([x, y]) + rng.uniform(-0.4, 0.4, 2) * side * (width, height)
    left = float(np.clip(centre[0] - side * width / 2, 0, (1 - side) * width))
    top = float(np.clip(centre[1] - side * height / 2, 0, (1 - side) * height))
    return np.array([[side, 0, left], [0, side, top], [0, 0, 1]])


def _affine(rng: np.random.Generator, size: tuple[int, int]) -> Matrix:
    """A random 3x3 matrix: rotation, shear, scale, shift and, half of the time, mirroring, about the centre."""
    turn, shear = np.deg2rad(rng.uniform(-_TURN, _TURN)), rng.uniform(-_SHEAR, _SHEAR)
    scale = np.exp(rng.uniform(-_SCALE, _SCALE))
    mirror = -1 if rng.random() < 0.5 else 1
    linear = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    linear = linear @ np.array([[mirror, shear], [0, 1]])
    middle = (np.array(size) - 1) / 2
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = middle - linear @ middle + rng.uniform(-_SHIFT, _SHIFT, 2) * size
    return matrix


def _recoloured(rng: np.random.Generator, image: Image) -> Image:
    exposed: Floats = Exposure.random(rng).apply(image.astype(np.float32))
    return degraded(rng, exposed)
