"""The schedule of a training: its length, learning rate and curriculum."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.learning.samples.clip import Difficulty

_FLOOR = 1e-6
_FRAMES = ((0.2, 3), (0.5, 4), (0.75, 5), (0.9, 6), (math.inf, 8))
"""Until which part of the curriculum samples are of so many frames."""


@dataclass(frozen=True)
class Schedule:
    """Ends after `steps` or after `minutes`, whichever is given (the earlier, if both are). `skip_ahead`, in [0, 1]:
    how far into the curriculum it begins, for weights that have been through it already.
    """

    steps: int | None = None
    minutes: float | None = None
    learning_rate: float = 5e-4
    warm_up: int = 50
    power: float = 0.9
    skip_ahead: float = 0.0

    def __post_init__(self) -> None:
        if self.steps is None and self.minutes is None:
            raise ValueError("a training needs an end: steps or minutes")

    def progress(self, step: int, seconds: float) -> float:
        """The share of the training that is done after `step` steps and `seconds`, in [0, 1]."""
        by_steps = step / self.steps if self.steps else 0.0
        by_time = seconds / (60 * self.minutes) if self.minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    def rate(self, step: int, progress: float) -> float:
        """The learning rate of a step: linear warm-up, then polynomial decay."""
        warm = min(1.0, (step + 1) / self.warm_up)
        return float(self.learning_rate * warm * (1 - progress) ** self.power) + _FLOOR

    def difficulty(self, progress: float) -> Difficulty:
        """The difficulty of samples: from three neighbouring frames with little motion to eight frames far apart."""
        far = self.skip_ahead + (1 - self.skip_ahead) * progress
        frames = next(frames for until, frames in _FRAMES if far < until)
        return Difficulty(frames=frames, longest_gap=round(3 + 9 * far), pace=0.8 + 0.8 * far)
