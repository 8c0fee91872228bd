"""Synthetic clips: objects cut out of pictures, on random paths over other pictures.

Each clip has what a network must not be fooled by: occluders, distractors of the same kind, a background that shows the
object's own picture, camera motion, blur, changes of exposure, compression, and objects that leave and return.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.errors import DatasetError
from core.learning.samples.clip import Clip, Difficulty
from core.learning.samples.examples import TrainingData
from core.learning.samples.motion import compose, moved_mask, moved_picture, random_affine, random_bend, random_blob
from core.learning.samples.photometry import Exposure, Film, filmed
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
    """Where a cutout is at the moment. `away` shifts it sideways, out of the picture, in sides of it."""

    matrix: Floats
    bend: Floats | None = None
    away: float = 0.0

    def step(self, rng: np.random.Generator, side: int, pace: float, elastic: bool) -> None:
        motion = random_affine(rng, side, 0.12 * pace, 0.08 * pace, 0.06 * pace, 0.05 * pace)
        self.matrix = compose(motion, self.matrix)
        if elastic:
            bend = random_bend(rng, side, 4 * pace)
            self.bend = bend if self.bend is None else 0.7 * self.bend + bend

    def place(self, cutout: _Cutout) -> tuple[Floats, Floats]:
        """The cutout's picture and mask as they are seen now."""
        matrix = self.matrix.copy()
        matrix[0, 2] -= self.away * len(cutout.mask)
        return moved_picture(cutout.picture, matrix, self.bend), moved_mask(cutout.mask, matrix, self.bend)


class SyntheticClips:
    """Makes clips from a data set's pictures. Draws nothing but from the generator it is given."""

    def __init__(self, data: TrainingData, side: int, film: Film = filmed) -> None:
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
        other = self._distractor(rng, target) if rng.random() < 0.55 else None
        in_front = rng.random() < 0.5
        pace = float(rng.uniform(0.3, max(0.4, difficulty.pace)))
        path = _Path(random_affine(rng, side, 0.15, 0.15, 0.06))
        other_path = _Path(random_affine(rng, side, 0.2, 0.15, 0.15))
        camera = random_affine(rng, side, 0.05, 0.06, 0.03)
        absent = _absence(rng, difficulty.frames)
        exposure = Exposure.random(rng)
        frames, masks = [], []
        for time in range(difficulty.frames):
            path.away = float(rng.choice([-1.6, 1.6])) if time in absent else 0.0
            picture = moved_picture(background, camera)
            layers = [(target, path, True)]
            if other is not None:
                layers.insert(len(layers) if in_front else 0, (other, other_path, False))
            mask = np.zeros((side, side), np.float32)
            for cutout, where, followed in layers:
                seen, opaque = where.place(cutout)
                picture = picture + (seen - picture) * opaque[..., None]
                mask = opaque if followed else mask * (1 - opaque)
            frames.append(self._film(rng, exposure.flickered(rng), picture))
            masks.append((mask > 0.5).astype(np.uint8))
            path.step(rng, side, pace, elastic=True)
            other_path.step(rng, side, pace, elastic=False)
            camera = compose(random_affine(rng, side, 0.04 * pace, 0.04 * pace, 0.03 * pace, 0.02), camera)
        return Clip(np.stack(frames), np.stack(masks))

    def _cutout(self, rng: np.random.Generator) -> _Cutout:
        for _ in range(_TRIES):
            found = self._data.read(self._data.pictures[rng.integers(len(self._data.pictures))])
            if found is not None:
                break
        else:
            raise DatasetError(
                f"None of {_TRIES} pictures tried could be read; the first is {self._data.pictures[0].picture}."
            )
        picture, labels = found
        mask = _choose_object(rng, labels)
        if mask is None or rng.random() < 0.25:
            square, _ = _crop(rng, picture, None, self._side)
            return _Cutout(square, random_blob(rng, self._side), False)
        square, cut = _crop(rng, picture, mask, self._side)
        return _Cutout(square, cut, True)

    def _distractor(self, rng: np.random.Generator, target: _Cutout) -> _Cutout:
        if rng.random() < 0.3:
            # one of the same kind: its mirror image, in a slightly different colour
            mirrored = Exposure.random(rng).apply(target.picture[:, ::-1])
            return _Cutout(np.ascontiguousarray(mirrored), np.ascontiguousarray(target.mask[:, ::-1]), target.annotated)
        return self._cutout(rng)


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
    """A square of the picture, around the mask if there is one, and the mask alike; sometimes mirrored."""
    height, width = picture.shape[:2]
    size = min(height, width) * rng.uniform(0.5, 1.0)
    centre = rng.uniform(0, [height, width])
    if mask is not None:
        places = np.argwhere(mask)
        size = min(min(height, width), max(size, 1.2 * float(np.ptp(places, axis=0).max())))
        centre = places.mean(axis=0) + rng.normal(0, 0.1, 2) * size
    top, left = np.clip(centre - size / 2, 0, np.array([height, width]) - size).astype(int)
    window = slice(top, top + int(size)), slice(left, left + int(size))
    square = cv2.resize(picture[window], (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)
    whole = np.zeros(picture.shape[:2], np.uint8) if mask is None else mask
    cut = cv2.resize(whole[window].astype(np.float32), (side, side), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        square, cut = np.ascontiguousarray(square[:, ::-1]), np.ascontiguousarray(cut[:, ::-1])
    return square, cut
