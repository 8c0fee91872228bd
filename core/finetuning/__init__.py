"""Training on one clip's anchors: the built-in network's decoder or a target network, kept only if it helps."""

from core.finetuning.gate import Check
from core.finetuning.outcome import FineTuneOutcome
from core.finetuning.tuning import FineTuneSettings, fine_tune

__all__ = ["Check", "FineTuneOutcome", "FineTuneSettings", "fine_tune"]
