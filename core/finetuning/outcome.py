"""What fine-tuning reports: its progress, and its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.finetuning.gate import Check
from core.jobs import Progress

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class FineTuneOutcome:
    """`weights` are what to hand to the engine as its adaptation; empty if the clip is followed better without."""

    before: Check
    after: Check
    weights: bytes

    @property
    def accepted(self) -> bool:
        """Whether the clip is followed better with the weights."""
        return bool(self.weights)
