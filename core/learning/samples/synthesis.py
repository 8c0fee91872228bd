"""Synthetic clips: objects cut out of pictures, on random paths over other pictures.

Each clip has what a network must not be fooled by: occluders, distractors of the same kind, a background that shows the
object's own picture, thin things that belong to the object or pass before it, parts that move by themselves, objects
that come near, camera motion, blur, changes of exposure, compression, and objects that leave and return.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.errors import DatasetError
from core.learning.samples.clip import Clip, Difficulty
from core.learning.samples.examples import TrainingData
from core.learning.samples.limbs import Limb, blurred_along
from core.learning.samples.motion import (
    compose,
    moved_mask,
    moved_picture,
    random_affine,
    random_bend,
    random_blob,
    zoomed,
)
from core.learning.samples.photometry import Exposure, Film, expose_and_blur
from core.learning.samples.thin import random_limbs, random_lines
from core.types import Floats, Image, LabelMap

_TRIES = 50


@dataclass(frozen=True)
class _Cutout:
    """A square picture (S, S, 3) float32 in [0, 255] and what of it is the object, (S, S) in [0, 1]."""

    picture: Floats
    mask: Floats
    annotated: bool


@dataclass
class _Path:
    """Where a cutout is at the moment. `away` shifts it sideways, out of the picture, in sides of it; `zoom`, how much
    nearer it comes at each step (logarithm).
    """

    matrix: Floats
    bend: Floats | None = None
    away: float = 0.0
    zoom: float = 0.0

    def step(self, rng: np.random.Generator, side: int, pace: float, elastic: bool) -> None:
        motion = random_affine(rng, side, 0.12 * pace, 0.08 * pace, 0.06 * pace, 0.05 * pace)
        self.matrix = compose(zoomed(side, float(np.exp(-self.zoom))), compose(motion, self.matrix))
        if elastic:
            bend = random_bend(rng, side, 4 * pace)
            self.bend = bend if self.bend is None else 0.7 * self.bend + bend

    def moved(self, cutout: _Cutout) -> tuple[Floats, Floats]:
        """The cutout's picture and mask as they are seen now."""
        matrix = self.matrix.copy()
        matrix[0, 2] -= self.away * len(cutout.mask)
        return moved_picture(cutout.picture, matrix, self.bend), moved_mask(cutout.mask, matrix, self.bend)


