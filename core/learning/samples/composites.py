"""Composite clips: annotated objects with their own motion, cut out and pasted into other footage.

With a few dozen annotated sequences a network overfits to their backgrounds. Here each object moves before other
sequences, with its own articulated motion and with real things behind and before it. The target is either the pasted
object, or one that was there already and is now passed by another, often one of its own kind.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from core.learning.samples.clip import Clip, Difficulty
from core.learning.samples.examples import TrainingData
from core.learning.samples.motion import compose, moved_mask, moved_picture, random_affine, zoomed
from core.learning.samples.photometry import Exposure, Film, expose_and_blur
from core.learning.samples.sequences import RealClips, Take
from core.types import Floats, Image

_SAME_SEQUENCE = 0.3
_SECOND_ACTOR = 0.5
_FOLLOW_WHAT_WAS_THERE = 0.5


@dataclass(frozen=True)
class _Actor:
    """An object at its positions: pictures (T, S, S, 3) and masks (T, S, S) in [0, 1], float32."""

    pictures: list[Floats]
    masks: list[Floats]


class CompositeClips:
    """Makes composite clips. All random numbers come from the generator that is passed in."""

    def __init__(self, data: TrainingData, side: int, film: Film = expose_and_blur) -> None:
        self._real = RealClips(data, side)
        self._footage = data.footage
        self._side = side
        self._film = film

    def __len__(self) -> int:
        """How many objects there are to set into something."""
        return len(self._real)

    def sample(self, rng: np.random.Generator, difficulty: Difficulty) -> Clip | None:
        """A clip of `difficulty.frames` frames; None if one of its parts cannot be read."""
        sequence = self._real.draw_sequence(rng)
        actor = self._actor(rng, difficulty, sequence)
        if actor is None:
            return None
        if len(self._footage) and rng.random() < 0.5:
            return self._before_footage(rng, difficulty, actor, sequence)
        other = sequence if rng.random() < _SAME_SEQUENCE else self._real.draw_sequence(rng)
        scene = self._real.take(rng, difficulty, other)
        if scene is None:
            return None
        there = _Actor(scene.pictures, scene.masks)
        layers = [there, actor]
        if rng.random() < 0.4:
            # what was nearer to the camera passes before the pasted object
            layers = [actor, there]
        followed = there if rng.random() < _FOLLOW_WHAT_WAS_THERE else actor
        return _composed(rng, self._film, scene.pictures, layers, followed)

    def _before_footage(
        self, rng: np.random.Generator, difficulty: Difficulty, actor: _Actor, sequence: int
    ) -> Clip | None:
        frames = self._footage.draw(rng, difficulty.frames, difficulty.longest_gap)
        if not frames:
            return None
        layers = [actor]
        if rng.random() < _SECOND_ACTOR:
            other = sequence if rng.random() < _SAME_SEQUENCE else self._real.draw_sequence(rng)
            second = self._actor(rng, difficulty, other)
            if second is not None:
                layers.insert(int(rng.integers(2)), second)
        return _composed(rng, self._film, _window(rng, frames, self._side), layers, actor)

    def _actor(self, rng: np.random.Generator, difficulty: Difficulty, sequence: int) -> _Actor | None:
        """An object on a slow path of its own besides its recorded one."""
        take = self._real.take(rng, difficulty, sequence)
        if take is None:
            return None
        return _set_in_motion(rng, take, self._side, difficulty.pace)


def _set_in_motion(rng: np.random.Generator, take: Take, side: int, pace: float) -> _Actor:
    # it is shrunk more often than not: then the window it was cut with is inside the picture, and so is the object
    matrix = compose(zoomed(side, float(rng.uniform(0.9, 2.0))), random_affine(rng, side, 0.1, 0.1, 0.15, 0.05))
    exposure = Exposure.random(rng) if rng.random() < 0.5 else None
    # enlarged it would be blurred, so it only moves away; clips are played backwards, too
    shrinking = float(rng.uniform(1, 1.25)) if rng.random() < 0.25 else 1.0
    pictures, masks = [], []
    for picture, mask in zip(take.pictures, take.masks, strict=True):
        seen = moved_picture(picture, matrix)
        pictures.append(seen if exposure is None else exposure.apply(seen))
        masks.append(moved_mask(mask, matrix))
        motion = random_affine(rng, side, 0.03 * pace, 0.03 * pace, 0.04 * pace, 0.01)
        matrix = compose(zoomed(side, shrinking), compose(motion, matrix))
    return _Actor(pictures, masks)


def _composed(
    rng: np.random.Generator, film: Film, scene: list[Floats], layers: list[_Actor], followed: _Actor
) -> Clip:
    """Layers from back to front over a scene, with the masks of what is still to be seen of each."""
    exposure = Exposure.random(rng)
    softness = float(rng.uniform(0.4, 1.2))
    frames: list[Image] = []
    seen: list[list[Floats]] = [[] for _ in layers]
    for time, picture in enumerate(scene):
        for index, layer in enumerate(layers):
            # a hard edge would give away what was set in
            opaque = cv2.GaussianBlur(layer.masks[time], (0, 0), softness)
            picture = picture + (layer.pictures[time] - picture) * opaque[..., None]
            for below in seen[:index]:
                below[time] *= 1 - opaque
            seen[index].append(np.asarray(opaque, np.float32))
        frames.append(film(rng, exposure.flickered(rng), picture))
    masks = {id(layer): (np.stack(own) > 0.5).astype(np.uint8) for layer, own in zip(layers, seen, strict=True)}
    others = [masks[id(layer)] & (1 - masks[id(followed)]) for layer in layers if layer is not followed]
    return Clip(np.stack(frames), masks[id(followed)], others[0] if others else None)


def _window(rng: np.random.Generator, frames: list[Image], side: int) -> list[Floats]:
    """The same square of all frames, scaled to the side; sometimes mirrored."""
    height, width = frames[0].shape[:2]
    size = int(min(height, width) * rng.uniform(0.6, 1.0))
    top, left = int(rng.integers(0, height - size + 1)), int(rng.integers(0, width - size + 1))
    step = -1 if rng.random() < 0.5 else 1
    squares = [
        cv2.resize(frame[top : top + size, left : left + size], (side, side), interpolation=cv2.INTER_AREA)
        for frame in frames
    ]
    return [np.ascontiguousarray(square[:, ::step]).astype(np.float32) for square in squares]
