"""Fine-tuning the built-in network's decoder on one clip's anchors, with a gate that keeps it only if it helps."""

from core.finetuning.gate import Check
from core.finetuning.tuning import FineTuneOutcome, FineTuneSettings, fine_tune

__all__ = ["Check", "FineTuneOutcome", "FineTuneSettings", "fine_tune"]