@dataclass
class _Actor:
    """A cutout on its path, and the part of it that moves by itself, as a limb does, if there is one. Blurred along the
    path, by `shutter` of each step.
    """

    cutout: _Cutout
    path: _Path
    followed: bool = False
    limb: Limb | None = None
    shutter: float = 0.0
    _before: Floats | None = None

    def seen(self, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Picture (S, S, 3) and opacity (S, S) of a frame."""
        cutout = self.cutout
        if self.limb is not None:
            picture, mask = self.limb.bent(rng, cutout.picture, cutout.mask)
            cutout = _Cutout(picture, mask, cutout.annotated)
        picture, opaque = self.path.moved(cutout)
        before, self._before = self._before, self.path.matrix
        if not self.shutter or before is None:
            return picture, opaque
        return blurred_along(picture, opaque, before, self.path.matrix, self.shutter)


class SyntheticClips:
    """Makes clips from a data set's pictures. Draws nothing but from the generator it is given."""

    def __init__(self, data: TrainingData, side: int, film: Film = expose_and_blur) -> None:
        self._data = data
        self._side = side
        self._film = film

    def sample(self, rng: np.random.Generator, difficulty: Difficulty) -> Clip:
        """A clip of `difficulty.frames` frames; raises DatasetError if the data's pictures cannot be read."""
        side = self._side
        target = self._cutout(rng)
        # the object's own picture behind it: what surrounds it then looks as it did, a second copy included
        same_picture = target.annotated and rng.random() < 0.4
        background = target.picture if same_picture else self._cutout(rng).picture
        pace = float(rng.uniform(0.3, max(0.4, difficulty.pace)))
        followed = self._followed(rng, target, difficulty)
        actors = [followed]
        rival: _Actor | None = None
        for _ in range(_how_many_others(rng)):
            other = _Actor(self._distractor(rng, target), _Path(random_affine(rng, side, 0.2, 0.15, 0.15)))
            actors.insert(int(rng.integers(len(actors) + 1)), other)
            rival = rival or other
        if rng.random() < 0.15:
            lines = _Cutout(self._cutout(rng).picture, random_lines(rng, side), False)
            actors.append(_Actor(lines, _Path(random_affine(rng, side, 0.1, 0.1, 0.1))))
        camera = random_affine(rng, side, 0.05, 0.06, 0.03)
        absent = _absence(rng, difficulty.frames)
        exposure = Exposure.random(rng)
        frames, masks, others = [], [], []
        for time in range(difficulty.frames):
            followed.path.away = float(rng.choice([-1.6, 1.6])) if time in absent else 0.0
            picture = moved_picture(background, camera)
            mask, other_mask = np.zeros((2, side, side), np.float32)
            for actor in actors:
                seen, opaque = actor.seen(rng)
                picture = picture + (seen - picture) * opaque[..., None]
                mask = np.maximum(mask, opaque) if actor.followed else mask * (1 - opaque)
                other_mask = np.maximum(other_mask, opaque) if actor is rival else other_mask * (1 - opaque)
            frames.append(self._film(rng, exposure.flickered(rng), picture))
            masks.append((mask > 0.5).astype(np.uint8))
            others.append(((other_mask > 0.5) & (mask <= 0.5)).astype(np.uint8))
            for actor in actors:
                actor.path.step(rng, side, pace, elastic=actor.followed)
            camera = compose(random_affine(rng, side, 0.04 * pace, 0.04 * pace, 0.03 * pace, 0.02), camera)
        return Clip(np.stack(frames), np.stack(masks), None if rival is None else np.stack(others))

    def _followed(self, rng: np.random.Generator, target: _Cutout, difficulty: Difficulty) -> _Actor:
        path = _Path(random_affine(rng, self._side, 0.15, 0.15, 0.06))
        if rng.random() < 0.2:
            # nearer or farther, up to three times as large at the end as at the beginning
            path.zoom = float(rng.uniform(-1, 1)) * np.log(3) / max(1, difficulty.frames - 1)
        limb = Limb.random(rng, target.mask) if rng.random() < 0.3 else None
        shutter = float(rng.uniform(0.2, 0.8)) if rng.random() < 0.25 else 0.0
        return _Actor(target, path, True, limb, shutter)

    def _cutout(self, rng: np.random.Generator) -> _Cutout:
        for _ in range(_TRIES):
            found = self._data.read(self._data.pictures[rng.integers(len(self._data.pictures))])
            if found is not None:
                break
        else:
            raise DatasetError(
                "None of {tries} pictures tried could be read; the first is {picture}.",
                tries=_TRIES,
                picture=self._data.pictures[0].picture,
            )
        picture, labels = found
        mask = _choose_object(rng, labels)
        if mask is None or rng.random() < 0.25:
            square, _ = _crop(rng, picture, None, self._side)
            blob = random_blob(rng, self._side)
            return _Cutout(square, random_limbs(rng, blob) if rng.random() < 0.5 else blob, False)
        square, cut = _crop(rng, picture, mask, self._side)
        return _Cutout(square, cut, True)

    def _distractor(self, rng: np.random.Generator, target: _Cutout) -> _Cutout:
        if rng.random() < 0.3:
            # one of the same kind: its mirror image, in a slightly different colour
            mirrored = Exposure.random(rng).apply(target.picture[:, ::-1])
            return _Cutout(np.ascontiguousarray(mirrored), np.ascontiguousarray(target.mask[:, ::-1]), target.annotated)
        return self._cutout(rng)


def _how_many_others(rng: np.random.Generator) -> int:
    return int(rng.choice([0, 1, 2, 3], p=[0.4, 0.4, 0.12, 0.08]))


def _absence(rng: np.random.Generator, frames: int) -> range:
    """The frames on which the object is out of sight: now and then some in the middle, never the first."""
    if frames < 3 or rng.random() > 0.1:
        return range(0)
    start = int(rng.integers(1, frames - 1))
    return range(start, int(rng.integers(start + 1, frames)))


def _choose_object(rng: np.random.Generator, labels: LabelMap) -> LabelMap | None:
    """One object of (h, w) labels as 0 and 1; None if it is a speck, or nearly everything."""
    ids = np.unique(labels)
    ids = ids[ids > 0]
    if len(ids) == 0:
        return None
    mask = (labels == ids[rng.integers(len(ids))]).astype(np.uint8)
    if len(ids) > 1:
        # regions of a partition are connected by threads a pixel wide
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    return mask if 0.01 < mask.mean() < 0.6 else None


def _crop(rng: np.random.Generator, picture: Image, mask: LabelMap | None, side: int) -> tuple[Floats, Floats]:
    """A square of the picture, around the mask if there is one, and the same square of the mask; sometimes mirrored."""
    height, width = picture.shape[:2]
    size = min(height, width) * rng.uniform(0.5, 1.0)
    centre = rng.uniform(0, [height, width])
    if mask is not None:
        pixels = np.argwhere(mask)
        size = min(min(height, width), max(size, 1.2 * float(np.ptp(pixels, axis=0).max())))
        centre = pixels.mean(axis=0) + rng.normal(0, 0.1, 2) * size
    top, left = np.clip(centre - size / 2, 0, np.array([height, width]) - size).astype(int)
    window = slice(top, top + int(size)), slice(left, left + int(size))
    square = cv2.resize(picture[window], (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    whole = np.zeros(picture.shape[:2], np.uint8) if mask is None else mask
    cut = cv2.resize(whole[window].astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        square, cut = np.ascontiguousarray(square[:, ::-1]), np.ascontiguousarray(cut[:, ::-1])
    return square, cut
